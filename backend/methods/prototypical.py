"""Prototypical Networks for Few-shot Learning. Snell, Swersky & Zemel, NeurIPS 2017 (arXiv:1703.05175).

A class is the mean of its embedded examples (equation 1); a query belongs to a class by a softmax over negative squared
Euclidean distances to the means (equation 2). Nothing but the trunk is learned.

Departures: none in the method. Trained here with augmentation and mixed shots (docs/training.md).
"""

from typing import Self

import torch
from torch import Tensor
from torch.nn import functional as F

from backend.methods.base import Classifier, EpisodeBatch, InputKind, Method, Support, class_means


def squared_distances(queries: Tensor, prototypes: Tensor) -> Tensor:
    """‖query − prototype‖²: queries [b, q, d], prototypes [b, w, d] → [b, q, w], in float32."""
    queries, prototypes = queries.float(), prototypes.float()
    cross = torch.einsum("bqd,bwd->bqw", queries, prototypes)
    return queries.square().sum(-1)[..., None] + prototypes.square().sum(-1)[:, None] - 2 * cross


class PrototypicalClassifier(Classifier):
    """Nearest class mean of embeddings."""

    def __init__(self, support: Support) -> None:
        inputs = support.inputs.float()
        self._support = Support(inputs, support.labels)
        self._prototypes = class_means(inputs[None], support.labels[None], support.way)[0]  # [w, d]

    def log_probs(self, queries: Tensor) -> Tensor:
        """Equation 2: softmax over −d(query, prototype). [q, d] → [q, w]."""
        return F.log_softmax(-squared_distances(queries[None], self._prototypes[None])[0], dim=-1)

    def evidence(self, queries: Tensor) -> Tensor:
        """A softmax over −d(query, example): the nearest examples, on equation 2's scale. [q, d] → [q, n]."""
        return F.softmax(-squared_distances(queries[None], self._support.inputs[None])[0], dim=-1)


class Prototypical(Method):
    """Prototypical Networks."""

    name = "prototypical"
    title = "Prototypical Networks"
    summary = "Each bin is the mean of its examples; the nearest mean wins."
    paper = "Snell, Swersky & Zemel 2017, arXiv:1703.05175"

    @classmethod
    def for_inputs(cls, kind: InputKind, shape: tuple[int, ...]) -> Self:
        """The method has no weights, whatever the vectors' length."""
        return cls()

    def fit(self, support: Support, unlabelled: Tensor | None = None) -> PrototypicalClassifier:
        """Equation 1: one mean for each class of ``support``."""
        return PrototypicalClassifier(support)

    def episode_loss(self, batch: EpisodeBatch) -> Tensor:
        """Algorithm 1 on stacked episodes: mean negative log-probability of the true classes."""
        prototypes = class_means(batch.support.float(), batch.support_labels, batch.way, batch.support_mask)
        logits = -squared_distances(batch.queries, prototypes)  # [b, q, w]
        return F.cross_entropy(logits.flatten(0, 1), batch.query_labels.flatten())
