"""The one interface of all methods (docs/design/methods.md).

Shape legend, used in every file of this package: b episodes in a batch, n support examples, q queries, w ways
(classes), d embedding dimensions, and ``…`` for whatever one input is: [1, 28, 28] pixels, a [c, h, w] map or a [d]
vector.
"""

from abc import ABC, abstractmethod
from collections.abc import Generator
from dataclasses import dataclass, fields
from typing import ClassVar, Literal, NamedTuple, Protocol, Self, runtime_checkable

import torch
from torch import Tensor, nn
from torch.nn import functional as F

InputKind = Literal["pixels", "map", "vector"]
HEAD = "is_head"
"""Names the buffer that marks a method made by ``as_head`` in its file, where that differs from ``for_inputs``."""


class Support(NamedTuple):
    """Labelled examples: ``inputs`` float32 [n, …] and ``labels`` int64 [n] in 0..way-1, every label present."""

    inputs: Tensor
    labels: Tensor

    @property
    def way(self) -> int:
        """Number of classes."""
        return int(self.labels.max()) + 1


@dataclass(frozen=True, slots=True)
class EpisodeBatch:
    """Stacked episodes for meta-training.

    ``support_mask`` is True where a support slot is filled: classes may have unequal shots, and episodes of a batch
    share
    n by padding. ``class_ids`` and ``group_ids`` name the classes of an episode globally (group: the alphabet).
    """

    support: Tensor  # [b, n, …]
    support_labels: Tensor  # int64 [b, n]
    support_mask: Tensor  # bool [b, n]
    queries: Tensor  # [b, q, …]
    query_labels: Tensor  # int64 [b, q]
    class_ids: Tensor  # int64 [b, w]
    group_ids: Tensor  # int64 [b, w]

    @property
    def way(self) -> int:
        """Number of classes of each episode."""
        return self.class_ids.shape[1]

    def to(self, device: torch.device) -> "EpisodeBatch":
        """The batch on ``device``."""
        return EpisodeBatch(*(getattr(self, f.name).to(device) for f in fields(self)))


class Classifier(ABC):
    """What ``fit`` returns: pure, and independent of how queries are chunked."""

    @abstractmethod
    def log_probs(self, queries: Tensor) -> Tensor:
        """Log-probabilities float32 [q, way] of ``queries`` [q, …]; rows are normalised and finite."""

    def evidence(self, queries: Tensor) -> Tensor | None:
        """How much each support example decided: [q, n] ≥ 0, rows sum to 1, support order as given; None if
        undefined."""
        return None

    def familiarity(self, queries: Tensor) -> Tensor | None:
        """How much of what the folder tells of each query leads to examples rather than elsewhere: float32 [q],
        log-odds, 0 where it is as much as chance would have it; None where the folder was not read for that."""
        return None


class Method(nn.Module, ABC):
    """A few-shot classifier with (perhaps no) meta-trained weights of its own. It sees tensors only.

    Subclasses are built with ``for_inputs`` and never change in ``fit``: what they learn from a support set lives in
    the
    returned ``Classifier``.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    summary: ClassVar[str]
    """One line for menus."""
    paper: ClassVar[str]
    transductive: ClassVar[bool] = False
    trainable: ClassVar[bool] = True
    """False where there is nothing to meta-train (a closed form on frozen features)."""
    default_input: ClassVar[InputKind] = "vector"
    """What the method takes when it has a trunk of its own: ``pixels`` means that the network is inside the method."""
    reads_views: ClassVar[bool] = False
    """True where ``support.inputs`` may also be [n, v, d]: each example, and augmented views of it."""
    adapts: ClassVar[bool] = False
    """True where ``fit`` changes network weights (or a memory) by the support set."""
    mixed_precision: bool = False
    """Set by the training loop where bfloat16 pays: convolutions inside the method may then run in it, in training."""

    @classmethod
    @abstractmethod
    def for_inputs(cls, kind: InputKind, shape: tuple[int, ...]) -> Self:
        """A fresh method for inputs of ``shape`` (without the batch dimension), randomly initialised."""

    @classmethod
    def as_head(cls, dimensions: int) -> Self:
        """A fresh method to be meta-trained on a frozen trunk's vectors [d].

        Where the method has weights of its own, it starts as the nearest mean (``nearest_mean.py``), and its state
        holds ``HEAD``.
        """
        return cls.for_inputs("vector", (dimensions,))

    def asked(self, inputs: Tensor) -> Tensor:
        """Support ``inputs`` as queries: of views [n, v, d] the first, which is the image itself."""
        return inputs[:, 0] if self.reads_views and inputs.ndim == 3 else inputs

    @abstractmethod
    def fit(self, support: Support, unlabelled: Tensor | None = None) -> Classifier:
        """A classifier for the classes of ``support``. Pure. ``unlabelled`` [m, …] is read by transductive methods
        only."""

    def fit_in_steps(self, support: Support, unlabelled: Tensor | None = None) -> "Fitting":
        """``fit`` as a generator that returns the classifier. Between two steps it may be closed; a method that is
        done in a moment has none."""
        yield from ()
        return self.fit(support, unlabelled)

    def episode_loss(self, batch: EpisodeBatch) -> Tensor:
        """Meta-training loss of stacked episodes, a scalar; by default the mean negative log-likelihood of the
        queries."""
        losses = []
        for e in range(batch.support.shape[0]):
            mask = batch.support_mask[e]
            classifier = self.fit(Support(batch.support[e][mask], batch.support_labels[e][mask]))
            losses.append(F.nll_loss(classifier.log_probs(batch.queries[e]), batch.query_labels[e]))
        return torch.stack(losses).mean()


Fitting = Generator[None, None, Classifier]
"""A fit that can be left between two steps."""


@runtime_checkable
class Streams(Protocol):
    """A method that can also be asked while its examples arrive, one after the other."""

    def streaming_log_probs(self, inputs: Tensor, labels: Tensor, way: int) -> Tensor:
        """Each element's class before its label is seen: inputs [b, t, …], labels int64 [b, t] in 0..way-1 →
        normalised log-probabilities [b, t, way]. Pure and repeatable."""


def exact(values: Tensor) -> Tensor:
    """``values`` in float64; in float32 on Apple's GPUs, which have nothing finer."""
    return values.float() if values.device.type == "mps" else values.double()


def class_means(inputs: Tensor, labels: Tensor, way: int, mask: Tensor | None = None) -> Tensor:
    """Mean of each class's inputs: inputs [b, n, d], labels [b, n], mask bool [b, n] → [b, w, d]."""
    one_hot = F.one_hot(labels, way).to(inputs.dtype)  # [b, n, w]
    if mask is not None:
        one_hot = one_hot * mask[..., None].to(inputs.dtype)
    counts = one_hot.sum(1).clamp_min(1.0)  # [b, w]
    return torch.einsum("bnw,bnd->bwd", one_hot, inputs) / counts[..., None]
