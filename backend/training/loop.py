"""The training loop: one for every method. It yields after every step and knows neither threads nor terminals."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from backend.errors import RequestError
from backend.methods import EpisodeBatch, Method
from backend.training.checkpoint import check_same, load_checkpoint, restore, save_checkpoint
from backend.training.recipes import Recipe
from backend.types import Job, Progress

TIMED_STEPS = 50
WARM_UP = 100
FIRST_RATE = 0.1
"""The warm-up starts at this share of the peak rate."""


@dataclass(frozen=True, slots=True)
class Trained(Progress):
    """One step is done; ``loss`` is this step's."""

    loss: float = math.nan


class Trainee(nn.Module):
    """A trunk and a method, trained together. ``frozen_trunk`` trains the method alone."""

    def __init__(self, trunk: nn.Module, method: Method, frozen_trunk: bool = False) -> None:
        super().__init__()
        # Channels last: convolutions on a CPU are several times faster in this order.
        self.trunk = trunk.to(memory_format=torch.channels_last)
        self.method = method
        self.frozen_trunk = frozen_trunk
        trunk.requires_grad_(not frozen_trunk)

    def train(self, mode: bool = True) -> "Trainee":
        """Training mode; a frozen trunk stays in eval mode."""
        super().train(mode)
        if self.frozen_trunk:
            self.trunk.eval()
        return self

    def loss(self, batch: EpisodeBatch, autocast: bool) -> Tensor:
        """The method's episode loss on pixels that the trunk embeds first, support and queries in one pass."""
        b, n = batch.support.shape[:2]
        pixels = torch.cat([batch.support, batch.queries], 1)  # [b, n + q, c, s, s]
        with torch.autocast(
            "cpu" if pixels.device.type == "cpu" else pixels.device.type, torch.bfloat16, enabled=autocast
        ):
            features = self.trunk(pixels.flatten(0, 1))
        features = features.float().unflatten(0, (b, -1))
        self.method.mixed_precision = autocast
        embedded = EpisodeBatch(
            features[:, :n],
            batch.support_labels,
            batch.support_mask,
            features[:, n:],
            batch.query_labels,
            batch.class_ids,
            batch.group_ids,
        )
        return self.method.episode_loss(embedded)


@dataclass(frozen=True, slots=True)
class Run:
    """One training.

    Args:
        steps: total number of steps, or None: then ``seconds`` is turned into steps once, after ``TIMED_STEPS``
        timed ones.
        checkpoint: where the state is kept.
        facts: what identifies the training; a checkpoint with other facts is not resumed.
        autocast: whether the trunk runs in bfloat16.
        checkpoint_seconds: time between checkpoints.
    """

    recipe: Recipe
    seed: int
    steps: int | None
    seconds: float | None
    checkpoint: Path
    facts: dict[str, Any]
    autocast: bool
    checkpoint_seconds: float = 45.0


@dataclass(frozen=True, slots=True)
class Length:
    """How long a training was: ``steps`` and the ``seconds`` they took, those before a stop included."""

    steps: int
    seconds: float


def learning_rate(recipe: Recipe, step: int, total: int | None) -> float:
    """Linear warm-up over ``WARM_UP`` steps, then a cosine to zero at ``total``. The warm-up does not depend on
    ``total``."""
    if step < WARM_UP or total is None:
        return recipe.learning_rate * (FIRST_RATE + (1 - FIRST_RATE) * min(1.0, step / WARM_UP))
    share = (step - WARM_UP) / max(1, total - WARM_UP)
    return recipe.learning_rate * 0.5 * (1 + math.cos(math.pi * share))


def train(trainee: Trainee, draw: Callable[[int], EpisodeBatch], run: Run, resume: bool) -> Job[Length]:
    """Trains ``trainee`` in place. A checkpoint is written at least every minute.

    Raises:
        RequestError: ``resume`` without a checkpoint, or with one of another training.
    """
    parameters = [p for p in trainee.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=run.recipe.learning_rate, weight_decay=run.recipe.weight_decay)
    step, total, spent = 0, run.steps, 0.0
    if resume:
        checkpoint = load_checkpoint(run.checkpoint)
        check_same(checkpoint, run.facts)
        restore(checkpoint, trainee, optimizer)
        step, total = checkpoint.step, checkpoint.facts["total"]
        spent = checkpoint.facts.get("seconds", 0.0)
    saved = started = time.monotonic()
    first = step
    trainee.train()

    def save() -> None:
        facts = {**run.facts, "total": total, "seconds": spent + time.monotonic() - started}
        save_checkpoint(run.checkpoint, step, trainee, optimizer, facts)

    try:
        while total is None or step < total:
            loss = _step(trainee, optimizer, draw(step), run, step, total)
            step += 1
            if total is None and run.seconds is not None and step - first >= TIMED_STEPS:
                total = _steps_for(run.seconds, time.monotonic() - started, step - first, step)
            if time.monotonic() - saved > run.checkpoint_seconds:
                save()
                saved = time.monotonic()
            yield Trained("train", step, total, loss)
    except GeneratorExit:  # closed between two steps: the state is whole
        save()
        raise
    save()
    trainee.eval()
    return Length(step, spent + time.monotonic() - started)


def _steps_for(seconds: float, spent: float, timed: int, done: int) -> int:
    return max(done, int(seconds * timed / spent))


def _step(
    trainee: Trainee, optimizer: torch.optim.Optimizer, batch: EpisodeBatch, run: Run, step: int, total: int | None
) -> float:
    # Methods that draw (permutations, samples) use the global generator: seeded anew, a resumed run draws the same.
    torch.manual_seed((run.seed << 32) + step)
    for group in optimizer.param_groups:
        group["lr"] = learning_rate(run.recipe, step, total)
    optimizer.zero_grad(set_to_none=True)
    device = next(trainee.parameters()).device
    loss = trainee.loss(batch.to(device), run.autocast)
    if not torch.isfinite(loss):
        raise RequestError(
            "Training diverged",
            f"The loss is {loss.item()} at step {step}.",
            "Train anew with a smaller --learning-rate.",
        )
    loss.backward()
    if run.recipe.clip:
        nn.utils.clip_grad_norm_(trainee.parameters(), run.recipe.clip)
    optimizer.step()
    return loss.item()
