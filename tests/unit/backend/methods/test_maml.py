"""MAML against figures worked out without it: finite differences, a plain SGD loop, torch's own batch normalisation."""

from dataclasses import replace

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from backend.methods import EpisodeBatch, Support
from backend.methods.episode_network import FEATURE_NORM, ConvBody, VectorBody, class_shares
from backend.methods.maml import MAML, MAMLTransductive

WAY, SHOT, DIMENSIONS, WIDTH = 3, 2, 5, 4


def toy_batch(dtype: torch.dtype = torch.float64) -> EpisodeBatch:
    generator = torch.Generator().manual_seed(3)
    centres = torch.randn(2, WAY, DIMENSIONS, generator=generator, dtype=dtype)
    labels = torch.arange(WAY).repeat(SHOT).expand(2, -1)
    drawn = centres[:, labels[0]]
    support, queries = (drawn + 0.3 * torch.randn(drawn.shape, generator=generator, dtype=dtype) for _ in range(2))
    ids = torch.arange(2 * WAY).view(2, WAY)
    return EpisodeBatch(support, labels, torch.ones_like(labels, dtype=torch.bool), queries, labels, ids, ids * 0)


def tiny(second_order: bool = True) -> MAML:
    torch.manual_seed(0)
    return MAML(VectorBody(DIMENSIONS, WIDTH), inner_steps=3, second_order=second_order, multi_step=0.0)


def finite_differences(method: MAML, batch: EpisodeBatch, parameter: Tensor, step: float = 1e-6) -> Tensor:
    flat, slopes = parameter.data.view(-1), []
    for i in range(len(flat)):
        losses = []
        for sign in (1, -1):
            flat[i] += sign * step
            losses.append(method.episode_loss(batch).item())
            flat[i] -= sign * step
        slopes.append((losses[0] - losses[1]) / (2 * step))
    return torch.tensor(slopes, dtype=parameter.dtype).view_as(parameter)


def gradient(method: MAML, batch: EpisodeBatch) -> list[Tensor]:
    return list(torch.autograd.grad(method.episode_loss(batch), list(method.parameters())))


def test_the_gradient_through_the_steps_is_that_of_finite_differences() -> None:
    method, batch = tiny().double(), toy_batch()
    for parameter, found in zip(method.parameters(), gradient(method, batch), strict=True):
        assert torch.allclose(found, finite_differences(method, batch, parameter), rtol=1e-4, atol=1e-7)


def test_first_order_leaves_the_second_derivatives_out() -> None:
    batch = toy_batch()
    exact, approximate = gradient(tiny().double(), batch), gradient(tiny(second_order=False).double(), batch)
    assert (exact[0] - approximate[0]).abs().max() > 1e-3
    assert F.cosine_similarity(exact[0].flatten(), approximate[0].flatten(), dim=0) > 0.5


def test_fit_is_stochastic_gradient_descent_on_the_support_set() -> None:
    method, batch = tiny(), toy_batch(torch.float32)
    with torch.no_grad():
        method.step_sizes.copy_(torch.tensor([0.3, 0.2, 0.1]).expand(3, 3))
    inputs, labels = batch.support[0], batch.support_labels[0]
    scaled = F.layer_norm(inputs, (DIMENSIONS,)) * FEATURE_NORM / DIMENSIONS**0.5

    first, second = (w.detach().clone().requires_grad_() for w in method.body.weights)
    head = torch.zeros(WAY, DIMENSIONS, requires_grad=True)
    optimizer = torch.optim.SGD(
        [{"params": [first], "lr": 0.2}, {"params": [second], "lr": 0.1}, {"params": [head], "lr": 0.3 * WAY / 5}]
    )
    for _ in range(3):
        optimizer.zero_grad()
        features = scaled + F.relu(scaled @ first.T) @ second.T
        torch.autograd.backward([F.cross_entropy(features @ head.T, labels)])
        optimizer.step()
    expected = (scaled + F.relu(scaled @ first.T) @ second.T) @ head.T

    found = method.fit(Support(inputs, labels)).log_probs(inputs)
    assert torch.allclose(found, expected.log_softmax(-1), atol=1e-5)


def test_episodes_do_not_mix() -> None:
    method, batch = tiny(), toy_batch(torch.float32)
    each = []
    for e in range(2):
        classifier = method.fit(Support(batch.support[e], batch.support_labels[e]))
        each.append(F.nll_loss(classifier.log_probs(batch.queries[e]), batch.query_labels[e]))
    assert method.episode_loss(batch).item() == pytest.approx(torch.stack(each).mean().item(), abs=1e-5)


def test_the_grouped_convolutions_are_those_of_torch_with_batch_normalisation() -> None:
    torch.manual_seed(0)
    body, images = ConvBody(1, width=6), torch.rand(2, 4, 1, 28, 28)
    weights = [w + 0.1 * torch.randn_like(w) for w in body.expanded(2)]
    found, _ = body.measure(weights, images, torch.full((2, 4), 0.25))
    for e in range(2):
        x = images[e]
        for weight in weights:
            x = F.relu(F.batch_norm(F.conv2d(x, weight[e], stride=2, padding=1), None, None, training=True))
        assert torch.allclose(found[e], x.mean((2, 3)), atol=1e-4)


def test_shares_give_every_class_the_same_weight() -> None:
    labels = torch.tensor([[0, 1, 1, 1, 1], [0, 0, 1, 1, 0]])
    mask = torch.tensor([[True] * 5, [True] * 4 + [False]])
    expected = torch.tensor([[0.5, 0.125, 0.125, 0.125, 0.125], [0.25, 0.25, 0.25, 0.25, 0.0]])
    assert torch.allclose(class_shares(labels, mask, 2), expected)


def test_without_adaptation_it_guesses() -> None:
    method, batch = tiny(), toy_batch(torch.float32)
    support = Support(batch.support[0], batch.support_labels[0])
    guess = method.without_adaptation().fit(support).log_probs(batch.queries[0])
    assert torch.allclose(guess.exp(), torch.full_like(guess, 1 / WAY))
    assert method.fit(support).log_probs(batch.queries[0]).exp().max() > 0.6  # the switch is the copy's alone


def test_a_frozen_method_adapts() -> None:
    method, batch = tiny(), toy_batch(torch.float32)
    support = Support(batch.support[0], batch.support_labels[0])
    expected = method.fit(support).log_probs(batch.queries[0])
    found = method.requires_grad_(False).fit(support).log_probs(batch.queries[0])
    assert torch.equal(found, expected)


def test_the_transductive_form_measures_the_unlabelled_images_too() -> None:
    torch.manual_seed(0)
    method = MAMLTransductive(ConvBody(1, width=6)).eval()
    support = Support(torch.rand(4, 1, 28, 28), torch.tensor([0, 1, 0, 1]))
    queries = 0.5 * torch.rand(6, 1, 28, 28)
    alone, together = (method.fit(support, u).log_probs(queries) for u in (None, queries))
    assert (alone - together).abs().max() > 1e-3
    chunked = torch.cat([method.fit(support, queries).log_probs(q) for q in queries.split(2)])
    assert torch.allclose(chunked, together, atol=1e-4)


@pytest.mark.parametrize("kind", [MAML, MAMLTransductive])
def test_it_learns_a_toy_task(kind: type[MAML]) -> None:
    torch.manual_seed(0)
    trunk, method = nn.Linear(DIMENSIONS, DIMENSIONS), kind(VectorBody(DIMENSIONS, WIDTH))
    optimizer = torch.optim.Adam([*trunk.parameters(), *method.parameters()], lr=1e-2)
    batch, losses = toy_batch(torch.float32), []
    for _ in range(40):
        loss = method.episode_loss(replace(batch, support=trunk(batch.support), queries=trunk(batch.queries)))
        optimizer.zero_grad()
        torch.autograd.backward([loss])
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < 0.5 * losses[0]
