"""*How good is it*: leave-one-out accuracy on the bins' own examples, one of every bin at a time.

Confidences are computed as in the window, at the same temperature and with none-of-these, by a classifier that has
not seen the examples. The figure is that of bins with one example fewer each (ADR 0013).
"""

from dataclasses import replace

import torch
from torch import Tensor

from backend.explain.reports import LeftOut, Quality
from backend.labelling.calibration import asked_without, folder_part, told_rounds, without
from backend.labelling.fitted_bins import FittedBins, chances
from backend.methods import Method
from backend.types import Job, Progress


def leave_each_out(method: Method, fitted: FittedBins) -> Job[Quality]:
    """What the bins say of their own examples, each left out: in the rounds of *Compare methods*, so that the figure of
    a method is the same in both."""
    labels, folder = fitted.support.labels, folder_part(fitted.folder)
    together = told_rounds(labels)
    answers: list[LeftOut] = []
    for done, indices in enumerate(together):
        answers += _answers(fitted, indices, asked_without(method, fitted.taught, indices, folder))
        yield Progress("quality", done + 1, len(together))
    return Quality(fitted.names, tuple(torch.bincount(labels).tolist()), tuple(answers))


@torch.no_grad()
def _answers(fitted: FittedBins, indices: list[int], log_probs: Tensor) -> list[LeftOut]:
    """The chance that an example belongs in no bin is reckoned without it, too."""
    rest = replace(fitted, support=without(fitted.support, indices))
    sure = chances(rest, fitted.support.inputs[indices], log_probs).max(1).values
    own = fitted.support.labels[indices].tolist()
    found = zip(indices, own, log_probs.argmax(1).tolist(), sure.tolist(), strict=True)
    return [LeftOut(fitted.examples[i], fitted.names[o], fitted.names[c], float(p)) for i, o, c, p in found]
