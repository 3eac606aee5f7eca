"""SimpleShot against centres and distances worked out by hand."""

import math

import pytest
import torch

from backend.methods import Support
from backend.methods.simpleshot import SCALE, SimpleShot

# Class 0 is (4, 1) alone, class 1 is (1, 1) twice: the mean of the means is (2.5, 1), so that the centred examples are
# (1.5, 0) and (-1.5, 0), and (1, 0) and (-1, 0) of unit length. The query (2.5, 3) lies at (0, 1), as far from either;
# (5.5, 5) at (3, 4) / 5.
SUPPORT = Support(torch.tensor([[4.0, 1.0], [1.0, 1.0], [1.0, 1.0]]), torch.tensor([0, 1, 1]))
QUERIES = torch.tensor([[2.5, 3.0], [5.5, 5.0]])


def odds(near: float, far: float) -> float:
    return 1 / (1 + math.exp(-SCALE * (far - near)))


def test_without_a_base_mean_the_bins_own_means_are_the_centre() -> None:
    probabilities = SimpleShot(2).fit(SUPPORT).log_probs(QUERIES).exp()[:, 0].tolist()
    assert probabilities == pytest.approx([0.5, odds(0.4**2 + 0.8**2, 1.6**2 + 0.8**2)])


def test_the_base_mean_is_the_centre_where_a_model_knows_it() -> None:
    method = SimpleShot(2)
    method.base_mean.copy_(torch.tensor([1.0, 0.0]))
    # Centred: (3, 1) / √10 and (0, 1); the query (1, 7) is centred to (0, 1), class 1's very mean.
    found = method.fit(SUPPORT).log_probs(torch.tensor([[1.0, 7.0]])).exp()
    assert found[0, 1].item() == pytest.approx(odds(0.0, 0.9 + (1 - 1 / math.sqrt(10)) ** 2))


def test_the_mean_of_unit_vectors_is_not_brought_to_unit_length_again() -> None:
    method = SimpleShot(2)
    method.base_mean.copy_(torch.tensor([0.0, 1e-30]))
    support = Support(torch.tensor([[2.0, 0.0], [0.0, 5.0], [-1.0, 0.0]]), torch.tensor([0, 0, 1]))
    wanted = torch.tensor([[0.5, 0.5], [-1.0, 0.0]])
    assert torch.allclose(method.fit(support).prototypes, wanted, atol=1e-6)


def test_an_example_is_the_mean_of_its_views() -> None:
    method = SimpleShot(2)
    method.base_mean.copy_(torch.tensor([0.0, 1e-30]))
    views = torch.tensor([[[2.0, 0.0], [0.0, 5.0]], [[-1.0, 0.0], [-3.0, 0.0]]])
    classifier = method.fit(Support(views, torch.tensor([0, 1])))
    assert torch.allclose(classifier.prototypes, torch.tensor([[0.5, 0.5], [-1.0, 0.0]]), atol=1e-6)
    away = [0.25 + 0.25, 4.0]  # of the query (1, 0)
    shares = [math.exp(-SCALE * a) for a in away]
    assert classifier.evidence(torch.tensor([[1.0, 0.0]]))[0].tolist() == pytest.approx(
        [s / sum(shares) for s in shares]
    )


def test_other_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match=r"\[3, 1, 2, 2\]"):
        SimpleShot(4).fit(Support(torch.zeros(3, 1, 2, 2), torch.tensor([0, 1, 1])))
