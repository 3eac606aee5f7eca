"""A folder's features in two dimensions, and groups of neighbouring points. Imports no torch: the window shows it."""

from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from backend.types import ImageId

Points = NDArray[np.float32]

SAMPLE = 4096
"""Points that decide where groups lie; the others join the nearest."""
MOST_GROUPS = 16
ROUNDS = 20


@dataclass(frozen=True, slots=True)
class FeatureMap:
    """Images and their places, ``points`` float32 [n, 2]; ``groups`` int [n] numbers each point's group, from 0.

    ``share`` is how much of the features' variance the plane holds, 0..1; None where that means nothing.
    """

    ids: tuple[ImageId, ...]
    points: Points
    groups: NDArray[np.intp]
    share: float | None = None


def umap_installed() -> bool:
    """Whether a map can be made by UMAP. Imports nothing."""
    return find_spec("umap") is not None


def groups_of(points: Points) -> NDArray[np.intp]:
    """Neighbouring points in groups, for people who walk from one to the next: int [n], numbered from 0 without gaps.

    k-means (Lloyd 1982) from centres that lie far apart (Gonzalez 1985): the same points always give the same groups.

    Args:
        points: float32 [n, 2].
    """
    if not len(points):
        return np.zeros(0, np.intp)
    sample = points[:: -(-len(points) // SAMPLE)]
    centres = _far_apart(sample, min(MOST_GROUPS, max(1, round((len(sample) / 4) ** 0.5))))
    for _ in range(ROUNDS):
        nearest = _nearest(sample, centres)
        centres = np.stack([sample[nearest == n].mean(0) for n in np.unique(nearest)])
    return np.unique(_nearest(points, centres), return_inverse=True)[1].astype(np.intp)


def _far_apart(points: Points, count: int) -> Points:
    chosen = [int(((points - points.mean(0)) ** 2).sum(1).argmax())]
    distance = ((points - points[chosen[0]]) ** 2).sum(1)
    while len(chosen) < count and distance.max() > 0:
        chosen.append(int(distance.argmax()))
        distance = np.minimum(distance, ((points - points[chosen[-1]]) ** 2).sum(1))
    return points[chosen]


def _nearest(points: Points, centres: Points) -> NDArray[np.intp]:
    nearest: NDArray[np.intp] = ((points[:, None] - centres[None]) ** 2).sum(2).argmin(1)
    return nearest
