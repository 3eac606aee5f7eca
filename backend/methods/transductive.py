"""What the transductive methods on frozen features share: how much of the folder they read and trust."""

from collections.abc import Callable

import torch
from torch import Tensor

from backend.methods.centred import Examples, NearestMean
from backend.methods.simpleshot import SCALE

LEAST = 10
"""Unlabelled images for each bin below which a transductive method stays inductive. In a handful of
images the shares of the bins are chance, and every form that was tried lost points by reading them."""
READ = 2048
"""Unlabelled images that are read at most, spread evenly over the folder: more would cost time and move little."""
ONE_EXAMPLE = 5.0
ANOTHER = 3.0
"""How many of the folder's images a bin's first example and each further one count as, where a transductive method
moves means: what is given outweighs a handful of guesses, so that a bin of which the folder holds little stays."""


def trust(labels: Tensor) -> Tensor:
    """How many of the folder's images each bin's examples count as, float32 [w, 1]; labels int64 [n]."""
    return (ONE_EXAMPLE + ANOTHER * (torch.bincount(labels) - 1))[:, None]


def folder_of(unlabelled: Tensor | None, way: int) -> Tensor | None:
    """What a transductive method reads of ``unlabelled`` [m, d]: None where that is fewer than ``LEAST`` for each
    class."""
    if unlabelled is None or len(unlabelled) < LEAST * way:
        return None
    stride = -(-len(unlabelled) // READ)
    return unlabelled[::stride]


def moved_by_folder(
    examples: Examples, unlabelled: Tensor | None, move: Callable[[Examples, Tensor], Tensor], scale: float
) -> NearestMean:
    """The means that ``move`` makes of ``examples`` and the folder [m, d], placed as they are; SimpleShot where there
    are too few ``unlabelled`` [u, d]."""
    folder = folder_of(unlabelled, examples.way)
    if folder is None:
        return NearestMean(examples, SCALE)
    return NearestMean(examples, scale, move(examples, examples.place(folder)))
