"""Geometry of the map: points in a polygon, nearest point, next group in a direction."""

import numpy as np
from numpy.typing import NDArray

from backend.embedding.feature_map import Points

Mask = NDArray[np.bool_]
Place = tuple[float, float]


def inside(polygon: Points, points: Points) -> Mask:
    """Which ``points`` [n, 2] lie in the closed ``polygon`` [m, 2], by the even-odd rule; none where m < 3."""
    found = np.zeros(len(points), bool)
    if len(polygon) < 3:
        return found
    low, high = polygon.min(0), polygon.max(0)
    near = ((points >= low) & (points <= high)).all(1).nonzero()[0]
    x, y = points[near, 0], points[near, 1]
    crossings = np.zeros(len(near), int)
    for (x0, y0), (x1, y1) in zip(polygon, np.roll(polygon, -1, 0), strict=True):
        if y0 != y1:
            spans = (y0 > y) != (y1 > y)
            crossings += spans & (x < (x1 - x0) * (y - y0) / (y1 - y0) + x0)
    found[near] = crossings % 2 == 1
    return found


def rectangle(start: Place, end: Place) -> Points:
    """The corners of the upright rectangle between two of them, float32 [4, 2]."""
    (x0, y0), (x1, y1) = start, end
    return np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], np.float32)


def nearest(points: Points, place: Place, scale: Place, most: float) -> int | None:
    """The point nearest to ``place``, at most ``most`` away where one unit is ``scale`` long in x and y."""
    if not len(points):
        return None
    away = ((points - np.array(place, np.float32)) * np.array(scale, np.float32)) ** 2
    best = int(away.sum(1).argmin())
    return best if away[best].sum() <= most**2 else None


def middles(points: Points, groups: NDArray[np.intp]) -> Points:
    """The mean of each group's points, float32 [k, 2]."""
    return np.stack([points[groups == n].mean(0) for n in range(int(groups.max(initial=-1)) + 1)])


def next_group(centres: Points, current: int, direction: Place) -> int:
    """The group to go to from ``current``: near, and rather ahead than aside (``direction`` has length 1); ``current``
    where none lies within 60 degrees of it."""
    step = centres - centres[current]
    length = np.hypot(step[:, 0], step[:, 1])
    ahead = step @ np.array(direction, np.float32)
    open_ = ahead > 0.5 * np.maximum(length, 1e-12)
    if not open_.any():
        return current
    cost = np.where(open_, length**2 / np.where(open_, ahead, 1.0), np.inf)
    return int(cost.argmin())
