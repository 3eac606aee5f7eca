"""Learning to Compare: Relation Network for Few-Shot Learning. Sung, Yang, Zhang et al., CVPR 2018 (arXiv:1711.06025).

A relation module g_φ learns to compare: the maps of a class and of a query are concatenated in depth, and g_φ gives
their relation score r = g_φ(C(f(x_i), f(x_j))) in 0..1 (equation 1), trained by squared error towards 1 for the right
class and 0 for the others (equation 2). g_φ has two convolution blocks and two fully connected layers (section 3.4).

Departures:
- A class is the mean of its examples' maps (a sum in the paper, with equal shots): bins are unequal.
- Batch normalisation with momentum 0.1, and running statistics at prediction. The published code normalises each test
  batch by itself, so that queries see each other.
- log_probs is the log-softmax of the scores before the sigmoid. The sigmoid is monotone, so the best class is the
  paper's; as in Siamese Networks, odds are what a posterior over exactly one right class is proportional to.
- The first layer starts with opposite weights for class and query, that is, with their difference; it is then learned
  freely. Two hundred steps on Omniglot go from 79.6 to 88.3 (5-way 1-shot).
- Vectors in place of maps: both convolution blocks become fully connected layers. As a head on a frozen trunk, they
  learn what to add to the nearest mean, nothing at the start (``nearest_mean.py``).
- 3×3 convolutions are padded, so that the 7×7 maps of 28×28 images survive two poolings (7 → 3 → 1).
"""

import copy
from typing import Self

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from backend.backbones.conv4 import conv_block
from backend.methods.base import HEAD, Classifier, EpisodeBatch, InputKind, Method, Support, class_means
from backend.methods.nearest_mean import NearestMeanStart

_CHUNK = 2**22
"""Numbers held at once while pairs are compared: 16 MB, about a core's share of fast memory."""
_WIDTH, _HIDDEN = 64, 8


def _map_tail(height: int, width: int) -> nn.Sequential:
    """What follows the first convolution of maps: pairs [p, 64, height, width] → [p, 1]; one pixel is not pooled."""
    layers: list[nn.Module] = [nn.BatchNorm2d(_WIDTH)]
    if min(height, width) > 1:
        layers.append(nn.MaxPool2d(2))
        height, width = height // 2, width // 2
    layers.append(nn.ReLU(inplace=True))  # commutes with max-pooling and has a quarter of the work after it
    pool = min(height, width) > 1
    last = (height // 2) * (width // 2) if pool else height * width
    return nn.Sequential(*layers, conv_block(_WIDTH, _WIDTH, pool), nn.Flatten(), *_fully_connected(_WIDTH * last))


def _vector_tail(width: int) -> nn.Sequential:
    """What follows the first linear layer of vectors: pairs [p, width] → [p, 1]."""
    blocks = [nn.BatchNorm1d(width), nn.ReLU(inplace=True), nn.Linear(width, width, bias=False)]
    return nn.Sequential(*blocks, nn.BatchNorm1d(width), nn.ReLU(inplace=True), *_fully_connected(width))


def _fully_connected(width: int) -> list[nn.Module]:
    """The last two layers of section 3.4; the sigmoid is left to the caller."""
    return [nn.Linear(width, _HIDDEN), nn.ReLU(inplace=True), nn.Linear(_HIDDEN, 1)]


class RelationModule(nn.Module):
    """g_φ up to its sigmoid, for maps [c, height, width] or vectors [d]; with ``is_head`` added to the nearest mean."""

    def __init__(self, shape: tuple[int, ...], is_head: bool = False) -> None:
        super().__init__()
        self.depth = shape[0]
        self.first: nn.Conv2d | nn.Linear
        if len(shape) == 3:
            self.first = nn.Conv2d(2 * self.depth, _WIDTH, 3, padding=1, bias=False)
            self.tail = _map_tail(*shape[1:])
        else:
            width = min(max(_WIDTH, self.depth), 512)
            self.first = nn.Linear(2 * self.depth, width, bias=False)
            self.tail = _vector_tail(width)
        with torch.no_grad():
            self.first.weight[:, self.depth :] = -self.first.weight[:, : self.depth]
        self.start = NearestMeanStart(gate=1.0) if is_head else None
        if is_head:
            nn.init.zeros_(self.tail[-1].get_parameter("weight"))

    def _convolve(self, inputs: Tensor, weight: Tensor) -> Tensor:
        """The first layer with part of its ``weight``: inputs [b, n, …] → [b, n, 64, …]."""
        flat = inputs.float().flatten(0, 1)
        outputs = F.conv2d(flat, weight, padding=1) if weight.dim() == 4 else F.linear(flat, weight)
        return outputs.view(*inputs.shape[:2], *outputs.shape[1:])

    # The first layer is linear, so on a concatenation it is the sum of what it does to either part: each map is
    # convolved once, not once a pair.

    def class_half(self, classes: Tensor) -> Tensor:
        """First layer of the classes' side, [b, w, …]."""
        return self._convolve(classes, self.first.weight[:, : self.depth])

    def query_half(self, queries: Tensor) -> Tensor:
        """First layer of the queries' side, [b, q, …]."""
        return self._convolve(queries, self.first.weight[:, self.depth :])

    def compare(self, left: Tensor, right: Tensor) -> Tensor:
        """Relation logits of all pairs of both halves: [b, w, …], [b, q, …] → [b, q, w]."""
        pairs = left[:, None] + right[:, :, None]  # [b, q, w, 64, …]
        logits: Tensor = self.tail(pairs.flatten(0, 2)).view(pairs.shape[:3])
        return logits

    def forward(self, classes: Tensor, queries: Tensor) -> Tensor:
        """Equation 1 before the sigmoid: classes [b, w, …], queries [b, q, …] → [b, q, w]."""
        return self.added(self.compare(self.class_half(classes), self.query_half(queries)), classes, queries)

    def added(self, logits: Tensor, classes: Tensor, queries: Tensor) -> Tensor:
        """``logits`` [b, q, w]; of a head, added to the nearest mean's."""
        return logits if self.start is None else self.start(logits, classes, queries)


def class_maps(inputs: Tensor, labels: Tensor, way: int, mask: Tensor | None = None) -> Tensor:
    """Mean map of each class: inputs [b, n, …], labels [b, n], mask bool [b, n] → [b, w, …]."""
    means = class_means(inputs.float().flatten(2), labels, way, mask)
    return means.reshape(*means.shape[:2], *inputs.shape[2:])


class RelationClassifier(Classifier):
    """Relation of queries to class means; ``module`` is copied and set to running statistics."""

    def __init__(self, support: Support, module: RelationModule) -> None:
        self._examples = support.inputs.detach().float()
        self._module = copy.deepcopy(module).eval()
        self._means = class_maps(self._examples[None], support.labels[None], support.way)
        with torch.no_grad():
            self._classes = self._module.class_half(self._means)

    @torch.no_grad()
    def _logits(self, queries: Tensor, against: Tensor, left: Tensor) -> Tensor:
        """Relation logits of queries [q, …] with ``against`` [1, w, …], given its half of the first layer → [q, w], a
        bounded number of pairs at a time."""
        right = self._module.query_half(queries[None])
        chunks = torch.split(right, max(1, _CHUNK // left.numel()), dim=1)
        logits = torch.cat([self._module.compare(left, chunk) for chunk in chunks], 1)
        return self._module.added(logits, against, queries[None].float())[0]

    def log_probs(self, queries: Tensor) -> Tensor:
        """Log-softmax of the relation logits. [q, …] → [q, w]."""
        return F.log_softmax(self._logits(queries, self._means, self._classes), dim=-1)

    def evidence(self, queries: Tensor) -> Tensor:
        """Relation scores with each example by itself, normalised. [q, …] → [q, n]."""
        with torch.no_grad():
            left = self._module.class_half(self._examples[None])
        return F.softmax(F.logsigmoid(self._logits(queries, self._examples[None], left)), dim=-1)


class Relation(Method):
    """Relation Networks.

    Args:
        shape: of one input, [c, height, width] or [d].
        is_head: scores are added to the nearest mean's.
    """

    name = "relation"
    title = "Relation Network"
    summary = "A small network learned how to compare; the bin that it relates most to the image wins."
    paper = "Sung, Yang, Zhang, Xiang, Torr & Hospedales 2018, arXiv:1711.06025"
    default_input = "map"

    def __init__(self, shape: tuple[int, ...], is_head: bool = False) -> None:
        super().__init__()
        self.module = RelationModule(shape, is_head)
        if is_head:
            self.register_buffer(HEAD, torch.ones(()))

    @classmethod
    def for_inputs(cls, kind: InputKind, shape: tuple[int, ...]) -> Self:
        """Convolutions for maps (and pixels), fully connected layers for vectors."""
        return cls(shape)

    @classmethod
    def as_head(cls, dimensions: int) -> Self:
        """Fully connected layers, added to the nearest mean."""
        return cls((dimensions,), is_head=True)

    def fit(self, support: Support, unlabelled: Tensor | None = None) -> RelationClassifier:
        """Keeps the examples and the classes' mean maps; nothing is adapted."""
        return RelationClassifier(support, self.module)

    def episode_loss(self, batch: EpisodeBatch) -> Tensor:
        """Equation 2: mean squared error of all query-class scores."""
        classes = class_maps(batch.support, batch.support_labels, batch.way, batch.support_mask)
        scores = torch.sigmoid(self.module(classes, batch.queries.float()))  # [b, q, w]
        return F.mse_loss(scores, F.one_hot(batch.query_labels, batch.way).to(scores.dtype))
