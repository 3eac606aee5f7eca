"""Bins to predictions, with a method that needs no weights and vectors instead of images."""

import math
from collections.abc import Sequence
from dataclasses import replace

import pytest
import torch
from torch import Tensor

from backend.confidence.none_of_these import NoneOfThese
from backend.confidence.temperature import fit_temperature
from backend.embedding.feature_store import FeatureStore
from backend.errors import RequestError
from backend.images.preparation import InputSpec
from backend.labelling.calibration import FITS, MOST, PRIOR, leave_one_out, rounds, shrink_temperature
from backend.labelling.fitted_bins import FittedBins, fit_bins, mean_shot
from backend.labelling.predictions import explanation, predict, predict_chunk, rank_by_similarity
from backend.methods import METHODS, Classifier, Support
from backend.methods.bd_cspn import BDCSPN
from backend.models.card import MethodCard
from backend.models.model import Ready
from backend.types import MAX_BINS, Bins, Explanation, ImageId, Labelled, Prediction, Rejected, Status
from tests.glyph_folders import drain

METHOD = METHODS["prototypical"].for_inputs("vector", (2,)).eval()


class Vectors(FeatureStore):
    """A store whose features are given: nothing is decoded."""

    def __init__(self, **features: list[float]) -> None:
        self._features = {i: torch.tensor(v).half().numpy() for i, v in features.items()}

    def with_views(self, ids: Sequence[ImageId]) -> None:
        """There are none."""


STORE = Vectors(left=[-3, 0], left2=[-2, 0.5], right=[3, 0], up=[0, 3], near=[-2.5, 0], middle=[0, 0])
BINS: Bins = {"L": ("left", "left2"), "R": ("right",), "U": ("up",)}


def ready(**temperatures: float) -> Ready:
    return Ready(
        "prototypical", METHOD, torch.nn.Identity(), "space", InputSpec("ink", 28), MethodCard("t", temperatures)
    )


def labelled(fitted: FittedBins, reject: float = 0.0) -> dict[str, Prediction]:
    steps = list(predict(fitted, STORE, list(STORE._features), reject))
    assert isinstance(steps[-1], Labelled) and steps[-1].done == steps[-1].total == 6
    return dict(steps[-1].predictions)


def test_labels_and_runners_up() -> None:
    predictions = labelled(fit_bins(ready(), STORE, BINS))
    assert {i: p.label for i, p in predictions.items() if i != "middle"} == {
        "left": "L", "left2": "L", "near": "L", "right": "R", "up": "U",
    }  # fmt: skip
    for p in predictions.values():
        assert p.confidence is not None and p.second_confidence is not None
        assert p.status == Status.OK and p.second_label not in ("", p.label)
        assert 1 >= p.confidence >= p.second_confidence >= 0 and p.confidence + p.second_confidence <= 1 + 1e-6
        assert p.confidence == round(p.confidence, 6)


def test_the_threshold_is_held_against_the_confidence_that_is_shown() -> None:
    fitted = fit_bins(ready(), STORE, BINS)
    limit = labelled(fitted)["middle"].confidence
    assert limit is not None
    assert labelled(fitted, limit)["middle"].status == Status.OK
    above = labelled(fitted, limit + 1e-6)["middle"]
    assert (above.status, above.confidence) == (Status.UNSURE, limit) and above.label
    certain = FittedBins(_Sure(), ("a", "b"), fitted.support, (), 1.0)
    [prediction] = predict_chunk(certain, torch.zeros(1, 2), 1.0)
    assert (prediction.status, prediction.confidence) == (Status.OK, 1.0)


class _Sure(Classifier):
    def log_probs(self, queries: Tensor) -> Tensor:
        return torch.tensor([[0.0, -15.0]]).log_softmax(1).expand(len(queries), 2)


def test_bins_without_features_are_left_out() -> None:
    fitted = fit_bins(ready(), STORE, {"gone": ("unknown",), "L": ("left", "unknown"), "R": ("right",)})
    assert fitted.names == ("L", "R") and fitted.examples == ("left", "right")
    with pytest.raises(RequestError, match="there is 1"):
        fit_bins(ready(), STORE, {"gone": ("unknown",), "L": ("left",)})
    with pytest.raises(RequestError, match="there is none"):
        fit_bins(ready(), STORE, {})


def test_a_thousand_bins_are_the_most() -> None:
    bins = {str(n): ("left",) for n in range(MAX_BINS)}
    assert len(fit_bins(ready(), STORE, bins).names) == MAX_BINS == 1000
    with pytest.raises(RequestError, match="1,001 bins"):
        fit_bins(ready(), STORE, {**bins, "one more": ("left",)})


def test_the_card_gives_the_temperature_of_the_nearest_setting() -> None:
    table = ready(**{"3w1s": 2.0, "3w5s": 4.0})
    assert fit_bins(table, STORE, BINS).temperature == 2.0
    assert fit_bins(table, STORE, dict.fromkeys("abc", ("left",) * 4)).temperature == 4.0
    assert mean_shot(torch.tensor([0, 0, 0, 0, 1])) == pytest.approx(2.0)
    sharp, flat = fit_bins(ready(), STORE, BINS), fit_bins(ready(**{"3w1s": 8.0}), STORE, BINS)
    for image, p in labelled(flat).items():
        assert p.label == labelled(sharp)[image].label
        assert (p.confidence or 0) <= (labelled(sharp)[image].confidence or 0)


def test_similarity_to_one_bin() -> None:
    [step] = rank_by_similarity("L", ["left"], STORE, ["right", "near", "up"])
    assert isinstance(step, Labelled)
    assert {i: round(p.similarity or 0, 3) for i, p in step.predictions.items()} == {"right": -1, "near": 1, "up": 0}
    assert all(p.confidence is None and p.label == "L" for p in step.predictions.values())


def test_the_reasons_of_a_label() -> None:
    found = explanation(METHOD, fit_bins(ready(), STORE, BINS), STORE, "near")
    assert found.ranking[0][0] == "L" and sum(p for _, p in found.ranking) == pytest.approx(1)
    assert {i for i, _ in found.because} == {"left", "left2", "right", "up"}
    assert [w for _, w in found.because] == sorted((w for _, w in found.because), reverse=True)
    assert sum(w for _, w in found.because) == pytest.approx(1)


def test_leave_one_out_asks_of_each_example_without_itself() -> None:
    support = Support(torch.tensor([[0.0, 0], [0, 1], [5, 0], [5, 1]]), torch.tensor([0, 0, 1, 1]))
    log_probs, labels = drain(leave_one_out(METHOD, support))
    alone = METHOD.fit(Support(support.inputs[1::2], support.labels[1::2])).log_probs(support.inputs[::2])
    assert labels.tolist() == [0, 1, 0, 1]  # one of each bin at a time
    assert torch.allclose(log_probs[:2], alone)


def test_a_left_out_example_is_asked_about_as_it_is_and_the_others_teach_with_their_views() -> None:
    plain = torch.tensor([[0.0, 0], [0, 1], [5, 0], [5, 1]])
    support = Support(torch.stack([plain, plain + 0.5], dim=1), torch.tensor([0, 0, 1, 1]))
    method = METHODS["simpleshot"].for_inputs("vector", (2,)).eval()
    log_probs, _ = drain(leave_one_out(method, support))
    others = method.fit(Support(support.inputs[1::2], support.labels[1::2]))
    assert torch.allclose(log_probs[:2], others.log_probs(plain[::2]))


def test_one_of_every_bin_of_two_or_more_is_left_out_at_a_time() -> None:
    assert rounds(torch.tensor([0, 0, 1, 2, 2, 2]), MOST, MOST) == [[0, 3], [1, 4], [5]]
    assert rounds(torch.tensor([0, 1, 2]), MOST, MOST) == []
    many = rounds(torch.arange(250) % 2, MOST, MOST)
    assert 25 < len(many) <= MOST / 2 and many[-1][0] > 240
    uneven = rounds(torch.tensor([0] * 40 + [1, 1]), FITS, MOST)
    assert len(uneven) <= FITS and uneven[0] == [0, 40] and uneven[-1][0] >= 32
    many = rounds(torch.arange(500) % 50, FITS, MOST)
    assert [len(r) for r in many] == [50, 50] and len({i for r in many for i in r}) == MOST


def test_an_adapting_method_is_asked_of_examples_that_it_has_not_seen() -> None:
    mann = METHODS["mann"].for_inputs("vector", (2,)).eval()
    support = Support(torch.randn(6, 2), torch.tensor([0, 0, 0, 1, 1, 2]))
    log_probs, labels = drain(leave_one_out(mann, support))
    assert labels.tolist() == [0, 1, 0, 1, 0]  # rounds [0, 3], [1, 4], [2]
    without = torch.tensor([0, 2, 3, 5])
    alone = mann.fit(Support(support.inputs[without], support.labels[without])).log_probs(support.inputs[[1, 4]])
    assert torch.allclose(log_probs[2:4], alone, atol=1e-5)


def test_leaving_out_reads_the_folder_where_the_method_does() -> None:
    method = METHODS["bd-cspn"].for_inputs("vector", (2,)).eval()
    support = Support(torch.tensor([[0.0, 1], [0.3, 1], [1, 0], [1, 0.3]]), torch.tensor([0, 0, 1, 1]))
    folder = torch.rand(40, 2, generator=torch.Generator().manual_seed(0))
    log_probs, _ = drain(leave_one_out(method, support, folder))
    rest = Support(support.inputs[1::2], support.labels[1::2])
    assert torch.equal(log_probs[:2], method.fit(rest, folder).log_probs(support.inputs[::2]))
    assert not torch.allclose(log_probs, drain(leave_one_out(method, support))[0], atol=1e-3)


def test_a_large_folder_is_read_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.labelling.fitted_bins.FOLDER_READ", 2)
    method = METHODS["bd-cspn"].for_inputs("vector", (2,)).eval()
    card = MethodCard("t")
    transductive = Ready("bd-cspn", method, torch.nn.Identity(), "space", InputSpec("ink", 28), card)
    folder = fit_bins(transductive, STORE, BINS, list(STORE._features)).folder
    assert folder is not None
    assert folder.tolist() == STORE.features(["left", "up"]).tolist()  # every third of six
    assert fit_bins(ready(), STORE, BINS, list(STORE._features)).folder is None


def test_calibration_shrinks_towards_the_bins_own_estimate() -> None:
    fitted = fit_bins(ready(**{"3w1s": 2.0}), STORE, BINS)
    calibrated = drain(shrink_temperature(METHOD, fitted))
    own = fit_temperature(*drain(leave_one_out(METHOD, fitted.support)))
    weight = 2 / (2 + PRIOR)
    assert own < 1  # both left-out examples are right and certain
    assert calibrated.is_calibrated and not fitted.is_calibrated
    assert calibrated.temperature == pytest.approx(2.0 ** (1 - weight) * own**weight)
    single = fit_bins(ready(**{"3w1s": 2.0}), STORE, {"L": ("left",), "R": ("right",)})
    assert drain(shrink_temperature(METHOD, single)).temperature == 2.0


def asked(rejected: Rejected, fitted: FittedBins | None = None, store: FeatureStore = STORE) -> dict[str, Prediction]:
    [step] = predict(fitted or fit_bins(ready(), store, BINS), store, list(rejected), 0.0, rejected)
    assert isinstance(step, Labelled)
    return dict(step.predictions)


def test_a_rejected_label_gives_way_to_the_best_that_is_not_and_makes_it_no_surer() -> None:
    fitted = fit_bins(ready(**{"3w1s": 8.0}), STORE, BINS)
    free = labelled(fitted)
    found = asked({"near": {"L"}, "up": ()}, fitted)
    near = found["near"]
    assert free["near"].label == "L" and free["near"].second_label == "U"
    assert (near.label, near.second_label) == ("U", "R")
    assert near.confidence == free["near"].second_confidence
    assert near.second_confidence is not None and near.confidence is not None
    assert near.confidence + near.second_confidence == pytest.approx(1 - (free["near"].confidence or 0), abs=2e-6)
    assert found["up"] == free["up"]


@pytest.mark.parametrize("coefficients", [None, [0.5, 1.0, -0.5, -0.5]])
def test_confidences_never_rise_however_many_bins_are_taken_away(coefficients: list[float] | None) -> None:
    """And stay in their order: each is what it was before, down to the last bin."""
    given = NoneOfThese(None if coefficients is None else torch.tensor(coefficients))
    fitted = replace(fit_bins(ready(**{"3w1s": 8.0}), STORE, BINS), none_of_these=given)
    confidences, rejected = list[float](), set[str]()
    whole = dict(explanation(METHOD, fitted, STORE, "near").ranking)
    while len(rejected) < 3:
        found = asked({"near": rejected}, fitted)["near"]
        assert found.confidence == pytest.approx(whole[found.label], abs=1e-6)
        ranking = explanation(METHOD, fitted, STORE, "near", {"near": rejected}).ranking
        assert dict(ranking) == {name: p for name, p in whole.items() if name not in rejected}
        confidences.append(found.confidence or 0.0)
        rejected = rejected | {found.label}
    assert confidences == sorted(confidences, reverse=True) and confidences[-1] < 0.3


def test_with_one_label_left_it_is_as_sure_as_before_and_with_none_there_is_no_label() -> None:
    fitted = fit_bins(ready(**{"3w1s": 8.0}), STORE, BINS)
    last = dict(explanation(METHOD, fitted, STORE, "near").ranking)["R"]
    found = asked({"near": {"L", "U"}, "middle": {"L", "U", "R"}}, fitted)
    assert found["near"] == Prediction(Status.OK, "R", round(last, 6))
    none = found["middle"]
    assert (none.status, none.label, none.confidence) == (Status.UNSURE, "", None)
    assert "ruled out" in none.message
    nothing = explanation(METHOD, fitted, STORE, "middle", {"middle": {"L", "U", "R"}})
    assert nothing == Explanation((), ())


def test_what_is_left_has_its_order_even_where_its_probability_is_nought() -> None:
    far = Vectors(left=[-200, 0], right=[200, 0], up=[0, 200], near=[-200, 20])
    fitted = fit_bins(ready(), far, {"L": ("left",), "R": ("right",), "U": ("up",)})
    near = asked({"near": {"L"}}, fitted, far)["near"]
    assert (near.label, near.second_label, near.confidence) == ("U", "R", 0.0)
    ranking = explanation(METHOD, fitted, far, "near", {"near": {"L"}}).ranking
    assert ranking == (("U", 0.0), ("R", 0.0))


def test_what_is_ruled_out_is_no_reason_and_its_share_goes_to_no_other() -> None:
    fitted = fit_bins(ready(), STORE, BINS)
    before = dict(explanation(METHOD, fitted, STORE, "middle").because)
    after = dict(explanation(METHOD, fitted, STORE, "middle", {"middle": {"L"}}).because)
    assert after == {"right": before["right"], "up": before["up"]}


def at(degrees: float) -> list[float]:
    return [math.cos(math.radians(degrees)), math.sin(math.radians(degrees))]


def test_where_the_folder_made_a_label_another_that_is_said() -> None:
    """On a circle: the image at 44° is nearer to L's example, and stands among the images around 55° that are R's."""
    folder = {f"{n}": at(n) for n in (*range(-50, -30), *range(46, 66))}
    store = Vectors(left=at(0), right=at(90), asked=at(44), **folder)
    method = BDCSPN(2).eval()
    method.is_centred = True
    reading = Ready("bd-cspn", method, torch.nn.Identity(), "space", InputSpec("ink", 28), MethodCard("t"))
    bins: Bins = {"L": ("left",), "R": ("right",)}
    unread, fitted = (fit_bins(reading, store, bins, part) for part in ((), list(folder)))
    alone = explanation(method, unread, store, "asked")
    assert (alone.ranking[0][0], alone.because[0][0], alone.alone) == ("L", "left", "")
    found = explanation(method, fitted, store, "asked")
    assert (found.ranking[0][0], found.because[0][0], found.alone) == ("R", "right", "L")
    assert explanation(method, fitted, store, "asked", {"asked": {"L"}}).alone == ""
    assert explanation(method, fitted, store, "65").alone == ""
