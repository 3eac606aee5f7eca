"""Matching Networks against attention worked out by hand, and the LSTMs of full-context embeddings at known weights."""

import math

import pytest
import torch
from torch import nn

from backend.methods import EpisodeBatch, Support
from backend.methods.matching import ContextEmbedding, Matching, MatchingFullContext, class_log_probs, read_support

# Of the query (3, 0): cosines 1, 0 and √½. With scale 2 the attention is proportional to e², 1 and e^√2; class 0 holds
# the first and the third, whose mean counts.
SUPPORT = Support(torch.tensor([[5.0, 0.0], [0.0, 1.0], [2.0, 2.0]]), torch.tensor([0, 1, 0]))
QUERY = torch.tensor([[3.0, 0.0]])
WEIGHTS = [math.exp(2) / 2, 1.0, math.exp(math.sqrt(2)) / 2]


def with_scale(method: Matching, scale: float) -> Matching:
    with torch.no_grad():
        method.log_scale.fill_(math.log(scale))
    return method


def silence(module: nn.Module) -> None:
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.zero_()


def test_probability_is_the_mean_attention_of_a_class() -> None:
    found = with_scale(Matching(), 2).fit(SUPPORT).log_probs(QUERY)[0].exp()
    assert found.tolist() == pytest.approx([(WEIGHTS[0] + WEIGHTS[2]) / sum(WEIGHTS), 1 / sum(WEIGHTS)])


def test_evidence_of_a_class_adds_up_to_its_probability() -> None:
    found = with_scale(Matching(), 2).fit(SUPPORT).evidence(QUERY)
    assert found is not None
    assert found[0].tolist() == pytest.approx([w / sum(WEIGHTS) for w in WEIGHTS])


def test_equal_shots_give_equation_1() -> None:
    torch.manual_seed(0)
    inputs, labels, queries = torch.randn(6, 4), torch.tensor([0, 1, 2, 2, 1, 0]), torch.randn(5, 4)
    attention = torch.softmax(10 * torch.cosine_similarity(queries[:, None], inputs[None], dim=-1), dim=-1)
    expected = attention @ nn.functional.one_hot(labels).float()
    assert torch.allclose(Matching().fit(Support(inputs, labels)).log_probs(queries).exp(), expected, atol=1e-6)


def test_class_log_probs_do_not_underflow() -> None:
    found = class_log_probs(torch.tensor([[[500.0, -500.0, 499.0]]]), torch.tensor([[0, 1, 0]]), 2)
    assert found[0, 0].tolist() == pytest.approx([0.0, -1000 - math.log(1 + math.exp(-1))])


def test_loss_ignores_empty_slots() -> None:
    batch = EpisodeBatch(
        support=torch.cat([SUPPORT.inputs, torch.tensor([[3.0, 0.0]])])[None],
        support_labels=torch.tensor([[0, 1, 0, 1]]),
        support_mask=torch.tensor([[True, True, True, False]]),
        queries=QUERY[None],
        query_labels=torch.tensor([[1]]),
        class_ids=torch.tensor([[0, 1]]),
        group_ids=torch.zeros(1, 2, dtype=torch.long),
    )
    assert with_scale(Matching(), 2).episode_loss(batch).item() == pytest.approx(math.log(sum(WEIGHTS)))


def test_silent_lstms_leave_plain_matching() -> None:
    # All weights zero: the LSTMs put out zero, so f = f′ and g = g′.
    method = MatchingFullContext(2)
    silence(method.context)
    found = with_scale(method, 2).fit(SUPPORT).log_probs(QUERY)
    assert torch.allclose(found, with_scale(Matching(), 2).fit(SUPPORT).log_probs(QUERY), atol=1e-6)


def test_two_reads_of_the_support_set() -> None:
    # d = 1, f′ = 1, examples 1 and 3. The cell's candidate gate takes r alone, its other gates are ½.
    cell = nn.LSTMCell(2, 1)
    silence(cell)
    with torch.no_grad():
        cell.weight_ih[2, 1] = 1.0
    c, h = 0.0, 1.0
    for _ in range(2):
        share = math.exp(3 * h) / (math.exp(h) + math.exp(3 * h))
        r = 1 + 2 * share
        c = c / 2 + math.tanh(r) / 2
        h = math.tanh(c) / 2 + 1
    mask = torch.ones(1, 2, dtype=torch.bool)
    found = read_support(cell, 2, torch.ones(1, 1, 1), torch.tensor([[[1.0], [3.0]]]), mask)
    assert found.item() == pytest.approx(h)


def test_context_of_examples_runs_both_ways() -> None:
    # d = 1, examples 1 and 2. Every gate is ½ and the candidate is tanh(x): c₁ = tanh(x₁)/2, c₂ = c₁/2 + tanh(x₂)/2.
    context = ContextEmbedding(1, reads=1)
    silence(context)
    with torch.no_grad():
        for name in ("weight_ih_l0", "weight_ih_l0_reverse"):
            context.bi_lstm.get_parameter(name)[2] = 1.0
    found = context.examples(torch.tensor([[[1.0], [2.0], [99.0]]]), torch.tensor([2]))
    one, two = math.tanh(1) / 2, math.tanh(2) / 2
    first = math.tanh(one) / 2 + math.tanh(two / 2 + one) / 2 + 1
    second = math.tanh(one / 2 + two) / 2 + math.tanh(two) / 2 + 2
    assert found[0, :2, 0].tolist() == pytest.approx([first, second])


def test_full_context_depends_on_the_other_examples() -> None:
    torch.manual_seed(0)
    method = MatchingFullContext(2)
    other = Support(torch.tensor([[5.0, 0.0], [0.0, -1.0], [2.0, 2.0]]), SUPPORT.labels)
    # The query is at right angles to both (0, 1) and (0, −1), so only the LSTMs can make a difference.
    difference = method.fit(SUPPORT).log_probs(QUERY) - method.fit(other).log_probs(QUERY)
    assert difference.abs().max() > 1e-3


def test_repeated_examples_add_nothing_to_the_context() -> None:
    torch.manual_seed(0)
    method = MatchingFullContext(2)
    repeated = Support(SUPPORT.inputs.repeat(4, 1), SUPPORT.labels.repeat(4))
    assert torch.allclose(method.fit(SUPPORT).log_probs(QUERY), method.fit(repeated).log_probs(QUERY), atol=1e-5)
