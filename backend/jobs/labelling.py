"""Jobs that make features, labels and calibrated confidences."""

from collections.abc import Sequence

from backend.errors import RequestError
from backend.jobs.engine import Engine
from backend.jobs.fitting import Fitting
from backend.labelling.calibration import shrink_temperature
from backend.labelling.fitted_bins import FittedBins
from backend.labelling.predictions import predict, rank_by_similarity
from backend.types import Bins, ImageFile, ImageId, Job, Progress, Rejected


def embed(engine: Engine, files: Sequence[ImageFile]) -> Job[None]:
    """Makes features for ``files``; yields ``Embedded``. Known images cost nothing."""
    return engine.store.embed(files)


def relabel(
    engine: Engine,
    bins: Bins,
    ids: Sequence[ImageId],
    reject: float = 0.0,
    folder: Sequence[ImageId] | None = None,
    rejected: Rejected | None = None,
) -> Job[None]:
    """Labels ``ids`` by ``bins``; yields ``Labelled``. Images without features are left out. No image gets a label that
    is ``rejected`` for it.

    One usable bin ranks by similarity. From two on, confidences are as good as ``calibrate`` has made them so far.
    ``folder`` is what a transductive method reads besides the examples, ``ids`` unless it is given.

    Raises:
        RequestError: no bin has a usable example.
    """
    fitting, store = engine.fitting, engine.store
    filled, known = fitting.usable(bins), store.known(ids)
    if not filled:
        raise RequestError("No examples yet", "No bin has a readable example.", "Drag images into a bin.")
    if len(filled) == 1:
        [(name, examples)] = filled.items()
        yield from rank_by_similarity(name, examples, store, known)
        return
    fitted = yield from _fit(fitting, bins, ids if folder is None else folder)
    yield Progress("fit", 1, 1)
    yield from predict(fitted, store, known, reject, rejected or {})


def add_views(engine: Engine, bins: Bins, files: Sequence[ImageFile]) -> Job[bool]:
    """Makes views of the examples, whose ``files`` are given, where the method reads any; True where ``relabel`` then
    gives other labels than before. What was made once costs nothing."""
    if not engine.reads_views:
        return False
    fitting, store = engine.fitting, engine.store
    examples = {i for ids in fitting.usable(bins).values() for i in ids}
    by_key = {store.keys[f.id]: f for f in files if f.id in examples and f.id in store.keys}
    yield from store.views.embed(by_key)
    return fitting.is_outdated(bins)


def calibrate(engine: Engine, bins: Bins, folder: Sequence[ImageId] = ()) -> Job[bool]:
    """Moves the temperature towards the bins' own leave-one-out estimate, once for the same bins; True where it moved.

    ``relabel`` then gives other confidences, and the same labels. ``folder`` is what a transductive method reads, the
    same as in ``relabel``.
    """
    fitting = engine.fitting
    if len(fitting.usable(bins)) < 2:
        return False
    before = yield from _fit(fitting, bins, folder)
    if before.is_calibrated:
        return False
    yield Progress("calibrate", 0, None)
    after = yield from shrink_temperature(fitting.method, before)
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
