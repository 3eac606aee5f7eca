"""Recalibrates confidences by the labels that the person has confirmed and corrected.

The model's own estimate is 1 - confidence. An answer about a labelled image says whether the label was right at its
confidence, so it moves the estimate there, and less the farther away. The log-odds of a right label are those of the
confidence plus a correction: a Gaussian process over the log-odds, made of a shift, a slope (Platt 1999) and bumps.
Few answers leave the correction near 0, where it begins. Laplace's approximation (Rasmussen & Williams 2006, algorithm
3.1) gives it with its covariance. Since it depends on the confidence, it does not matter at which confidences labels
were checked; but doubtful labels say little about sure ones, and the interval shows it. Imports no torch.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

EDGE = 0.9999
"""No confidence counts as surer than this, or less sure than the opposite."""
CELLS = 47
"""Answers count as given at the nearest of so many log-odds, 0.4 apart."""
SHIFT, SLOPE, BUMP, REACH = 0.8, 0.6, 0.4, 1.5
"""Standard deviations of the shift, the slope and the bumps before the first answer; how far a bump reaches, in
log-odds."""
STEPS = 50
"""Of Newton's method at most; it needs about ten."""
DRAWS = 1000
"""Corrections that are drawn for an interval."""
SURE = 95
"""Per cent of the draws that an interval holds."""


class Recalibration:
    """The share of wrong labels at any confidence.

    Args:
        answers: the confidence that a label had, 0..1, and whether it was right.
    """

    def __init__(self, answers: Sequence[tuple[float, bool]] = ()) -> None:
        self._count = len(answers)
        given = _cells(np.array([c for c, _ in answers], dtype=np.float64))
        self._asked = np.bincount(given, minlength=CELLS).astype(np.float64)
        self._right = np.bincount(given, [float(r) for _, r in answers], CELLS)
        self._correction, self._covariance = np.zeros(CELLS), PRIOR
        if answers:
            self._fit()

    def wrong(self, confidences: Floats) -> Floats:
        """How likely labels of these confidences [n] are wrong, [n], 0..1; 1 - confidence without answers."""
        if not self._count:
            return np.asarray(1.0 - confidences)
        odds = _log_odds(confidences)
        return 1.0 - _chance(odds + np.interp(odds, ODDS, self._correction))

    def interval(self, confidences: Floats) -> tuple[float, float]:
        """What share (0..1) of labels of these confidences [n], one or more, is wrong, with 95 % confidence: (low,
        high). The fewer there are, the more chance has a say in it, too."""
        weights = np.bincount(_cells(confidences), minlength=CELLS) / len(confidences)
        shares = np.clip((1.0 - _chance(ODDS + self._drawn)) @ weights, 0.0, 1.0)
        wrong = np.random.default_rng(0).binomial(len(confidences), shares)
        low, high = np.percentile(wrong / len(confidences), [(100 - SURE) / 2, (100 + SURE) / 2])
        return float(low), float(high)

    @cached_property
    def _drawn(self) -> Floats:
        """Corrections [draws, cells], the same at every call."""
        values, vectors = np.linalg.eigh(self._covariance)
        noise = np.random.default_rng(1).standard_normal((DRAWS, CELLS))
        return np.asarray(self._correction + noise @ (vectors * np.sqrt(values.clip(0.0))).T)

    def _fit(self) -> None:
        """The most likely correction, and its covariance there. Steps that overshoot are halved."""
        dual, reached = np.zeros(CELLS), self._likelihood(np.zeros(CELLS))
        for _ in range(STEPS):
            step, gained = self._newton(dual) - dual, -1.0
            while gained < 0.0 and np.abs(step).max() > 1e-9:
                gained = self._likelihood(dual + step) - reached
                dual, step = (dual + step, step) if gained >= 0.0 else (dual, step / 2)
            reached += max(gained, 0.0)
            if gained < 1e-9:
                break
        self._correction = PRIOR @ dual
        root, inner = self._curvature(self._correction)
        self._covariance = PRIOR - (PRIOR * root) @ np.linalg.solve(inner, root[:, None] * PRIOR)

    def _newton(self, dual: Floats) -> Floats:
        """The next ``dual`` [cells], of which the correction is ``PRIOR @ dual``."""
        correction = PRIOR @ dual
        root, inner = self._curvature(correction)
        pull = root**2 * correction + self._right - self._asked * _chance(ODDS + correction)
        return np.asarray(pull - root * np.linalg.solve(inner, root * (PRIOR @ pull)))

    def _likelihood(self, dual: Floats) -> float:
        """Log-likelihood of the answers and of the correction, but for a constant."""
        correction = PRIOR @ dual
        odds = ODDS + correction
        return float(self._right @ odds - self._asked @ np.logaddexp(0.0, odds) - dual @ correction / 2)

    def _curvature(self, correction: Floats) -> tuple[Floats, Floats]:
        """The square root of the answers' weights [cells], and the matrix to invert (eigenvalues of 1 or more)."""
        chance = _chance(ODDS + correction)
        root = np.sqrt(self._asked * chance * (1.0 - chance))
        return root, np.eye(CELLS) + root[:, None] * PRIOR * root


def _log_odds(confidences: Floats) -> Floats:
    held = np.clip(confidences, 1.0 - EDGE, EDGE)
    return np.asarray(np.log(held / (1.0 - held)))


def _chance(odds: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-odds)))


def _cells(confidences: Floats) -> NDArray[np.int64]:
    """The nearest cell of each."""
    return np.asarray(np.rint((_log_odds(confidences) - ODDS[0]) / (ODDS[1] - ODDS[0])), np.int64)


def _prior() -> Floats:
    """Covariance of the correction before the first answer, [cells, cells]."""
    gaps = ODDS[:, None] - ODDS
    return np.asarray(SHIFT**2 + SLOPE**2 * np.outer(ODDS, ODDS) + BUMP**2 * np.exp(-((gaps / REACH) ** 2) / 2))


_WIDEST = float(_log_odds(np.array([EDGE]))[0])
ODDS = np.linspace(-_WIDEST, _WIDEST, CELLS)
PRIOR = _prior()
