"""Shared by classifiers on frozen features: centring, unit length, and examples with views.

Centring and L2-normalising ("CL2N") is Wang et al. 2019 (arXiv:1911.04623). The centre is the trunk's mean
over its base classes where the model's file has it; zero where the trunk subtracts its own; else the mean of the bins'
means, which at least removes what all bins have in common. Each is known before a query is seen.
"""

import math
from typing import ClassVar, NamedTuple, Self

import torch
from torch import Tensor
from torch.nn import functional as F

from backend.methods.base import Classifier, InputKind, Method, Support, class_means


class Examples(NamedTuple):
    """A support set after centring: ``views`` float32 [n, v, d] of unit length (or zero), ``labels`` int64 [n]."""

    views: Tensor
    labels: Tensor
    centre: Tensor  # [d]

    @property
    def way(self) -> int:
        """Number of classes."""
        return int(self.labels.max()) + 1

    def prototypes(self) -> Tensor:
        """Mean over a class's examples of the mean over their views, [w, d]: neither a large bin nor many views count
        more."""
        return class_means(self.views.mean(1)[None], self.labels[None], self.way)[0]

    def place(self, queries: Tensor) -> Tensor:
        """``queries`` [q, d], centred and of unit length as the examples are."""
        return F.normalize(queries.detach().float() - self.centre, dim=-1)


def as_views(inputs: Tensor) -> Tensor:
    """``inputs`` [n, d] or, with v augmented views of each example, [n, v, d] → float32 [n, v, d].

    Raises:
        ValueError: neither of the two.
    """
    if inputs.ndim not in (2, 3):
        raise ValueError(f"examples are vectors [n, d] or views of vectors [n, v, d], not {list(inputs.shape)}")
    return inputs.detach().float() if inputs.ndim == 3 else inputs.detach().float()[:, None]


class CentredMethod(Method):
    """A classifier on frozen features: nothing is meta-trained.

    Args:
        dimensions: length d of the features.

    The buffer ``base_mean`` [d] is the trunk's mean over its base classes; all zero where a model knows none.
    ``is_centred`` is set where the trunk takes its own centre off: then nothing is left to take off.
    """

    trainable: ClassVar[bool] = False
    reads_views: ClassVar[bool] = True
    base_mean: Tensor

    def __init__(self, dimensions: int) -> None:
        super().__init__()
        self.register_buffer("base_mean", torch.zeros(dimensions))
        self.is_centred = False

    @classmethod
    def for_inputs(cls, kind: InputKind, shape: tuple[int, ...]) -> Self:
        """For vectors of ``shape`` (d,)."""
        return cls(math.prod(shape))

    def examples(self, support: Support) -> Examples:
        """``support`` centred and of unit length; inputs [n, d] or [n, v, d]."""
        views = as_views(support.inputs)
        centre = self.base_mean
        if not (self.is_centred or bool(self.base_mean.any())):
            centre = class_means(views.mean(1)[None], support.labels[None], support.way)[0].mean(0)  # [d]
        return Examples(F.normalize(views - centre, dim=-1), support.labels, centre)


class NearestMean(Classifier):
    """Nearest mean of centred features of unit length.

    Args:
        examples: the centred support set.
        prototypes: [w, d], by default the examples' own means.
        scale: what squared distances are multiplied by.
        handicap: [w], added to squared distances: a bin with a larger one must be nearer to win.
    """

    def __init__(
        self, examples: Examples, scale: float, prototypes: Tensor | None = None, handicap: Tensor | None = None
    ) -> None:
        self.examples = examples
        self.prototypes = examples.prototypes() if prototypes is None else prototypes
        self._scale = scale
        lengths = self.prototypes.square().sum(-1)
        self._bias = -scale * (lengths if handicap is None else lengths + handicap)  # [w]

    def log_probs(self, queries: Tensor) -> Tensor:
        """A softmax over −scale · (‖query − prototype‖² + handicap). [q, d] → [q, w]."""
        placed = self.examples.place(queries)  # ‖query‖² is the same for all classes
        return F.log_softmax(torch.addmm(self._bias, placed, self.prototypes.T, alpha=2 * self._scale), dim=-1)

    def evidence(self, queries: Tensor) -> Tensor:
        """A class's probability, by its prototype as it is, shared out among its examples by a softmax over −scale ·
        ‖query − example‖², examples by the mean of their views. [q, d] → [q, n]."""
        away = distances(self.examples.place(queries), self.examples.views.mean(1))
        return shared_out(self.log_probs(queries), -self._scale * away, self.examples.labels)


def shared_out(log_probs: Tensor, scores: Tensor, labels: Tensor) -> Tensor:
    """Each class's probability, shared out among its examples by a softmax over their ``scores``: together, they weigh
    what the class does.

    Args:
        log_probs: [q, w].
        scores: [q, n], finite.
        labels: int64 [n], every class present.

    Returns:
        [q, n], rows sum to 1.
    """
    peaks = scores.new_full(log_probs.shape, -torch.inf).scatter_reduce(1, labels.expand_as(scores), scores, "amax")
    weights = (scores - peaks[:, labels]).exp()
    totals = torch.zeros_like(peaks).index_add(1, labels, weights)  # [q, w], at least 1
    return (log_probs.to(scores.dtype).exp() / totals)[:, labels] * weights


def distances(queries: Tensor, points: Tensor) -> Tensor:
    """‖query − point‖² of vectors about unit length: [q, d], [p, d] → [q, p]."""
    return queries.square().sum(-1)[:, None] + points.square().sum(-1) - 2 * queries @ points.T
