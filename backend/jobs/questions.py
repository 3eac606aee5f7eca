"""Jobs that explain labels and measure the bins: why, what if, and how good."""

from collections.abc import Mapping
from dataclasses import replace

from backend.explain.influence import decisive_examples, labels_without, unclaimed_examples
from backend.explain.learning_curve import accuracy_by_shots
from backend.explain.quality import leave_each_out
from backend.explain.reports import Quality, ShotsCurve
from backend.jobs.engine import Engine
from backend.labelling.predictions import explanation
from backend.types import Absence, Bins, Doubt, Explanation, ImageId, Job, Progress, Rejected, RestsOn


def explain(engine: Engine, bins: Bins, image: ImageId, rejected: Rejected | None = None) -> Job[Explanation]:
    """Why ``image`` has its label; bins that are ``rejected`` for it are not ranked.

    Raises:
        RequestError: it has no features, or there are fewer than two usable bins.
    """
    fitted = engine.fitting.fit_for(image, bins)
    yield Progress("explain", 0, 1)
    return explanation(engine.fitting.method, fitted, engine.store, image, rejected or {})


def rests_on(engine: Engine, bins: Bins, image: ImageId, rejected: Rejected | None = None) -> Job[RestsOn]:
    """Which examples the label of ``image`` rests on: without one of them it would be another. A fit for each example
    that is tried, so few where ``engine.costly``. RequestErrors as for ``explain``."""
    fitted = engine.fitting.fit_for(image, bins)
    yield Progress("influence", 0, None)
    return (yield from decisive_examples(engine.fitting.method, fitted, engine.store, image, rejected or {}))


def absence(
    engine: Engine, bins: Bins, example: ImageId, labels: Mapping[ImageId, str], rejected: Rejected | None = None
) -> Job[Absence]:
    """Which images would change their label, now one of ``labels``, if ``example`` were left out: one fit, then the
    images with features are labelled. RequestErrors as for ``explain``."""
    fitted = engine.fitting.fit_for(example, bins)
    yield Progress("influence", 0, None)
    return (yield from labels_without(engine.fitting.method, fitted, engine.store, example, labels, rejected or {}))


def doubts(engine: Engine, bins: Bins, rejected: Rejected | None = None) -> Job[dict[ImageId, Doubt]]:
    """The examples that their own bins would not claim, by leave-one-out; what ``calibrate`` has asked is reused.
    Nothing where there are fewer than two usable bins."""
    if len(engine.fitting.usable(bins)) < 2:
        return {}
    fitted = engine.fitting.fit(bins)
    yield Progress("doubt", 0, None)
    return (yield from unclaimed_examples(engine.fitting.method, fitted, rejected or {}))


def quality(engine: Engine, bins: Bins) -> Job[Quality]:
    """Leaves each example out in turn and asks the bins whose it is. Nothing is left out where there are fewer than two
    usable bins, or none has two examples."""
    filled = engine.fitting.usable(bins)
    if len(filled) < 2:
        return Quality(tuple(filled), tuple(map(len, filled.values())))
    fitted = engine.fitting.fit(bins)
    yield Progress("quality", 0, None)
    return (yield from leave_each_out(engine.fitting.method, replace(fitted, folder=engine.fitting.told_folder())))


def shots_curve(engine: Engine, bins: Bins) -> Job[ShotsCurve]:
    """How accurate the bins are with 1, 2, 3 … of their examples; without points where that cannot be told."""
    if len(engine.fitting.usable(bins)) < 2:
        return ShotsCurve()
    fitted = engine.fitting.fit(bins)
    yield Progress("shots", 0, None)
    return (yield from accuracy_by_shots(engine.fitting.method, fitted))
