"""The learning curve over shots: accuracy with fewer examples of each bin, and so what more would buy."""

import math

import torch
from torch import Tensor

from backend.explain.reports import ShotsCurve
from backend.labelling.calibration import folder_part
from backend.labelling.fitted_bins import FittedBins
from backend.methods import Method, Support
from backend.types import Job, Progress

STEPS = (1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50)
"""Numbers of examples that are tried, up to what the bins have."""
DRAWS, FOLDER_DRAWS, FEW_DRAWS = 30, 10, 3
"""Draws of examples: for most methods, for those that read the folder, and for those that adapt."""
FEW_STEPS = (1, 2, 5, 20)
"""What is tried of a method that adapts: with three draws a dozen fits, as many as calibration takes."""
QUERIES = 20
"""Images that are asked about of each bin at most."""


def shots_of(sizes: Tensor, steps: tuple[int, ...]) -> list[int]:
    """Those of ``steps`` that at least half of the bins of two or more can give and still spare one; and the most.

    Args:
        sizes: int64 [w].
    """
    able = sorted((int(s) for s in sizes if s >= 2), reverse=True)
    if not able:
        return []
    most = min(able[(len(able) - 1) // 2] - 1, STEPS[-1])
    return sorted({s for s in steps if s < most} | {most})


def accuracy_by_shots(method: Method, fitted: FittedBins) -> Job[ShotsCurve]:
    """Accuracy with at most 1, 2, 3 … examples of each bin, many times drawn (seeded), on the bins' other examples.

    Every bin of two or more keeps an example to be asked about, and all bins count alike, so that the curve does not
    bend because other examples are asked about. The queries of a draw are the same for all its numbers as far as there
    are enough.
    """
    labels = fitted.support.labels
    shots = shots_of(torch.bincount(labels), FEW_STEPS if method.adapts else STEPS)
    draws = FEW_DRAWS if method.adapts else FOLDER_DRAWS if method.transductive else DRAWS
    folder = folder_part(fitted.folder)
    accuracies: list[list[float]] = [[] for _ in shots]
    for draw in range(draws if shots else 0):
        orders = _orders(labels, draw)
        for place, shot in enumerate(shots):
            accuracies[place].append(_accuracy(method, fitted.support, orders, shot, folder))
            yield Progress("shots", draw * len(shots) + place + 1, draws * len(shots))
    return ShotsCurve(tuple(shots), tuple(map(tuple, accuracies)))


def _orders(labels: Tensor, draw: int) -> list[Tensor]:
    """Each bin's examples in a random order, the same at every call."""
    generator = torch.Generator().manual_seed(draw)
    members = ((labels == c).nonzero()[:, 0] for c in range(int(labels.max()) + 1))
    return [m[torch.randperm(len(m), generator=generator)] for m in members]


def _accuracy(method: Method, support: Support, orders: list[Tensor], shot: int, folder: Tensor | None) -> float:
    """Mean over the bins of two or more of their share of right answers."""
    given = [max(1, min(shot, len(order) - 1)) for order in orders]
    chosen = torch.cat([order[:k] for order, k in zip(orders, given, strict=True)])
    asked = torch.cat([order[k:][-QUERIES:] for order, k in zip(orders, given, strict=True)])
    classifier = method.fit(Support(support.inputs[chosen], support.labels[chosen]), folder)
    with torch.no_grad():
        right = classifier.log_probs(support.inputs[asked]).argmax(1) == support.labels[asked]
    shares = [right[support.labels[asked] == c].float().mean() for c in support.labels[asked].unique()]
    mean = float(torch.stack(shares).mean())
    return mean if math.isfinite(mean) else 0.0
