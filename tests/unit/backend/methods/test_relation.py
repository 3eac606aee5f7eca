"""Relation Networks at hand-set weights, and against a plain concatenation of every pair."""

import math

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from backend.backbones.conv4 import Conv4Map
from backend.methods import EpisodeBatch, InputKind, Support
from backend.methods.relation import Relation, RelationModule

# The hand-set module puts out 2 − |class − query| on numbers. Class 0 has the mean 1, class 1 is 4, the query 1:
# relation logits 2 and −1; of single examples 1, −1 and 1.
SUPPORT = Support(torch.tensor([[0.0], [4.0], [2.0]]), torch.tensor([0, 1, 0]))
QUERY = torch.tensor([[1.0]])


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


@pytest.fixture
def absolute_difference() -> Relation:
    method = Relation((1,))
    tail = method.module.tail
    with torch.no_grad():
        for parameter in method.parameters():
            parameter.zero_()
        for layer in tail:
            if isinstance(layer, nn.BatchNorm1d):
                layer.weight.fill_(math.sqrt(1 + layer.eps))  # running variance 1: identity
        method.module.first.weight[0] = torch.tensor([1.0, -1.0])
        method.module.first.weight[1] = torch.tensor([-1.0, 1.0])
        linear = [layer for layer in tail if isinstance(layer, nn.Linear)]
        linear[0].weight[:2, :2] = torch.eye(2)
        linear[1].weight[0, :2] = 1.0
        linear[2].weight[0, 0] = -1.0
        linear[2].bias[0] = 2.0
    return method


def test_log_probs_are_a_softmax_over_relation_logits(absolute_difference: Relation) -> None:
    found = absolute_difference.fit(SUPPORT).log_probs(QUERY)[0].exp()
    assert found.tolist() == pytest.approx([sigmoid(3), 1 - sigmoid(3)])


def test_evidence_is_the_normalised_relation_score(absolute_difference: Relation) -> None:
    scores = [sigmoid(1), sigmoid(-1), sigmoid(1)]
    found = absolute_difference.fit(SUPPORT).evidence(QUERY)[0]
    assert found.tolist() == pytest.approx([s / sum(scores) for s in scores])


def test_loss_is_the_squared_error_of_scores(absolute_difference: Relation) -> None:
    batch = EpisodeBatch(
        support=torch.tensor([[[0.0], [4.0], [2.0], [99.0]]]),
        support_labels=torch.tensor([[0, 1, 0, 1]]),
        support_mask=torch.tensor([[True, True, True, False]]),
        queries=QUERY[None],
        query_labels=torch.tensor([[0]]),
        class_ids=torch.tensor([[0, 1]]),
        group_ids=torch.zeros(1, 2, dtype=torch.long),
    )
    expected = ((1 - sigmoid(2)) ** 2 + sigmoid(-1) ** 2) / 2
    assert absolute_difference.eval().episode_loss(batch).item() == pytest.approx(expected)


def by_concatenation(module: RelationModule, one: Tensor, other: Tensor) -> Tensor:
    """The relation logit of two maps as in the paper: concatenate, then convolve, normalise, ReLU and pool twice."""
    norm, block = module.tail[0], module.tail[3]
    assert isinstance(module.first, nn.Conv2d)
    x = F.max_pool2d(F.relu(norm(module.first(torch.cat([one, other])[None]))), 2)
    logit: Tensor = nn.Sequential(*list(module.tail)[4:])(block(x))[0, 0]
    return logit


def test_convolving_each_map_once_equals_convolving_every_pair() -> None:
    torch.manual_seed(0)
    module = RelationModule((8, 7, 7)).eval()
    norm = module.tail[0]
    assert isinstance(norm, nn.BatchNorm2d)
    nn.init.uniform_(norm.weight, -1, 1)  # negative scales too: pooling must come after them
    classes, queries = torch.randn(1, 3, 8, 7, 7), torch.randn(1, 2, 8, 7, 7)
    expected = torch.stack([by_concatenation(module, c, q) for q in queries[0] for c in classes[0]]).view(2, 3)
    assert torch.allclose(module(classes, queries)[0], expected, atol=1e-5)


@pytest.mark.parametrize("shape", [(64, 7, 7), (32, 1, 1), (16, 3, 5), (640,), (1,)])
def test_any_map_or_vector(shape: tuple[int, ...]) -> None:
    kind: InputKind = "map" if len(shape) == 3 else "vector"
    classifier = Relation.for_inputs(kind, shape).fit(Support(torch.randn(4, *shape), torch.tensor([0, 1, 2, 2])))
    assert classifier.log_probs(torch.randn(3, *shape)).shape == (3, 3)


def test_the_paper_s_sizes() -> None:
    assert Conv4Map()(torch.zeros(2, 1, 28, 28)).shape == (2, 64, 7, 7)
    last = Relation.for_inputs("map", (64, 7, 7)).module.tail[-3]
    assert isinstance(last, nn.Linear)
    assert (last.in_features, last.out_features) == (64, 8)


def test_queries_do_not_see_each_other_even_in_training_mode() -> None:
    torch.manual_seed(0)
    method = Relation((4,)).train()
    classifier = method.fit(Support(torch.randn(4, 4), torch.tensor([0, 1, 0, 1])))
    queries = torch.randn(6, 4)
    assert torch.allclose(classifier.log_probs(queries)[:1], classifier.log_probs(queries[:1]), atol=1e-6)
