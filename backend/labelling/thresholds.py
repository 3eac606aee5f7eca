"""The acceptance threshold: the lowest confidence that an expected share of wrong labels allows.

A calibrated label of confidence c is wrong with probability 1 - c, or what ``recalibration`` makes of c. Among
labels at or above a threshold the expected share of wrong ones is the mean of that: the selective risk (Geifman &
El-Yaniv 2017, arXiv:1705.08500, section 2), estimated without true labels. It grows as the threshold falls. Imports no
torch.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from backend.labelling.recalibration import Recalibration
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


@dataclass(frozen=True, slots=True)
class Check:
    """What the person's answers say of the labels above a line.

    ``count`` answers were about labels of its confidence or more; ``wrong`` of these were wrong, and ``picked`` were
    shown to the person because they looked doubtful. With 95 % confidence a share between ``low`` and ``high`` (0..1)
    of the labels above the line is wrong. ``answers`` counts those below it, too, and ``confirmed`` says whether any
    label was found right: whoever only puts right what is wrong has drawn no sample.
    """

    count: int = 0
    wrong: int = 0
    picked: int = 0
    low: float = 0.0
    high: float = 1.0
    answers: int = 0
    confirmed: bool = False


class ErrorCurve:
    """Expected errors at every threshold. Sorts once; after that a line costs a binary search.

    Args:
        confidences: float64 [n], 0..1, in any order.
        recalibration: what they are worth; by default what they say.
    """

    def __init__(self, confidences: NDArray[np.float64], recalibration: Recalibration | None = None) -> None:
        falling = np.sort(confidences)[::-1]
        wrong = (recalibration or Recalibration()).wrong(falling)
        self._count = len(falling)
        last = np.append(falling[1:] != falling[:-1], True) if len(falling) else np.zeros(0, bool)
        self._ends = np.flatnonzero(last)  # equal confidences stand on the same side of any line
        shares = np.cumsum(wrong) / np.arange(1, self._count + 1)
        self._falling, self._thresholds = falling, falling[self._ends]
        self._shares = shares[self._ends]
        self._worst = np.maximum.accumulate(self._shares)  # it may fall where answers say that surer labels are worse

    def above(self, line: Line) -> NDArray[np.float64]:
        """The confidences at or above ``line``, falling [``line.above``]."""
        return self._falling[: line.above]

    def line(self, budget: float) -> Line:
        """The lowest line above which a share of ``budget`` (0..1) or less is expected to be wrong."""
        groups = int(np.searchsorted(self._worst, budget + ROUNDING, side="right"))
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
