"""Optimization as a Model for Few-Shot Learning. Ravi & Larochelle, ICLR 2017.

An LSTM is the optimiser: its cell state is the learner's weight vector θ, and its update is a gradient step with a
learned step size i_t and a learned decay f_t (section 3.1, equations 2 to 4):

    θ_t = f_t · θ_{t−1} + i_t · (−∇L_t)

The gates see what a first LSTM of 20 units makes of loss and gradient, the weight itself and their own last value. All
coordinates share both LSTMs, each with a state of its own (section 3.2.1). The start θ_0 = c_0 is learned. The learner
is a four-layer convolutional network of 32 filters; its gradients enter as constants (section 3.2.2, algorithm 1).
There are 12 steps on the whole support set at one shot and 5 from five shots on.

Departures:
- Ways. All rows of the head start from one learned row, so any number of bins works and none is special. The price: the
  first gradient reaches the head alone. The head's gradient is multiplied by way/5, so that it does not shrink.
- The learner halves maps by strides, as MAML's on Omniglot, not by pooling. Gains and shifts of its batch normalisation
  are no coordinates of θ but learned across tasks. Queries are normalised with the support set's moments in the final
  learner.
- The gates' biases are stored at a tenth of their size, so that Adam moves them ten times as fast: from U(−5, −4) to
  a step size that is of use takes thousands of steps otherwise.
- A class's loss is the mean over its examples, so that a large bin does not swallow a small one.
- On vectors the learner is one residual block. As a head on a frozen trunk it starts as the nearest mean by cosine: the
  block as the identity, the head's rows at the classes' means beside the learned row.
- The first LSTM's own gradient is estimated from a random sample of each layer's coordinates (all of a small layer's),
  without bias: 28,000 coordinates share its 2,000 weights. All else is exact. This halves a step's cost.

Training: AdamW 5e-3 with a cosine to 0, gradient norm 0.25, a 20-way episode of 1 or 5 shots with 5 queries a class
each step; 0.18 s of one idle CPU core.
"""

import copy
from collections.abc import Generator
from typing import ClassVar, NamedTuple, Self

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from backend.methods.adaptation import AdaptingMethod, finished
from backend.methods.base import HEAD, Classifier, EpisodeBatch, Fitting, InputKind, Support
from backend.methods.episode_network import (
    PROTOTYPE_WEIGHT,
    Body,
    Moments,
    VectorBody,
    Weights,
    body_for,
    class_shares,
    prototype_rows,
    weighted_loss,
)
from backend.methods.gradient_input import lstm_step, lstm_step_in_blocks, preprocess

HIDDEN = 20
P = 10.0
"""Of the preprocessing (section 3.2.1)."""
ONE_SHOT_STEPS, STEPS, MANY_SHOTS = 12, 5, 5
PAPER_WAY = 5
BIAS_SCALE = 10.0
FILTERS, VECTOR_WIDTH = 32, 16
SAMPLED = 512
"""Coordinates of each layer that teach the first LSTM in a training step."""


class OptimizerState(NamedTuple):
    """Of N = b·C coordinates: the first LSTM's state [20, N] twice, and the last gates [1, N]."""

    hidden: Tensor
    cell: Tensor
    forget: Tensor
    enter: Tensor

    @classmethod
    def zeros(cls, coordinates: int, like: Tensor) -> "OptimizerState":
        """Nothing seen yet."""
        return cls(*(like.new_zeros(size, coordinates) for size in (HIDDEN, HIDDEN, 1, 1)))


class MetaLSTM(nn.Module):
    """The optimiser: the first LSTM and the gates of equations 3 and 4."""

    def __init__(self) -> None:
        super().__init__()
        self.lstm = nn.LSTMCell(4, HIDDEN)
        self.forget, self.enter = (nn.Linear(HIDDEN + 2, 1, bias=False) for _ in range(2))
        for gate in (self.forget, self.enter):
            nn.init.uniform_(gate.weight, -0.01, 0.01)
        self.forget_bias = nn.Parameter(torch.empty(1).uniform_(4, 5) / BIAS_SCALE)
        self.enter_bias = nn.Parameter(torch.empty(1).uniform_(-5, -4) / BIAS_SCALE)

    def start(self, coordinates: int) -> OptimizerState:
        """Nothing seen yet."""
        return OptimizerState.zeros(coordinates, self.forget_bias)

    def forward(
        self, theta: Tensor, gradient: Tensor, loss: Tensor, state: OptimizerState
    ) -> tuple[Tensor, OptimizerState]:
        """Equation 2: the next θ [b, C] out of θ and ∇L [b, C] and L [b]. For use; training replays it."""
        hidden, cell = lstm_step_in_blocks(self.lstm, _seen(gradient, loss), state.hidden, state.cell)
        return self.update(theta, gradient, self.drives(hidden), state._replace(hidden=hidden, cell=cell))

    def drives(self, hidden: Tensor) -> Tensor:
        """What the first LSTM contributes to both gates: hidden [20, N] → [2, N]."""
        weights = torch.cat([self.forget.weight, self.enter.weight])[:, :HIDDEN]
        return weights @ hidden

    def update(
        self, theta: Tensor, gradient: Tensor, drives: Tensor, state: OptimizerState
    ) -> tuple[Tensor, OptimizerState]:
        """Equations 2 to 4 for θ and ∇L [b, C], given the first LSTM's ``drives`` [2, N]."""
        weight = theta.reshape(1, -1)
        forget = self._gate(drives[:1], self.forget.weight, self.forget_bias, weight, state.forget)
        enter = self._gate(drives[1:], self.enter.weight, self.enter_bias, weight, state.enter)
        moved = forget.view_as(theta) * theta - enter.view_as(theta) * gradient
        return moved, state._replace(forget=forget, enter=enter)

    @staticmethod
    def _gate(drive: Tensor, linear: Tensor, bias: Tensor, weight: Tensor, last: Tensor) -> Tensor:
        return torch.sigmoid(drive + linear[0, -2] * weight + linear[0, -1] * last + BIAS_SCALE * bias)

    def replay(self, theta: Tensor, path: "Path", sample: Tensor, scale: Tensor) -> Tensor:
        """θ_T [b, C] out of θ_0 along ``path``, with its graph.

        Losses and gradients are constants, so the first LSTM's states do not depend on θ, and each coordinate is a
        chain of its own. The LSTM's weights learn from the coordinates ``sample`` int64 [S] of b·C alone, each weighted
        by ``scale`` [S].
        """
        state, few = self.start(theta.numel()), self.start(len(sample))
        for gradient, loss, drives in path:
            seen = _seen(gradient, loss)[:, sample]
            hidden, cell = lstm_step(self.lstm, seen, few.hidden, few.cell)
            few = few._replace(hidden=hidden, cell=cell)
            own = self.drives(hidden)
            teaching = scale * (own - own.detach())  # zero, but its gradient is not
            theta, state = self.update(theta, gradient, drives.index_add(1, sample, teaching), state)
        return theta


Path = list[tuple[Tensor, Tensor, Tensor]]
"""Of each step ∇L [b, C], L [b] and the first LSTM's drives [2, b·C], all constants."""


def _seen(gradient: Tensor, loss: Tensor) -> Tensor:
    """What the first LSTM sees: ∇L [b, C] and L [b] → [4, b·C]."""
    losses = preprocess(loss[:, None], P).expand(*gradient.shape, 2)
    return torch.cat([preprocess(gradient, P), losses], -1).flatten(0, 1).T


def sampled_coordinates(sizes: list[int], episodes: int) -> tuple[Tensor, Tensor]:
    """``SAMPLED`` random coordinates of each part of θ, for each episode, and their weights.

    ``sizes`` are those of the parts. → int64 [S] out of b·C, and float32 [S].
    """
    picked, scales, start = [], [], 0
    for size in sizes * episodes:
        chosen = torch.randperm(size)[:SAMPLED] if size > SAMPLED else torch.arange(size)
        picked.append(start + chosen)
        scales.append(torch.full((len(chosen),), size / len(chosen)))
        start += size
    return torch.cat(picked), torch.cat(scales)


Training = Generator[None, None, tuple[Weights, Tensor]]
"""The learner's weights [b, …] and head [b, w, d], a step at a time."""


class LSTMMetaLearnerClassifier(Classifier):
    """The final learner of one episode: weights [1, …], head rows [1, w, d], and the moments that normalise queries."""

    def __init__(self, body: Body, weights: Weights, head: Tensor, moments: list[Moments]) -> None:
        self._body, self._weights, self._head, self._moments = copy.deepcopy(body), weights, head, moments

    @torch.no_grad()
    def log_probs(self, queries: Tensor) -> Tensor:
        """[q, …] → [q, w]."""
        features = self._body.run(self._weights, queries[None].float(), self._moments)
        return F.log_softmax((features @ self._head.mT)[0], dim=-1)


class LSTMMetaLearner(AdaptingMethod):
    """The LSTM meta-learner.

    Args:
        body: the learner below its head.
        inner_steps: steps on the support set; None takes the paper's number for the smallest class.
        is_head: the learner starts as the nearest mean.
    """

    name = "lstm-meta-learner"
    title = "LSTM Meta-Learner"
    summary = "An LSTM that has learned how to train a small network on a few examples trains one on yours."
    paper = "Ravi & Larochelle 2017, Optimization as a Model for Few-Shot Learning, ICLR"
    default_input: ClassVar[InputKind] = "pixels"

    def __init__(self, body: Body, inner_steps: int | None = None, is_head: bool = False) -> None:
        super().__init__()
        self.body, self.inner_steps = body, inner_steps
        self.row = nn.Parameter(torch.zeros(body.dimensions))
        self.prototype_weight = nn.Parameter(torch.tensor(PROTOTYPE_WEIGHT)) if is_head else None
        if is_head:
            self.register_buffer(HEAD, torch.ones(()))
        self.optimizer = MetaLSTM()

    @classmethod
    def for_inputs(cls, kind: InputKind, shape: tuple[int, ...]) -> Self:
        """The paper's 32 filters for images, a narrow residual block for vectors."""
        return cls(body_for(kind, shape, VECTOR_WIDTH if kind == "vector" else FILTERS))

    @classmethod
    def as_head(cls, dimensions: int) -> Self:
        """A residual block that starts as the identity, below rows that start as the classes' means."""
        return cls(VectorBody(dimensions, VECTOR_WIDTH, is_identity=True), is_head=True)

    @torch.no_grad()
    def fit_in_steps(self, support: Support, unlabelled: Tensor | None = None) -> Fitting:
        """Runs the optimiser on the support set."""
        inputs, labels = support.inputs.detach().float()[None], support.labels[None]
        mask = torch.ones_like(labels, dtype=torch.bool)
        weights, head = yield from self._train_learner(inputs, labels, mask, support.way, graph=False)
        moments = self.body.measure(weights, inputs, class_shares(labels, mask, support.way))[1]
        return LSTMMetaLearnerClassifier(self.body, weights, head, moments)

    def episode_loss(self, batch: EpisodeBatch) -> Tensor:
        """Algorithm 1: the queries' loss in the final learner, differentiated through all steps of the optimiser."""
        support = batch.support, batch.support_labels, batch.support_mask
        weights, head = finished(self._train_learner(*support, batch.way, graph=True))
        shares = class_shares(batch.support_labels, batch.support_mask, batch.way)
        moments = self.body.measure(weights, batch.support, shares)[1]
        logits = self.body.run(weights, batch.queries, moments) @ head.mT  # [b, q, w]
        return F.cross_entropy(logits.flatten(0, 1), batch.query_labels.flatten())

    def _steps(self, labels: Tensor, mask: Tensor, way: int) -> int:
        """The paper's number of steps for the smallest class of the batch, or ``inner_steps``."""
        if self.inner_steps is not None:
            return self.inner_steps
        counts = (F.one_hot(labels, way) * mask[..., None]).sum(1)
        return STEPS if int(counts[counts > 0].min()) >= MANY_SHOTS else ONE_SHOT_STEPS

    def all_steps(self, support: Support) -> int:
        """The paper's number, by the smallest class."""
        labels = support.labels[None]
        return self._steps(labels, torch.ones_like(labels, dtype=torch.bool), support.way)

    def _train_learner(self, inputs: Tensor, labels: Tensor, mask: Tensor, way: int, graph: bool) -> Training:
        """The learner's weights [b, …] and head [b, w, d] after all steps on the support set; with ``graph`` the
        optimiser can learn from them."""
        parts = [*self.body.weights, self.row.expand(way, -1)]
        start = torch.cat([p.flatten() for p in parts]).expand(len(inputs), -1)  # c_0, [b, C]
        if self.prototype_weight is not None:
            start = self._with_prototypes(start, inputs, labels, mask, way)
        emphasis = torch.cat([p.new_full((p.numel(),), 1.0) for p in parts])
        emphasis[-parts[-1].numel() :] = way / PAPER_WAY
        shares = class_shares(labels, mask, way)
        steps = self._bounded(self._steps(labels, mask, way))
        theta, path = yield from self._walk(start, steps, parts, emphasis, (inputs, labels, shares))
        if graph:
            sample, scale = sampled_coordinates([p.numel() for p in parts], len(inputs))
            theta = self.optimizer.replay(start, path, sample.to(start.device), scale.to(start.device))
        *weights, head = _as_parts(theta, parts)
        return weights, head

    def _with_prototypes(self, start: Tensor, inputs: Tensor, labels: Tensor, mask: Tensor, way: int) -> Tensor:
        """``start`` [b, C] with the classes' means added to the rows of the head, its last coordinates."""
        assert self.prototype_weight is not None
        features, _ = self.body.measure(self.body.expanded(len(inputs)), inputs, class_shares(labels, mask, way))
        rows = self.prototype_weight * prototype_rows(features, labels, way, mask)
        return start + F.pad(rows.flatten(1), (start.shape[1] - rows[0].numel(), 0))

    @torch.no_grad()
    def _walk(
        self, theta: Tensor, steps: int, parts: list[Tensor], emphasis: Tensor, task: tuple[Tensor, Tensor, Tensor]
    ) -> Generator[None, None, tuple[Tensor, Path]]:
        """θ_T and the path to it, as constants. ``task`` is the support set: inputs, labels and shares."""
        state, path = self.optimizer.start(theta.numel()), []
        for _ in range(steps):
            loss, gradient = self._learner_gradient(theta, parts, *task)
            gradient = emphasis * gradient
            theta, state = self.optimizer(theta, gradient, loss, state)
            path.append((gradient, loss, self.optimizer.drives(state.hidden)))
            yield
        return theta, path

    def _learner_gradient(
        self, theta: Tensor, parts: list[Tensor], inputs: Tensor, labels: Tensor, shares: Tensor
    ) -> tuple[Tensor, Tensor]:
        """The learner's loss [b] on the support set and its gradient [b, C], both as constants."""
        with torch.enable_grad():
            own = theta.detach().requires_grad_()
            *weights, head = _as_parts(own, parts)
            features, _ = self.body.measure(weights, inputs.detach(), shares)
            loss = weighted_loss(features @ head.mT, labels, shares)  # [b]
            (gradient,) = torch.autograd.grad(loss.sum(), own)
        return loss.detach(), gradient


def _as_parts(theta: Tensor, parts: list[Tensor]) -> list[Tensor]:
    """θ [b, C] as tensors [b, …], each with the shape of its part."""
    pieces = theta.split([p.numel() for p in parts], dim=1)
    return [piece.view(len(theta), *p.shape) for piece, p in zip(pieces, parts, strict=True)]
