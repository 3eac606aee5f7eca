"""The LSTM meta-learner against a plain SGD loop and its own equations."""

import math

import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

from backend.methods import EpisodeBatch, Support
from backend.methods.adaptation import finished
from backend.methods.episode_network import FEATURE_NORM, VectorBody
from backend.methods.lstm_meta_learner import BIAS_SCALE, LSTMMetaLearner, MetaLSTM

WAY, DIMENSIONS, WIDTH = 3, 5, 4


def fresh(inner_steps: int | None = None) -> LSTMMetaLearner:
    torch.manual_seed(0)
    return LSTMMetaLearner(VectorBody(DIMENSIONS, WIDTH), inner_steps)


def task(shot: int = 2, count: int = 1) -> EpisodeBatch:
    generator = torch.Generator().manual_seed(3)
    labels = torch.arange(WAY).repeat(shot).expand(count, -1)
    drawn = torch.randn(count, WAY, DIMENSIONS, generator=generator)[:, labels[0]]
    support, queries = (drawn + 0.3 * torch.randn(drawn.shape, generator=generator) for _ in range(2))
    ids = torch.arange(count * WAY).view(count, WAY)
    return EpisodeBatch(support, labels, torch.ones_like(labels, dtype=torch.bool), queries, labels, ids, ids * 0)


def as_sgd(optimizer: MetaLSTM, rate: float) -> None:
    """Forget gate 1, input gate ``rate``, whatever they see."""
    with torch.no_grad():
        optimizer.forget.weight.zero_()
        optimizer.enter.weight.zero_()
        optimizer.forget_bias.fill_(40.0 / BIAS_SCALE)
        optimizer.enter_bias.fill_(math.log(rate / (1 - rate)) / BIAS_SCALE)


def sgd(method: LSTMMetaLearner, inputs: Tensor, labels: Tensor, rate: float, steps: int) -> Tensor:
    """Log-probabilities of ``inputs`` after plain gradient descent on them, written out."""
    x = F.layer_norm(inputs, (DIMENSIONS,)) * FEATURE_NORM / DIMENSIONS**0.5
    first, second = (w.detach().clone().requires_grad_() for w in method.body.weights)
    head = torch.zeros(WAY, DIMENSIONS, requires_grad=True)
    optimizer = torch.optim.SGD([{"params": [first, second], "lr": rate}, {"params": [head], "lr": rate * WAY / 5}])
    for _ in range(steps):
        optimizer.zero_grad()
        torch.autograd.backward([F.cross_entropy((x + F.relu(x @ first.T) @ second.T) @ head.T, labels)])
        optimizer.step()
    log_probs: Tensor = ((x + F.relu(x @ first.T) @ second.T) @ head.T).log_softmax(-1)
    return log_probs


@pytest.mark.parametrize(("shot", "steps"), [(1, 12), (4, 12), (5, 5)])
def test_with_fixed_gates_it_is_plain_gradient_descent(shot: int, steps: int) -> None:
    method, batch = fresh(), task(shot)
    as_sgd(method.optimizer, 0.2)
    inputs, labels = batch.support[0], batch.support_labels[0]
    found = method.fit(Support(inputs, labels)).log_probs(inputs)
    assert torch.allclose(found, sgd(method, inputs, labels, 0.2, steps), atol=1e-4)


def test_the_gates_start_as_the_paper_says() -> None:
    optimizer = fresh().optimizer
    assert 4 <= BIAS_SCALE * optimizer.forget_bias.item() <= 5
    assert -5 <= BIAS_SCALE * optimizer.enter_bias.item() <= -4


@torch.no_grad()
def test_one_update_is_equations_two_to_four() -> None:
    optimizer = fresh().optimizer
    theta, gradient, loss = torch.tensor([[0.5, -2.0]]), torch.tensor([[0.1, -3e-6]]), torch.tensor([1.6])
    found, state = optimizer(theta, gradient, loss, optimizer.start(2))
    size = [math.log(1.6) / 10, 1.0]
    seen = torch.tensor([[math.log(0.1) / 10, 1.0, *size], [-1.0, -3e-6 * math.e**10, *size]])
    hidden, _ = optimizer.lstm(seen)
    for c in range(2):
        gate_inputs = torch.cat([hidden[c], theta[0, c : c + 1], torch.zeros(1)])
        forget = torch.sigmoid(optimizer.forget.weight[0] @ gate_inputs + BIAS_SCALE * optimizer.forget_bias)
        enter = torch.sigmoid(optimizer.enter.weight[0] @ gate_inputs + BIAS_SCALE * optimizer.enter_bias)
        assert torch.allclose(found[0, c], forget * theta[0, c] - enter * gradient[0, c])
        assert torch.allclose(state.forget[:, c], forget)


def test_learner_gradients_are_constants_but_the_start_is_learned() -> None:
    method, batch = fresh(inner_steps=1), task()
    as_sgd(method.optimizer, 0.2)
    gradients = torch.autograd.grad(method.episode_loss(batch), [*method.body.weights])
    # After one step the head alone has moved, by a constant: θ_0's gradient is that of the final loss by θ_1.
    with torch.no_grad():
        support = batch.support, batch.support_labels, batch.support_mask
        weights, head = finished(method._train_learner(*support, WAY, graph=False))
    final = [w.detach().requires_grad_() for w in weights]
    logits = method.body.run(final, batch.queries, []) @ head.mT
    expected = torch.autograd.grad(F.cross_entropy(logits[0], batch.query_labels[0]), final)
    assert all(torch.allclose(g, e[0], atol=1e-6) for g, e in zip(gradients, expected, strict=True))


def test_episodes_do_not_mix() -> None:
    method, batch = fresh(), task(count=2)
    each = []
    for e in range(2):
        classifier = method.fit(Support(batch.support[e], batch.support_labels[e]))
        each.append(F.nll_loss(classifier.log_probs(batch.queries[e]), batch.query_labels[e]))
    assert method.episode_loss(batch).item() == pytest.approx(torch.stack(each).mean().item(), abs=1e-5)


def test_without_adaptation_it_guesses() -> None:
    method, batch = fresh(), task()
    guess = (
        method.without_adaptation().fit(Support(batch.support[0], batch.support_labels[0])).log_probs(batch.queries[0])
    )
    assert torch.allclose(guess.exp(), torch.full_like(guess, 1 / WAY))
