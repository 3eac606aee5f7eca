"""The bins' own say in the temperature: leave-one-out over bins of two or more (docs/architecture.md, calibration).

Methods that do not adapt are fitted in a millisecond, so each example is left out by itself. A method that adapts takes
a hundred times as long: one example of every bin is left out at a time, so that a few fits judge as many examples.
"""

import math
from collections.abc import Sequence
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
FITS = 10
"""Fits of an adapting method at most: about a second for 20 bins of five."""
FOLDER_READ = 512
"""Unlabelled images that each of these fits reads at most."""


def left_out(labels: Tensor) -> list[int]:
    """Indices of the examples that can be left out: those whose bin has another one; spread evenly where there are
    many."""
    counts = torch.bincount(labels)
    candidates = (counts[labels] >= 2).nonzero()[:, 0].tolist()
    stride = max(1, math.ceil(len(candidates) / MOST))
    return candidates[::stride]


def rounds(labels: Tensor) -> list[list[int]]:
    """Indices that are left out together, one of every bin of two or more at most: ``FITS`` rounds, ``MOST`` examples.

    Of a larger bin, examples are spread evenly over the rounds.
    """
    members = [m for m in ((labels == c).nonzero()[:, 0].tolist() for c in labels.unique()) if len(m) >= 2]
    if not members:
        return []
    count = min(max(map(len, members)), FITS, max(1, MOST // len(members)))
    spread = [m[:: math.ceil(len(m) / count)] for m in members]
    return [[m[r] for m in spread if r < len(m)] for r in range(max(map(len, spread)))]


def leave_one_out(method: Method, support: Support, folder: Tensor | None = None) -> Job[tuple[Tensor, Tensor]]:
    """Log-probabilities [m, w] of each left-out example under a classifier fitted without it, and its label [m].

    Inputs of ``support`` may carry views, where the method reads them. A transductive method reads ``FOLDER_READ``
    images of ``folder`` [f, …] at most.
    """
    part = None if folder is None else folder[:: math.ceil(len(folder) / FOLDER_READ)]
    together = rounds(support.labels) if method.adapts else [[i] for i in left_out(support.labels)]
    answers = []
    for done, indices in enumerate(together):
        answers.append(_asked_of(method, support, indices, part))
        yield Progress("calibrate", done + 1, len(together))
    asked = [i for indices in together for i in indices]
    return (torch.cat(answers) if answers else torch.zeros(0, support.way)), support.labels[asked]


def _asked_of(method: Method, support: Support, indices: Sequence[int], folder: Tensor | None) -> Tensor:
    keep = torch.ones(len(support.labels), dtype=torch.bool)
    keep[indices] = False
    classifier = method.fit(Support(support.inputs[keep], support.labels[keep]), folder)
    with torch.no_grad():
        return classifier.log_probs(method.asked(support.inputs[indices]))


def calibrate(method: Method, fitted: FittedBins) -> Job[FittedBins]:
    """``fitted`` with its temperature shrunk towards the bins' leave-one-out estimate, weight n / (n + 50)."""
    log_probs, labels = yield from leave_one_out(method, fitted.taught, fitted.folder)
    n = len(labels)
    if n == 0:
        return replace(fitted, is_calibrated=True)
    weight = n / (n + PRIOR)
    own = fit_temperature(log_probs, labels)
    shrunk = math.exp((1 - weight) * math.log(fitted.temperature) + weight * math.log(own))
    return replace(fitted, temperature=shrunk, is_calibrated=True)
