"""Influence of examples: what changes when one is left out.

Three questions, each answered by fitting again without an example (Cook 1977, "Detection of influential observation in
linear regression", is the classic form): which examples does an image's label rest on; which labels of the
folder would change without an example; and which examples would their own bins not claim?
"""

import math
from collections.abc import Mapping
from dataclasses import replace

import torch

from backend.embedding.feature_store import FeatureStore
from backend.labelling.calibration import leave_out, one_of_each, together_of
from backend.labelling.fitted_bins import FittedBins, LeftOut, chances, ranked
from backend.labelling.predictions import allowed, predict, predict_chunk
from backend.methods import Method, Support
from backend.types import Absence, Doubt, Flip, ImageId, Job, Labelled, Prediction, Progress, Rejected, RestsOn

TRIED = 100
"""Examples that are left out for one image at most, the nearest first."""
TRIED_COSTLY = 20
"""As many where each fit may take a quarter of a second."""
DOUBTED = 500
"""Examples that are judged at most, those that calibration has judged included."""


def is_costly(method: Method) -> bool:
    """Whether a fit takes so long that people should ask for it: methods that adapt or read the folder."""
    return method.adapts or method.transductive


def without(method: Method, fitted: FittedBins, place: int) -> FittedBins | None:
    """``fitted`` as it would be without the example at ``place`` of the support, at the same temperature.

    A bin that has no other example is then none; None where fewer than two would be left.
    """
    keep = torch.ones(len(fitted.support.labels), dtype=torch.bool)
    keep[place] = False
    labels, emptied = fitted.support.labels[keep], int(fitted.support.labels[place])
    names = fitted.names
    if not bool((labels == emptied).any()):
        names = names[:emptied] + names[emptied + 1 :]
        labels = labels - (labels > emptied).long()
    if len(names) < 2:
        return None
    classifier = method.fit(Support(fitted.taught.inputs[keep], labels), fitted.folder)
    examples = fitted.examples[:place] + fitted.examples[place + 1 :]
    support = Support(fitted.support.inputs[keep], labels)
    views = None if fitted.views is None else fitted.views[keep]
    return replace(
        fitted, classifier=classifier, names=names, support=support, views=views, examples=examples, left_out=None
    )


def decisive_examples(
    method: Method, fitted: FittedBins, store: FeatureStore, image: ImageId, rejected: Rejected
) -> Job[RestsOn]:
    """The examples without which ``image``, which must have features, would have another label: ``TRIED`` are left out
    at most, ``TRIED_COSTLY`` of costly methods, the nearest first."""
    label = _labelled(fitted, store, image, rejected).label
    order = nearest(fitted, store, image)[: TRIED_COSTLY if is_costly(method) else TRIED]
    flips: list[Flip] = []
    tried = 0
    for done, place in enumerate(order):
        reduced = without(method, fitted, place)
        if reduced is not None:
            tried += 1
            other = _labelled(reduced, store, image, rejected)
            flips += [Flip(fitted.examples[place], other.label, other.confidence)] if other.label != label else []
        yield Progress("influence", done + 1, len(order))
    return RestsOn(label, tuple(flips), tried, len(fitted.examples) - len(order))


def nearest(fitted: FittedBins, store: FeatureStore, image: ImageId) -> list[int]:
    """Places of the support, by growing distance (Euclidean, of features) to ``image``."""
    query = store.features([image]).flatten(1)  # [1, d]
    distances = (fitted.support.inputs.float().flatten(1) - query).square().sum(1)
    return distances.argsort(stable=True).tolist()


def labels_without(
    method: Method,
    fitted: FittedBins,
    store: FeatureStore,
    example: ImageId,
    labels: Mapping[ImageId, str],
    rejected: Rejected,
) -> Job[Absence]:
    """Which of ``labels`` (image → its present label) would be others without ``example``. Images without features are
    left out; an ``example`` that does not teach changes nothing."""
    known = store.known(list(labels))
    if example not in fitted.examples:
        return Absence({}, len(known), last=False)
    place = fitted.examples.index(example)
    last = int((fitted.support.labels == fitted.support.labels[place]).sum()) == 1
    reduced = without(method, fitted, place)
    if reduced is None:
        return Absence(None, 0, last)
    changes: dict[ImageId, str] = {}
    for step in predict(reduced, store, known, 0.0, rejected):
        if isinstance(step, Labelled):
            changes |= {i: p.label for i, p in step.predictions.items() if p.label != labels[i]}
        yield Progress("influence", step.done, step.total)
    return Absence(changes, len(known), last)


def unclaimed_examples(method: Method, fitted: FittedBins, rejected: Rejected) -> Job[dict[ImageId, Doubt]]:
    """The examples that their own bins would not claim: left out, each gets another label than its bin's.

    What calibration has asked counts. Methods that are fitted in a millisecond are asked of the others, too, up to
    ``DOUBTED``. An example that is alone in its bin cannot be judged; labels ``rejected`` for one do not count.
    """
    asked = fitted.left_out
    if asked is None:
        together = together_of(method, fitted.support)
        asked = yield from leave_out(method, fitted.taught, together, fitted.folder)
    if not is_costly(method):
        asked = yield from _with_the_others(method, fitted, asked)
    found: dict[ImageId, Doubt] = {}
    for n, place in enumerate(asked.places):
        doubt = _doubt(fitted, asked, n, rejected)
        if doubt.label != fitted.names[int(fitted.support.labels[place])]:
            found[fitted.examples[place]] = doubt
        yield Progress("doubt", n + 1, len(asked.places))
    return found


def _with_the_others(method: Method, fitted: FittedBins, asked: LeftOut) -> Job[LeftOut]:
    """``asked`` with further examples, evenly spread where there are more than ``DOUBTED``."""
    labels = fitted.support.labels
    company = (torch.bincount(labels)[labels] >= 2).nonzero()[:, 0].tolist()
    rest = sorted(set(company).difference(asked.places))
    stride = max(1, math.ceil(len(rest) / max(1, DOUBTED - len(asked.places))))
    own = labels.tolist()
    groups = [[i for i in rest[::stride] if own[i] == c] for c in sorted(set(own))]
    more = yield from leave_out(method, fitted.taught, one_of_each(groups), fitted.folder)
    return LeftOut(asked.places + more.places, torch.cat([asked.log_probs, more.log_probs]))


@torch.no_grad()
def _doubt(fitted: FittedBins, asked: LeftOut, n: int, rejected: Rejected) -> Doubt:
    """What an example would be labelled; the chance that it belongs in no bin is reckoned without it, too."""
    place = asked.places[n]
    keep = [i for i in range(len(fitted.examples)) if i != place]
    rest = replace(fitted, support=Support(fitted.support.inputs[keep], fitted.support.labels[keep]))
    may = allowed(fitted, [fitted.examples[place]], rejected)
    best = int(ranked(asked.log_probs[[n]], may, 1)[0, 0])
    likely = chances(rest, fitted.support.inputs[[place]], asked.log_probs[[n]])[0]
    return Doubt(fitted.names[best], round(float(likely[best]), 6))


def _labelled(fitted: FittedBins, store: FeatureStore, image: ImageId, rejected: Rejected) -> Prediction:
    [prediction] = predict_chunk(fitted, store.features([image]), 0.0, allowed(fitted, [image], rejected))
    return prediction
