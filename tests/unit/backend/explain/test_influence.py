"""Leaving one example out, worked out by hand: examples on a line, bins at their means (Prototypical Networks)."""

import math
from dataclasses import replace

import pytest
import torch
from torch import Tensor

from backend.confidence.none_of_these import NoneOfThese
from backend.explain import influence
from backend.explain.influence import decisive_examples, is_costly, labels_without, nearest, unclaimed_examples, without
from backend.labelling.calibration import shrink_temperature
from backend.labelling.fitted_bins import FittedBins, LeftOut, fit_bins
from backend.methods import METHODS, Classifier, Support
from backend.types import Absence, Bins, Flip
from tests.glyph_folders import drain
from tests.unit.backend.labelling.test_labelling import METHOD, Vectors, ready

STORE = Vectors(
    a0=[0, 0], a4=[4, 0], b10=[10, 0], c=[0, 20],
    q2=[2, 0], q55=[5.5, 0], q9=[9, 0],
    m0=[0, 0], m2=[2, 0], n1=[1, 0], n10=[10, 0], n11=[11, 0],
)  # fmt: skip
LINE: Bins = {"A": ("a0", "a4"), "B": ("b10",)}
"""Means at 2 and 10."""
MIXED: Bins = {"M": ("m0", "m2"), "N": ("n1", "n10", "n11")}
"""Means at 1 and 7⅓; one of N's examples lies among M's."""


def fitted(bins: Bins) -> FittedBins:
    return fit_bins(ready(), STORE, bins)


def test_the_examples_without_which_an_image_has_another_label() -> None:
    # 5.5 is 3.5 from A's mean and 4.5 from B's. Without a4 that mean is 0, so that B is nearer; without a0 it is 4.
    found = drain(decisive_examples(METHOD, fitted(LINE), STORE, "q55", {}))
    sure = 1 / (1 + math.exp(4.5**2 - 5.5**2))
    assert found.label == "A"
    [flip] = found.flips
    assert (flip.example, flip.label) == ("a4", "B") and flip.confidence == pytest.approx(sure, abs=1e-5)
    assert (found.tried, found.farther) == (2, 0)  # without b10 there would be nothing to tell apart
    assert drain(decisive_examples(METHOD, fitted(LINE), STORE, "q2", {})).flips == ()


def test_without_its_only_example_a_bin_labels_nothing() -> None:
    three = {**LINE, "C": ("c",)}
    found = drain(decisive_examples(METHOD, fitted(three), STORE, "q9", {}))
    assert (found.label, [(f.example, f.label) for f in found.flips], found.tried) == ("B", [("b10", "A")], 4)
    reduced = without(METHOD, fitted(three), 2)
    assert reduced is not None and reduced.names == ("A", "C") and reduced.examples == ("a0", "a4", "c")
    assert reduced.support.labels.tolist() == [0, 0, 1]
    assert without(METHOD, fitted(LINE), 2) is None


def test_what_the_person_has_ruled_out_stays_ruled_out() -> None:
    three = fitted({**LINE, "C": ("c",)})
    assert drain(decisive_examples(METHOD, three, STORE, "q55", {"q55": {"B"}})).flips == ()
    only_b = drain(decisive_examples(METHOD, three, STORE, "q9", {"q9": {"A", "C"}}))
    assert only_b.flips == (Flip("b10", "", None),)


def test_many_examples_are_tried_from_the_nearest_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(influence, "TRIED", 1)
    bins = fitted(LINE)
    assert nearest(bins, STORE, "q55") == [1, 2, 0]  # 1.5, 4.5 and 5.5 away
    found = drain(decisive_examples(METHOD, bins, STORE, "q55", {}))
    assert (found.tried, found.farther, found.flips[0].example) == (1, 2, "a4")


def test_what_becomes_of_the_folder_without_an_example() -> None:
    labels = {"q2": "A", "q55": "A", "q9": "B", "unread": "A"}
    assert drain(labels_without(METHOD, fitted(LINE), STORE, "a4", labels, {})) == Absence({"q55": "B"}, 3, last=False)
    assert drain(labels_without(METHOD, fitted(LINE), STORE, "a0", labels, {})) == Absence({}, 3, last=False)
    three = fitted({**LINE, "C": ("c",)})
    assert drain(labels_without(METHOD, three, STORE, "b10", labels, {})) == Absence({"q9": "A"}, 3, last=True)
    assert drain(labels_without(METHOD, fitted(LINE), STORE, "b10", labels, {})) == Absence(None, 0, last=True)
    assert drain(labels_without(METHOD, three, STORE, "nobody", labels, {})) == Absence({}, 3, last=False)


def test_an_example_among_anothers_is_doubtful() -> None:
    # Left out with m0, n1 is 1 from m2, and 9.5 from the mean of n10 and n11; the others stay nearest to their own.
    four_to_one = replace(fitted(MIXED), temperature=(9.5**2 - 1) / math.log(4))
    [(example, doubt)] = drain(unclaimed_examples(METHOD, four_to_one, {})).items()
    assert (example, doubt.label) == ("n1", "M") and doubt.confidence == pytest.approx(0.8, abs=1e-5)
    assert drain(unclaimed_examples(METHOD, four_to_one, {"n1": {"M"}})) == {}
    assert drain(unclaimed_examples(METHOD, fitted(LINE), {})) == {}  # b10 is alone, so nobody can say


def test_what_calibration_has_asked_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    calibrated = drain(shrink_temperature(METHOD, fitted(MIXED)))
    assert calibrated.left_out is not None and calibrated.left_out.places == (0, 2, 1, 3, 4)
    expected = drain(unclaimed_examples(METHOD, calibrated, {}))
    monkeypatch.setattr(METHOD, "fit", None)
    assert drain(unclaimed_examples(METHOD, calibrated, {})) == expected and list(expected) == ["n1"]


def test_examples_that_calibration_has_passed_over_are_asked_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.labelling.calibration.MOST", 2)
    calibrated = drain(shrink_temperature(METHOD, fitted(MIXED)))
    assert calibrated.left_out is not None and calibrated.left_out.places == (0, 2)
    assert list(drain(unclaimed_examples(METHOD, calibrated, {}))) == ["n1"]
    none_asked = replace(calibrated, left_out=LeftOut((), torch.zeros(0, 2)))
    assert list(drain(unclaimed_examples(METHOD, none_asked, {}))) == ["n1"]
    monkeypatch.setattr(influence, "DOUBTED", 1)  # m0
    assert list(drain(unclaimed_examples(METHOD, none_asked, {}))) == []


def test_methods_that_adapt_are_judged_in_the_rounds_of_calibration(monkeypatch: pytest.MonkeyPatch) -> None:
    mann = METHODS["mann"].for_inputs("vector", (2,)).eval()
    assert is_costly(mann) and is_costly(METHODS["bd-cspn"].for_inputs("vector", (2,))) and not is_costly(METHOD)
    bins = fitted(MIXED)
    classifier = mann.fit(bins.support)
    fits: list[int] = []
    fit = mann.fit

    def counted(support: Support, folder: Tensor | None) -> Classifier:
        fits.append(len(support.labels))
        return fit(support, folder)

    monkeypatch.setattr(mann, "fit", counted)
    drain(unclaimed_examples(mann, replace(bins, classifier=classifier), {}))
    assert fits == [3, 3, 4]  # m0 with n1, m2 with n10, n11
    monkeypatch.setattr(influence, "TRIED_COSTLY", 2)
    found = drain(decisive_examples(mann, replace(bins, classifier=classifier), STORE, "q2", {}))
    assert (found.tried, len(fits)) == (2, 5)


def test_none_of_these_counts_in_a_doubt() -> None:
    without_card = replace(fitted(MIXED), temperature=50.0)
    open_set = replace(without_card, none_of_these=NoneOfThese(torch.tensor([0.0, 0, 0, 0])))  # a coin decides
    [plain], [halved] = (list(drain(unclaimed_examples(METHOD, f, {})).values()) for f in (without_card, open_set))
    assert halved.confidence == pytest.approx(plain.confidence / 2, abs=1e-5)
