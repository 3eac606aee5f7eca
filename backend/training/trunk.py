"""Training a trunk on photographs by plain classification: the loop, resumable bit for bit.

Cross-entropy over the training classes, as Chen et al. 2019 ("A Closer Look at Few-shot Classification",
arXiv:1904.04232) have it; what is kept is an exponential mean of the weights. For a share of the training a batch's
quarters may be turned by 0, 90, 180 and 270 degrees and a second head tells by how much (Gidaris et al. 2019,
"Boosting Few-Shot Visual Learning with Self-Supervision", arXiv:1906.05186; Mangla et al. 2020, arXiv:1907.12087).
"""

import copy
import math
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from backend.backbones import PhotoTrunk
from backend.errors import RequestError
from backend.training.checkpoint import check_same, load_checkpoint, restore, save_checkpoint
from backend.training.photo_batches import PhotoBatches
from backend.types import Job, Progress

UNTIMED_STEPS, TIMED_STEPS = 5, 50
"""The first steps are slower than the rest: libraries choose their kernels."""
LOOK_EVERY = 20
"""Steps between two looks at the loss: each waits for a GPU to finish what it was given."""
TURNS = 4


@dataclass(frozen=True, slots=True)
class TrunkRecipe:
    """How a trunk is trained. docs/training.md gives the reasons.

    Args:
        architecture: a name from ``backbones.PHOTO_TRUNKS``, perhaps with ``+flip``.
        size: pixels of the network's input in training.
        embed_size: pixels at which images are embedded afterwards, ``size`` if None. Crops enlarge what they show, so
            that a larger size suits a trained network (Touvron et al. 2019, arXiv:1906.06423, section 3).
        side: pixels at which the training images are kept.
        batch: images of one step.
        epochs: how often each image is seen, where no time budget is given.
        learning_rate: peak rate of SGD with Nesterov's momentum.
        weight_decay: of all weights but biases and normalisations.
        warm_up: steps until the peak rate, a fifth of the training at most; then a cosine to zero.
        smoothing: label smoothing, 0..1.
        rotation: share of the training in which rotations are told apart too, 0..1.
        smallest: least share of an image's area that a crop keeps.
        jitter: brightness, contrast and saturation change by 1 ± this.
        decay: of the mean of weights, for each step.
    """

    architecture: str
    size: int = 96
    embed_size: int | None = None
    side: int = 64
    batch: int = 64
    epochs: int = 30
    learning_rate: float = 0.1
    momentum: float = 0.9
    weight_decay: float = 5e-4
    warm_up: int = 400
    smoothing: float = 0.0
    rotation: float = 0.0
    smallest: float = 0.35
    jitter: float = 0.4
    decay: float = 0.999

    @property
    def input_size(self) -> int:
        """Pixels of the network's input once it is trained."""
        return self.embed_size or self.size


@dataclass(frozen=True, slots=True)
class TrunkRun:
    """One training. ``steps`` None turns ``seconds`` into steps once; ``facts`` identify it (see ``loop.Run``);
    ``history`` is kept in checkpoints and may be added to between steps."""

    recipe: TrunkRecipe
    seed: int
    steps: int | None
    seconds: float | None
    checkpoint: Path
    facts: dict[str, Any]
    autocast: bool
    checkpoint_seconds: float = 45.0
    history: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TrunkStep(Progress):
    """One step is done; ``loss`` is the mean since the last look, NaN before the first one."""

    loss: float = math.nan


@dataclass(slots=True)
class _Seen:
    """Losses since the last look."""

    losses: list[Tensor] = field(default_factory=list)
    mean: float = math.nan


class TrunkTrainee(nn.Module):
    """A trunk, the two heads it is trained with, and the exponential mean of the trunk's weights."""

    def __init__(self, trunk: PhotoTrunk, classes: int) -> None:
        super().__init__()
        self.trunk = trunk.to(memory_format=torch.channels_last)
        self.head = nn.Linear(trunk.width, classes)
        self.turn_head = nn.Linear(trunk.width, TURNS)
        for head in (self.head, self.turn_head):  # nearly undecided at first, whatever the size of the features
            nn.init.normal_(head.weight, std=0.01)
            nn.init.zeros_(head.bias)
        self.average = copy.deepcopy(trunk).requires_grad_(False)

    def train(self, mode: bool = True) -> "TrunkTrainee":
        """Training mode; the mean of weights is only ever evaluated."""
        super().train(mode)
        self.average.eval()
        return self

    def parameter_groups(self, weight_decay: float) -> list[dict[str, Any]]:
        """Matrices and filters decay, vectors (biases, normalisations) do not."""
        trained = [p for p in self.parameters() if p.requires_grad]
        return [
            {"params": [p for p in trained if p.ndim > 1], "weight_decay": weight_decay},
            {"params": [p for p in trained if p.ndim <= 1], "weight_decay": 0.0},
        ]

    @torch.no_grad()
    def follow(self, decay: float) -> None:
        """Moves the mean of weights, and of batch normalisation's statistics, a step towards the present ones."""
        for mean, now in zip(self.average.state_dict().values(), self.trunk.state_dict().values(), strict=True):
            if mean.is_floating_point():
                mean.lerp_(now, 1 - decay)
            else:
                mean.copy_(now)


def learning_rate(recipe: TrunkRecipe, step: int, total: int | None) -> float:
    """Linear warm-up, then a cosine to zero at ``total``."""
    warm_up = recipe.warm_up if total is None else min(recipe.warm_up, total // 5)
    if step < warm_up or total is None:
        return recipe.learning_rate * min(1.0, (step + 1) / warm_up)
    share = (step - warm_up) / max(1, total - warm_up)
    return recipe.learning_rate * 0.5 * (1 + math.cos(math.pi * share))


def train_trunk(trainee: TrunkTrainee, batches: PhotoBatches, run: TrunkRun, resume: bool) -> Job[int]:
    """Trains ``trainee`` in place; returns the number of steps. A checkpoint is written at least every minute.

    Raises:
        RequestError: ``resume`` without a checkpoint, or with one of another training; a loss that is not finite.
    """
    r = run.recipe
    groups = trainee.parameter_groups(r.weight_decay)
    optimizer = torch.optim.SGD(groups, lr=r.learning_rate, momentum=r.momentum, nesterov=True)
    step, total = _resumed(trainee, optimizer, run) if resume else (0, run.steps)
    saved, started, first, seen = time.monotonic(), time.monotonic(), step, _Seen()
    trainee.train()
    try:
        while total is None or step < total:
            seen.losses.append(_step(trainee, optimizer, batches.batch(step), run, step, total))
            step += 1
            if step - first == UNTIMED_STEPS:
                started = time.monotonic()
            if total is None and run.seconds is not None and step - first == UNTIMED_STEPS + TIMED_STEPS:
                total = max(step, int(run.seconds * TIMED_STEPS / (time.monotonic() - started)))
            if step % LOOK_EVERY == 0 or step == total:
                _look(seen, step)
            if time.monotonic() - saved > run.checkpoint_seconds:
                _save(trainee, optimizer, run, step, total)
                saved = time.monotonic()
            yield TrunkStep("train", step, total, seen.mean)
    except GeneratorExit:  # closed between two steps: the state is whole
        _save(trainee, optimizer, run, step, total)
        raise
    _save(trainee, optimizer, run, step, total)
    trainee.eval()
    return step


def _resumed(trainee: TrunkTrainee, optimizer: torch.optim.Optimizer, run: TrunkRun) -> tuple[int, int | None]:
    checkpoint = load_checkpoint(run.checkpoint)
    check_same(checkpoint, run.facts)
    run.history[:] = checkpoint.facts["history"]
    restore(checkpoint, trainee, optimizer)
    for parameter, state in optimizer.state.items():
        for name, tensor in state.items():  # in the parameter's own memory order, or every step converts it
            if isinstance(tensor, Tensor) and tensor.shape == parameter.shape:
                state[name] = torch.empty_like(parameter).copy_(tensor)
    return checkpoint.step, checkpoint.facts["total"]


def _save(trainee: TrunkTrainee, optimizer: torch.optim.Optimizer, run: TrunkRun, step: int, total: int | None) -> None:
    save_checkpoint(run.checkpoint, step, trainee, optimizer, {**run.facts, "total": total, "history": run.history})


def _look(seen: _Seen, step: int) -> None:
    seen.mean = float(torch.stack(seen.losses).mean())
    seen.losses.clear()
    if not math.isfinite(seen.mean):
        raise RequestError(
            "Training diverged",
            f"The loss is {seen.mean} at step {step}.",
            "Begin anew with a smaller --learning-rate.",
        )


def _step(
    trainee: TrunkTrainee,
    optimizer: torch.optim.Optimizer,
    batch: tuple[Tensor, Tensor],
    run: TrunkRun,
    step: int,
    total: int | None,
) -> Tensor:
    torch.manual_seed((run.seed << 32) + step)  # for networks that drop: a resumed run draws the same
    for group in optimizer.param_groups:
        group["lr"] = learning_rate(run.recipe, step, total)
    optimizer.zero_grad(set_to_none=True)
    turning = run.recipe.rotation > 0 and (total is None or step < run.recipe.rotation * total)
    loss = training_loss(trainee, *batch, run.recipe, turning, run.autocast)
    loss.backward()
    optimizer.step()
    trainee.follow(min(run.recipe.decay, (1 + step) / (10 + step)))
    return loss.detach()


def training_loss(
    trainee: TrunkTrainee, images: Tensor, labels: Tensor, recipe: TrunkRecipe, turning: bool, autocast: bool
) -> Tensor:
    """Cross-entropy of classes, and of turns where the batch's quarters are turned. Images [b, 3, s, s], labels [b]."""
    if turning:
        images = torch.cat([torch.rot90(part, t, (-2, -1)) for t, part in enumerate(images.chunk(TURNS))])
    with torch.autocast(images.device.type, torch.bfloat16, enabled=autocast):
        features = trainee.trunk.raw(images)  # [b, d]
    loss = F.cross_entropy(trainee.head(features), labels, label_smoothing=recipe.smoothing)
    if not turning:
        return loss
    turns = torch.arange(len(images), device=images.device) * TURNS // len(images)
    return loss + F.cross_entropy(trainee.turn_head(features), turns)
