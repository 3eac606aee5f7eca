"""Stacked training episodes: rotations as classes, affine distortions, all a function of (seed, step)."""

import torch
from torch import Tensor
from torch.nn import functional as F

from backend.episodes.augment import random_affine, random_pen
from backend.episodes.image_set import ImageSet
from backend.episodes.sampler import Episode, EpisodeSampler, generator_for
from backend.methods import EpisodeBatch
from backend.training.recipes import WITHIN_SPLIT, Recipe

ROTATIONS = 4
MIRRORED = 8
OVERSAMPLING = 2
"""Images are kept at twice the model's size, distorted there and then averaged, so that strokes stay crisp."""


class BatchSource:
    """Draws the training batch of a step from ``images`` (prepared at ``OVERSAMPLING`` times the model's size), on the
    device on which they lie.

    Args:
        rotate: each rotation by 90, 180 and 270 degrees is a class of its own (Vinyals et al. 2016, section 4.1.1).
        distort: random affine distortion of each image.
    """

    def __init__(self, images: ImageSet, recipe: Recipe, seed: int, rotate: bool = True, distort: bool = True) -> None:
        self._images, self._recipe, self._seed, self._distort = images, recipe, seed, distort
        self._turns = 1 if not rotate else MIRRORED if recipe.mirror else ROTATIONS
        self._groups = images.groups.repeat_interleave(self._turns)
        # Class c·turns + t is class c turned by t·90°, from t = 4 on mirrored first; image i·turns + t likewise.
        self._members = [m * self._turns + t for m in images.members() for t in range(self._turns)]
        self._names = [name for name in images.classes for _ in range(self._turns)]
        self._samplers = {shot: self._sampler(shot, recipe.way, False) for shot in recipe.shots}
        narrow = max(2, recipe.way // WITHIN_SPLIT)
        # Data without groups that large is trained on episodes over all of it.
        self._within = recipe.within if int(torch.bincount(images.groups).max()) >= narrow else 0.0
        if self._within:
            self._narrow_samplers = {shot: self._sampler(shot, narrow, True) for shot in recipe.shots}

    def _sampler(self, shot: int, way: int, within: bool) -> EpisodeSampler:
        turns = torch.arange(self._turns).repeat(len(self._images.groups))
        groups = self._groups * self._turns + turns
        return EpisodeSampler(self._members, groups, way, shot, self._recipe.queries, self._names, within)

    def _episodes(self, generator: torch.Generator) -> list[Episode]:
        recipe = self._recipe
        shot = recipe.shots[int(torch.randint(len(recipe.shots), (1,), generator=generator))]
        if self._within and float(torch.rand(1, generator=generator)) < self._within:
            return [self._narrow_samplers[shot].draw(generator) for _ in range(WITHIN_SPLIT * recipe.meta_batch)]
        return [self._samplers[shot].draw(generator) for _ in range(recipe.meta_batch)]

    def batch(self, step: int) -> EpisodeBatch:
        """The batch of ``step``: float32 images [b, n, c, s, s], 0..1."""
        generator = generator_for(self._seed, step)
        episodes = self._episodes(generator)
        way, shot = episodes[0].support.shape
        support = torch.stack([e.support.flatten() for e in episodes])  # [b, w·k]
        queries = torch.stack([e.queries.flatten() for e in episodes])  # [b, w·q]
        classes = torch.stack([e.classes for e in episodes])
        labels = torch.arange(way)
        b, n = support.shape
        pixels = self._pixels(torch.cat([support, queries], 1), generator)
        return EpisodeBatch(
            support=pixels[:, :n],
            support_labels=labels.repeat_interleave(shot).expand(b, -1),
            support_mask=torch.ones(b, n, dtype=torch.bool),
            queries=pixels[:, n:],
            query_labels=labels.repeat_interleave(self._recipe.queries).expand(b, -1),
            class_ids=classes,
            group_ids=self._groups[classes],
        )

    def _pixels(self, turned: Tensor, generator: torch.Generator) -> Tensor:
        flat = turned.flatten()
        images = self._images.images[flat // self._turns].float().div_(255)
        turns = flat % self._turns
        for t in range(1, self._turns):
            chosen = turns == t
            drawn = images[chosen] if t < ROTATIONS else images[chosen].flip(-1)
            images[chosen] = torch.rot90(drawn, t, (-2, -1))
        if self._distort:
            if self._recipe.pen:
                images = random_pen(images, generator, self._recipe.pen)
            images = random_affine(images, generator, bend=self._recipe.bend)
        small: Tensor = F.avg_pool2d(images, OVERSAMPLING).unflatten(0, turned.shape)
        return small
