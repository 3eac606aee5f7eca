"""How good is it: leave-one-out, the shots curve and reliability, against figures worked out by hand."""

import math
from dataclasses import replace

import pytest
import torch

from backend.embedding.feature_store import FeatureStore
from backend.evaluation.reliability import promise, reliability
from backend.explain.learning_curve import DRAWS, accuracy_by_shots, shots_of
from backend.explain.quality import leave_each_out
from backend.explain.reports import LeftOut, Quality, ShotsCurve, spread
from backend.images.preparation import InputSpec
from backend.labelling.calibration import MOST_FITS_TOLD, MOST_TOLD, told_folder, told_rounds, without
from backend.labelling.fitted_bins import FittedBins, fit_bins
from backend.methods import METHODS, Method
from backend.models.card import MethodCard
from backend.models.model import Ready
from backend.types import Bins, Progress
from tests.glyph_folders import drain

TEN = {"2w1s": 10.0}
METHOD = METHODS["prototypical"].for_inputs("vector", (2,)).eval()


class Vectors(FeatureStore):
    """A store whose features are given: nothing is decoded."""

    def __init__(self, **features: tuple[float, float]) -> None:
        self._features = {i: torch.tensor(v).half().numpy() for i, v in features.items()}

    def with_views(self, ids: object) -> None:
        """No pixels, no views."""


def fitted(
    store: FeatureStore, bins: Bins, none: dict[str, list[float]] | None = None, method: Method = METHOD
) -> FittedBins:
    card = MethodCard("t", TEN, none_of_these=none or {})
    ready = Ready("prototypical", method, torch.nn.Identity(), "space", InputSpec("ink", 28), card)
    return fit_bins(ready, store, bins)


STORE = Vectors(a1=(0, 0), a2=(0, 2), a3=(5, 1), b1=(6, 0), b2=(6, 2), c1=(0, 90))
BINS: Bins = {"A": ("a1", "a2", "a3"), "B": ("b1", "b2")}


def test_leave_one_out_by_hand() -> None:
    found = drain(leave_each_out(METHOD, fitted(STORE, BINS)))
    assert [(a.image, a.bin, a.claimed) for a in found.answers] == [
        ("a1", "A", "A"), ("b1", "B", "B"), ("a2", "A", "A"), ("b2", "B", "B"), ("a3", "A", "B"),
    ]  # fmt: skip
    # Squared distances to the means without the two: a1 8.5 and 40; b1 14.5 and 4; a3, alone in its round, 25 and 1.
    gaps = [40 - 8.5, 14.5 - 4, 40 - 8.5, 14.5 - 4, 25 - 1]
    assert [a.confidence for a in found.answers] == pytest.approx([1 / (1 + math.exp(-g / 10)) for g in gaps], abs=1e-5)
    assert (found.right, found.bins, found.sizes, found.alone) == (4, ("A", "B"), (3, 2), ())
    assert found.counts == {("A", "A"): 2, ("A", "B"): 1, ("B", "B"): 2}
    assert found.cell("A", "B") == ("a3",) and found.cell("B", "A") == ()


def test_a_single_example_claims_others_but_is_not_left_out() -> None:
    found = drain(leave_each_out(METHOD, fitted(STORE, {**BINS, "C": ("c1",)})))
    assert found.alone == ("C",) and "c1" not in {a.image for a in found.answers} and len(found.answers) == 5
    nothing = drain(leave_each_out(METHOD, fitted(STORE, {"A": ("a1",), "C": ("c1",)})))
    assert nothing.answers == () and nothing.alone == ("A", "C")


def test_none_of_these_does_not_see_the_examples_that_are_left_out() -> None:
    # The coefficients read the distance to the nearest example alone: zero for an example that was not left out.
    none = {"2w1s": [0.0, 0.0, -1.0, 0.0]}
    store = Vectors(a1=(1, 0), a2=(1, 1), b1=(-1, 0), b2=(-1, -1))
    whole, alone = (
        drain(leave_each_out(METHOD, fitted(store, {"A": ("a1", "a2"), "B": ("b1", "b2")}, n))).answers[0].confidence
        for n in (None, none)
    )
    distance = 1 - math.cos(math.pi / 4)
    between = 2.0  # a2 and b2, which stay, look opposite ways
    assert alone / whole == pytest.approx(1 / (1 + distance / between), rel=1e-3)


@pytest.mark.slow
def test_many_examples_are_left_out_evenly_and_in_few_fits() -> None:
    together = told_rounds(torch.arange(1000) % 2)
    assert len(together) == MOST_FITS_TOLD and together[-1][0] > 970 and {len(t) for t in together} == {2}
    assert [len(t) for t in told_rounds(torch.arange(300) % 15)] == [15] * 20  # all of them
    assert sum(map(len, told_rounds(torch.arange(5000) % 44))) <= MOST_TOLD
    assert told_rounds(torch.tensor([0, 1, 2])) == []
    mann = METHODS["mann"].for_inputs("vector", (2,)).eval()
    store = Vectors(**{f"{c}{n}": (float(c == "a"), n / 99) for c in "ab" for n in range(60)})
    bins: Bins = {c: tuple(f"{c}{n}" for n in range(60)) for c in "ab"}
    told = {m: drain(leave_each_out(m, fitted(store, bins, method=m))) for m in (METHOD, mann)}
    asked = {m: [a.image for a in quality.answers] for m, quality in told.items()}
    assert asked[METHOD] == asked[mann] and len(asked[mann]) == 60


def test_the_folder_that_is_read_does_not_hang_on_the_order_of_its_images() -> None:
    ids = [f"i{n:05}" for n in range(3000)]
    assert told_folder(ids) == told_folder(reversed(ids)) and len(told_folder(ids)) == 500
    assert told_folder(ids[:3]) == ids[:3] and told_folder(()) == []


def test_views_of_the_other_examples_teach_as_they_do_in_use() -> None:
    method = METHODS["simpleshot"].for_inputs("vector", (2,)).eval()
    plain = fitted(STORE, BINS, method=method)
    viewed = replace(plain, views=torch.stack([plain.support.inputs, plain.support.inputs.flip(1)], dim=1))
    [first] = drain(leave_each_out(method, viewed)).answers[:1]
    rest = method.fit(without(viewed.taught, [0, 3])).log_probs(viewed.support.inputs[[0]]) / viewed.temperature
    assert first.confidence == pytest.approx(float(rest.softmax(1).max()))
    assert first.confidence != pytest.approx(drain(leave_each_out(method, plain)).answers[0].confidence)


def test_a_curve_that_stays_at_nought_and_one_that_stays_at_one() -> None:
    never = Vectors(a1=(0, 0), a2=(10, 0), b=(4, 0))  # whichever A is given, B is nearer to the other
    curve = drain(accuracy_by_shots(METHOD, fitted(never, {"A": ("a1", "a2"), "B": ("b",)})))
    assert (curve.shots, curve.draws, set(curve.accuracies[0])) == ((1,), DRAWS, {0.0})
    always = Vectors(a1=(0, 0), a2=(1, 0), b=(4, 0))
    assert drain(accuracy_by_shots(METHOD, fitted(always, {"A": ("a1", "a2"), "B": ("b",)}))).at(0).low == 1.0


def test_all_bins_count_alike_and_draws_are_seeded() -> None:
    # Of A, 0 misses 3 and 3 finds 0; B's four lie close together.
    store = Vectors(a1=(0, 0), a2=(3, 0), b1=(5.5, 0), b2=(5.5, 0.1), b3=(5.5, 0.2), b4=(5.5, 0.3))
    bins: Bins = {"A": ("a1", "a2"), "B": ("b1", "b2", "b3", "b4")}
    curve = drain(accuracy_by_shots(METHOD, fitted(store, bins)))
    assert curve.shots == (1, 2, 3) and set(curve.accuracies[0]) <= {0.5, 1.0}
    assert 0.5 < curve.at(0).mean < 1
    again = list(accuracy_by_shots(METHOD, fitted(store, bins)))
    assert [p.done for p in again] == list(range(1, 3 * DRAWS + 1)) and isinstance(again[-1], Progress)
    assert drain(accuracy_by_shots(METHOD, fitted(store, bins))) == curve


def test_more_examples_help_where_examples_scatter() -> None:
    generator = torch.Generator().manual_seed(0)
    points = torch.randn(60, 2, generator=generator) + torch.tensor([[-1.0, 0], [1, 0]]).repeat(30, 1)
    store = Vectors(**{f"i{n}": (float(x), float(y)) for n, (x, y) in enumerate(points)})
    bins: Bins = {"A": tuple(f"i{n}" for n in range(0, 60, 2)), "B": tuple(f"i{n}" for n in range(1, 60, 2))}
    curve = drain(accuracy_by_shots(METHOD, fitted(store, bins)))
    assert curve.shots == (1, 2, 3, 4, 5, 7, 10, 15, 20, 29)
    assert curve.at(0).mean + 0.05 < curve.at(6).mean
    assert curve.gain(0, 6).mean == pytest.approx(curve.at(6).mean - curve.at(0).mean)


def test_shots_go_as_far_as_half_of_the_bins_can() -> None:
    assert shots_of(torch.tensor([7, 7]), (1, 2, 3, 5)) == [1, 2, 3, 5, 6]
    assert shots_of(torch.tensor([20, 3, 3]), (1, 2, 3, 5)) == [1, 2]
    assert shots_of(torch.tensor([20, 3, 1]), (1, 2, 5)) == [1, 2, 5, 19]
    assert shots_of(torch.tensor([1, 1, 1]), (1, 2)) == []
    assert shots_of(torch.tensor([500, 500]), (1,)) == [1, 50]


def test_adapting_methods_draw_few_times() -> None:
    mann = METHODS["mann"].for_inputs("vector", (2,)).eval()
    card = MethodCard("t")
    store = Vectors(**{f"{c}{n}": (float(c == "a"), n / 4) for c in "ab" for n in range(4)})
    ready = Ready("mann", mann, torch.nn.Identity(), "space", InputSpec("ink", 28), card)
    bins: Bins = {c: tuple(f"{c}{n}" for n in range(4)) for c in "ab"}
    curve = drain(accuracy_by_shots(mann, fit_bins(ready, store, bins)))
    assert curve.shots == (1, 2, 3) and curve.draws == 3


def test_the_last_doubling() -> None:
    curve = ShotsCurve((1, 2, 3, 5, 6), ((0.5, 0.5),) * 5)
    assert curve.shots[curve.half] == 3
    assert ShotsCurve((1,), ((0.5,),)).half == 0
    spread_of_eleven = spread([n / 10 for n in range(11)])
    assert (spread_of_eleven.low, spread_of_eleven.mean, spread_of_eleven.high) == pytest.approx((0.1, 0.5, 0.9))


def test_reliability_by_hand() -> None:
    answers = [(0.55, True), (0.65, False), (0.95, True), (1.0, True), (0.9, False)]
    low, middle, high = reliability(answers, 5)
    assert [(b.right, b.count) for b in (low, middle, high)] == [(1, 1), (0, 1), (2, 3)]
    assert [b.confidence for b in (low, middle, high)] == pytest.approx([0.55, 0.65, 0.95])
    assert high.share == pytest.approx(2 / 3)
    assert high.low == pytest.approx(0.2077, abs=1e-3) and high.high == pytest.approx(0.9385, abs=1e-3)
    assert list(promise(answers)) == pytest.approx([0.81, 0.6])
    assert len(reliability([(n / 99, True) for n in range(100)])) == 10 and len(reliability(answers)) == 3
    assert reliability([]) == []


def test_an_empty_report() -> None:
    assert Quality().counts == {} and Quality().right == 0 and Quality().alone == ()
    assert LeftOut("i", "a", "b", 0.5).right is False
