"""What the methods share that adapt to a support set: a switch, and an order of examples that depends on them alone."""

import copy
from typing import ClassVar, Self

import torch
from torch import Tensor

from backend.methods.base import Method, Support


class AdaptingMethod(Method):
    """A method whose ``fit`` changes network weights or a memory.

    ``adaptation`` is True; ``without_adaptation`` gives the same method with it switched off, to show what it is worth.
    """

    adapts: ClassVar[bool] = True
    adaptation: bool = True

    def without_adaptation(self) -> Self:
        """A copy, sharing all weights, that leaves the support set unused, and so must guess."""
        off = copy.copy(self)
        off.adaptation = False
        return off


def canonical(support: Support) -> tuple[Support, Tensor]:
    """``support`` in lexicographic order of its inputs, and int64 [n] with the given slot of each sorted example.

    Whoever processes examples in this order gives the same answer however they were dropped into their bins.
    """
    inputs = support.inputs.detach().float()
    ranks = torch.unique(inputs.flatten(1).cpu(), dim=0, return_inverse=True)[1].to(inputs.device)
    order = torch.argsort(ranks, stable=True)
    return Support(inputs[order], support.labels[order]), order


def seeded_permutations(count: int, size: int) -> Tensor:
    """The same ``count`` permutations of 0..size-1 at every call, int64 [count, size]."""
    generator = torch.Generator().manual_seed(0)
    return torch.stack([torch.randperm(size, generator=generator) for _ in range(count)])


def class_ranks(support: Support) -> Tensor:
    """Each class's place by its first example, int64 [w]: of a canonical support, it depends on the examples alone."""
    classes = torch.arange(support.way, device=support.labels.device)
    first = (support.labels[None] == classes[:, None]).int().argmax(1)
    return first.argsort().argsort()
