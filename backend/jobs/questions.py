"""What people ask of labels and bins: why, what if, and how good is it."""

from collections.abc import Mapping
from dataclasses import replace

from backend.explain import influence, learning_curve
from backend.explain import quality as asked
from backend.explain.reports import Quality, ShotsCurve
from backend.jobs.fitting import Fitting
from backend.labelling import predictions
from backend.types import Absence, Bins, Doubt, Explanation, ImageId, Job, Progress, Rejected, RestsOn


def explain(fitting: Fitting, bins: Bins, image: ImageId, rejected: Rejected) -> Job[Explanation]:
    """See ``backend.jobs.explain``."""
    fitted = fitting.fit_for(image, bins)
    yield Progress("explain", 0, 1)
    return predictions.explain(fitting.method, fitted, fitting.store, image, rejected)


def rests_on(fitting: Fitting, bins: Bins, image: ImageId, rejected: Rejected) -> Job[RestsOn]:
    """See ``backend.jobs.rests_on``."""
    fitted = fitting.fit_for(image, bins)
    yield Progress("influence", 0, None)
    return (yield from influence.rests_on(fitting.method, fitted, fitting.store, image, rejected))


def absence(
    fitting: Fitting, bins: Bins, example: ImageId, labels: Mapping[ImageId, str], rejected: Rejected
) -> Job[Absence]:
    """See ``backend.jobs.absence``."""
    fitted = fitting.fit_for(example, bins)
    yield Progress("influence", 0, None)
    return (yield from influence.absence(fitting.method, fitted, fitting.store, example, labels, rejected))


def doubts(fitting: Fitting, bins: Bins, rejected: Rejected) -> Job[dict[ImageId, Doubt]]:
    """See ``backend.jobs.doubts``."""
    if len(fitting.usable(bins)) < 2:
        return {}
    fitted = fitting.fit(bins)
    yield Progress("doubt", 0, None)
    return (yield from influence.doubts(fitting.method, fitted, rejected))


def quality(fitting: Fitting, bins: Bins) -> Job[Quality]:
    """See ``backend.jobs.quality``."""
    filled = fitting.usable(bins)
    if len(filled) < 2:
        return Quality(tuple(filled), tuple(map(len, filled.values())))
    fitted = fitting.fit(bins)
    yield Progress("quality", 0, None)
    return (yield from asked.quality(fitting.method, replace(fitted, folder=fitting.told_folder())))


def shots_curve(fitting: Fitting, bins: Bins) -> Job[ShotsCurve]:
    """See ``backend.jobs.shots_curve``."""
    if len(fitting.usable(bins)) < 2:
        return ShotsCurve()
    fitted = fitting.fit(bins)
    yield Progress("shots", 0, None)
    return (yield from learning_curve.shots_curve(fitting.method, fitted))
