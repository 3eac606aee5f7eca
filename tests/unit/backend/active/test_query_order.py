import math

import pytest
import torch

from backend.active.query_order import CANDIDATES, ask_order
from backend.evaluation.intervals import wilson
from tests.glyph_folders import drain


def test_the_most_uncertain_comes_first_and_then_what_is_unlike_it() -> None:
    features = torch.tensor([[1.0, 0], [1, 0.01], [0, 1], [-1, 0]])
    uncertainty = torch.tensor([0.9, 0.89, 0.5, 0.1])
    assert drain(ask_order(uncertainty, features)) == [0, 2, 3, 1]


def test_every_image_has_its_place_once() -> None:
    generator = torch.Generator().manual_seed(0)
    n = CANDIDATES + 300
    uncertainty = torch.rand(n, generator=generator).round(decimals=3)
    order = drain(ask_order(uncertainty, torch.randn(n, 4, 3, generator=generator)))
    assert sorted(order) == list(range(n))
    assert uncertainty[order[0]] == uncertainty.max()
    last = uncertainty[order[-300:]]
    assert torch.equal(last, last.sort(descending=True).values)


def test_the_noise_of_arithmetic_does_not_shuffle_the_order() -> None:
    generator = torch.Generator().manual_seed(1)
    features = torch.randn(50, 8, generator=generator)
    sure = torch.arange(50).div(10, rounding_mode="floor") / 10 + 0.0002
    noise = 1e-6 * torch.randn(50, generator=generator)
    assert drain(ask_order(sure + noise, features)) == drain(ask_order(sure, features))


def test_alike_images_with_nothing_uncertain_are_no_trouble() -> None:
    assert sorted(drain(ask_order(torch.zeros(5), torch.ones(5, 2)))) == [0, 1, 2, 3, 4]
    assert drain(ask_order(torch.zeros(0), torch.ones(0, 2))) == []


@pytest.mark.parametrize(
    ("hits", "count", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (48, 50, 0.8654, 0.9890)],
)
def test_wilsons_interval(hits: int, count: int, low: float, high: float) -> None:
    assert wilson(hits, count) == pytest.approx((low, high), abs=1e-4)


def test_wilsons_interval_solves_its_equation() -> None:
    z = 1.7
    for bound in wilson(7, 23, z):
        assert abs(7 / 23 - bound) == pytest.approx(z * math.sqrt(bound * (1 - bound) / 23))


@pytest.mark.parametrize(("hits", "count"), [(0, 0), (-1, 3), (4, 3)])
def test_what_is_no_proportion_is_refused(hits: int, count: int) -> None:
    with pytest.raises(ValueError, match="no proportion"):
        wilson(hits, count)
