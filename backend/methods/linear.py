"""Logistic regression on frozen features: Rethinking Few-Shot Image Classification: a Good Embedding Is All You Need?
Tian, Wang, Krishnan, Tenenbaum & Isola, ECCV 2020 (arXiv:2003.11539).

Features are brought to unit length, then a multinomial logistic regression is fitted to the support set
alone. Examples may come with augmented views, all of which are fitted.

The problem is strictly convex, so the answer is a function of the examples and depends on no seed, order or starting
point. It is solved in float64 (float32 on Apple's GPUs) by L-BFGS with a strong-Wolfe line search.

Departures:
- The loss is the mean over classes of the mean over a class's examples, so that a large bin does not swallow a small
  one, and repeating examples changes nothing.
- Features are centred first (``centred.py``), and the offset is penalised like the weights: that fixes the one
  direction that the loss leaves free, and keeps a single example well conditioned.
- Logits are multiplied by SHARPNESS afterwards: a penalty that keeps few examples from being overfitted leaves
  probabilities that are too flat.
"""

from inspect import unwrap
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from backend.methods.base import Classifier, Support, exact
from backend.methods.centred import CentredMethod, Examples, shared_out

PENALTY = 0.01
"""Weight of ½‖W‖² against the mean loss."""
SHARPNESS = 5.0
STEPS = 200
TOLERANCE = 1e-6
"""Largest entry of the gradient at which the solver stops."""


def with_offset(inputs: Tensor) -> Tensor:
    """A constant 1 appended, in float64 where the device has it: [..., d] → [..., d + 1]."""
    inputs = exact(inputs)
    return torch.cat([inputs, torch.ones_like(inputs[..., :1])], dim=-1)


def shares(labels: Tensor) -> Tensor:
    """Each example's weight in the loss, [n]: classes count alike, and so do the examples within one."""
    counts = torch.bincount(labels)
    return 1.0 / (exact(counts[labels]) * len(counts))


def objective(weights: Tensor, inputs: Tensor, labels: Tensor, importance: Tensor, penalty: float = PENALTY) -> Tensor:
    """Weighted cross-entropy and ½ ``penalty`` ‖W‖², a scalar: W [w, d], inputs [m, d], importance [m], and labels
    int64 [m] or, as probabilities, [m, w]."""
    losses = F.cross_entropy(inputs @ weights.T, labels, reduction="none")
    return (importance * losses).sum() + 0.5 * penalty * weights.square().sum()


class Lbfgs(torch.optim.LBFGS):
    """torch's, without its compiler, which the first group of parameters would load: a second before the first label.
    Nothing is compiled here, so that nothing has to be kept from the compiler either."""

    add_param_group: Any = unwrap(torch.optim.LBFGS.add_param_group)


def solve(inputs: Tensor, labels: Tensor, importance: Tensor, way: int, penalty: float = PENALTY) -> Tensor:
    """The W of least ``objective``, [w, d], in the precision of inputs [m, d]."""
    weights = torch.zeros(way, inputs.shape[1], dtype=inputs.dtype, device=inputs.device)
    weights.requires_grad_()
    optimizer = Lbfgs(
        [weights], max_iter=STEPS, tolerance_grad=TOLERANCE, tolerance_change=0.0, line_search_fn="strong_wolfe"
    )

    def closure() -> Tensor:
        weights.grad = None
        loss = objective(weights, inputs, labels, importance, penalty)
        torch.autograd.backward([loss])
        return loss

    with torch.enable_grad():
        optimizer.step(closure)  # type: ignore[no-untyped-call]
    return weights.detach()


class LinearClassifier(Classifier):
    """A linear map of centred features of unit length.

    Args:
        examples: the centred support set.
        weights: [w, d + 1], the offset last.
    """

    def __init__(self, examples: Examples, weights: Tensor) -> None:
        self._examples, self._weights = examples, weights

    def log_probs(self, queries: Tensor) -> Tensor:
        """log softmax(SHARPNESS · Wx). [q, d] → [q, w]."""
        logits = with_offset(self._examples.place(queries)) @ self._weights.T
        return F.log_softmax(SHARPNESS * logits, dim=-1).float()

    def evidence(self, queries: Tensor) -> Tensor:
        """A class's probability, shared out among its examples by how much each raises its logit, [q, d] → [q, n].

        At the minimum W = Σ_i s_i (y_i − p_i) x_iᵀ / PENALTY, so a logit is a sum over examples, to which those of its
        own class add what speaks for it. Of these terms the positive ones count; where none is, all count alike.
        """
        placed, labels = with_offset(self._examples.place(queries)), self._examples.labels
        views = with_offset(self._examples.views)  # [n, v, d + 1]
        own = torch.softmax(views @ self._weights.T, dim=-1)[
            torch.arange(len(labels), device=labels.device), :, labels
        ]  # [n, v]
        pulls = torch.einsum("nv,nvd->nd", 1 - own, views)
        raised = (placed @ pulls.T).clamp_min(torch.finfo(torch.float32).tiny)  # s_i is one for all of a class
        return shared_out(self.log_probs(queries), raised.log(), labels).float()


class Linear(CentredMethod):
    """A logistic head on frozen features."""

    name = "linear"
    title = "Logistic head"
    summary = "Logistic regression on the features; the best from about three examples a bin on."
    paper = "Tian, Wang, Krishnan, Tenenbaum & Isola 2020, arXiv:2003.11539"

    def fit(self, support: Support, unlabelled: Tensor | None = None) -> LinearClassifier:
        """The regression on ``support``, inputs [n, d] or, with every view an input of its own, [n, v, d]."""
        examples = self.examples(support)
        v = examples.views.shape[1]
        labels = examples.labels.repeat_interleave(v)
        importance = shares(examples.labels).repeat_interleave(v) / v
        weights = solve(with_offset(examples.views.flatten(0, 1)), labels, importance, examples.way)
        return LinearClassifier(examples, weights)
