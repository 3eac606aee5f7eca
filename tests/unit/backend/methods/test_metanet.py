"""Meta Networks against closed forms: gradients by hand, the slow network alone, attention on one example."""

import math

import torch
from torch import Tensor
from torch.nn import functional as F

from backend.methods import Support
from backend.methods.gradient_input import preprocess
from backend.methods.metanet import Fast, MetaNet
from backend.methods.metanet_gradients import contrastive_gradients, sample_examples, sample_pairs, task_gradients
from backend.methods.metanet_layers import WIDTH, Base, VectorLayers

DIMENSIONS, WAY = 7, 3


def fresh() -> MetaNet:
    torch.manual_seed(0)
    return MetaNet.for_inputs("vector", (DIMENSIONS,)).eval()


def task(shot: int = 2) -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(1)
    return torch.randn(1, WAY * shot, DIMENSIONS, generator=generator), torch.arange(WAY).repeat(shot)[None]


def test_preprocessing_tells_size_and_sign_apart() -> None:
    found = preprocess(torch.tensor([math.e**2, -(math.e**-3.5), 0.0, 0.5 * math.e**-7]), 7.0)
    expected = torch.tensor([[2 / 7, 1.0], [-0.5, -1.0], [-1.0, 0.0], [-1.0, 0.5]])
    assert torch.allclose(found, expected, atol=1e-6)


@torch.no_grad()
def test_with_zero_fast_weights_it_is_its_slow_network() -> None:
    method, (inputs, labels) = fresh(), task()
    rows, slow = method.draw_rows(1, WAY), method.slow_features(inputs)
    fast = method.without_adaptation().make_fast(slow, labels, torch.ones_like(labels, dtype=torch.bool), rows)
    found, _ = method.label(slow, rows, fast)
    h = method.base.trunk(inputs[0])
    for weight in method.base.weights:
        h = F.relu(F.linear(h, weight))
    assert torch.allclose(found[0], h @ rows[0].T, atol=1e-5)


def test_the_meta_information_is_the_gradient_of_each_example_alone() -> None:
    torch.manual_seed(0)
    network, (inputs, labels) = Base(VectorLayers(DIMENSIONS), WIDTH), task()
    rows = torch.randn(1, WAY, WIDTH)
    with torch.no_grad():
        slow = network.trunk(inputs[0])
    found = task_gradients(network, slow[None], labels, rows)
    with torch.no_grad():  # back-propagation by hand
        first, second = network.weights
        h1 = F.relu(slow @ first.T)
        h2 = F.relu(h1 @ second.T)
        error = (h2 @ rows[0].T).softmax(-1) - F.one_hot(labels[0], WAY)  # [n, w]
        by_second = (error @ rows[0]) * (h2 > 0)
        by_first = (by_second @ second) * (h1 > 0)
        expected = [
            by_first[:, :, None] * slow[:, None],
            by_second[:, :, None] * h1[:, None],
            error[:, :, None] * h2[:, None],
        ]
    assert all(torch.allclose(f[0], e, atol=1e-5) for f, e in zip(found, expected, strict=True))


def test_unlike_pairs_beyond_the_margin_give_no_gradient() -> None:
    method, (inputs, labels) = fresh(), task()
    slow = method.slow_features(inputs).representation
    alike, unlike = torch.tensor([[[0]], [[3]]]), torch.tensor([[[0]], [[1]]])
    assert contrastive_gradients(method.representation, slow, labels, alike)[0].abs().max() > 1e-4
    same_input = slow[:, :1].expand(-1, 6, -1)  # distance 0: unlike examples push, alike ones rest
    assert contrastive_gradients(method.representation, same_input, labels, alike)[0].abs().max() < 1e-4
    assert contrastive_gradients(method.representation, slow, labels, unlike)[1].shape == (1, 1, WIDTH, WIDTH)


def test_samples_lie_in_filled_slots_and_pairs_alternate() -> None:
    labels = torch.tensor([[0, 0, 1, 1, 2, 2, 0]])
    mask = torch.tensor([[True] * 6 + [False]])
    chosen = sample_examples(mask, torch.Generator().manual_seed(0))[0]
    assert len(set(chosen.tolist())) == 5
    assert mask[0, chosen].all()
    first, second = sample_pairs(labels, mask, torch.Generator().manual_seed(0))[:, 0]
    assert (labels[0, first] == labels[0, second]).tolist() == [True, False, True, False, True]
    assert (first != second).all()
    assert mask[0, torch.cat([first, second])].all()


@torch.no_grad()
def test_a_query_reads_the_fast_weights_of_the_example_it_resembles() -> None:
    # Example i's memory turns the last layer's rows into i + 1: the logits show whose memory was read.
    method = fresh()
    method.log_scale.fill_(math.log(100.0))
    examples = torch.eye(2, DIMENSIONS)[None] * 5
    slow = method.slow_features(examples)
    zeros = [torch.zeros(1, *w.shape) for w in method.representation.weights]
    index = method.representation.head(slow.representation, zeros)
    memory = [torch.zeros(1, 2, *w.shape) for w in method.base.weights]
    memory.append(torch.ones(1, 2, WAY, WIDTH) * torch.tensor([1.0, 2.0])[None, :, None, None])
    fast = Fast(zeros, [[m] for m in memory], index, torch.zeros(1, 2))
    logits, attention = method.label(slow, torch.zeros(1, WAY, WIDTH), fast)
    assert torch.allclose(attention[0], torch.eye(2), atol=1e-2)
    h = slow.base[0]
    for weight in method.base.weights:
        h = F.relu(F.linear(h, weight))
    expected = (attention[0] @ torch.tensor([1.0, 2.0])) * h.sum(-1)
    assert torch.allclose(logits[0], expected[:, None].expand(-1, WAY), rtol=1e-4)


def test_without_adaptation_labels_mean_nothing() -> None:
    method, (inputs, labels) = fresh().without_adaptation(), task(1)
    queries = torch.randn(4, DIMENSIONS)
    one = method.fit(Support(inputs[0], labels[0])).log_probs(queries)
    other = method.fit(Support(inputs[0].roll(1, 0), labels[0].roll(1, 0).flip(0))).log_probs(queries)
    assert torch.allclose(one.sort(1).values, other.sort(1).values, atol=1e-5)
