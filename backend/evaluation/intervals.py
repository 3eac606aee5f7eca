"""Confidence intervals of proportions and of their paired differences. Imports no torch: the window uses it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Difference:
    """How far ``one`` is ahead of ``other`` on the same draws: a difference of shares with its 95 % interval, -1..1."""

    share: float
    low: float
    high: float

    @property
    def may_be_chance(self) -> bool:
        """Whether the interval holds 0."""
        return self.low <= 0 <= self.high


def paired_difference(one: Sequence[bool], other: Sequence[bool], z: float = Z95) -> Difference:
    """Share of hits in ``one`` minus that in ``other``, for the same draws in the same order.

    The interval is Bonett & Price's (2012, doi:10.3102/1076998611411915): Wald's of paired proportions after adding one
    to each count of draws on which the two differ, so that a few draws that agree are no certainty.

    Raises:
        ValueError: unequal lengths, or no draws.
    """
    count = len(one)
    if not count:
        raise ValueError("no draws to compare")
    ahead = sum(a and not b for a, b in zip(one, other, strict=True))
    behind = sum(b and not a for a, b in zip(one, other, strict=True))
    plus, minus = (ahead + 1) / (count + 2), (behind + 1) / (count + 2)
    spread = z * math.sqrt((plus + minus - (plus - minus) ** 2) / (count + 2))
    middle = plus - minus
    return Difference((ahead - behind) / count, max(-1.0, middle - spread), min(1.0, middle + spread))
