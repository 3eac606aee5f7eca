"""Where the line between sure and unsure labels lies: as low as an expected share of wrong labels allows.

A calibrated label of confidence c is wrong with probability 1 - c. So of the labels at or above a threshold the
expected share of wrong ones is the mean of 1 - c: the selective risk (Geifman & El-Yaniv 2017, arXiv:1705.08500,
section 2) of the folder as it is, without its truth. It grows as the threshold falls. Loads no torch.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from backend.types import ImageId, Prediction, Status

ROUNDING = 1e-9
"""A share may exceed its budget by this much: confidences have six digits."""


@dataclass(frozen=True, slots=True)
class Line:
    """Labels of a confidence of ``threshold`` or more are sure: ``above`` of them, of which a share ``wrong`` (0..1) is
    expected to be wrong; ``below`` are unsure. Where none is sure, ``threshold`` is infinite and ``wrong`` 0."""

    threshold: float
    above: int
    below: int
    wrong: float


class ErrorCurve:
    """Expected errors at every threshold. Sorts once; after that a line costs a binary search.

    Args:
        confidences: float64 [n], calibrated, 0..1, in any order.
    """

    def __init__(self, confidences: NDArray[np.float64]) -> None:
        falling = np.sort(confidences)[::-1]
        self._count = len(falling)
        last = np.append(falling[1:] != falling[:-1], True) if len(falling) else np.zeros(0, bool)
        self._ends = np.flatnonzero(last)  # equal confidences stand on the same side of any line
        shares = np.cumsum(1.0 - falling) / np.arange(1, self._count + 1)
        self._thresholds = falling[self._ends]
        self._shares = np.maximum.accumulate(shares[self._ends])  # rises but for rounding

    def line(self, budget: float) -> Line:
        """The lowest line above which a share of ``budget`` (0..1) or less is expected to be wrong."""
        groups = int(np.searchsorted(self._shares, budget + ROUNDING, side="right"))
        if not groups:
            return Line(math.inf, 0, self._count, 0.0)
        end = int(self._ends[groups - 1])
        above = end + 1
        return Line(float(self._thresholds[groups - 1]), above, self._count - above, float(self._shares[groups - 1]))


def judged(predictions: Mapping[ImageId, Prediction], threshold: float) -> dict[ImageId, Prediction]:
    """``predictions`` with the status that ``threshold`` gives them; labels stay. One without a confidence is
    unsure, as that of the only bin there is."""
    return {i: replace(p, status=Status.UNSURE) if _is_below(p, threshold) else p for i, p in predictions.items()}


def _is_below(prediction: Prediction, threshold: float) -> bool:
    return prediction.status == Status.OK and (prediction.confidence is None or prediction.confidence < threshold)
