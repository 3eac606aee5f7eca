"""The bins' own say in the temperature: leave-one-out over bins of two or more (docs/architecture.md, calibration)."""

import math
from dataclasses import replace

import torch
from torch import Tensor

from backend.classify.bins import FittedBins
from backend.methods import Method, Support
from backend.models.temperature import fit_temperature
from backend.types import Job, Progress

PRIOR = 50
"""The card's temperature counts as much as this many left-out examples."""
MOST = 100
"""Left-out examples at most; more would move the temperature little and cost a fit each."""

FOLDER_READ = 512
"""Unlabelled images that each of these fits reads at most."""


def left_out(labels: Tensor) -> list[int]:
    """Indices of the examples that can be left out: those whose bin has another one; spread evenly where there are
    many."""
    counts = torch.bincount(labels)
    candidates = (counts[labels] >= 2).nonzero()[:, 0].tolist()
    stride = max(1, math.ceil(len(candidates) / MOST))
    return candidates[::stride]


def leave_one_out(method: Method, support: Support, folder: Tensor | None = None) -> Job[tuple[Tensor, Tensor]]:
    """Log-probabilities [m, w] of each left-out example under a classifier fitted on the others, and its label [m].

    A transductive method reads ``FOLDER_READ`` images of ``folder`` at most.
    """
    part = None if folder is None else folder[:: math.ceil(len(folder) / FOLDER_READ)]
    indices = left_out(support.labels)
    rows = []
    for done, index in enumerate(indices):
        keep = torch.arange(len(support.labels)) != index
        classifier = method.fit(Support(support.inputs[keep], support.labels[keep]), part)
        with torch.no_grad():
            rows.append(classifier.log_probs(support.inputs[index : index + 1]))
        yield Progress("calibrate", done + 1, len(indices))
    return (torch.cat(rows) if rows else torch.zeros(0, support.way)), support.labels[indices]


def calibrate(method: Method, fitted: FittedBins) -> Job[FittedBins]:
    """``fitted`` with its temperature shrunk towards the bins' leave-one-out estimate, weight n / (n + 50)."""
    log_probs, labels = yield from leave_one_out(method, fitted.support, fitted.folder)
    n = len(labels)
    if n == 0:
        return replace(fitted, is_calibrated=True)
    weight = n / (n + PRIOR)
    own = fit_temperature(log_probs, labels)
    shrunk = math.exp((1 - weight) * math.log(fitted.temperature) + weight * math.log(own))
    return replace(fitted, temperature=shrunk, is_calibrated=True)
