"""Reliability diagrams: accuracy by confidence. Imports no torch: the window uses it."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.evaluation.intervals import wilson

FEW, MANY = 5, 10
"""Intervals of confidence where there are few answers, and where there are a hundred or more."""


@dataclass(frozen=True, slots=True)
class Band:
    """The answers whose confidences lie in one interval: their mean ``confidence``, and ``right`` of ``count``. ``low``
    and ``high`` bound the share that is right with 95 % confidence (Wilson). All 0..1."""

    confidence: float
    right: int
    count: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share that is right."""
        return self.right / self.count


def reliability(answers: Sequence[tuple[float, bool]], bands: int | None = None) -> list[Band]:
    """The diagram of Niculescu-Mizil & Caruana 2005 (doi:10.1145/1102351.1102430): equal intervals of confidence, those
    without answers left out.

    Args:
        answers: confidence, 0..1, and whether the label was right.
        bands: how many intervals; by default ``FEW``, from a hundred answers on ``MANY``.
    """
    count = bands or (MANY if len(answers) >= 100 else FEW)
    groups: dict[int, list[tuple[float, bool]]] = {}
    for answer in answers:
        groups.setdefault(min(int(answer[0] * count), count - 1), []).append(answer)
    return [_band(groups[n]) for n in sorted(groups)]


def _band(answers: Sequence[tuple[float, bool]]) -> Band:
    right = sum(was_right for _, was_right in answers)
    mean = sum(confidence for confidence, _ in answers) / len(answers)
    return Band(mean, right, len(answers), *wilson(right, len(answers)))


def promise(answers: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Mean confidence and share right, 0..1, of at least one answer: alike where confidences keep what they promise."""
    count = len(answers)
    return sum(c for c, _ in answers) / count, sum(right for _, right in answers) / count
