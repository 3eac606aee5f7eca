"""The meta information of Meta Networks: gradients of losses by slow weights, example by example, as constants."""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional as F

from backend.methods.metanet_layers import Base, Representation, apply_fast

SAMPLED = 5
"""T, the examples (or pairs) that u's fast weights are made from."""
MARGIN = 1.0


def sample_examples(mask: Tensor, generator: torch.Generator | None = None) -> Tensor:
    """T different examples of each support set, or all if there are fewer: mask bool [b, n] → int64 [b, T]."""
    keys = torch.rand(mask.shape, generator=generator).to(mask.device).masked_fill(~mask, 2.0)
    return keys.argsort(1)[:, : min(SAMPLED, int(mask.sum(1).min()))]


def sample_pairs(labels: Tensor, mask: Tensor, generator: torch.Generator | None = None) -> Tensor:
    """T pairs, in turn of one class and of two: labels [b, n], mask bool [b, n] → int64 [2, b, T]."""
    b, n = labels.shape
    keys = torch.rand(b, 2, SAMPLED, n, generator=generator).to(labels.device)
    first = keys[:, 0].masked_fill(~mask[:, None], -1.0).argmax(-1)  # [b, T]
    alike = labels[:, None] == labels.gather(1, first)[..., None]  # [b, T, n]
    wanted = torch.arange(SAMPLED, device=labels.device) % 2 == 0
    itself = F.one_hot(first, n).bool()
    allowed = (alike == wanted[:, None]) & ~itself & mask[:, None]
    return torch.stack([first, keys[:, 1].masked_fill(~allowed, -1.0).argmax(-1)])


def classification_gradients(
    network: Representation, slow: Tensor, labels: Tensor, samples: Tensor, rows: Tensor
) -> list[Tensor]:
    """Of cross-entropy by u's slow weights: slow [b, n, d], samples [b, T], rows [b, w, 64] → [b, T, o, i] each."""
    chosen = _rows_at(slow, samples).detach()

    def loss(weights: list[Tensor]) -> Tensor:
        logits = _forward(chosen, weights) @ rows.detach().mT
        return F.cross_entropy(logits.flatten(0, 1), labels.gather(1, samples).flatten(), reduction="sum")

    return _each_gradient(list(network.weights), samples.shape, loss)


def contrastive_gradients(network: Representation, slow: Tensor, labels: Tensor, pairs: Tensor) -> list[Tensor]:
    """Of the contrastive loss by u's slow weights: slow [b, n, d], pairs [2, b, T] → [b, T, o, i] each.

    D² for alike and max(0, margin − D)² for unlike pairs, D the distance of unit vectors (Hadsell et al. 2006).
    """
    one, other = (_rows_at(slow, p).detach() for p in pairs)
    alike = labels.gather(1, pairs[0]) == labels.gather(1, pairs[1])

    def loss(weights: list[Tensor]) -> Tensor:
        ends = [F.normalize(_forward(h, weights), dim=-1) for h in (one, other)]
        distance = ((ends[0] - ends[1]).square().sum(-1) + 1e-8).sqrt()
        return torch.where(alike, distance.square(), (MARGIN - distance).clamp_min(0).square()).sum()

    return _each_gradient(list(network.weights), pairs.shape[1:], loss)


def task_gradients(network: Base, slow: Tensor, labels: Tensor, rows: Tensor) -> list[Tensor]:
    """Of cross-entropy by b's slow weights, for each example: slow [b, n, d], rows [b, w, 64] → [b, n, o, i] each."""
    own_rows = rows.detach()[:, None].expand(-1, labels.shape[1], -1, -1).clone().requires_grad_()

    def loss(weights: list[Tensor]) -> Tensor:
        logits = apply_fast(_forward(slow.detach(), weights), own_rows)
        return F.cross_entropy(logits.flatten(0, 1), labels.flatten(), reduction="sum")

    return _each_gradient(list(network.weights), labels.shape, loss, own_rows)


def _rows_at(slow: Tensor, samples: Tensor) -> Tensor:
    """slow [b, n, d] at samples [b, T] → [b, T, d]."""
    return slow.gather(1, samples[..., None].expand(-1, -1, slow.shape[-1]))


def _forward(h: Tensor, weights: list[Tensor]) -> Tensor:
    """The slow network with weights [b, n, o, i] of each example's own."""
    for weight in weights:
        h = F.relu(apply_fast(h, weight))
    return h


def _each_gradient(
    weights: list[Tensor], shape: torch.Size, loss: Callable[[list[Tensor]], Tensor], *more: Tensor
) -> list[Tensor]:
    """The gradient for each of ``shape`` (b, n) examples: every one gets a copy of the weights of its own."""
    with torch.enable_grad():
        own = [w.detach().expand(*shape, *w.shape).clone().requires_grad_() for w in weights]
        return [g.detach() for g in torch.autograd.grad(loss(own), [*own, *more])]
