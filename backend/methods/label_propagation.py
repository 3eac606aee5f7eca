"""Label propagation: Learning with Local and Global Consistency. Zhou, Bousquet, Lal, Weston & Schölkopf, NIPS 2003;
for few examples and deep features: Iscen, Tolias, Avrithis & Chum, CVPR 2019 (arXiv:1904.04717).

Examples and the folder's images are the nodes of a graph, each joined to its nearest neighbours by their cosine. Labels
flow along the edges, Z = (1 − α)(I − αS)⁻¹ Y (equation 3), with S the normalised weights and Y what is known at each
node. How much the folder holds of each bin is nowhere presumed.

Departures:
- Y has more than the examples' labels: from two examples a bin on, a logistic regression on the examples has a say at
  every node, the more the more examples there are. From one example alone it would only echo the distance to it.
- The classifier is a logistic regression on what has flowed, examples and folder together (as in Iscen et al., section
  3.2, a network is trained on it): what it says of an image does not depend on what else is asked, and a
  hundred thousand images are one matrix product.
- Features are centred half by the trunk's centre, half by the mean of the bins' means.
- Bins count alike in Y and in both regressions, whatever their number of examples.
- Whether an image belongs in any bin is read from the same graph (``Graph.from_examples``) and learned by a ridge
  regression, for the same reason.
- At most ``READ`` images are nodes, and fewer than ``LEAST`` for each bin are none: then this is the regression on the
  examples.
"""

import math
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional as F

from backend.methods.base import Classifier, Support, class_means, exact
from backend.methods.centred import CentredMethod, Examples, as_views, shared_out
from backend.methods.linear import SHARPNESS, shares, solve, with_offset

READ, LEAST = 1024, 3
NEIGHBOURS = 10
ALPHA = 0.85
ROUNDS = 30
"""α to the power of this is below one per cent: further rounds move nothing."""
SLOPE = 10.0
"""An edge weighs exp(−SLOPE · (1 − cosine))."""
PENALTY = 0.003
SAY = 0.25
"""Of the regression on the examples, at many of them."""
SURENESS = 8.0
"""Logits of that regression are multiplied by it."""
SQUARED = 2.0
"""What has flowed is raised to this power before it is learned from: it is flatter than it is wrong."""
RIDGE = 3e-4
"""Penalty of the regression of familiarity, times the number of nodes: nearly an interpolation."""
LEAST_SHARE, MOST_SHARE = 1e-7, 1 - 1e-4
"""Shares of what flows are kept between these before their logit is taken."""
OF_AN_EXAMPLE = 3.0
"""What an example counts beside a node of the folder that is sure."""


class Graph(NamedTuple):
    """Nodes of unit length [m, d], examples first, and S, float32 [m, m]."""

    nodes: Tensor
    weights: Tensor

    @classmethod
    def of(cls, nodes: Tensor) -> "Graph":
        """Each node joined to its nearest neighbours."""
        cosines = (nodes @ nodes.T).fill_diagonal_(-torch.inf)
        near = cosines.topk(min(NEIGHBOURS, len(nodes) - 1), dim=1)
        edges = torch.zeros_like(cosines).scatter_(1, near.indices, edge_weights(near.values))
        edges = (edges + edges.T) / 2
        scale = edges.sum(1).clamp_min(1e-9).rsqrt()
        return cls(nodes, scale[:, None] * edges * scale)

    def flowed(self, known: Tensor) -> Tensor:
        """Z, up to a factor: known [m, w] → [m, w]."""
        z = known
        for _ in range(ROUNDS):
            z = torch.addmm(known, self.weights, z, alpha=ALPHA)
        return z

    def from_examples(self, count: int) -> Tensor:
        """What share of all that flows to each node comes from the first ``count``, the examples, where every node
        gives alike: float32 [m], the log-odds less those of an even spread. Images whose like is in no bin lie where
        little arrives."""
        source = torch.ones(len(self.nodes), 2, device=self.nodes.device)
        source[count:, 0] = 0
        arrived, of_all = self.flowed(source).unbind(1)
        share = (arrived / of_all.clamp_min(1e-9)).clamp(LEAST_SHARE, MOST_SHARE)
        return share.logit() - math.log(count / (len(self.nodes) - count))


def edge_weights(cosines: Tensor) -> Tensor:
    """What an edge between nodes with these ``cosines`` weighs, 0..1."""
    return torch.exp(SLOPE * (cosines - 1))


class PropagatedClassifier(Classifier):
    """A linear map of centred features of unit length.

    Args:
        examples: the centred support set.
        weights: float32 [w, d + 1], the offset last.
        graph: None where the folder was not read.
        familiar: float32 [d + 1], what ``familiarity`` is the product with; None where the folder was not read.
    """

    def __init__(
        self, examples: Examples, weights: Tensor, graph: Graph | None = None, familiar: Tensor | None = None
    ) -> None:
        self._examples, self._weights, self._graph, self._familiar = examples, weights, graph, familiar

    def log_probs(self, queries: Tensor) -> Tensor:
        """log softmax(SHARPNESS · Wx). [q, d] → [q, w]."""
        placed = self._examples.place(queries)
        logits = torch.addmm(self._weights[:, -1], placed, self._weights[:, :-1].T)
        return F.log_softmax(SHARPNESS * logits, dim=-1)

    def familiarity(self, queries: Tensor) -> Tensor | None:
        """See ``Classifier``. [q, d] → [q]."""
        if self._familiar is None:
            return None
        return self._examples.place(queries) @ self._familiar[:-1] + self._familiar[-1]

    def evidence(self, queries: Tensor) -> Tensor:
        """A class's probability, shared out among its examples by how much of each flows to the query's nearest nodes,
        [q, d] → [q, n]."""
        own = self._examples.views.mean(1)
        graph = Graph.of(own) if self._graph is None else self._graph
        source = torch.eye(len(graph.nodes), len(own), device=own.device)
        near = (self._examples.place(queries) @ graph.nodes.T).topk(min(NEIGHBOURS, len(graph.nodes)), dim=1)
        arrived = torch.einsum("qk,qkn->qn", edge_weights(near.values), graph.flowed(source)[near.indices])
        arrived = arrived.clamp_min(torch.finfo(torch.float32).tiny)
        return shared_out(self.log_probs(queries), arrived.log(), self._examples.labels)


class LabelPropagation(CentredMethod):
    """Labels that flow from the examples through the folder."""

    name = "label-propagation"
    title = "Label propagation"
    summary = "Labels flow from the examples from image to alike image through the folder; bins may be of unequal size."
    paper = "Zhou et al. 2003, NIPS; Iscen, Tolias, Avrithis & Chum 2019, arXiv:1904.04717"
    transductive = True

    def examples(self, support: Support) -> Examples:
        """``support``, half centred by the bins themselves."""
        views = as_views(support.inputs)
        bins = class_means(views.mean(1)[None], support.labels[None], support.way)[0].mean(0)
        centre = (super().examples(support).centre + bins) / 2
        return Examples(F.normalize(views - centre, dim=-1), support.labels, centre)

    def fit(self, support: Support, unlabelled: Tensor | None = None) -> PropagatedClassifier:
        """Learns from ``support``, inputs [n, d] or [n, v, d], and from what flows through ``unlabelled`` [m, d]."""
        examples = self.examples(support)
        first = _regression(examples, None, None)
        folder = None if unlabelled is None or len(unlabelled) < LEAST * examples.way else _spread(unlabelled)
        if folder is None:
            return PropagatedClassifier(examples, first)
        placed = examples.place(folder)
        graph = Graph.of(torch.cat([examples.views.mean(1), placed]))
        flowed = graph.flowed(_known(examples, first, placed))[len(examples.labels) :]
        learned = F.normalize(flowed.clamp_min(0) ** SQUARED + 1e-12, p=1, dim=1)
        familiar = _ridge(graph.nodes, graph.from_examples(len(examples.labels)))
        return PropagatedClassifier(examples, _regression(examples, placed, learned), graph, familiar)


def _ridge(nodes: Tensor, values: Tensor) -> Tensor:
    """Ridge regression of ``values`` [m] on ``nodes`` [m, d]: float32 [d + 1], the mean last."""
    mean = values.mean()
    gram = nodes @ nodes.T + RIDGE * len(nodes) * torch.eye(len(nodes), device=nodes.device)
    return torch.cat([nodes.T @ torch.linalg.solve(gram, values - mean), mean[None]])


def _spread(unlabelled: Tensor) -> Tensor:
    """``READ`` images at most, spread evenly over the folder."""
    return unlabelled[:: -(-len(unlabelled) // READ)]


def _known(examples: Examples, weights: Tensor, placed: Tensor) -> Tensor:
    """Y [n + m, w]: the examples' labels, and what the regression says of the folder's m images."""
    labels, way = examples.labels, examples.way
    given = F.one_hot(labels, way).float() / torch.bincount(labels, minlength=way)[labels][:, None]
    say = SAY * (1 - way / len(labels))
    guessed = torch.softmax(SURENESS * with_offset(placed).to(weights.dtype) @ weights.T, dim=1)
    return torch.cat([given, say * guessed])


def _regression(examples: Examples, placed: Tensor | None, learned: Tensor | None) -> Tensor:
    """Logistic regression on the examples with all their views, and on the folder where that has labels [m, w]:
    float32 [w, d + 1]. Classes count alike, and so do the examples within one."""
    n, v, _ = examples.views.shape
    labels = F.one_hot(examples.labels, examples.way).float()
    inputs, targets = examples.views.flatten(0, 1), labels.repeat_interleave(v, 0)
    if placed is None or learned is None:
        importance = (shares(examples.labels) / v).repeat_interleave(v)
    else:
        inputs, targets = torch.cat([inputs, placed]), torch.cat([targets, learned])
        weight = torch.cat([inputs.new_full((n * v,), OF_AN_EXAMPLE / v), learned.amax(1)])
        mass = weight @ targets  # [w]
        importance = weight * (targets / mass).sum(1) / examples.way
    return solve(with_offset(inputs), exact(targets), exact(importance), examples.way, PENALTY).float()
