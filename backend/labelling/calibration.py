"""The bins' own estimate of the temperature: one example of every bin is left out at a time (ADR 0013).

A method that does not adapt is fitted in a millisecond, and may be fitted once for each example of a bin. One that
adapts takes a hundred times as long and is fitted only a few times.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

import torch
from torch import Tensor

from backend.confidence.temperature import fit_temperature
from backend.labelling.fitted_bins import FittedBins, LeftOut
from backend.methods import Method, Support
from backend.types import ImageId, Job, Progress

PRIOR = 50
"""The card's temperature counts as much as this many left-out examples."""
MOST = 100
"""Left-out examples at most; more would move the temperature little and cost a fit each."""
FITS = 10
"""Fits of an adapting method at most: about a second for 20 bins of five."""
FOLDER_READ = 512
"""Unlabelled images that each of these fits reads at most."""
MOST_READ = 1000
"""Images of the folder that are read at most where several trunks would read them."""
MOST_TOLD, FITS_TOLD, MOST_FITS_TOLD = 400, 20, 50
"""Of a figure that people are told: examples that are left out at most, fits for many bins, and for few."""


def rounds(labels: Tensor, fits: int, most: int) -> list[list[int]]:
    """Indices that are left out together, one of every bin of two or more: ``fits`` rounds and ``most`` examples at
    most, or one of every bin where there are more bins than that.

    Of a larger bin, examples are spread evenly over the rounds.
    """
    members = [m for m in ((labels == c).nonzero()[:, 0].tolist() for c in labels.unique()) if len(m) >= 2]
    if not members:
        return []
    count = min(max(map(len, members)), fits, max(1, most // len(members)))
    return one_of_each([m[:: math.ceil(len(m) / count)] for m in members])


def told_rounds(labels: Tensor) -> list[list[int]]:
    """``rounds`` for a figure that people are told: the same for every method, so that one method has one figure
    wherever it stands, and two of them are asked about the same examples after the same fits."""
    spare = int((torch.bincount(labels) >= 2).sum())
    fits = min(MOST_FITS_TOLD, max(FITS_TOLD, MOST_TOLD // 2 // max(1, spare)))
    return rounds(labels, fits, MOST_TOLD)


def spread_out(ids: Iterable[ImageId], most: int) -> list[ImageId]:
    """``most`` of ``ids`` at most, evenly: the same ones in whatever order they come."""
    ordered = sorted(ids)
    return ordered[:: math.ceil(len(ordered) / most)] if ordered else []


def told_folder(ids: Iterable[ImageId]) -> list[ImageId]:
    """The images of the folder that a transductive method reads in ``told_rounds``."""
    return spread_out(spread_out(ids, MOST_READ), FOLDER_READ)


def one_of_each(groups: Sequence[Sequence[int]]) -> list[list[int]]:
    """The first of every group, the second of every group that has one, and so on."""
    return [[g[n] for g in groups if n < len(g)] for n in range(max(map(len, groups), default=0))]


def fits_of(adapts: bool) -> int:
    """How often a method may be fitted for a question of the window."""
    return FITS if adapts else MOST


def leave_one_out(
    method: Method, support: Support, folder: Tensor | None = None, together: Sequence[Sequence[int]] | None = None
) -> Job[tuple[Tensor, Tensor]]:
    """Log-probabilities [m, w] of each left-out example under a classifier fitted without it, and its label [m].

    A transductive method reads ``FOLDER_READ`` images of ``folder`` [f, …] at most. ``together`` holds the examples
    that are left out at a time, in whose order the answers come; by default what suits ``method``. Inputs of
    ``support`` may carry views, where the method reads them.
    """
    together = together_of(method, support) if together is None else together
    answers = yield from leave_out(method, support, together, folder)
    return answers.log_probs, support.labels[list(answers.places)]


def together_of(method: Method, support: Support) -> list[list[int]]:
    """The places that calibration leaves out, those of one fit together."""
    return rounds(support.labels, fits_of(method.adapts), MOST)


def leave_out(
    method: Method, support: Support, together: Sequence[Sequence[int]], folder: Tensor | None = None
) -> Job[LeftOut]:
    """What is said of examples by classifiers fitted without them: ``together`` are the places that are left out at a
    time. Of each bin another example must stay."""
    part = folder_part(folder)
    answers = []
    for done, indices in enumerate(together):
        answers.append(asked_without(method, support, indices, part))
        yield Progress("calibrate", done + 1, len(together))
    places = tuple(i for indices in together for i in indices)
    return LeftOut(places, torch.cat(answers) if answers else support.inputs.new_zeros(0, support.way))


def folder_part(folder: Tensor | None) -> Tensor | None:
    """What each of many fits reads of ``folder`` [f, …], where there is any."""
    return folder[:: math.ceil(len(folder) / FOLDER_READ)] if folder is not None and len(folder) else None


def without(support: Support, indices: Sequence[int]) -> Support:
    """``support`` as if the examples ``indices`` had never been given."""
    keep = torch.ones(len(support.labels), dtype=torch.bool)
    keep[list(indices)] = False
    return Support(support.inputs[keep], support.labels[keep])


def asked_without(method: Method, support: Support, indices: Sequence[int], folder: Tensor | None) -> Tensor:
    """Log-probabilities [m, w] of the examples ``indices`` under a classifier fitted without them."""
    classifier = method.fit(without(support, indices), folder)
    with torch.no_grad():
        return classifier.log_probs(method.asked(support.inputs[indices]))


def shrink_temperature(method: Method, fitted: FittedBins) -> Job[FittedBins]:
    """``fitted`` with its temperature shrunk towards the bins' leave-one-out estimate, weight n / (n + 50)."""
    answers = yield from leave_out(method, fitted.taught, together_of(method, fitted.support), fitted.folder)
    n = len(answers.places)
    if n == 0:
        return replace(fitted, is_calibrated=True, left_out=answers)
    weight = n / (n + PRIOR)
    own = fit_temperature(answers.log_probs, fitted.support.labels[list(answers.places)])
    shrunk = math.exp((1 - weight) * math.log(fitted.temperature) + weight * math.log(own))
    return replace(fitted, temperature=shrunk, is_calibrated=True, left_out=answers)
