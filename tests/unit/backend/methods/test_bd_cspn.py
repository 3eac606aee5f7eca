"""BD-CSPN's rectified prototypes, worked out by hand and against easyfsl's."""

import math

import pytest
import torch
from easyfsl import methods as peers
from torch.nn import functional as F

from backend.methods import Support
from backend.methods.bd_cspn import BDCSPN, EPSILON, rectified
from backend.methods.centred import Examples
from backend.methods.simpleshot import SimpleShot
from backend.methods.transductive import LEAST

# Means (1, 0) and (0, 1); two images of the folder near the second, one near the first.
EXAMPLES = Examples(torch.eye(2)[:, None], torch.tensor([0, 1]), torch.zeros(2))
FOLDER = torch.tensor([[0.6, 0.8], [0.96, 0.28], [0.28, 0.96]])


def test_weights_are_a_softmax_over_the_members_of_a_class() -> None:
    def weights(*cosines: float) -> list[float]:
        each = [math.exp(EPSILON * cosine) for cosine in cosines]
        return [e / sum(each) for e in each]

    own, near = weights(1.0, 0.96)
    first = torch.tensor([own + near * 0.96, near * 0.28])
    own, far, near = weights(1.0, 0.8, 0.96)
    second = torch.tensor([far * 0.6 + near * 0.28, own + far * 0.8 + near * 0.96])
    found = rectified(EXAMPLES, FOLDER)
    assert torch.allclose(found, F.normalize(torch.stack([first, second]), dim=1), atol=1e-6)


def test_prototypes_are_easyfsls_where_it_shifts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.methods.bd_cspn.EPSILON", 1.0)  # easyfsl's
    generator = torch.Generator().manual_seed(2)
    labels = torch.tensor([0, 0, 1, 1, 2, 2])
    support = F.normalize(torch.randn(6, 8, generator=generator), dim=1)
    folder = torch.randn(60, 8, generator=generator)
    folder += support.mean(0) - folder.mean(0)  # then its shift is zero
    peer = peers.BDCSPN()
    peer.process_support_set(support, labels)
    asked = peer(folder)
    found = rectified(Examples(support[:, None], labels, torch.zeros(8)), folder)
    assert torch.allclose(found, F.normalize(peer.prototypes, dim=1), atol=1e-5)
    assert torch.equal((folder @ found.T).argmax(1), asked.argmax(1))


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
