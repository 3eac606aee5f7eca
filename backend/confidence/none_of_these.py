"""The probability that an image belongs in any of the bins: the second factor of a confidence.

A softmax over bins must choose one, and is often sure of it far away from every example. So

    confidence = P(the label is right | some bin is) · P(some bin is right),

the second factor a logistic regression on four features: a constant; the logit of the first factor; and the logarithms
of the cosine distance to the nearest example and to the nearest bin's mean, both in units of the bins' own spread, the
mean distance from a bin's mean to its nearest neighbour among the others. Where the method has read the folder,
``Classifier.familiarity`` is a fifth. Coefficients are fitted on meta-validation episodes with queries of
classes in no bin, and are kept in the model's card by setting, those of four features apart from those of five.
Without any the factor is 1.
"""

from collections.abc import Mapping
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional as F

from backend.confidence.temperature import nearest_setting
from backend.methods import Support
from backend.methods.base import class_means, exact
from backend.models.card import MethodCard

ALONE = 4
"""Signs without familiarity."""
UNKNOWN_SHARE = 0.05
"""Share of images that belong in no bin for which confidences are calibrated. The order of images hardly depends on
it."""
RIDGE = 1e-3
STEPS = 30
SURE = 1e-6
"""Probabilities are kept this far from 0 and 1, and cosine distances from 0, before their logarithm is taken."""


class Surroundings:
    """The examples' whereabouts by cosine, whatever the method.

    Args:
        support: inputs [n, …], one input an example; two classes or more.
    """

    def __init__(self, support: Support) -> None:
        self._examples = F.normalize(support.inputs.detach().float().flatten(1), dim=1)  # [n, d]
        means = class_means(self._examples[None], support.labels[None], support.way)[0]
        self._means = F.normalize(means, dim=1)  # [w, d]
        apart = 1 - self._means @ self._means.T + 4 * torch.eye(support.way, device=means.device)
        self._spread = apart.min(1).values.mean().clamp_min(SURE)

    def signs(self, queries: Tensor, best: Tensor, familiarity: Tensor | None = None) -> Tensor:
        """What the regression reads: queries [q, …], the largest class probability of each, best [q], and where there
        is any their familiarity [q] → [q, 4] or [q, 5]."""
        placed = F.normalize(queries.detach().float().flatten(1), dim=1)
        distances = [(1 - (placed @ points.T)).min(1).values for points in (self._examples, self._means)]
        relative = [(d.clamp_min(SURE) / self._spread).log() for d in distances]
        certainty = best.clamp(SURE, 1 - SURE).logit()
        told = [] if familiarity is None else [familiarity]
        return exact(torch.stack([torch.ones_like(certainty), certainty, *relative, *told], dim=1))


class NoneOfThese(NamedTuple):
    """Coefficients, float64: ``alone`` [4] of the signs without familiarity, ``in_folder`` [5] of those with it; None
    where the model's card has none."""

    alone: Tensor | None = None
    in_folder: Tensor | None = None

    def belongs(self, signs: Tensor) -> Tensor:
        """P(some bin is right) of ``signs`` [q, 4] or [q, 5], float32 [q]; 1 where there are no coefficients. A fifth
        sign without coefficients of its own is not read."""
        if self.in_folder is not None and signs.shape[1] == len(self.in_folder):
            return belongs(signs, self.in_folder)
        return signs.new_ones(len(signs)).float() if self.alone is None else belongs(signs[:, :ALONE], self.alone)


UNTOLD = NoneOfThese()
"""Of a card that has no coefficients."""


def belongs(signs: Tensor, coefficients: Tensor) -> Tensor:
    """P(some bin is right) of ``signs`` [q, s], coefficients [s] → float32 [q]."""
    return torch.sigmoid(signs @ coefficients.to(signs)).float()


def fit_coefficients(signs: Tensor, known: Tensor) -> list[float]:
    """Coefficients by logistic regression (Newton's method, a slight ridge), four figures.

    Args:
        signs: [q, s].
        known: bool [q], whether some bin is right. Both kinds are weighted as if ``UNKNOWN_SHARE`` were in no bin.
    """
    signs, known = signs.cpu().double(), known.cpu()
    target = known.double()
    weights = torch.where(known, (1 - UNKNOWN_SHARE) / known.double().mean(), UNKNOWN_SHARE / (~known).double().mean())
    coefficients = signs.new_zeros(signs.shape[1])
    ridge = RIDGE * torch.eye(signs.shape[1], dtype=torch.float64)
    for _ in range(STEPS):
        p = torch.sigmoid(signs @ coefficients)
        slope = signs.T @ (weights * (p - target)) / len(signs) + ridge @ coefficients
        bend = (signs * (weights * p * (1 - p))[:, None]).T @ signs / len(signs) + ridge
        step = torch.linalg.solve(bend, slope)
        coefficients = coefficients - step * min(1.0, 2.0 / float(step.norm().clamp_min(1e-12)))
    return [round(c, 4) for c in coefficients.tolist()]


def coefficients_for(card: MethodCard, way: int, shot: float) -> NoneOfThese:
    """Those of the nearest setting that the card has."""
    return NoneOfThese(*(_nearest(t, way, shot) for t in (card.none_of_these, card.none_of_these_in_folder)))


def _nearest(table: Mapping[str, list[float]], way: int, shot: float) -> Tensor | None:
    return torch.tensor(table[nearest_setting(table, way, shot)], dtype=torch.float64) if table else None
