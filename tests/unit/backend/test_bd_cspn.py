"""BD-CSPN's shift and rectified prototypes, worked out by hand."""

import math

import pytest
import torch

from backend.methods import Support
from backend.methods.bd_cspn import BDCSPN, EPSILON, rectified
from backend.methods.centred import LEAST, Examples
from backend.methods.simpleshot import SimpleShot

# Means (1, 0) and (0, 1), whose mean is (0.5, 0.5). The folder's mean is (0.5, 1.5): everything is shifted by (0, −1).
EXAMPLES = Examples(torch.eye(2)[:, None], torch.tensor([0, 1]), torch.zeros(2))
FOLDER = torch.tensor([[0.6, 1.8], [0.4, 1.2]])


def test_prototypes_by_hand() -> None:
    # Shifted: (0.6, 0.8) and (0.4, 0.2). The first is nearer to (0, 1) by cosine, the second to (1, 0).
    def weight(own: float, other: float) -> float:
        return 1 / (1 + math.exp(-EPSILON * (own - other)))

    example = weight(1, 0)
    a, b = weight(0.8, 0.6), weight(0.4 / math.hypot(0.4, 0.2), 0.2 / math.hypot(0.4, 0.2))
    first = [(example * 1 + b * 0.4) / (example + b), b * 0.2 / (example + b)]
    second = [a * 0.6 / (example + a), (example * 1 + a * 0.8) / (example + a)]
    found = rectified(EXAMPLES, FOLDER)
    assert found[0].tolist() == pytest.approx(first)
    assert found[1].tolist() == pytest.approx(second)


def test_a_bin_of_which_the_folder_holds_nothing_keeps_its_mean() -> None:
    # Three classes, the folder near the first two alone; it is centred there, so that nothing is shifted.
    examples = Examples(torch.eye(3)[:, None], torch.tensor([0, 1, 2]), torch.zeros(3))
    folder = torch.tensor([[1.0, 0.0, 1 / 3], [0.0, 1.0, 1 / 3]])
    folder = folder + (torch.full((3,), 1 / 3) - folder.mean(0))
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
