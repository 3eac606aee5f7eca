"""A thousand bins: every method tells them apart, in bounded memory, and a fit can be left between its steps."""

import itertools

import pytest
import torch

from backend.methods import METHODS, Support, mann, metanet
from backend.methods.adaptation import spread
from backend.types import MAX_BINS

pytestmark = pytest.mark.slow

DIMENSIONS = 8
QUERIES = 3
ADAPTING = sorted(name for name, method in METHODS.items() if method.adapts)


def thousand(way: int = MAX_BINS) -> Support:
    generator = torch.Generator().manual_seed(0)
    return Support(torch.rand(way, DIMENSIONS, generator=generator), torch.arange(way))


@pytest.mark.parametrize("name", sorted(METHODS))
def test_every_method_takes_a_thousand_bins(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mann, "ORDERS", 1)  # of eight alike
    method = METHODS[name].for_inputs("vector", (DIMENSIONS,)).eval()
    support = thousand()
    folder = support.inputs.repeat(12, 1) if method.transductive else None
    classifier = method.fit(support, folder)
    found = classifier.log_probs(support.inputs[:QUERIES])
    assert found.shape == (QUERIES, MAX_BINS)
    assert torch.isfinite(found).all()
    assert torch.allclose(found.exp().sum(1), torch.ones(QUERIES), atol=1e-3)
    evidence = classifier.evidence(support.inputs[:1])
    if evidence is not None:
        assert evidence.shape == (1, MAX_BINS)
        assert torch.allclose(evidence.sum(), torch.tensor(1.0), atol=1e-3)


@pytest.mark.parametrize("name", ADAPTING)
def test_a_fit_in_steps_is_the_fit_and_can_be_left(name: str) -> None:
    torch.manual_seed(0)
    method = METHODS[name].for_inputs("vector", (DIMENSIONS,)).eval()
    support = thousand(6)
    folder = support.inputs.repeat(12, 1) if method.transductive else None
    steps = method.fit_in_steps(support, folder)
    taken = sum(1 for _ in steps)
    assert taken >= 1
    left = method.fit_in_steps(support, folder)
    next(left)
    assert torch.is_grad_enabled()  # whoever steps it keeps the mode
    left.close()
    assert torch.is_grad_enabled()


@pytest.mark.parametrize(("name", "module"), [("mann", mann), ("metanet", metanet)])
def test_a_memory_holds_as_many_of_each_bin_where_it_cannot_hold_all(
    name: str, module: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    torch.manual_seed(0)
    method = METHODS[name].for_inputs("vector", (DIMENSIONS,)).eval()
    inputs, labels = torch.rand(24, DIMENSIONS), torch.arange(3).repeat_interleave(8)
    monkeypatch.setattr(module, "MOST", 9)
    classifier = method.fit(Support(inputs, labels))
    evidence = classifier.evidence(inputs[:4])
    assert evidence is not None
    assert evidence.shape == (4, 24)
    remembered = (evidence > 0).any(0)
    assert torch.bincount(labels[remembered]).tolist() == [3, 3, 3]
    assert torch.allclose(evidence.sum(1), torch.ones(4), atol=1e-5)
    order = torch.randperm(24, generator=torch.Generator().manual_seed(1))
    other = method.fit(Support(inputs[order], labels[order])).log_probs(inputs[:4])
    assert torch.allclose(classifier.log_probs(inputs[:4]), other, atol=1e-3)


def test_spread_takes_alike_of_every_class() -> None:
    labels = torch.tensor([0] * 10 + [1] + [2] * 5)
    chosen = spread(labels, 9)
    assert torch.bincount(labels[chosen]).tolist() == [3, 1, 3]
    assert chosen.tolist() == sorted(chosen.tolist())
    assert spread(labels, 16).tolist() == list(range(16))
    assert torch.bincount(labels[spread(labels, 2)]).tolist() == [1, 1, 1]


def test_closing_a_fit_keeps_what_was_fitted_before() -> None:
    method = METHODS["mann"].for_inputs("vector", (DIMENSIONS,)).eval()
    before = method.fit(thousand(5)).log_probs(thousand(5).inputs)
    left = method.fit_in_steps(thousand(5))
    list(itertools.islice(left, 3))
    left.close()
    assert torch.equal(before, method.fit(thousand(5)).log_probs(thousand(5).inputs))
