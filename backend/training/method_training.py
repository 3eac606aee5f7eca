"""Meta-training of one method, on its own trunk or on a frozen one."""

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any, TypeVar

import torch
from torch import Tensor, nn

from backend.methods import EpisodeBatch, Method
from backend.models.card import MethodCard
from backend.models.store import half_precision
from backend.training.loop import Course, Run, cosine
from backend.training.order import Order
from backend.training.recipes import Recipe
from backend.training.validation import Measured

M = TypeVar("M", bound=nn.Module)

WARM_UP = 100
FIRST_RATE = 0.1
"""The warm-up starts at this share of the peak rate."""


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
        with torch.autocast(pixels.device.type, torch.bfloat16, enabled=autocast):
            features = self.trunk(pixels.flatten(0, 1))
        features = features.float().unflatten(0, (b, -1))
        self.method.mixed_precision = autocast
        embedded = replace(batch, support=features[:, :n], queries=features[:, n:])
        return self.method.episode_loss(embedded)


def learning_rate(recipe: Recipe, step: int, total: int | None) -> float:
    """Linear warm-up over ``WARM_UP`` steps, then a cosine to zero at ``total``. The warm-up does not depend on
    ``total``."""
    if step < WARM_UP or total is None:
        return recipe.learning_rate * (FIRST_RATE + (1 - FIRST_RATE) * min(1.0, step / WARM_UP))
    return recipe.learning_rate * cosine(step, WARM_UP, total)


def course_of(
    trainee: Trainee,
    draw: Callable[[int], EpisodeBatch],
    recipe: Recipe,
    autocast: bool,
    look: Callable[[], dict[str, float]],
) -> Course:
    """AdamW on the batches that ``draw`` makes of each step's number."""
    learning = [p for p in trainee.parameters() if p.requires_grad]
    device = learning[0].device
    return Course(
        trainee,
        torch.optim.AdamW(learning, lr=recipe.learning_rate, weight_decay=recipe.weight_decay),
        rate=lambda step, total: learning_rate(recipe, step, total),
        loss=lambda step, total: trainee.loss(draw(step).to(device), autocast),
        look=look,
        clip=recipe.clip,
    )


def run_of(order: Order, classes: int, **facts: Any) -> Run:
    """``classes`` is the number of training classes; ``facts`` identify the training beside the order's own."""
    own = {"method": order.method, **facts, "seed": order.seed, "classes": classes, "recipe": asdict(order.recipe)}
    return Run(
        order.seed,
        order.steps,
        order.seconds,
        order.checkpoint,
        own,
        defaults=asdict(Recipe()),
        curve=order.curve,
        checkpoint_seconds=order.checkpoint_seconds,
    )


def as_in_file(module: M) -> M:
    """``module`` in use, with weights that its file can hold, so that figures are those of the file."""
    module.load_state_dict(half_precision(module.state_dict()))
    return module.eval().requires_grad_(False)


def method_card(order: Order, old: MethodCard | None, trunk: str, found: list[Measured], **training: Any) -> MethodCard:
    """The method's entry in its model's card, made of the ``old`` one: its general weights are new, or those of
    ``order.setting``. What the old weights knew of images of no bin goes with them. ``training`` says how the new ones
    came about."""
    temperatures = {setting: temperature for setting, temperature, _ in found}
    training |= {
        "seed": order.seed,
        "recipe": asdict(order.recipe),
        "validation": {setting: figures for setting, _, figures in found},
    }
    old = old or MethodCard(trunk)
    if order.setting is None:
        return MethodCard(
            trunk, temperatures, old.settings, {**old.training, "general": training}, old.setting_temperatures
        )
    own = {setting: t for setting, t in temperatures.items() if setting == order.setting}
    return replace(
        old,
        settings={**old.settings, order.setting: trunk},
        setting_temperatures={**old.setting_temperatures, **own},
        training={**old.training, order.setting: training},
    )
