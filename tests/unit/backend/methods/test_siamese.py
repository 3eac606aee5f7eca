"""Koch's head against numbers worked out by hand: α = (−1, −2), bias 3, two-dimensional embeddings."""

import math

import pytest
import torch

from backend.methods import EpisodeBatch, Support
from backend.methods.siamese import Siamese, SiameseClassifier

# Of the query (1, 0): to (0, 0) the logit is 3 − 1 = 2, to (2, 1) it is 3 − 1 − 2 = 0, to (1, 2) it is 3 − 4 = −1.
EXAMPLES = torch.tensor([[0.0, 0.0], [2.0, 1.0], [1.0, 2.0]])
QUERY = torch.tensor([[1.0, 0.0]])


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


@pytest.fixture
def method() -> Siamese:
    method = Siamese(2)
    method.load_state_dict({"alpha": torch.tensor([-1.0, -2.0]), "bias": torch.tensor(3.0)})
    return method


def test_one_shot_probabilities_are_proportional_to_the_odds(method: Siamese) -> None:
    classifier = method.fit(Support(EXAMPLES[:2], torch.tensor([0, 1])))
    # Odds e² and 1.
    assert classifier.log_probs(QUERY)[0].exp().tolist() == pytest.approx([sigmoid(2), 1 - sigmoid(2)])


def test_shots_are_pooled_by_the_mean_logit(method: Siamese) -> None:
    classifier = method.fit(Support(EXAMPLES, torch.tensor([0, 1, 0])))
    # Class 0: (2 − 1) / 2 = ½; class 1: 0.
    assert classifier.log_probs(QUERY)[0, 0].exp().item() == pytest.approx(sigmoid(0.5))


def test_evidence_is_the_normalised_pair_probability(method: Siamese) -> None:
    scores = [sigmoid(2), 0.5, sigmoid(-1)]
    found = method.fit(Support(EXAMPLES, torch.tensor([0, 1, 0]))).evidence(QUERY)[0]
    assert found.tolist() == pytest.approx([s / sum(scores) for s in scores])


def test_loss_gives_same_and_different_pairs_half_of_the_weight_each(method: Siamese) -> None:
    batch = EpisodeBatch(
        support=torch.cat([EXAMPLES, torch.full((1, 2), 99.0)])[None],
        support_labels=torch.tensor([[0, 1, 1, 0]]),
        support_mask=torch.tensor([[True, True, True, False]]),
        queries=QUERY[None],
        query_labels=torch.tensor([[0]]),
        class_ids=torch.tensor([[0, 1]]),
        group_ids=torch.zeros(1, 2, dtype=torch.long),
    )
    same = -math.log(sigmoid(2))
    different = -(math.log(1 - 0.5) + math.log(1 - sigmoid(-1))) / 2
    assert method.episode_loss(batch).item() == pytest.approx((same + different) / 2)


def test_a_classifier_keeps_the_weights_it_was_fitted_with(method: Siamese) -> None:
    classifier = method.fit(Support(EXAMPLES, torch.tensor([0, 1, 0])))
    before = classifier.log_probs(QUERY)
    with torch.no_grad():
        method.alpha.zero_()
    assert torch.equal(classifier.log_probs(QUERY), before)


def test_chunks_of_pairs_change_nothing(method: Siamese, monkeypatch: pytest.MonkeyPatch) -> None:
    classifier: SiameseClassifier = method.fit(Support(EXAMPLES, torch.tensor([0, 1, 0])))
    queries = torch.arange(20.0).view(10, 2)
    whole = classifier.log_probs(queries)
    monkeypatch.setattr("backend.methods.siamese._CHUNK", 1)
    assert torch.equal(classifier.log_probs(queries), whole)
