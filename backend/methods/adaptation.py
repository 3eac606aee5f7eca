"""The base class of methods that adapt to a support set, and canonical orders of examples."""

import copy
from abc import abstractmethod
from collections.abc import Generator
from typing import ClassVar, Self, TypeVar

import torch
from torch import Tensor

from backend.methods.base import Classifier, Fitting, Method, Support

T = TypeVar("T")


class AdaptingMethod(Method):
    """A method whose ``fit`` changes network weights or a memory.

    ``adaptation`` is True; ``without_adaptation`` gives the same method with it switched off, to show what it is worth.
    ``with_steps`` stops it on the way. What is no sequence of steps (a memory, fast weights) counts as one.
    """

    adapts: ClassVar[bool] = True
    adaptation: bool = True
    steps: int | None = None
    """Steps that ``fit`` takes at most; None for all of ``all_steps``."""

    def fit(self, support: Support, unlabelled: Tensor | None = None) -> Classifier:
        """All of ``fit_in_steps``."""
        return finished(self.fit_in_steps(support, unlabelled))

    @abstractmethod
    def fit_in_steps(self, support: Support, unlabelled: Tensor | None = None) -> Fitting:
        """With many bins ``fit`` takes a minute; its steps take seconds at most."""

    def without_adaptation(self) -> Self:
        """A copy, sharing all weights, that leaves the support set unused, and so must guess."""
        off = copy.copy(self)
        off.adaptation = False
        return off

    def all_steps(self, support: Support) -> int:
        """The steps that ``fit`` takes on ``support`` where it is not stopped on the way: 1 or more."""
        return 1

    def with_steps(self, steps: int | None) -> Self:
        """A copy, sharing all weights, that stops after ``steps``: 0 is ``without_adaptation``, None takes them all."""
        stopped = copy.copy(self)
        stopped.steps, stopped.adaptation = steps, steps != 0
        return stopped

    def _bounded(self, every: int) -> int:
        """How many of ``every`` step are taken."""
        if not self.adaptation:
            return 0
        return every if self.steps is None else min(self.steps, every)


def finished(steps: Generator[None, None, T]) -> T:
    """What ``steps`` return once all are taken."""
    while True:
        try:
            next(steps)
        except StopIteration as done:
            result: T = done.value
            return result


def canonical(support: Support) -> tuple[Support, Tensor]:
    """``support`` in lexicographic order of its inputs, and int64 [n] with the given slot of each sorted example.

    Whoever processes examples in this order gives the same answer however they were dropped into their bins.
    """
    inputs = support.inputs.detach().float()
    ranks = torch.unique(inputs.flatten(1).cpu(), dim=0, return_inverse=True)[1].to(inputs.device)
    order = torch.argsort(ranks, stable=True)
    return Support(inputs[order], support.labels[order]), order


def spread(labels: Tensor, most: int) -> Tensor:
    """Places of ``most`` examples or fewer, int64 [m], in their order: every class gives as many as the others, evenly
    spread, as far as it has them, and one at least. labels int64 [n]."""
    if len(labels) <= most:
        return torch.arange(len(labels), device=labels.device)
    groups = labels.argsort(stable=True).split(torch.bincount(labels).tolist())
    few = max(1, most // len(groups))
    chosen = [g[torch.arange(min(few, len(g)), device=g.device) * len(g) // min(few, len(g))] for g in groups]
    return torch.cat(chosen).sort().values


def seeded_permutations(count: int, size: int) -> Tensor:
    """The same ``count`` permutations of 0..size-1 at every call, int64 [count, size]."""
    generator = torch.Generator().manual_seed(0)
    return torch.stack([torch.randperm(size, generator=generator) for _ in range(count)])


def class_ranks(support: Support) -> Tensor:
    """Each class's place by its first example, int64 [w]: of a canonical support, it depends on the examples alone."""
    classes = torch.arange(support.way, device=support.labels.device)
    first = (support.labels[None] == classes[:, None]).int().argmax(1)
    return first.argsort().argsort()
