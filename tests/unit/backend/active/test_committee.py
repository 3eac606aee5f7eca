import pytest
import torch
from torch import Tensor

from backend.active.committee import committee, doubt
from backend.methods import METHODS, Classifier, Support
from backend.methods.linear import LinearClassifier
from backend.methods.matching import MatchingClassifier


class Fixed(Classifier):
    def __init__(self, *rows: list[float]) -> None:
        self._probabilities = torch.tensor(rows)

    def log_probs(self, queries: Tensor) -> Tensor:
        return self._probabilities.log()


def test_doubt_is_nothing_where_all_agree_and_grows_with_what_they_prefer() -> None:
    """Of the first, 1 − 0.2 / 0.8, then 0, then 1 − 0.4 / 0.6; of the second 1 − 0.1 / 0.9, then 0 and 0."""
    one, other = Fixed([0.2, 0.8], [0.51, 0.49], [0.6, 0.4]), Fixed([0.1, 0.9], [0.9, 0.1], [0.1, 0.9])
    found = doubt([one, other], torch.zeros(3, 2), torch.tensor([0, 0, 1]))
    assert found.tolist() == pytest.approx([(0.75 + 8 / 9) / 2, 0, (1 / 3) / 2])


def test_the_committee_is_of_other_kinds_than_the_method_at_work() -> None:
    support = Support(torch.randn(6, 3, 2, 2, generator=torch.Generator().manual_seed(0)), torch.arange(6) % 2)
    kinds = [type(m) for m in committee("prototypical", support)]
    assert kinds == [LinearClassifier, MatchingClassifier]
    assert LinearClassifier not in [type(m) for m in committee("linear", support)]
    assert MatchingClassifier not in [type(m) for m in committee("relation", support)]
    for name in METHODS:
        members = committee(name, support)
        assert len(members) == 2
        assert doubt(members, support.inputs, support.labels).tolist() == pytest.approx([0.0] * 6, abs=1e-6)
