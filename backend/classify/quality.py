"""*How good is it*: one example of every bin is left out at a time, and the bins say whose they are.

The confidences are the window's own, at the same temperature and with none-of-these, of a classifier that has never
seen the examples. The figure is that of bins with one example less each (ADR 0013).
"""

from dataclasses import replace

import torch
from torch import Tensor

from backend.classify.bins import FittedBins, chances
from backend.classify.calibration import MOST, asked_without, fits_of, folder_part, rounds, without
from backend.classify.reports import LeftOut, Quality
from backend.methods import Method
from backend.types import Job, Progress

MOST_EXACT = 400
"""Examples that are left out at most, spread evenly, of a method that is fitted in a millisecond."""


def left_out_together(method: Method, labels: Tensor) -> list[list[int]]:
    """Indices of the examples that are left out at a time; only bins of two or more can spare one."""
    if method.adapts or method.transductive:
        return rounds(labels, fits_of(method.adapts), MOST)
    return rounds(labels, MOST_EXACT, MOST_EXACT)


def quality(method: Method, fitted: FittedBins) -> Job[Quality]:
    """What the bins say of their own examples, each left out."""
    labels, folder = fitted.support.labels, folder_part(fitted.folder)
    together = left_out_together(method, labels)
    answers: list[LeftOut] = []
    for done, indices in enumerate(together):
        answers += _answers(fitted, indices, asked_without(method, fitted.taught, indices, folder))
        yield Progress("quality", done + 1, len(together))
    return Quality(fitted.names, tuple(torch.bincount(labels).tolist()), tuple(answers))


@torch.no_grad()
def _answers(fitted: FittedBins, indices: list[int], log_probs: Tensor) -> list[LeftOut]:
    """The chance that an example belongs in no bin is reckoned without it, too."""
    rest = replace(fitted, support=without(fitted.support, indices))
    best = chances(rest, fitted.support.inputs[indices], log_probs).max(1)
    own = fitted.support.labels[indices].tolist()
    found = zip(indices, own, best.indices.tolist(), best.values.tolist(), strict=True)
    return [LeftOut(fitted.examples[i], fitted.names[o], fitted.names[c], float(p)) for i, o, c, p in found]
