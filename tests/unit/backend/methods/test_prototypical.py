"""Prototypical Networks against distances worked out by hand on integers."""

import math

import pytest
import torch

from backend.methods import EpisodeBatch, Support
from backend.methods.prototypical import Prototypical, squared_distances

# Class 0 is (0, 0), (2, 0) with mean (1, 0); class 1 is (2, 3). The query (1, 1) has squared distances 1 and 5 to the
# means, and 2, 2, 5 to the examples.
SUPPORT = Support(torch.tensor([[0.0, 0.0], [2.0, 3.0], [2.0, 0.0]]), torch.tensor([0, 1, 0]))
QUERY = torch.tensor([[1.0, 1.0]])
RIGHT = 1 / (1 + math.exp(-4))


def test_squared_distances_of_integers() -> None:
    found = squared_distances(torch.tensor([[[1.0, 1.0], [3.0, 0.0]]]), torch.tensor([[[1.0, 0.0], [2.0, 3.0]]]))
    assert found.tolist() == [[[1.0, 5.0], [4.0, 10.0]]]


def test_probabilities_are_a_softmax_over_distances_to_the_means() -> None:
    probabilities = Prototypical().fit(SUPPORT).log_probs(QUERY).exp()
    assert probabilities[0].tolist() == pytest.approx([RIGHT, 1 - RIGHT])


def test_evidence_is_a_softmax_over_distances_to_the_examples() -> None:
    total = 2 * math.exp(-2) + math.exp(-5)
    evidence = Prototypical().fit(SUPPORT).evidence(QUERY)
    assert evidence[0].tolist() == pytest.approx([math.exp(-2) / total, math.exp(-5) / total, math.exp(-2) / total])


def test_loss_is_the_mean_negative_log_probability_over_stacked_episodes() -> None:
    batch = EpisodeBatch(
        support=SUPPORT.inputs.expand(2, -1, -1),
        support_labels=SUPPORT.labels.expand(2, -1),
        support_mask=torch.ones(2, 3, dtype=torch.bool),
        queries=QUERY.expand(2, 1, 2),
        query_labels=torch.tensor([[0], [1]]),
        class_ids=torch.tensor([[0, 1], [0, 1]]),
        group_ids=torch.zeros(2, 2, dtype=torch.long),
    )
    expected = -(math.log(RIGHT) + math.log(1 - RIGHT)) / 2
    assert Prototypical().episode_loss(batch).item() == pytest.approx(expected)
