"""Model-Agnostic Meta-Learning for Fast Adaptation of Deep Networks. Finn, Abbeel & Levine, ICML 2017.

The network starts from meta-learned weights θ and takes a few gradient steps on the support set,
θ′ = θ − α ∇L_support(θ) (section 2.2, equation 1 and algorithm 2); θ is trained by the queries' loss under θ′, through
the steps (second order). Each class's row of the head is a weight as well.

Departures:
- Ways. The paper's head has a meta-learned row for each of a fixed number of classes. Here the head starts from zero
  (Kao, Chiu & Chen 2022, arXiv:2106.15367; one learned row for all would give the same, as what is common to all
  rows cancels in the softmax), so any number of bins works and none is special. The price: with equal rows the trunk's
  gradient is w·Σ(p − y) = 0, so the first step moves the head alone and one more step is needed. The head's step is
  multiplied by way/5, so that it does not shrink with more ways.
- Step sizes are learned for each step and layer, and the losses after the earlier steps count a little (both MAML++:
  Antoniou, Edwards & Storkey 2019, sections 4.1 and 4.3).
- ``maml`` normalises queries with the moments of the adapted network on the support set, in training too: no query sees
  another. ``maml-transductive`` is the paper's form, whose batch normalisation sees the whole query batch. Gains and
  shifts of the normalisation are learned by the outer loop only.
- A class's loss is the mean over its examples, so that a large bin does not swallow a small one.
- On vectors the network is one residual block. As a head on a frozen trunk, the head's rows start at the classes' means
  and the block as the identity, that is, as the nearest mean by cosine (Proto-MAML: Triantafillou et al. 2020,
  arXiv:1903.03096, section 3), of vectors that are half centred by the classes; then all steps move all weights.

Training: AdamW 5e-3 with a cosine to 0, a 20-way episode of 1 or 5 shots with 5 queries a class each step, no clipping;
0.12 s of one idle CPU core. 20 ways teach more for each image than 5.
"""

import copy
from collections.abc import Generator
from typing import ClassVar, NamedTuple, Self

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from backend.methods.adaptation import AdaptingMethod
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

STEP_SIZE = 0.4
ROW_STEP_SIZE, BODY_STEP_SIZE = 1.0, 0.02
"""Of a network that starts as the nearest mean, of its head's rows and of its block."""
HEAD_STEPS = 10
PAPER_WAY = 5
MOST_UNLABELLED = 256
"""So many unlabelled images measure a folder's moments; more would cost time and change nothing."""


class State(NamedTuple):
    """The network of each episode after some steps."""

    weights: Weights
    head: Tensor
    """[b, w, d], a row for each class."""
    moments: list[Moments]
    """Those of the support set in this network."""

    def detached(self) -> "State":
        """The same, without the graph of how it came to be."""
        moments = [Moments(m.mean.detach(), m.variance.detach()) for m in self.moments]
        return State([w.detach() for w in self.weights], self.head.detach(), moments)


class MAMLClassifier(Classifier):
    """The adapted network of one episode, with the moments that normalise its queries."""

    def __init__(self, body: Body, state: State, moments: list[Moments]) -> None:
        self._body, self._state, self._moments = copy.deepcopy(body).requires_grad_(False), state, moments

    @torch.no_grad()
    def log_probs(self, queries: Tensor) -> Tensor:
        """[q, …] → [q, w]."""
        features = self._body.run(self._state.weights, queries[None].float(), self._moments)
        return F.log_softmax((features @ self._state.head.mT)[0], dim=-1)


class MAML(AdaptingMethod):
    """MAML without sight of the queries.

    Args:
        body: the network below the head.
        inner_steps: gradient steps on the support set.
        second_order: differentiate through the steps; False is the paper's first-order approximation (section 5.2).
        multi_step: weight of the queries' loss after each step but the last.
        is_head: the network starts as the nearest mean.
    """

    name = "maml"
    title = "MAML"
    summary = "A network trained so that a few gradient steps on the examples make it an expert on them."
    paper = "Finn, Abbeel & Levine 2017, arXiv:1703.03400"
    default_input: ClassVar[InputKind] = "pixels"

    def __init__(
        self,
        body: Body,
        inner_steps: int = 3,
        second_order: bool = True,
        multi_step: float = 0.1,
        is_head: bool = False,
    ) -> None:
        super().__init__()
        self.body, self.inner_steps, self.second_order, self.multi_step = body, inner_steps, second_order, multi_step
        sizes = torch.full((inner_steps, len(body.weights) + 1), BODY_STEP_SIZE if is_head else STEP_SIZE)
        sizes[:, 0] = ROW_STEP_SIZE if is_head else STEP_SIZE
        self.step_sizes = nn.Parameter(sizes)
        self.prototype_weight = nn.Parameter(torch.tensor(PROTOTYPE_WEIGHT)) if is_head else None
        if is_head:
            self.register_buffer(HEAD, torch.ones(()))

    @classmethod
    def for_inputs(cls, kind: InputKind, shape: tuple[int, ...]) -> Self:
        """The paper's network for images, a residual block for vectors."""
        return cls(body_for(kind, shape))

    @classmethod
    def as_head(cls, dimensions: int) -> Self:
        """A residual block that starts as the identity, below rows that start as the classes' means."""
        return cls(VectorBody(dimensions, is_identity=True), inner_steps=HEAD_STEPS, is_head=True)

    def fit_in_steps(self, support: Support, unlabelled: Tensor | None = None) -> Fitting:
        """Equation 1: takes the gradient steps. ``unlabelled`` is not read."""
        inputs, labels = support.inputs.detach().float()[None], support.labels[None]
        shares = class_shares(labels, torch.ones_like(labels, dtype=torch.bool), support.way)
        states = self._states(inputs, labels, shares, support.way, graph=False)
        last = next(states)
        for each in states:
            last = each
            yield
        state = last.detached()
        with torch.no_grad():
            return MAMLClassifier(self.body, state, self._query_moments(state, inputs, unlabelled))

    def all_steps(self, support: Support) -> int:
        """The gradient steps."""
        return self.inner_steps

    def episode_loss(self, batch: EpisodeBatch) -> Tensor:
        """Algorithm 2: the queries' loss after the steps, and a little of that after each earlier one."""
        shares = class_shares(batch.support_labels, batch.support_mask, batch.way)
        states = list(self._states(batch.support, batch.support_labels, shares, batch.way, graph=self.second_order))[1:]
        weights = [self.multi_step] * (len(states) - 1) + [1.0]
        losses = [w * self._query_loss(state, batch) for w, state in zip(weights, states, strict=True) if w]
        return torch.stack(losses).sum() / sum(weights)

    @torch.enable_grad()
    def _states(
        self, inputs: Tensor, labels: Tensor, shares: Tensor, way: int, graph: bool
    ) -> Generator[State, None, None]:
        """The network before the first step and after each; with ``graph`` the steps can be differentiated through."""
        # A model in use has its parameters frozen; the steps need gradients all the same.
        weights = [w if w.requires_grad else w.detach().requires_grad_() for w in self.body.expanded(len(inputs))]
        features, moments = self.body.measure(weights, inputs, shares)
        head = self._first_head(features, labels, shares, way)
        yield State(weights, head, moments)
        for step in range(self._bounded(self.inner_steps)):
            loss = weighted_loss(features @ head.mT, labels, shares).sum()
            # With equal rows the first step would leave the body where it is.
            moved = [head] if step == 0 and self.prototype_weight is None else [head, *weights]
            gradients = torch.autograd.grad(loss, moved, create_graph=graph)
            sizes = self.step_sizes[min(step, len(self.step_sizes) - 1)]
            head = head - sizes[0] * (way / PAPER_WAY) * gradients[0]
            # view_as: the head came from the old weights, and the next step's gradient must not flow back through it.
            if len(moved) > 1:
                weights = [w - s * g for w, s, g in zip(weights, sizes[1:], gradients[1:], strict=True)]
            weights = [w.view_as(w) for w in weights]
            features, moments = self.body.measure(weights, inputs, shares)
            yield State(weights, head, moments)

    def _first_head(self, features: Tensor, labels: Tensor, shares: Tensor, way: int) -> Tensor:
        """Rows [b, w, d] before the first step: zero, or the classes' means."""
        if self.prototype_weight is None:
            return features.new_zeros(len(features), way, self.body.dimensions, requires_grad=True)
        head = self.prototype_weight * prototype_rows(features, labels, way, shares > 0)
        return head if head.requires_grad else head.detach().requires_grad_()

    def _query_loss(self, state: State, batch: EpisodeBatch) -> Tensor:
        features = self.body.run(state.weights, batch.queries, self._training_moments(state, batch))
        logits = features @ state.head.mT  # [b, q, w]
        return F.cross_entropy(logits.flatten(0, 1), batch.query_labels.flatten())

    def _training_moments(self, state: State, batch: EpisodeBatch) -> list[Moments]:
        return state.moments

    def _query_moments(self, state: State, inputs: Tensor, unlabelled: Tensor | None) -> list[Moments]:
        return state.moments


class MAMLTransductive(MAML):
    """MAML as published: its batch normalisation measures the examples and the unlabelled images together."""

    name = "maml-transductive"
    title = "MAML (transductive)"
    summary = "As MAML, and the images to be labelled set the network's normalisation too."
    transductive = True

    def _training_moments(self, state: State, batch: EpisodeBatch) -> list[Moments]:
        seen = torch.cat([batch.support_mask, torch.ones_like(batch.query_labels, dtype=torch.bool)], 1)
        inputs = torch.cat([batch.support, batch.queries], 1)
        return self.body.measure(state.weights, inputs, seen / seen.sum(1, keepdim=True))[1]

    def _query_moments(self, state: State, inputs: Tensor, unlabelled: Tensor | None) -> list[Moments]:
        if unlabelled is None or not len(unlabelled):
            return state.moments
        stride = -(-len(unlabelled) // MOST_UNLABELLED)
        inputs = torch.cat([inputs, unlabelled[None, ::stride].detach().float()], 1)
        return self.body.measure(state.weights, inputs, inputs.new_full(inputs.shape[:2], 1 / inputs.shape[1]))[1]
