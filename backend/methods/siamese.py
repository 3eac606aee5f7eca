"""Siamese Neural Networks for One-shot Image Recognition. Koch, Zemel & Salakhutdinov, ICML workshop 2015.

Two images go through the same trunk; the probability that they show the same class is a weighted L1 distance under a
sigmoid, p = σ(Σ_j α_j |h1_j − h2_j|), with learned α (section 3.1). It is trained by cross-entropy on pairs (section
3.2). A query takes the class of the example with the highest p (section 4.3).

Departures:
- A bias beside α: without one, two equal images score 0.5 and ReLU features leave no room above it.
- The trunk is Conv4 on 28×28, not Koch's 39 million parameters on 105×105; α weighs its ReLU features, not a sigmoid
  layer.
- Pairs are all query-example pairs of an episode, same and different weighted alike, in place of pairs drawn half and
  half.
- Several shots: a class scores the mean of its pairs' logits (the paper has one shot). A softmax over classes gives
  log_probs: if the pair probabilities are calibrated and exactly one class is right, its posterior is proportional to
  the odds p / (1 − p).
- As a head on a frozen trunk, differences are squared and the mean of a class's examples is compared, not each, so that
  it starts as the nearest mean: distances without the square, and the mean of many distances, fell up to five points
  behind it.
"""

import math
from typing import Self

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from backend.methods.base import HEAD, Classifier, EpisodeBatch, InputKind, Method, Support, class_means

_CHUNK = 2**24
"""Numbers held at once while pairs are compared: 64 MB."""


def pair_logits(queries: Tensor, examples: Tensor, alpha: Tensor, bias: Tensor, power: int = 1) -> Tensor:
    """Σ_j α_j |q_j − s_j|^power + bias: queries [b, q, d], examples [b, n, d], alpha [d], bias [] → [b, q, n], in
    float32."""
    differences = (queries.float()[:, :, None] - examples.float()[:, None]).abs()  # [b, q, n, d]
    return (differences**power * alpha).sum(-1) + bias


def power_of(is_head: bool) -> int:
    """Of the differences: 2 for a head on a frozen trunk, 1 as published."""
    return 2 if is_head else 1


class SiameseClassifier(Classifier):
    """Compares a query with every example, or ``of_means`` with every class's mean. ``support`` [n, d]; the weights are
    copies."""

    def __init__(self, support: Support, alpha: Tensor, bias: Tensor, of_means: bool = False) -> None:
        self._support, self._of_means = support, of_means
        self._alpha, self._bias = alpha.detach().clone(), bias.detach().clone()

    @torch.no_grad()
    def _pair_logits(self, queries: Tensor, examples: Tensor) -> Tensor:
        """Queries [q, …], examples [1, n, d] → [q, n], a bounded number of pairs at a time."""
        chunks = torch.split(queries.flatten(1), max(1, _CHUNK // examples.numel()))
        power = power_of(self._of_means)
        return torch.cat([pair_logits(chunk[None], examples, self._alpha, self._bias, power)[0] for chunk in chunks])

    def log_probs(self, queries: Tensor) -> Tensor:
        """Softmax over classes of the mean pair logit, or of the logit with the mean. [q, …] → [q, w]."""
        inputs, labels, way = self._support.inputs[None], self._support.labels[None], self._support.way
        if self._of_means:
            return F.log_softmax(self._pair_logits(queries, class_means(inputs, labels, way)), dim=-1)
        logits = self._pair_logits(queries, inputs).T[None]  # [1, n, q]
        return F.log_softmax(class_means(logits, labels, way)[0].T, dim=-1)

    def evidence(self, queries: Tensor) -> Tensor:
        """The pair probabilities p, normalised over the examples. [q, …] → [q, n]."""
        return F.softmax(F.logsigmoid(self._pair_logits(queries, self._support.inputs[None])), dim=-1)


class Siamese(Method):
    """Koch's weighted-L1 sigmoid head.

    Args:
        dimensions: length d of the embeddings.
        is_head: differences are squared, and a class is the mean of its examples.
    """

    name = "siamese"
    title = "Siamese Network"
    summary = "Asks of every pair whether both show the same thing; the bin whose pairs agree most wins."
    paper = "Koch, Zemel & Salakhutdinov 2015, ICML Deep Learning Workshop"

    def __init__(self, dimensions: int, is_head: bool = False) -> None:
        super().__init__()
        self._of_means = is_head
        if is_head:
            self.register_buffer(HEAD, torch.ones(()))
        # Distance speaks against "same" from the start, and steeply: p = 0.5 at a mean difference of half a unit. With
        # a quarter of the slope, 300 steps on Omniglot end ten points lower.
        self.alpha = nn.Parameter(torch.full((dimensions,), -1.0 if is_head else -16.0 / dimensions))
        self.bias = nn.Parameter(torch.tensor(8.0))

    @classmethod
    def for_inputs(cls, kind: InputKind, shape: tuple[int, ...]) -> Self:
        """One weight a dimension; maps and pixels are flattened."""
        return cls(math.prod(shape))

    @classmethod
    def as_head(cls, dimensions: int) -> Self:
        """Compares with the classes' means."""
        return cls(dimensions, is_head=True)

    def fit(self, support: Support, unlabelled: Tensor | None = None) -> SiameseClassifier:
        """Keeps the examples; nothing is adapted."""
        examples = Support(support.inputs.detach().float().flatten(1), support.labels)
        return SiameseClassifier(examples, self.alpha, self.bias, self._of_means)

    def episode_loss(self, batch: EpisodeBatch) -> Tensor:
        """Section 3.2: cross-entropy of all pairs, half of the weight on same, half on different pairs."""
        examples, labels, mask = batch.support.flatten(2), batch.support_labels, batch.support_mask
        if self._of_means:
            examples = class_means(examples.float(), labels, batch.way, mask)
            labels = torch.arange(batch.way, device=labels.device).expand(len(labels), -1)
            mask = torch.ones_like(labels, dtype=torch.bool)
        power = power_of(self._of_means)
        logits = pair_logits(batch.queries.flatten(2), examples, self.alpha, self.bias, power)  # [b, q, n]
        same = batch.query_labels[:, :, None] == labels[:, None]
        filled = mask[:, None]
        alike, unlike = (same & filled).float(), (~same & filled).float()
        weights = alike / alike.sum().clamp_min(1.0) + unlike / unlike.sum().clamp_min(1.0)
        losses = F.binary_cross_entropy_with_logits(logits, same.float(), reduction="none")
        return (losses * weights).sum() / 2
