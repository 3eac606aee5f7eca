"""*Compare methods*: every method of a model on the person's own bins, side by side.

Every method answers for the same left-out examples after the same fits, those of *How good is it*
(``calibration.told_rounds``), so that differences are paired, and labels the same images. Transductive methods read the
folder, as they do in use: the left-out examples are not part of it unless they lie in it.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from backend.errors import RequestError
from backend.labelling.calibration import MOST_READ, leave_one_out, spread_out, told_folder
from backend.labelling.fitted_bins import FittedBins, fit_bins
from backend.labelling.predictions import predict
from backend.selection.best_method import Candidate, same_rounds, stores_of, usable_everywhere
from backend.selection.scores import MethodScore
from backend.types import Bins, ImageFile, ImageId, Job, Labelled, Progress, Rejected


@dataclass(frozen=True, slots=True)
class Task:
    """What the methods are compared on: the ``examples``' files of ``bins``, and the ``folder`` to label."""

    bins: Bins
    examples: Sequence[ImageFile]
    folder: Sequence[ImageFile]
    rejected: Rejected

    def read(self) -> Sequence[ImageFile]:
        """The images that are labelled, spread evenly: each method may have a trunk of its own."""
        files = {f.id: f for f in self.folder}
        return [files[i] for i in spread_out(files, MOST_READ)]


def score_candidates(candidates: Sequence[Candidate], task: Task) -> Job[list[MethodScore]]:
    """Tries ``candidates`` one after the other; yields and returns a ``MethodScore`` of each, in that order.

    Raises:
        RequestError: fewer than two bins have a readable example, or none has two.
    """
    for store in stores_of(candidates):
        yield from store.embed(task.examples)
    filled = usable_everywhere(candidates, task.bins)
    together = same_rounds(filled)
    scores: list[MethodScore] = []
    for number, candidate in enumerate(candidates, 1):
        try:
            score = yield from _try(candidate, task, filled, together, (number, len(candidates)))
        except RequestError as error:  # this method alone cannot
            score = MethodScore("compare", number, len(candidates), candidate.ready.name, problem=error.sentence)
        scores.append(score)
        yield score
    return scores


def _try(
    candidate: Candidate,
    task: Task,
    filled: Bins,
    together: Sequence[Sequence[int]],
    place: tuple[int, int],
) -> Job[MethodScore]:
    store, ready = candidate.store, candidate.ready
    yield from store.embed(task.read())
    ids = store.known([f.id for f in task.read()])
    fitted, predicted, seconds = yield from _label(candidate, task, filled, ids)
    seen = told_folder(ids) if ready.method.transductive else []
    folder = store.features(seen) if seen else None
    log_probs, labels = yield from leave_one_out(ready.method, fitted.taught, folder, together)
    right = tuple((log_probs.argmax(1) == labels).tolist())
    whole = seconds * max(1.0, len(task.folder) / max(1, len(ids)))
    return MethodScore("compare", *place, ready.name, right, predicted, whole)


def _label(
    candidate: Candidate, task: Task, bins: Bins, ids: Sequence[ImageId]
) -> Job[tuple[FittedBins, dict[ImageId, str], float]]:
    """The fitted ``bins``, the label of each of ``ids``, and the time both took, without what the worker did between
    the steps."""
    started, spent = time.perf_counter(), 0.0
    fitted = fit_bins(candidate.ready, candidate.store, bins, ids)
    labels: dict[ImageId, str] = {}
    steps = predict(fitted, candidate.store, ids, 0.0, task.rejected)
    for step in steps:
        spent += time.perf_counter() - started
        labels |= {i: p.label for i, p in step.predictions.items()} if isinstance(step, Labelled) else {}
        yield Progress("compare", len(labels), len(ids))
        started = time.perf_counter()
    return fitted, labels, spent + time.perf_counter() - started
