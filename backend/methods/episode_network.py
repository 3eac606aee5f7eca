"""Batched networks with weights of their own for each episode, for methods that adapt by gradients.

Every weight has a leading episode dimension b. The convolutions of all episodes run as one grouped convolution, so no
loop over episodes is needed and second derivatives are ordinary autograd. Batch normalisation keeps no running
statistics: a batch's moments are taken from the examples that ``shares`` names and handed on to the queries.
"""

from abc import ABC, abstractmethod
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from backend.methods.base import InputKind, class_means

CENTRING = 0.5
"""Of the classes' mean, what is taken from a head's vectors. All of it would take what a single example is like."""
Weights = list[Tensor]
"""One weight tensor [b, …] for each layer of a body."""

EPSILON = 1e-5
FEATURE_NORM = 8.0
"""Length of a feature vector when vectors come in: that of 64 values of unit variance, whatever their number."""
PROTOTYPE_WEIGHT = 0.2
"""Logits per unit of the product of features and rows, at the start of a head whose rows are ``prototype_rows``."""


class Moments(NamedTuple):
    """Mean and variance of one layer's channels, [b, c] each."""

    mean: Tensor
    variance: Tensor


def class_shares(labels: Tensor, mask: Tensor, way: int) -> Tensor:
    """Each example's share if classes count alike: labels [b, n], mask bool [b, n] → [b, n], rows sum to 1."""
    counts = (F.one_hot(labels, way) * mask[..., None]).sum(1)  # [b, w]
    present = (counts > 0).sum(1, keepdim=True)  # [b, 1]
    return mask / (counts.clamp_min(1).gather(1, labels) * present)


def weighted_loss(logits: Tensor, labels: Tensor, shares: Tensor) -> Tensor:
    """Cross-entropy of each episode: logits [b, n, w], labels [b, n], shares [b, n] → [b]."""
    each = F.cross_entropy(logits.flatten(0, 1), labels.flatten(), reduction="none")
    return (each.view_as(shares) * shares).sum(1)


def initial(*shape: int) -> nn.Parameter:
    """A weight [o, i, …] under which a ReLU keeps the scale of what passes (He et al. 2015)."""
    weight = torch.empty(*shape)
    nn.init.kaiming_normal_(weight)
    return nn.Parameter(weight)


class Body(nn.Module, ABC):
    """Layers below the head. ``weights`` are those that all episodes start from; ``run`` takes each episode's own."""

    dimensions: int
    """Length d of the features."""

    def __init__(self, weights: list[nn.Parameter]) -> None:
        super().__init__()
        self.weights = nn.ParameterList(weights)

    def expanded(self, episodes: int) -> Weights:
        """The shared weights, once for each of b ``episodes``."""
        return [w.expand(episodes, *w.shape) for w in self.weights]

    @abstractmethod
    def run(self, weights: Weights, inputs: Tensor, moments: list[Moments]) -> Tensor:
        """Features [b, n, d] of ``inputs`` [b, n, …], normalised by the ``moments`` of each layer."""

    @abstractmethod
    def measure(self, weights: Weights, inputs: Tensor, shares: Tensor) -> tuple[Tensor, list[Moments]]:
        """As ``run``, normalised by the moments of ``inputs`` themselves under ``shares`` [b, n], which come too."""


class ConvBody(Body):
    """Four 3×3 convolutions of stride 2, with batch normalisation and ReLU, then the mean over positions.

    The Omniglot network of Finn, Abbeel & Levine 2017, section 5.1. Gains and shifts of the normalisation are shared by
    all episodes.
    """

    def __init__(self, channels: int, width: int = 64) -> None:
        super().__init__([initial(width, i, 3, 3) for i in (channels, width, width, width)])
        self.gains = nn.ParameterList(torch.ones(width) for _ in range(4))
        self.shifts = nn.ParameterList(torch.zeros(width) for _ in range(4))
        self.dimensions = width

    def run(self, weights: Weights, inputs: Tensor, moments: list[Moments]) -> Tensor:
        """Features [b, n, d] of images [b, n, c, h, w]."""
        x = _grouped(inputs)
        for layer, weight in enumerate(weights):
            x = self._normalised(layer, _convolved(x, weight), moments[layer])
        return _pooled(x, len(inputs))

    def measure(self, weights: Weights, inputs: Tensor, shares: Tensor) -> tuple[Tensor, list[Moments]]:
        """Features [b, n, d] of images [b, n, c, h, w] and the moments of every layer."""
        x, moments = _grouped(inputs), []
        for layer, weight in enumerate(weights):
            x = _convolved(x, weight)
            moments.append(_moments(x, shares))
            x = self._normalised(layer, x, moments[-1])
        return _pooled(x, len(inputs)), moments

    def _normalised(self, layer: int, x: Tensor, moments: Moments) -> Tensor:
        scale = self.gains[layer] * (moments.variance + EPSILON).rsqrt()  # [b, o]
        shift = self.shifts[layer] - moments.mean * scale
        return F.relu(torch.addcmul(shift.view(-1, 1, 1), x, scale.view(-1, 1, 1)))


def _grouped(inputs: Tensor) -> Tensor:
    """[b, n, c, h, w] → [n, b·c, h, w], channels last."""
    return inputs.transpose(0, 1).flatten(1, 2).contiguous(memory_format=torch.channels_last)


def _convolved(x: Tensor, weight: Tensor) -> Tensor:
    """Each episode's own convolution: x [n, b·i, h, w], weight [b, o, i, 3, 3] → [n, b·o, h/2, w/2]."""
    return F.conv2d(x, weight.flatten(0, 1), stride=2, padding=1, groups=len(weight))


def _pooled(x: Tensor, episodes: int) -> Tensor:
    """Mean over positions: [n, b·o, h, w] → [b, n, o]."""
    return x.mean((2, 3)).view(len(x), episodes, -1).transpose(0, 1)


def _moments(x: Tensor, shares: Tensor) -> Moments:
    """Moments of x [n, b·o, h, w] over positions and examples, weighted by ``shares`` [b, n]."""
    shape = (*shares.T.shape, -1)  # n, b, o
    weights = shares.T[..., None]
    mean = (weights * x.mean((2, 3)).view(shape)).sum(0)
    square = (weights * x.square().mean((2, 3)).view(shape)).sum(0)
    return Moments(mean, (square - mean.square()).clamp_min(0))


class VectorBody(Body):
    """One residual block on vectors: x + V·relu(W·x), where x is the input with mean 0 and length ``FEATURE_NORM``.

    There is no batch normalisation: the trunk's vectors need none. With ``is_identity``, for a head that starts as the
    nearest mean, V is zero at the start, and x lies where half of the classes' mean is the origin: of a trunk's vectors
    all of a kind of pictures share much, which tells none of them apart.
    """

    def __init__(self, dimensions: int, width: int = 64, is_identity: bool = False) -> None:
        loudness = 0.0 if is_identity else 0.1
        super().__init__([initial(width, dimensions), nn.Parameter(loudness * initial(dimensions, width).detach())])
        self.dimensions, self._centring = dimensions, CENTRING if is_identity else 0.0

    def run(self, weights: Weights, inputs: Tensor, moments: list[Moments]) -> Tensor:
        """Features [b, n, d] of vectors [b, n, d]."""
        centred = inputs - self._centring * moments[0].mean[:, None] if self._centring else inputs
        x = F.layer_norm(centred, (self.dimensions,)) * (FEATURE_NORM / self.dimensions**0.5)
        features: Tensor = x + F.relu(x @ weights[0].mT) @ weights[1].mT
        return features

    def measure(self, weights: Weights, inputs: Tensor, shares: Tensor) -> tuple[Tensor, list[Moments]]:
        """As ``run``; the moments are those of the vectors, where they are centred."""
        if not self._centring:
            return self.run(weights, inputs, []), []
        mean = torch.einsum("bn,bnd->bd", shares, inputs)
        moments = [Moments(mean, torch.ones_like(mean))]
        return self.run(weights, inputs, moments), moments


def body_for(kind: InputKind, shape: tuple[int, ...], width: int = 64) -> Body:
    """The body for inputs of ``shape``: convolutions on pixels and maps, a residual block on vectors."""
    return VectorBody(shape[0], width) if kind == "vector" else ConvBody(shape[0], width)


def prototype_rows(features: Tensor, labels: Tensor, way: int, mask: Tensor) -> Tensor:
    """Rows of a head that makes it the nearest mean by cosine: the classes' mean features [b, n, d], each of length
    ``FEATURE_NORM`` → [b, w, d]."""
    return FEATURE_NORM * F.normalize(class_means(features, labels, way, mask), dim=-1)
