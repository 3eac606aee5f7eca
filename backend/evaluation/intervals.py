"""Intervals for what was counted. Loads no torch: the window uses it."""

import math

Z95 = 1.959963984540054
"""Standard normal quantile of 97.5 %."""


def wilson(hits: int, count: int, z: float = Z95) -> tuple[float, float]:
    """The score interval of a proportion: ``hits`` of ``count`` independent draws. Returns (low, high) in 0..1.

    Wilson 1927, doi:10.1080/01621459.1927.10502953; it holds for few draws and near 0 and 1 too, where the usual ±
    does not (Brown, Cai & DasGupta 2001).

    Raises:
        ValueError: not 0 ≤ hits ≤ count, or count is 0.
    """
    if not 0 <= hits <= count or count == 0:
        raise ValueError(f"{hits} of {count} is no proportion")
    share = hits / count
    middle = share + z * z / (2 * count)
    spread = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    scale = 1 + z * z / count
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)
