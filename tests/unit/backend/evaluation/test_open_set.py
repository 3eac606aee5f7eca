"""Figures of calibration and of images in no bin, by hand and on drawings."""

import math
from pathlib import Path

import pytest
import torch

from backend.confidence.open_episodes import fit_none_of_these, run_open_episode
from backend.embedding.device import choose_device
from backend.episodes.image_set import read_image_set
from backend.episodes.sampler import Episode
from backend.errors import RequestError
from backend.evaluation.evaluate import Protocol
from backend.evaluation.open_set import (
    auroc,
    error_among_accepted,
    expected_calibration_error,
    open_set,
    open_set_figures,
)
from backend.methods import METHODS
from backend.models.store import load_model
from tests.glyph_folders import alphabets, drain


def test_calibration_error_by_hand() -> None:
    # In (0.4, 0.5]: 0.5, right. In (0.9, 1]: 0.95 and 1.0, one of them right: |1.95 − 1| over both.
    confidence, right = torch.tensor([0.5, 0.95, 1.0]), torch.tensor([True, False, True])
    assert expected_calibration_error(confidence, right, 10) == pytest.approx((0.5 + 0.95) / 3)
    # In one interval the gaps cancel: 2.45 of confidence, 2 right.
    assert expected_calibration_error(confidence, right, 1) == pytest.approx(0.45 / 3)
    assert expected_calibration_error(torch.tensor([0.0, 1.0]), torch.tensor([False, True])) == 0


def test_auroc_by_hand() -> None:
    scores, positive = torch.tensor([0.9, 0.4, 0.4, 0.1]), torch.tensor([True, True, False, False])
    assert auroc(scores, positive) == pytest.approx((2 + 1 + 0.5) / 4)  # one tie among four pairs
    assert auroc(-scores, positive) == pytest.approx(0.5 / 4)
    assert math.isnan(auroc(scores, torch.ones(4, dtype=torch.bool)))


def test_error_among_accepted_by_hand() -> None:
    confidence, right = torch.tensor([0.9, 0.6, 0.6, 0.2]), torch.tensor([True, False, True, False])
    assert error_among_accepted(confidence, right, 0.6) == pytest.approx((1 / 3, 0.75))
    nothing = error_among_accepted(confidence, right, 0.95)
    assert math.isnan(nothing[0]) and nothing[1] == 0


def test_figures_are_per_cent() -> None:
    known = torch.tensor([True, True, False, False])
    figures = open_set_figures(torch.tensor([1.0, 1.0, 0.2, 0.1]), known, known, 0.5).figures()
    assert figures == {
        "closed_calibration_error": 0.0, "auroc": 100.0, "best_half_error": 0.0, "accepted_error": 0.0,
        "accepted_share": 50.0,
    }  # fmt: skip


def test_half_of_the_classes_are_no_bins() -> None:
    features = torch.eye(4).repeat_interleave(3, 0) * 5
    episode = Episode(torch.arange(4), torch.tensor([[0], [3], [6], [9]]), torch.arange(12).view(4, 3)[:, 1:])
    method = METHODS["prototypical"].for_inputs("vector", (4,)).eval()
    outcome = run_open_episode(method, features, episode, 1.0)
    assert outcome.labels.tolist() == [0, 0, 1, 1, -1, -1, -1, -1]
    assert outcome.log_probs.shape == (8, 2) and outcome.log_probs.argmax(1)[:4].tolist() == [0, 0, 1, 1]
    assert (outcome.signs[:4, 2] < -10).all() and (outcome.signs[4:, 2].abs() < 1e-5).all()


def test_too_few_classes_give_no_coefficients() -> None:
    method = METHODS["prototypical"].for_inputs("vector", (4,)).eval()
    features = torch.rand(99, 4, generator=torch.Generator().manual_seed(0))
    members = list(torch.arange(99).split(11))  # nine classes: five ways need ten
    assert fit_none_of_these(method, features, members, 5, 1, 1.0, episodes=2) == {}
    found = fit_none_of_these(method, features, members, 4, 1, 1.0, episodes=2)
    assert list(found) == ["none_of_these"] and len(found["none_of_these"]) == 4


def test_drawings_of_other_characters_are_less_sure(tmp_path: Path) -> None:
    model, device = load_model("characters"), choose_device("cpu")
    images = drain(read_image_set(alphabets(tmp_path, 1, 8, 6), model.card.input))
    protocol = Protocol(way=4, shot=1, queries=4, episodes=8)
    figures = drain(open_set(images, model.ready("prototypical"), protocol, device, 0.5))
    assert 60 < figures.auroc <= 100 and figures.accepted_share > 50
    with pytest.raises(RequestError, match="10 ways"):
        drain(open_set(images, model.ready("prototypical"), Protocol(5, 1, 4, 2), device, 0.5))
