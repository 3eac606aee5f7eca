"""The logistic head: the minimum is one, checked without its own gradient; two examples are solved by hand."""

import math

import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

from backend.methods import Support
from backend.methods.linear import PENALTY, SHARPNESS, Linear, objective, shares, solve, with_offset


def problem(sizes: list[int], d: int = 3) -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(5)
    labels = torch.cat([torch.full((n,), c) for c, n in enumerate(sizes)])
    inputs = torch.randn(len(labels), d, generator=generator, dtype=torch.float64)
    return inputs + F.one_hot(labels, d).double(), labels


@pytest.mark.parametrize("sizes", [[1, 1, 1], [3, 1, 9]])
def test_no_step_in_any_direction_lowers_the_loss(sizes: list[int]) -> None:
    inputs, labels = problem(sizes)
    importance = shares(labels)
    found = solve(inputs, labels, importance, len(sizes))
    step = 1e-4
    for index in range(found.numel()):
        away = torch.zeros_like(found).view(-1)
        away[index] = step
        above, below = (
            objective(found + sign * away.view_as(found), inputs, labels, importance).item() for sign in (1, -1)
        )
        assert abs(above - below) / (2 * step) < 1e-5  # the numeric derivative
        assert min(above, below) > objective(found, inputs, labels, importance).item()


def test_two_examples_against_the_equation_of_their_minimum() -> None:
    # Inputs ±(1, 0), one example each: by symmetry W = (t, -t), the offset is 0, and the derivative of
    # log(1 + exp(-2t)) + PENALTY t² is 0, so that PENALTY t = 1 / (1 + exp(2t)). Bisected here.
    low, high = 0.0, 10.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if PENALTY * middle < 1 / (1 + math.exp(2 * middle)) else (low, middle)
    support = Support(torch.tensor([[3.0, 1.0], [1.0, 1.0]]), torch.tensor([0, 1]))
    found = Linear(2).fit(support).log_probs(torch.tensor([[9.0, 1.0], [2.0, 7.0]])).exp()[:, 0].tolist()
    assert found == pytest.approx([1 / (1 + math.exp(-2 * SHARPNESS * low)), 0.5], abs=1e-5)


def test_classes_count_alike_whatever_their_size() -> None:
    assert shares(torch.tensor([0, 1, 1, 1])).tolist() == pytest.approx([1 / 2, 1 / 6, 1 / 6, 1 / 6])


def test_repeated_views_change_nothing_and_different_ones_do() -> None:
    inputs, labels = problem([2, 1, 2])
    queries = inputs.float() + 0.1
    plain = Linear(3).fit(Support(inputs.float(), labels)).log_probs(queries)
    same = Linear(3).fit(Support(inputs.float()[:, None].expand(-1, 4, -1), labels)).log_probs(queries)
    turned = torch.stack([inputs.float(), inputs.float().flip(1)], dim=1)
    assert torch.allclose(same, plain, atol=1e-4)
    assert (Linear(3).fit(Support(turned, labels)).log_probs(queries) - plain).abs().max() > 0.1


def test_evidence_is_a_class_probability_by_what_its_examples_add_to_its_logit() -> None:
    # W is the sum of the examples' pulls (docstring), so that positive and negative terms add up to the logit.
    inputs, labels = problem([2, 1, 2])
    classifier = Linear(3).fit(Support(inputs.float(), labels))
    queries = inputs.float() - 0.2
    weights, examples = classifier._weights, classifier._examples
    placed, own = with_offset(examples.place(queries)), with_offset(examples.views[:, 0])
    error = F.one_hot(labels, 3) - torch.softmax(own @ weights.T, 1)
    pulls = shares(labels)[:, None] * error / PENALTY  # [n, w]
    assert torch.allclose(pulls.T @ own, weights, atol=1e-4)
    terms = (pulls[torch.arange(5), labels] * (placed @ own.T)).clamp_min(1e-30)  # [q, n]
    evidence = classifier.evidence(queries).double()
    for c, probability in enumerate(classifier.log_probs(queries).double().exp().T):
        of_class = labels == c
        wanted = probability[:, None] * terms[:, of_class] / terms[:, of_class].sum(1, keepdim=True)
        assert torch.allclose(evidence[:, of_class], wanted, atol=1e-5)
