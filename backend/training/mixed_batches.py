"""Training episodes for heads: of one domain after the other, with any number of classes and examples."""

import torch
from torch import Tensor
from torch.nn import functional as F

from backend.episodes.image_set import ImageSet
from backend.episodes.sampler import generator_for
from backend.methods import EpisodeBatch
from backend.training.recipes import Recipe

BLOCK = 64


class MixedBatches:
    """Draws the batch of a step: ``recipe.meta_batch`` episodes of one of ``domains``, whose images are features.

    Ways are drawn from 2 to ``recipe.way``, shots from ``recipe.shots``, as far as the domain has classes and images.
    Features are perturbed, so that a head learns how to use examples and not what these images look like: noise is
    added, dimensions drop out, the same ones for a whole episode, and the space is turned at random, again alike for a
    whole episode. The length of a vector stays.
    """

    def __init__(self, domains: list[ImageSet], recipe: Recipe, seed: int) -> None:
        self._domains = [(d, d.members()) for d in domains]
        self._recipe, self._seed = recipe, seed

    def batch(self, step: int) -> EpisodeBatch:
        """The batch of ``step``, float32 [b, n, d]: a function of (seed, step)."""
        generator = generator_for(self._seed, step)
        domain, members = self._domains[_draw(len(self._domains), generator)]
        queries, shot = self._recipe.queries, self._recipe.shots[_draw(len(self._recipe.shots), generator)]
        shot = max(1, min(shot, min(map(len, members)) - queries))
        way = 2 + _draw(min(self._recipe.way, len(members)) - 1, generator)
        drawn = [_episode(members, way, shot + queries, generator) for _ in range(self._recipe.meta_batch)]
        classes, images = (torch.stack(column) for column in zip(*drawn, strict=True))
        features = self._perturbed(domain.images[images].float(), generator)  # [b, w, k + q, d]
        if float(torch.rand(1, generator=generator)) < self._recipe.turn:
            features = turned_at_random(features, generator)
        labels = torch.arange(way)
        b = len(drawn)
        return EpisodeBatch(
            support=features[:, :, :shot].flatten(1, 2),
            support_labels=labels.repeat_interleave(shot).expand(b, -1),
            support_mask=torch.ones(b, way * shot, dtype=torch.bool),
            queries=features[:, :, shot:].flatten(1, 2),
            query_labels=labels.repeat_interleave(queries).expand(b, -1),
            class_ids=classes,
            group_ids=domain.groups[classes],
        )

    def _perturbed(self, features: Tensor, generator: torch.Generator) -> Tensor:
        length: Tensor = features.norm(dim=-1, keepdim=True)
        kept = torch.rand(len(features), 1, 1, features.shape[-1], generator=generator) >= self._recipe.dropout
        noise = torch.randn(features.shape, generator=generator) * self._recipe.noise
        moved = features * kept + noise * length / features.shape[-1] ** 0.5
        return length * F.normalize(moved, dim=-1)


def turned_at_random(features: Tensor, generator: torch.Generator) -> Tensor:
    """``features`` [b, …, d] under a random orthogonal map of each episode. Twice, dimensions are shuffled and blocks
    of ``BLOCK`` are turned: a matrix of all dimensions would cost more than the episode."""
    b, d = len(features), features.shape[-1]
    flat = features.flatten(1, -2)  # [b, m, d]
    for _ in range(2):
        order = torch.rand(b, d, generator=generator).argsort(1)
        flat = flat.gather(2, order[:, None].expand_as(flat))
        whole = d - d % BLOCK
        turns = torch.linalg.qr(torch.randn(b, whole // BLOCK, BLOCK, BLOCK, generator=generator)).Q
        blocks = flat[..., :whole].unflatten(2, (-1, BLOCK))  # [b, m, blocks, BLOCK]
        flat = torch.cat([torch.einsum("bmki,bkij->bmkj", blocks, turns).flatten(2), flat[..., whole:]], 2)
    return flat.view_as(features)


def _draw(choices: int, generator: torch.Generator) -> int:
    return int(torch.randint(choices, (1,), generator=generator))


def _episode(members: list[Tensor], way: int, images: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Classes int64 [w] and ``images`` of each, int64 [w, k + q]."""
    classes = torch.randperm(len(members), generator=generator)[:way]
    rows = [members[c][torch.randperm(len(members[c]), generator=generator)[:images]] for c in classes.tolist()]
    return classes, torch.stack(rows)
