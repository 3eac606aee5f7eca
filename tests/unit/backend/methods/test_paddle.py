"""PADDLE's turns by hand, and what it makes of unequal folders."""

import math

import pytest
import torch
from torch import Tensor

from backend.methods import Support
from backend.methods.centred import Examples
from backend.methods.paddle import PRIOR, SMOOTHING, TAU, Paddle, assignments, clustered
from backend.methods.simpleshot import SimpleShot
from backend.methods.transductive import LEAST, trust


def test_assignments_by_hand() -> None:
    # Means ±1 on a line: the logits of x are 20 (±x − 1/2), and half the shares' logarithms.
    found = assignments(torch.tensor([[0.05]]), torch.tensor([[1.0], [-1.0]]), torch.tensor([0.8, 0.2]))
    ratio = math.exp(2 * TAU * 0.05 + PRIOR * math.log(0.8 / 0.2))
    assert found[0].tolist() == pytest.approx([ratio / (1 + ratio), 1 / (1 + ratio)])


def test_means_and_shares_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.methods.paddle.PASSES", 1)
    examples = Examples(torch.eye(2)[:, None], torch.tensor([0, 1]), torch.zeros(2))
    folder = torch.tensor([[0.6, 0.8], [0.0, 1.0], [-0.6, 0.8]])
    u = assignments(folder, torch.eye(2), torch.tensor([0.5, 0.5]))
    means, shares = clustered(examples, folder)
    assert shares.tolist() == pytest.approx([(float(s) + SMOOTHING) / (3 + 2 * SMOOTHING) for s in u.sum(0)])
    weight = float(trust(examples.labels)[1])
    second = [float((u[:, 1] * folder[:, 0]).sum()), weight + float((u[:, 1] * folder[:, 1]).sum())]
    assert means[1].tolist() == pytest.approx([value / (weight + float(u[:, 1].sum())) for value in second])


def test_another_example_counts_less_than_the_first() -> None:
    assert trust(torch.tensor([0, 1, 1, 1])).tolist() == [[5.0], [11.0]]


def clouds(sizes: list[int], seed: int) -> tuple[Support, Tensor, Tensor]:
    """One poor example of each class, and a folder of ``sizes`` images around the classes' true means."""
    generator = torch.Generator().manual_seed(seed)
    centres = 2 * torch.eye(len(sizes), 8)
    examples = centres + 0.7 * torch.randn(centres.shape, generator=generator)
    labels = torch.arange(len(sizes)).repeat_interleave(torch.tensor(sizes))
    folder = centres[labels] + 0.6 * torch.randn(len(labels), 8, generator=generator)
    return Support(examples, torch.arange(len(sizes))), folder, labels


@pytest.mark.parametrize("sizes", [[40, 40, 40], [100, 15, 5], [120, 0, 0]], ids=["balanced", "unequal", "one"])
def test_the_folder_makes_up_for_poor_examples(sizes: list[int]) -> None:
    right = {"paddle": 0, "simpleshot": 0}
    for seed in range(10):
        support, folder, labels = clouds(sizes, seed)
        for method in (Paddle(8), SimpleShot(8)):
            right[method.name] += int((method.fit(support, folder).log_probs(folder).argmax(1) == labels).sum())
    assert right["paddle"] > right["simpleshot"]


def test_a_tiny_folder_is_not_read() -> None:
    support, folder, _ = clouds([LEAST, LEAST, LEAST], 0)
    expected = SimpleShot(8).fit(support).log_probs(folder)
    assert torch.equal(Paddle(8).fit(support, folder[1:]).log_probs(folder), expected)
    assert not torch.allclose(Paddle(8).fit(support, folder).log_probs(folder), expected, atol=1e-2)
