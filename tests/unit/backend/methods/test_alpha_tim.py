"""α-TIM's entropies and loss by hand, its gradient by autograd, where its steps end, and what it makes of folders."""

import math

import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

from backend.methods import Support
from backend.methods.alpha_tim import TAU, AlphaTIM, adapted, entropy, gradient, importance_of, loss, order, posteriors
from backend.methods.centred import Examples
from backend.methods.simpleshot import SimpleShot


def test_tsallis_entropy_by_hand() -> None:
    p = torch.tensor([[0.5, 0.5], [1.0, 0.0], [0.8, 0.2]], dtype=torch.float64)
    assert entropy(p, 2.0).tolist() == pytest.approx([0.5, 0.0, 1 - 0.64 - 0.04])
    assert entropy(p, 7.0).tolist() == pytest.approx([(1 - 2**-6) / 6, 0.0, (1 - 0.8**7 - 0.2**7) / 6])
    shannon = torch.distributions.Categorical(p).entropy()
    assert torch.allclose(entropy(p, 1 + 1e-6), shannon, atol=1e-5)  # the limit


def test_alpha_is_the_authors() -> None:
    assert [order(shot * 3, 3) for shot in (1, 2, 4, 5, 50)] == [2.0, 5.0, 5.0, 7.0, 7.0]
    assert order(4, 3) == 2.0 and order(14, 3) == 5.0  # bins of unequal size: by their mean


@pytest.mark.parametrize("alpha", [2.0, 7.0])
def test_the_loss_of_two_points_by_hand(alpha: float) -> None:
    # Prototypes ±1 on a line: the logits of x are 15 (±x − 1/2), so p = 1 / (1 + exp(−30 x)).
    def p(x: float) -> float:
        return 1 / (1 + math.exp(-2 * TAU * x))

    def tsallis(first: float) -> float:
        return float((1 - first**alpha - (1 - first) ** alpha) / (alpha - 1))

    prototypes, support, folder = (torch.tensor(v)[:, None] for v in ([1.0, -1.0], [0.1, -0.05], [0.02, 0.04]))
    cross_entropy = -(0.5 * math.log(p(0.1)) + 0.5 * math.log(p(0.05)))
    all_bins = tsallis((p(0.02) + p(0.04)) / 2)
    unclear = (tsallis(p(0.02)) + tsallis(p(0.04))) / 2
    found = loss(prototypes, support, torch.eye(2) / 2, folder, alpha)
    assert found.item() == pytest.approx(cross_entropy - all_bins + unclear, rel=1e-5)


def drawn(seed: int = 1) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Support, its labels, a folder and its mean prototypes, in double precision."""
    generator = torch.Generator().manual_seed(seed)
    support, folder = (torch.randn(n, 4, generator=generator, dtype=torch.float64) / 2 for n in (6, 20))
    labels = torch.tensor([0, 0, 1, 2, 2, 2])
    means = torch.stack([support[labels == c].mean(0) for c in range(3)])
    return support, labels, folder, means


@pytest.mark.parametrize("alpha", [2.0, 5.0, 7.0])
def test_the_gradient_is_that_of_the_loss(alpha: float) -> None:
    support, labels, folder, means = drawn()
    importance = importance_of(labels, 3).double()
    prototypes = means.requires_grad_()
    loss(prototypes, support, importance, folder, alpha).backward()
    found = gradient(prototypes.detach(), torch.cat([support, folder]), importance, alpha)
    assert prototypes.grad is not None and torch.allclose(found, prototypes.grad, atol=1e-9)


def test_bins_of_unequal_size_weigh_alike() -> None:
    assert importance_of(torch.tensor([0, 1, 1]), 2).tolist() == [[0.5, 0.0], [0.0, 0.25], [0.0, 0.25]]


def published(support: Tensor, labels: Tensor, folder: Tensor, alpha: float) -> Tensor:
    """The paper's algorithm with the settings of the authors' code, by autograd: 1,000 steps of Adam at 1e-4 from the
    means; the class-balanced cross-entropy is the paper's where bins are of equal size."""

    def log_posteriors(inputs: Tensor) -> Tensor:
        return F.log_softmax(-TAU / 2 * torch.cdist(inputs, prototypes).square(), dim=1)

    means = torch.stack([support[labels == c].mean(0) for c in range(int(labels.max()) + 1)])
    prototypes = torch.nn.Parameter(means)
    optimizer = torch.optim.Adam([prototypes], lr=1e-4)
    for _ in range(1000):
        optimizer.zero_grad()
        asked = log_posteriors(folder).exp()
        objective = F.nll_loss(log_posteriors(support), labels)
        objective = objective - entropy(asked.mean(0), alpha) + entropy(asked, alpha).mean()
        objective.backward()
        optimizer.step()
    return prototypes.detach()


@pytest.mark.slow
@pytest.mark.parametrize("shot", [1, 5])
def test_long_strides_end_where_the_published_steps_do(shot: int) -> None:
    generator = torch.Generator().manual_seed(shot)
    centres = torch.randn(4, 32, generator=generator)
    labels = torch.arange(4).repeat_interleave(shot)
    asked = torch.arange(4).repeat_interleave(torch.tensor([40, 30, 20, 5]))
    support, folder = (
        F.normalize(centres[of] + 1.2 * torch.randn(len(of), 32, generator=generator), dim=1) for of in (labels, asked)
    )
    examples = Examples(support[:, None], labels, torch.zeros(32))
    expected, found = published(support, labels, folder, order(len(labels), 4)), adapted(examples, folder)
    assert (found - expected).norm() < 0.2 * (expected - examples.prototypes()).norm()
    agree = posteriors(folder, found).argmax(1) == posteriors(folder, expected).argmax(1)
    assert agree.float().mean() > 0.97


def clouds(sizes: list[int], seed: int = 0) -> tuple[Support, Tensor, Tensor]:
    """One poor example of each class, and a folder of ``sizes`` images around the classes' true means."""
    generator = torch.Generator().manual_seed(seed)
    centres = 2 * torch.eye(len(sizes), 8)
    examples = centres + 0.7 * torch.randn(centres.shape, generator=generator)
    labels = torch.arange(len(sizes)).repeat_interleave(torch.tensor(sizes))
    folder = centres[labels] + 0.4 * torch.randn(len(labels), 8, generator=generator)
    return Support(examples, torch.arange(len(sizes))), folder, labels


@pytest.mark.parametrize("sizes", [[40, 40, 40], [60, 40, 20]], ids=["balanced", "unbalanced"])
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
    importance, placed = importance_of(support.labels, 3), examples.place(folder)
    values = [
        loss(w, examples.views[:, 0], importance, placed, 2.0).item()
        for w in (examples.prototypes(), classifier.prototypes)
    ]
    assert values[1] < values[0] - 0.1
