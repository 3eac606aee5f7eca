"""Images that belong in no bin: the signs by hand, the regression at its minimum, confidences that fall far away."""

import math

import pytest
import torch

from backend.confidence.none_of_these import (
    RIDGE,
    UNKNOWN_SHARE,
    UNTOLD,
    NoneOfThese,
    Surroundings,
    belongs,
    coefficients_for,
    fit_coefficients,
)
from backend.labelling.fitted_bins import FittedBins, chances
from backend.maintenance import calibrate
from backend.methods import METHODS, Support
from backend.models.card import MethodCard
from backend.models.store import load_model, read_card
from tests.glyph_folders import alphabets

# Bins along the axes: (1, 0) and (0, 2), one example each; their cosine distance is 1.
SUPPORT = Support(torch.tensor([[1.0, 0.0], [0.0, 2.0]]), torch.tensor([0, 1]))


def test_signs_by_hand() -> None:
    signs = Surroundings(SUPPORT).signs(torch.tensor([[3.0, 3.0], [-1.0, -1.0]]), torch.tensor([0.8, 0.5]))
    near, far = math.log(1 - math.sqrt(0.5)), math.log(1 + math.sqrt(0.5))
    assert signs[0].tolist() == pytest.approx([1, math.log(4), near, near], abs=1e-5)
    assert signs[1].tolist() == pytest.approx([1, 0, far, far], abs=1e-5)


def test_the_nearest_example_and_the_nearest_mean_are_two_things() -> None:
    support = Support(torch.tensor([[1.0, 0, 0], [0, 1, 0], [0, 0, 1]]), torch.tensor([0, 0, 1]))
    [sign] = Surroundings(support).signs(torch.tensor([[1.0, 0, 0]]), torch.tensor([0.5])).tolist()
    assert sign[2] < -10  # on an example; the bin's mean lies 45 degrees off, and the other bin's 90 degrees from it
    assert sign[3] == pytest.approx(math.log(1 - math.sqrt(0.5)), abs=1e-5)


def test_coefficients_are_those_of_least_weighted_loss() -> None:
    generator = torch.Generator().manual_seed(0)
    signs = torch.cat([torch.ones(400, 1), torch.randn(400, 3, generator=generator)], 1).double()
    known = torch.rand(400, generator=generator) < torch.sigmoid(signs @ torch.tensor([0.5, 1.0, -2.0, 0.0]).double())

    def loss(c: torch.Tensor) -> float:
        p = torch.sigmoid(signs @ c)
        terms = (1 - UNKNOWN_SHARE) * p[known].log().mean() + UNKNOWN_SHARE * (1 - p[~known]).log().mean()
        return float(-terms + RIDGE / 2 * c.square().sum())

    found = torch.tensor(fit_coefficients(signs, known), dtype=torch.float64)
    assert found[2] < -1 < 0.5 < found[1]
    for index in range(4):
        away = torch.zeros(4, dtype=torch.float64)
        away[index] = 0.01
        assert loss(found) < min(loss(found + away), loss(found - away))


def test_signs_that_tell_all_apart_give_finite_coefficients() -> None:
    signs = torch.tensor([[1.0, 0, -3, -3]] * 5 + [[1.0, 0, 3, 3]] * 5).double()
    known = torch.arange(10) < 5
    found = torch.tensor(fit_coefficients(signs, known))
    assert found.isfinite().all()
    assert belongs(signs, found)[known].min() > 0.95 and belongs(signs, found)[~known].max() < 0.3


def fitted(coefficients: list[float] | None) -> FittedBins:
    method = METHODS["prototypical"].for_inputs("vector", (2,)).eval()
    given = NoneOfThese(None if coefficients is None else torch.tensor(coefficients))
    return FittedBins(method.fit(SUPPORT), ("a", "b"), SUPPORT, ("1", "2"), 1.0, none_of_these=given)


def test_confidence_falls_with_distance_and_labels_stay() -> None:
    queries = torch.tensor([[5.0, 0.0], [5.0, 1.0], [5.0, -3.0]])
    closed, open_ = fitted(None), fitted([0.0, 0.0, -1.0, -1.0])
    plain, full = (chances(f, queries, f.classifier.log_probs(queries)) for f in (closed, open_))
    assert torch.allclose(plain.sum(1), torch.ones(3))
    assert (full.sum(1) <= 1).all() and torch.equal(full.argmax(1), plain.argmax(1))
    assert (plain[:, 0].min() > 0.9).item()
    assert full[0, 0] > full[1, 0] > full[2, 0]


def test_the_nearest_settings_coefficients_count() -> None:
    table = {"5w1s": [1.0, 0.0, 0.0, 0.0], "5w5s": [2.0, 0.0, 0.0, 0.0]}
    found = coefficients_for(MethodCard("own", none_of_these=table), 6, 4.0)
    assert found.alone is not None and found.alone.tolist() == table["5w5s"] and found.in_folder is None
    assert coefficients_for(MethodCard("own"), 5, 1) == UNTOLD


def test_a_fifth_sign_counts_where_the_card_has_coefficients_for_it() -> None:
    signs = torch.tensor([[1.0, 0.0, 0.0, 0.0, 2.0]]).double()
    alone, in_folder = torch.tensor([1.0, 0, 0, 0]), torch.tensor([1.0, 0, 0, 0, -1.0])
    certain = pytest.approx(1 / (1 + math.exp(-1)))
    assert NoneOfThese(alone, in_folder).belongs(signs).item() == pytest.approx(1 / (1 + math.exp(1)))
    assert NoneOfThese(alone, in_folder).belongs(signs[:, :4]).item() == certain
    assert NoneOfThese(alone).belongs(signs).item() == certain and UNTOLD.belongs(signs).item() == 1


def test_calibrating_writes_a_card_that_classifying_reads(tmp_path_factory: pytest.TempPathFactory) -> None:
    data = alphabets(tmp_path_factory.mktemp("alphabets"), 2, 6, 15)
    options = ["--model", "characters", "--data", str(data), "--all", "--episodes", "6"]
    bundled = read_card("characters").methods
    assert calibrate.main([*options, "--methods", "simpleshot,prototypical"]) == 0
    methods = read_card("characters").methods  # the user's model hides the bundled one
    for setting in ("5w1s", "5w5s"):
        assert methods["simpleshot"].temperatures[setting] != bundled["simpleshot"].temperatures[setting]
        for name in ("simpleshot", "prototypical"):
            assert methods[name].none_of_these[setting] != bundled[name].none_of_these[setting]
    assert methods["matching"] == bundled["matching"]
    assert load_model("characters").ready("simpleshot").card == methods["simpleshot"]
    assert "20w1s" in methods["prototypical"].temperatures  # those of the training stay
