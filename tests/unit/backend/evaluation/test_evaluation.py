"""Episodes to figures."""

import math
from typing import Any

import pytest
import torch

from backend.confidence.run_episodes import Outcome
from backend.episodes.image_set import ImageSet
from backend.episodes.sampler import Episode
from backend.errors import RequestError
from backend.evaluation.evaluate import Evaluation, Protocol, decision_rows, decisions_of, nearest_pixels


@pytest.mark.parametrize(("name", "least"), [("way", 2), ("shot", 1), ("queries", 1), ("episodes", 1)])
def test_figures_below_the_least_are_refused(name: str, least: int) -> None:
    at_least: dict[str, Any] = {"way": 5, "shot": 1, name: least}
    assert getattr(Protocol(**at_least), name) == least
    below: dict[str, Any] = {**at_least, name: least - 1}
    with pytest.raises(RequestError, match=f"--{name} is {least - 1}"):
        Protocol(**below)


def test_figures_are_json() -> None:
    protocol = Protocol(5, 1, 3, 2, seed=9)
    figures = Evaluation(98.76543, 0.12345, (1.0, 0.97), 1.234).figures(protocol)
    assert figures == {
        "accuracy": 98.765, "ci95": 0.123, "way": 5, "shot": 1, "queries": 3, "episodes": 2, "seed": 9, "seconds": 1.23,
    }  # fmt: skip
    assert Evaluation(50.0, math.nan, (0.5,), 1.0).figures(protocol)["ci95"] is None


def test_decisions_are_those_the_accuracy_counts() -> None:
    images = ImageSet(
        images=torch.zeros(6, 1, 2, 2, dtype=torch.uint8),
        labels=torch.tensor([0, 0, 1, 1, 2, 2]),
        classes=("x", "y", "z"),
        groups=torch.zeros(3, dtype=torch.int64),
        group_names=(".",),
        paths=tuple(f"{c}/{n}.png" for c in "xyz" for n in range(2)),
    )
    episode = Episode(torch.tensor([2, 0]), torch.tensor([[4], [0]]), torch.tensor([[5], [1]]))
    # The second row's lead is lost when float32 turns it into probabilities.
    log_probs = torch.tensor([[0.0, -5.0], [-0.6931472, -0.6931471]])
    outcome = Outcome(episode, log_probs, torch.tensor([0, 1]))
    rows = decision_rows(decisions_of(outcome, 7, images, temperature=4.0))
    assert outcome.accuracy == 1.0
    assert [(r["episode"], r["path"], r["true"], r["predicted"]) for r in rows] == [
        (7, "z/1.png", "z", "z"),
        (7, "x/1.png", "x", "x"),
    ]
    assert rows[0]["confidence"] == pytest.approx(1 / (1 + math.exp(-5 / 4)), abs=1e-4)


def test_nearest_pixels_reads_bytes_of_any_shape() -> None:
    support = torch.tensor([[[0, 0]], [[255, 255]], [[0, 255]]], dtype=torch.uint8)
    queries = torch.tensor([[[10, 250]], [[200, 250]]], dtype=torch.uint8)
    assert nearest_pixels(support, queries).tolist() == [2, 1]
