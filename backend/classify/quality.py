"""*How good is it*: each example is left out in turn, and the bins say whose it is.

The confidences are the window's own, at the same temperature and with none-of-these, of a classifier that has never
seen the example. A method that adapts leaves out one example of every bin at a time, as for calibration (ADR 0008).
"""

import math
from collections.abc import Sequence
from dataclasses import replace

import torch
from torch import Tensor

from backend.classify.bins import FittedBins, probabilities
from backend.classify.calibration import FOLDER_READ, MOST, rounds
from backend.classify.reports import LeftOut, Quality
from backend.methods import Method, Support
from backend.types import Job, Progress

MOST_EXACT = 400
"""Examples that are left out at most, spread evenly, where each takes a fit of a method that does not adapt."""


def left_out_together(method: Method, labels: Tensor) -> list[list[int]]:
    """Indices of the examples that are left out at a time; only bins of two or more can spare one."""
    if method.adapts:
        return rounds(labels)
    spare = (torch.bincount(labels)[labels] >= 2).nonzero()[:, 0].tolist()
    most = MOST if method.transductive else MOST_EXACT
    return [[i] for i in spare[:: max(1, math.ceil(len(spare) / most))]]


def quality(method: Method, fitted: FittedBins) -> Job[Quality]:
    """What the bins say of their own examples, each left out."""
    labels = fitted.support.labels
    together = left_out_together(method, labels)
    answers: list[LeftOut] = []
    for done, indices in enumerate(together):
        answers += _answers(method, fitted, indices)
        yield Progress("quality", done + 1, len(together))
    return Quality(fitted.names, tuple(torch.bincount(labels).tolist()), tuple(answers))


def without(method: Method, fitted: FittedBins, indices: Sequence[int]) -> FittedBins:
    """``fitted`` as if the examples ``indices`` had never been given."""
    keep = torch.ones(len(fitted.support.labels), dtype=torch.bool)
    keep[list(indices)] = False
    support = Support(fitted.support.inputs[keep], fitted.support.labels[keep])
    return replace(fitted, classifier=method.fit(support, folder_part(fitted)), support=support)


def folder_part(fitted: FittedBins) -> Tensor | None:
    """What each of many fits reads of the folder, where the method reads it."""
    folder = fitted.folder
    return None if folder is None else folder[:: math.ceil(len(folder) / FOLDER_READ)]


def _answers(method: Method, fitted: FittedBins, indices: list[int]) -> list[LeftOut]:
    less = without(method, fitted, indices)
    with torch.no_grad():
        best = probabilities(less, fitted.support.inputs[indices]).max(1)
    own = fitted.support.labels[indices].tolist()
    found = zip(indices, own, best.indices.tolist(), best.values.tolist(), strict=True)
    return [LeftOut(fitted.examples[i], fitted.names[o], fitted.names[c], float(p)) for i, o, c, p in found]
