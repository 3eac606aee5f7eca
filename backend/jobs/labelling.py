"""Labels for the folder, and confidences that keep their word."""

from collections.abc import Sequence

from backend.errors import RequestError
from backend.jobs.fitting import Fitting
from backend.labelling.calibration import calibrate as calibrated
from backend.labelling.fitted_bins import FittedBins
from backend.labelling.predictions import predict, rank_by_similarity
from backend.types import Bins, ImageFile, ImageId, Job, Progress, Rejected


def relabel(
    fitting: Fitting,
    bins: Bins,
    ids: Sequence[ImageId],
    reject: float,
    folder: Sequence[ImageId] | None,
    rejected: Rejected,
) -> Job[None]:
    """See ``backend.jobs.relabel``."""
    store, filled = fitting.store, fitting.usable(bins)
    known = store.known(ids)
    if not filled:
        raise RequestError("No examples yet", "No bin has a readable example.", "Drag images into a bin.")
    if len(filled) == 1:
        [(name, examples)] = filled.items()
        yield from rank_by_similarity(name, examples, store, known)
        return
    fitted = yield from _fit(fitting, bins, ids if folder is None else folder)
    yield Progress("fit", 1, 1)
    yield from predict(fitted, store, known, reject, rejected)


def add_views(fitting: Fitting, bins: Bins, files: Sequence[ImageFile]) -> Job[bool]:
    """See ``backend.jobs.add_views``."""
    if not fitting.method.reads_views:
        return False
    store = fitting.store
    examples = {i for ids in fitting.usable(bins).values() for i in ids}
    by_key = {store.keys[f.id]: f for f in files if f.id in examples and f.id in store.keys}
    yield from store.views.embed(by_key)
    return fitting.is_outdated(bins)


def calibrate(fitting: Fitting, bins: Bins, folder: Sequence[ImageId]) -> Job[bool]:
    """See ``backend.jobs.calibrate``."""
    if len(fitting.usable(bins)) < 2:
        return False
    before = yield from _fit(fitting, bins, folder)
    if before.is_calibrated:
        return False
    yield Progress("calibrate", 0, None)
    after = yield from calibrated(fitting.method, before)
    return fitting.exchange(before, after) and after.temperature != before.temperature


def _fit(fitting: Fitting, bins: Bins, folder: Sequence[ImageId]) -> Job[FittedBins]:
    """The classifier, a step at a time."""
    steps, done = fitting.fit_in_steps(bins, folder), 0
    while True:
        try:
            next(steps)
        except StopIteration as end:
            fitted: FittedBins = end.value
            return fitted
        done += 1
        yield Progress("fit", done)
