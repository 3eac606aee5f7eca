"""α-TIM's entropies and loss by hand, its gradient by differences, and what it makes of folders."""

import math

import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

from backend.methods import Support
from backend.methods.alpha_tim import TAU, AlphaTIM, doubt, gradient, loss, posteriors
from backend.methods.paddle import clustered
from backend.methods.simpleshot import SimpleShot


def test_tsallis_entropy_of_order_two_by_hand() -> None:
    p = torch.tensor([[0.5, 0.5], [1.0, 0.0], [0.8, 0.2]])
    assert doubt(p).tolist() == pytest.approx([0.5, 0.0, 1 - 0.64 - 0.04])


def test_the_loss_of_two_points_by_hand() -> None:
    # Prototypes ±1 on a line: the logits of x are 15 (±x − 1/2), so p = 1 / (1 + exp(−30 x)).
    def p(x: float) -> float:
        return 1 / (1 + math.exp(-2 * TAU * x))

    prototypes, support, folder = (torch.tensor(v)[:, None] for v in ([1.0, -1.0], [0.1, -0.05], [0.02, 0.04]))
    cross_entropy = -(0.5 * math.log(p(0.1)) + 0.5 * math.log(p(0.05)))
    mean = (p(0.02) + p(0.04)) / 2
    away = (mean - 0.7) ** 2 + (1 - mean - 0.3) ** 2
    unclear = sum(1 - p(x) ** 2 - (1 - p(x)) ** 2 for x in (0.02, 0.04)) / 2
    found = loss(prototypes, support, torch.eye(2) / 2, folder, torch.tensor([0.7, 0.3]))
    assert found.item() == pytest.approx(cross_entropy + away + unclear, rel=1e-5)


def test_the_gradient_is_that_of_the_loss() -> None:
    generator = torch.Generator().manual_seed(1)
    prototypes, support, folder = (torch.randn(n, 4, generator=generator, dtype=torch.float64) / 2 for n in (3, 6, 20))
    labels = torch.tensor([0, 0, 1, 2, 2, 2])
    importance = F.one_hot(labels, 3).double() / torch.bincount(labels) / 3
    shares = torch.tensor([0.5, 0.3, 0.2], dtype=torch.float64)
    found = gradient(prototypes, support, importance, folder, shares)
    step = 1e-5
    for index in range(prototypes.numel()):
        away = torch.zeros(12, dtype=torch.float64)
        away[index] = step
        above, below = (loss(prototypes + s * away.view(3, 4), support, importance, folder, shares) for s in (1, -1))
        assert found.flatten()[index].item() == pytest.approx((above - below).item() / (2 * step), abs=1e-6)


def clouds(sizes: list[int], seed: int = 0) -> tuple[Support, Tensor, Tensor]:
    """One poor example of each class, and a folder of ``sizes`` images around the classes' true means."""
    generator = torch.Generator().manual_seed(seed)
    centres = 2 * torch.eye(len(sizes), 8)
    examples = centres + 0.7 * torch.randn(centres.shape, generator=generator)
    labels = torch.arange(len(sizes)).repeat_interleave(torch.tensor(sizes))
    folder = centres[labels] + 0.4 * torch.randn(len(labels), 8, generator=generator)
    return Support(examples, torch.arange(len(sizes))), folder, labels


@pytest.mark.parametrize("sizes", [[40, 40, 40], [60, 40, 20], [0, 120, 0]], ids=["balanced", "unbalanced", "one"])
def test_the_folder_makes_up_for_poor_examples(sizes: list[int]) -> None:
    right = {"alpha-tim": 0, "simpleshot": 0}
    for seed in range(10):
        support, folder, labels = clouds(sizes, seed)
        for method in (AlphaTIM(8), SimpleShot(8)):
            predicted = method.fit(support, folder).log_probs(folder).argmax(1)
            right[method.name] += int((predicted == labels).sum())
    assert right["alpha-tim"] > right["simpleshot"]


def test_a_tiny_folder_is_not_read() -> None:
    support, folder, _ = clouds([10, 10, 9])
    expected = SimpleShot(8).fit(support).log_probs(folder)
    assert torch.equal(AlphaTIM(8).fit(support, folder).log_probs(folder), expected)
    assert torch.equal(AlphaTIM(8).fit(support).log_probs(folder), expected)
    one_more = torch.cat([folder, folder[:1]])
    assert not torch.allclose(AlphaTIM(8).fit(support, one_more).log_probs(folder), expected, atol=1e-2)


def test_steps_lower_the_loss() -> None:
    support, folder, _ = clouds([40, 40, 40])
    method = AlphaTIM(8)
    classifier, examples = method.fit(support, folder), method.examples(support)
    start, shares = clustered(examples, examples.place(folder))
    values = [
        loss(w, examples.views[:, 0], torch.eye(3) / 3, examples.place(folder), shares).item()
        for w in (start, classifier.prototypes)
    ]
    assert values[1] < 0.5 * values[0]
    assert torch.allclose(posteriors(examples.place(folder), classifier.prototypes).sum(1), torch.ones(120), atol=1e-5)
