"""BD-CSPN's rectified prototypes, worked out by hand."""

import math

import pytest
import torch

from backend.methods import Support
from backend.methods.bd_cspn import BDCSPN, EPSILON, rectified
from backend.methods.centred import LEAST, Examples, trust
from backend.methods.simpleshot import SimpleShot

# Means (1, 0) and (0, 1); one image of the folder near each.
EXAMPLES = Examples(torch.eye(2)[:, None], torch.tensor([0, 1]), torch.zeros(2))
FOLDER = torch.tensor([[0.6, 0.8], [0.96, 0.28]])


def test_prototypes_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    def weight(own: float, other: float) -> float:
        return 1 / (1 + math.exp(-EPSILON * (own - other)))

    monkeypatch.setattr("backend.methods.bd_cspn.PASSES", 1)
    second, first = weight(0.8, 0.6), weight(0.96, 0.28)  # an example counts as ONE_EXAMPLE images
    found = rectified(EXAMPLES, FOLDER)
    assert found[0].tolist() == pytest.approx([(5 + first * 0.96) / (5 + first), first * 0.28 / (5 + first)])
    assert found[1].tolist() == pytest.approx([second * 0.6 / (5 + second), (5 + second * 0.8) / (5 + second)])


def test_another_example_counts_less_than_the_first() -> None:
    assert trust(torch.tensor([0, 1, 1, 1])).tolist() == [[5.0], [11.0]]


def test_a_bin_of_which_the_folder_holds_nothing_keeps_its_mean() -> None:
    examples = Examples(torch.eye(3)[:, None], torch.tensor([0, 1, 2]), torch.zeros(3))
    folder = torch.tensor([[0.8, 0.6, 0.0], [0.6, 0.8, 0.0]])
    assert rectified(examples, folder)[2].tolist() == pytest.approx([0.0, 0.0, 1.0])


def test_a_tiny_folder_is_not_read() -> None:
    generator = torch.Generator().manual_seed(0)
    support = Support(torch.randn(4, 6, generator=generator), torch.tensor([0, 1, 1, 0]))
    folder = torch.randn(2 * LEAST, 6, generator=generator)
    expected = SimpleShot(6).fit(support).log_probs(folder)
    assert torch.equal(BDCSPN(6).fit(support, folder[1:]).log_probs(folder), expected)
    assert torch.equal(BDCSPN(6).fit(support).log_probs(folder), expected)
    assert not torch.allclose(BDCSPN(6).fit(support, folder).log_probs(folder), expected, atol=1e-2)


@pytest.mark.parametrize("sizes", [[40, 40, 40], [300, 60, 40]], ids=["balanced", "very unbalanced"])
def test_the_folder_makes_up_for_poor_examples(sizes: list[int]) -> None:
    generator = torch.Generator().manual_seed(3)
    labels = torch.arange(3).repeat_interleave(torch.tensor(sizes))
    right = {"bd-cspn": 0, "simpleshot": 0}
    for _ in range(10):
        centres = 2 * torch.eye(3, 8)
        support = Support(centres + 0.7 * torch.randn(3, 8, generator=generator), torch.arange(3))
        folder = centres[labels] + 0.4 * torch.randn(len(labels), 8, generator=generator)
        for method in (BDCSPN(8), SimpleShot(8)):
            right[method.name] += int((method.fit(support, folder).log_probs(folder).argmax(1) == labels).sum())
    assert right["bd-cspn"] > right["simpleshot"]
