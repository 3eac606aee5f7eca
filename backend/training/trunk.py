"""Training a trunk on photographs by plain classification.

Cross-entropy over the training classes, as Chen et al. 2019 ("A Closer Look at Few-shot Classification",
arXiv:1904.04232) have it; what is kept is an exponential mean of the weights. For a share of the training a batch's
quarters may be turned by 0, 90, 180 and 270 degrees and a second head tells by how much (Gidaris et al. 2019,
"Boosting Few-Shot Visual Learning with Self-Supervision", arXiv:1906.05186; Mangla et al. 2020, arXiv:1907.12087).
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from backend.backbones import PhotoTrunk
from backend.training.loop import Course, cosine
from backend.training.photo_batches import PhotoBatches

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
    return recipe.learning_rate * cosine(step, warm_up, total)


def course_of(
    trainee: TrunkTrainee,
    batches: PhotoBatches,
    recipe: TrunkRecipe,
    autocast: bool,
    look: Callable[[], dict[str, float]],
) -> Course:
    """SGD on ``batches``, with a mean of weights that follows."""

    def loss(step: int, total: int | None) -> Tensor:
        turning = recipe.rotation > 0 and (total is None or step < recipe.rotation * total)
        return training_loss(trainee, *batches.batch(step), recipe, turning, autocast)

    groups = trainee.parameter_groups(recipe.weight_decay)
    return Course(
        trainee,
        torch.optim.SGD(groups, lr=recipe.learning_rate, momentum=recipe.momentum, nesterov=True),
        rate=lambda step, total: learning_rate(recipe, step, total),
        loss=loss,
        look=look,
        after_step=lambda step: trainee.follow(min(recipe.decay, (1 + step) / (10 + step))),
    )


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
