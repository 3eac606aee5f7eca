import math
from itertools import pairwise

import numpy as np
import pytest

from backend.labelling.thresholds import ErrorCurve, Line, judged
from backend.types import Prediction, Status

CONFIDENCES = np.array([0.5, 1.0, 0.9, 0.8, 0.9])
"""Falling, the errors sum to 0, 0.1, 0.2, 0.4, 0.9: shares 0, 0.05, 0.0667, 0.1, 0.18."""


@pytest.mark.parametrize(
    ("budget", "line"),
    [
        (0.0, Line(1.0, 1, 4, 0.0)),
        (0.05, Line(1.0, 1, 4, 0.0)),  # two at 0.9 stand on one side, and both are too many
        (0.2 / 3, Line(0.9, 3, 2, 0.2 / 3)),
        (0.0999, Line(0.9, 3, 2, 0.2 / 3)),
        (0.1, Line(0.8, 4, 1, 0.1)),
        (0.18, Line(0.5, 5, 0, 0.18)),
        (1.0, Line(0.5, 5, 0, 0.18)),
    ],
)
def test_the_line_is_as_low_as_the_budget_allows(budget: float, line: Line) -> None:
    found = ErrorCurve(CONFIDENCES).line(budget)
    assert (found.threshold, found.above, found.below) == (line.threshold, line.above, line.below)
    assert found.wrong == pytest.approx(line.wrong)


def test_where_not_even_the_surest_is_sure_enough_none_is() -> None:
    assert ErrorCurve(CONFIDENCES[[0, 3]]).line(0.1) == Line(math.inf, 0, 2, 0.0)
    assert ErrorCurve(np.zeros(0)).line(1.0) == Line(math.inf, 0, 0, 0.0)


def test_a_larger_budget_never_makes_a_label_unsure() -> None:
    confidences = np.random.default_rng(0).random(3000).round(3)
    curve = ErrorCurve(confidences)
    lines = [curve.line(budget) for budget in np.linspace(0, 1, 200)]
    assert all(a.above <= b.above and a.wrong <= b.wrong for a, b in pairwise(lines))
    for line in lines[5::50]:
        sure = confidences >= line.threshold
        assert (sure.sum(), (~sure).sum()) == (line.above, line.below)
        assert (1 - confidences[sure]).mean() == pytest.approx(line.wrong) if line.above else line.wrong == 0


def test_a_threshold_moves_statuses_alone() -> None:
    before = {
        "a": Prediction(Status.OK, "x", 0.9, "y", 0.1),
        "b": Prediction(Status.OK, "x", 0.4, "y", 0.3),
        "c": Prediction(Status.OK, "y", 0.2),
        "d": Prediction(Status.ERROR, message="broken"),
        "e": Prediction(Status.OK, "x", similarity=0.1),
    }
    after = judged(before, 0.9)
    assert [p.status.value for p in after.values()] == ["ok", "unsure", "unsure", "error", "unsure"]
    assert [(p.label, p.confidence) for p in after.values()] == [(p.label, p.confidence) for p in before.values()]
