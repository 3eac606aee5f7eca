"""The error line keeps its promise: what answers make of the confidences covers what is wrong."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from backend.labelling.recalibration import Recalibration
from backend.labelling.thresholds import ErrorCurve

Floats = NDArray[np.float64]
BUDGET = 0.05
SEEDS = 20

MODELS: dict[str, Callable[[Floats], Floats]] = {
    "honest": lambda odds: odds,
    "far too sure": lambda odds: 2.5 * odds,
    "too sure by a shift": lambda odds: odds + 1.8,
    "too modest": lambda odds: 0.4 * odds,
    "too modest by a shift": lambda odds: odds - 2,
}


def chance(odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-odds)))


def folder(model: str, seed: int) -> tuple[Floats, NDArray[np.bool_]]:
    """A thousand labels: what ``model`` says of each, and whether it is right."""
    generator = np.random.default_rng(seed)
    odds = generator.normal(2.2, 2.0, 1000)
    return chance(MODELS[model](odds)), generator.random(1000) < chance(odds)


def random_places(confidences: Floats, seed: int, count: int) -> NDArray[np.int64]:
    return np.random.default_rng(seed + 1000).permutation(len(confidences))[:count]


def doubtful_places(confidences: Floats, seed: int, count: int) -> NDArray[np.int64]:
    return np.argsort(np.abs(confidences - 0.5))[:count]


def judge(model: str, seed: int, asked: Callable[[Floats, int, int], NDArray[np.int64]], count: int) -> bool:
    """Whether the interval holds the share that is wrong above the line, among the labels nobody was asked about."""
    confidences, right = folder(model, seed)
    answered = asked(confidences, seed, count)
    learnt = Recalibration([(float(confidences[i]), bool(right[i])) for i in answered])
    rest = np.setdiff1d(np.arange(len(right)), answered)
    curve = ErrorCurve(confidences[rest], learnt)
    line = curve.line(BUDGET)
    if not line.above:
        return True  # it says that no label is as sure as that
    low, high = learnt.interval(curve.above(line))
    return bool(low <= 1 - right[rest][confidences[rest] >= line.threshold].mean() <= high)


@pytest.mark.parametrize("count", [20, 100])
@pytest.mark.parametrize("asked", [random_places, doubtful_places])
@pytest.mark.parametrize("model", list(MODELS))
def test_the_interval_covers_what_is_wrong(
    model: str, asked: Callable[[Floats, int, int], NDArray[np.int64]], count: int
) -> None:
    """Whoever is asked only about doubtful labels learns little of sure ones, and the interval is as wide."""
    assert sum(judge(model, seed, asked, count) for seed in range(SEEDS)) >= 0.85 * SEEDS


@pytest.mark.parametrize("model", ["far too sure", "too sure by a shift"])
def test_answers_that_contradict_the_model_move_the_line(model: str) -> None:
    promised: list[float] = []
    kept: list[float] = []
    for seed in range(SEEDS):
        confidences, right = folder(model, seed)
        answers = [(float(confidences[i]), bool(right[i])) for i in random_places(confidences, seed, 100)]
        for found, learnt in ((promised, Recalibration()), (kept, Recalibration(answers))):
            line = ErrorCurve(confidences, learnt).line(BUDGET)
            if line.above:
                found.append(float(1 - right[confidences >= line.threshold].mean()))
    assert np.mean(promised) > 2 * BUDGET
    assert np.mean(kept) < 1.6 * BUDGET


def test_without_answers_the_model_is_believed_to_the_letter() -> None:
    confidences = np.array([0.0, 0.3, 0.999999, 1.0])
    assert list(Recalibration().wrong(confidences)) == list(1 - confidences)


def test_an_answer_counts_where_it_was_given() -> None:
    """Twenty wrong labels at 60 % say much of 60 %, less of 99 %; and wide is what is said of 99 %."""
    learnt = Recalibration([(0.6, False)] * 20)
    here, there = learnt.wrong(np.array([0.6, 0.99]))
    assert here > 0.85 and 0.01 < there < 0.7
    (low, high), (low_here, high_here) = (learnt.interval(np.full(1000, c)) for c in (0.99, 0.6))
    assert high - low > 2 * (high_here - low_here)


def test_many_answers_decide_whatever_the_model_says() -> None:
    answers = [(0.99, n % 10 < 7) for n in range(1000)]
    learnt = Recalibration(answers)
    assert learnt.wrong(np.array([0.99]))[0] == pytest.approx(0.3, abs=0.02)
    low, high = learnt.interval(np.full(100_000, 0.99))
    assert low < 0.3 < high and high - low < 0.07
    assert learnt.interval(np.full(10, 0.99))[1] > high  # of ten, chance alone may make half wrong
    assert learnt.interval(np.full(10, 0.99)) == learnt.interval(np.full(10, 0.99))


@pytest.mark.parametrize("right", [True, False])
def test_confidences_of_nothing_and_of_all_are_no_trouble(right: bool) -> None:
    learnt = Recalibration([(c, right) for c in (0.0, 1.0) for _ in range(500)])
    wrong = learnt.wrong(np.array([0.0, 0.5, 1.0]))
    assert np.isfinite(wrong).all() and (wrong >= 0).all() and (wrong <= 1).all()
    assert (wrong[[0, 2]] < 0.02).all() if right else (wrong[[0, 2]] > 0.98).all()
