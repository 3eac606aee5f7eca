"""Clusters of alike images among the unsure: bins the person may have missed.

Average-linkage clustering (Sokal & Michener 1958) of cosine distances by the nearest-neighbour chain (Murtagh 1983,
doi:10.1093/comjnl/26.4.354): O(n²) and deterministic. Images that are as close together as those of a bin form a
cluster; the limit is ``TIGHT`` times the mean distance between the examples of neighbouring bins. A cluster that is as
close to a bin belongs to that bin, and is not proposed.
"""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from backend.types import Job, Progress

MOST = 2048
"""Images that are compared with each other at most: their distances take 16 MB."""
LEAST = 3
"""Images that make a group."""
TIGHT = 0.4
"""Of the distance between bins: the mean distance within a group is at most this. On demonstration sets (three seeds;
5, 10 or 15 of the 20 bins; 5 in 100 wrong above the line) every group was then of one kind; at 0.7, 91 in 100 images
were of their group's kind."""
ROWS = 64
"""Rows of distances in one step: below 30 ms for the largest features."""
STEP_MERGES = 1024

Distances = NDArray[np.float32]


def alike_groups(unsure: Tensor, examples: Tensor, labels: Tensor) -> Job[list[list[int]]]:
    """Groups of alike images.

    Args:
        unsure: features [n, …] of the unsure images; those after the first ``MOST`` are left out.
        examples: features [m, …] of the bins' examples.
        labels: int64 [m], the bin of each example; two bins or more.

    Returns:
        Indices into ``unsure``, each group's most central image first, the largest group first, of equal ones the
        tightest. Groups share no image.
    """
    points = F.normalize(unsure[:MOST].flatten(1).float(), dim=1)  # [n, d]
    bins = F.normalize(examples.flatten(1).float(), dim=1)  # [m, d]
    means = torch.stack([bins[labels == c].mean(0) for c in labels.unique()])  # [w, d]
    limit = TIGHT * between_bins(means)
    distances = np.empty((len(points), len(points)), np.float32)
    for start in range(0, len(points), ROWS):
        distances[start : start + ROWS] = (1 - points[start : start + ROWS] @ points.T).cpu().numpy()
        yield Progress("compare", min(start + ROWS, len(points)), len(points))
    clusters = yield from linked(distances.copy(), limit)
    to_bins = (1 - points @ means.T).cpu().numpy()  # [n, w], mean distance to each bin's examples
    groups = [c for c in clusters if len(c) >= LEAST and to_bins[c].mean(0).min() > limit]
    return [_central_first(c, distances) for c in sorted(groups, key=lambda c: (-len(c), _spread(c, distances), c))]


def between_bins(means: Tensor) -> float:
    """Mean over bins of the mean cosine distance between its examples and the nearest other bin's.

    Args:
        means: [w, d], w ≥ 2, the means of the bins' unit vectors: the mean cosine distance between members of two sets
            of unit vectors is 1 less the product of their means.
    """
    apart = 1 - means @ means.T
    apart.fill_diagonal_(torch.inf)
    return float(apart.min(1).values.mean())


def linked(distances: Distances, limit: float) -> Job[list[list[int]]]:
    """Average-linkage clusters: all merges at a mean distance of ``limit`` or less are made.

    A cluster whose nearest neighbour is farther than that is done: average linkage never brings clusters nearer.

    Args:
        distances: [n, n], symmetric. Overwritten.

    Returns:
        Clusters of rising indices, by their first index; every index is in one.
    """
    count = len(distances)
    np.fill_diagonal(distances, np.inf)
    members: dict[int, list[int]] = {i: [i] for i in range(count)}
    open_, chain = dict.fromkeys(range(count)), list[int]()
    steps = 0
    while open_:
        chain = chain or [next(iter(open_))]
        top, below = chain[-1], chain[-2] if len(chain) > 1 else None
        near = int(distances[top].argmin())
        if below is not None and distances[top, below] <= distances[top, near]:
            near = below
        if not distances[top, near] <= limit:
            _close(distances, top)
            del open_[top], chain[-1]
        elif near == below:
            keep, gone = sorted((top, near))
            _merge(distances, members, keep, gone)
            del open_[gone], chain[-2:]
        else:
            chain.append(near)
        steps += 1
        if steps % STEP_MERGES == 0:
            yield Progress("group", count - len(open_), count)
    return [sorted(group) for _, group in sorted(members.items())]


def _merge(distances: Distances, members: dict[int, list[int]], keep: int, gone: int) -> None:
    """Cluster ``gone`` becomes part of ``keep``; distances are means over all pairs (Lance & Williams 1967)."""
    sizes = len(members[keep]), len(members[gone])
    merged = (sizes[0] * distances[keep] + sizes[1] * distances[gone]) / (sizes[0] + sizes[1])
    merged[[keep, gone]] = np.inf
    distances[keep], distances[:, keep] = merged, merged
    _close(distances, gone)
    members[keep] += members.pop(gone)


def _close(distances: Distances, row: int) -> None:
    distances[row], distances[:, row] = np.inf, np.inf


def _spread(group: Sequence[int], distances: Distances) -> float:
    """Mean distance within the group."""
    inside = distances[np.ix_(group, group)]
    return float((inside.sum() - inside.trace()) / (len(group) * (len(group) - 1)))


def _central_first(group: Sequence[int], distances: Distances) -> list[int]:
    """The group by rising mean distance to its members."""
    mean = distances[np.ix_(group, group)].mean(1)
    return [group[n] for n in mean.argsort(kind="stable").tolist()]
