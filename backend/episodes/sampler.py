"""Samples an episode's classes, examples and queries. Every draw is a function of (seed, number) alone.

So the same seed gives the same episodes to every method, and an interrupted training goes on exactly where it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from backend.errors import RequestError


@dataclass(frozen=True, slots=True)
class Episode:
    """One task: ``classes`` int64 [w] (global ids), ``support`` int64 [w, k] and ``queries`` int64 [w, q] (image
    indices)."""

    classes: Tensor
    support: Tensor
    queries: Tensor


def generator_for(seed: int, number: int) -> torch.Generator:
    """A generator for draw ``number`` of ``seed``. The two are mixed so that neighbouring numbers share nothing."""
    mixed = (seed * 0x9E3779B97F4A7C15 + number * 0xBF58476D1CE4E5B9 + 0x94D049BB133111EB) % 2**64
    mixed = ((mixed ^ (mixed >> 31)) * 0xD6E8FEB86659FD93) % 2**64
    return torch.Generator().manual_seed(mixed >> 1)


class EpisodeSampler:
    """Draws episodes of ``way`` classes, ``shot`` examples and ``queries`` queries each.

    Args:
        members: image indices of every class.
        groups: int64 [C], the group of every class; with ``within_group`` all classes of an episode share one.

    Raises:
        RequestError: too few classes, or a class too small.
    """

    def __init__(
        self,
        members: Sequence[Tensor],
        groups: Tensor,
        way: int,
        shot: int,
        queries: int,
        names: Sequence[str],
        within_group: bool = False,
    ) -> None:
        self._members, self._way, self._shot, self._queries = members, way, shot, queries
        self._check_sizes(names)
        self._pools = self._pools_of(groups) if within_group else [torch.arange(len(members))]
        if not self._pools:
            raise RequestError(
                "Too few classes", f"No parent folder has {way} classes.", "Lower --way, or leave --within-parent out."
            )
        if len(members) < way:
            raise RequestError(
                "Too few classes", f"{way} ways were asked for, the data has {len(members)} classes.", "Lower --way."
            )

    def _check_sizes(self, names: Sequence[str]) -> None:
        need = self._shot + self._queries
        for name, indices in zip(names, self._members, strict=True):
            if len(indices) < need:
                raise RequestError(
                    "Class too small",
                    f"Class {name} has {_images(len(indices))}; {self._shot} + {self._queries} are needed.",
                    "Lower --shot or --queries, or leave the class out.",
                )

    def _pools_of(self, groups: Tensor) -> list[Tensor]:
        pools = [(groups == g).nonzero()[:, 0] for g in groups.unique()]
        return [p for p in pools if len(p) >= self._way]

    def draw(self, generator: torch.Generator) -> Episode:
        """One episode."""
        pool = self._pools[int(torch.randint(len(self._pools), (1,), generator=generator))]
        classes = pool[torch.randperm(len(pool), generator=generator)[: self._way]]
        need = self._shot + self._queries
        rows = []
        for c in classes.tolist():
            indices = self._members[c]
            rows.append(indices[torch.randperm(len(indices), generator=generator)[:need]])
        chosen = torch.stack(rows)  # [w, k + q]
        return Episode(classes, chosen[:, : self._shot], chosen[:, self._shot :])


def _images(count: int) -> str:
    return "1 image" if count == 1 else f"{count} images"
