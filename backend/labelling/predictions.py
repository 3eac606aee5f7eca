"""Predictions of many images, in steps."""

import time
from collections.abc import Collection, Sequence
from dataclasses import replace

import torch
from torch import Tensor

from backend.embedding.feature_store import STEP_SECONDS, FeatureStore
from backend.labelling.fitted_bins import FittedBins, chances, ranked, similarity_to_bin
from backend.methods import Method
from backend.types import NONE_OF_THESE, Explanation, ImageId, Job, Labelled, Prediction, Rejected, Status

FIRST_CHUNK = 64
"""About what a window shows at once."""
LEAST_CHUNK = 8
"""For methods that take milliseconds for each image."""
USUAL_BINS = 50
"""With more bins the first and the least chunk are smaller: every image is held against each of them."""
DIGITS = 6
"""Of a confidence. It is rounded before it is held against the threshold: what people read explains the status."""


def predict(
    fitted: FittedBins, store: FeatureStore, ids: Sequence[ImageId], reject: float, rejected: Rejected | None = None
) -> Job[None]:
    """Labels ``ids``, which must have features, in steps of about 30 ms; yields ``Labelled``. An image's label is the
    likeliest of those that are not ``rejected`` for it."""
    fewer = max(1, len(fitted.names) // USUAL_BINS)
    done, chunk = 0, max(1, FIRST_CHUNK // fewer)
    while done < len(ids):
        part = ids[done : done + chunk]
        started = time.perf_counter()
        predictions = predict_chunk(fitted, store.features(part), reject, allowed(fitted, part, rejected or {}))
        spent = time.perf_counter() - started
        done += len(part)
        chunk = max(LEAST_CHUNK // fewer, 1, min(4096, int(chunk * STEP_SECONDS / max(spent, 1e-4))))
        yield Labelled("label", done, len(ids), dict(zip(part, predictions, strict=True)))


def allowed(fitted: FittedBins, ids: Sequence[ImageId], rejected: Rejected) -> Tensor | None:
    """Which labels each image may have, bool [m, w]; None where all may have all."""
    if not any(i in rejected for i in ids):
        return None
    rows = [[name not in rejected.get(i, ()) for name in fitted.names] for i in ids]
    return torch.tensor(rows, device=fitted.support.labels.device)


@torch.no_grad()
def predict_chunk(fitted: FittedBins, features: Tensor, reject: float, may: Tensor | None = None) -> list[Prediction]:
    """Predictions of ``features`` [m, …]; below ``reject`` the status is unsure and the best guess stands.

    Where ``may`` [m, w] rules classes out, the others keep the probabilities that they had beside them: that one label
    is wrong makes no other right. Where it rules out all, there is no label.
    """
    log_probs = fitted.classifier.log_probs(features)
    indices = ranked(log_probs, may, 2)
    likely = chances(fitted, features, log_probs, fitted.classifier.familiarity(features))
    values = likely.gather(1, indices).cpu().double().round(decimals=DIGITS)
    made = [
        Prediction(
            status=Status.OK if best >= reject else Status.UNSURE,
            label=fitted.names[first],
            confidence=best,
            second_label=fitted.names[second],
            second_confidence=next_best,
        )
        for (best, next_best), (first, second) in zip(values.tolist(), indices.tolist(), strict=True)
    ]
    return made if may is None else [_given(p, n) for p, n in zip(made, may.sum(1).tolist(), strict=True)]


def _given(prediction: Prediction, left: int) -> Prediction:
    """The prediction where only ``left`` classes are not ruled out."""
    if left == 0:
        return NONE_OF_THESE
    return prediction if left > 1 else replace(prediction, second_label="", second_confidence=None)


def rank_by_similarity(
    name: str, examples: Sequence[ImageId], store: FeatureStore, ids: Sequence[ImageId]
) -> Job[None]:
    """One bin alone: similarity to it instead of labels; yields ``Labelled``."""
    for start in range(0, len(ids), 4096):
        part = ids[start : start + 4096]
        similarities = similarity_to_bin(store, examples, part).tolist()
        ranked = {i: Prediction(Status.OK, name, similarity=s) for i, s in zip(part, similarities, strict=True)}
        yield Labelled("label", start + len(part), len(ids), ranked)


@torch.no_grad()
def explanation(
    method: Method, fitted: FittedBins, store: FeatureStore, image: ImageId, rejected: Rejected | None = None
) -> Explanation:
    """Why ``image``, which must have features, has its label. Bins that are ``rejected`` for it and their examples have
    no place in that, and what they had goes to none of the others."""
    features, barred = store.features([image]), (rejected or {}).get(image, ())
    may = allowed(fitted, [image], rejected or {})
    log_probs = fitted.classifier.log_probs(features)
    likely = chances(fitted, features, log_probs, fitted.classifier.familiarity(features))[0]
    order = ranked(log_probs, may, len(fitted.names))[0].tolist()
    ranking = tuple((fitted.names[i], float(likely[i])) for i in order if fitted.names[i] not in barred)
    alone = fitted.names[_alone(method, fitted, features, may)] if fitted.folder is not None else ""
    outweighed = alone if ranking and alone != ranking[0][0] else ""
    return Explanation(ranking, _because(fitted, features, barred), outweighed)


def _alone(method: Method, fitted: FittedBins, features: Tensor, may: Tensor | None) -> int:
    """The label of ``features`` [1, …] by the examples alone, had the method read no folder."""
    classifier = method.fit(fitted.taught)
    return int(ranked(classifier.log_probs(features), may, 1)[0, 0])


def _because(fitted: FittedBins, features: Tensor, barred: Collection[str]) -> tuple[tuple[ImageId, float], ...]:
    """Examples of bins that are not ``barred``, the weightiest first; none where the method weighs none."""
    evidence = fitted.classifier.evidence(features)
    if evidence is None:
        return ()
    weights, labels = evidence[0].cpu(), fitted.support.labels.tolist()
    order = weights.argsort(descending=True, stable=True).tolist()
    return tuple((fitted.examples[i], float(weights[i])) for i in order if fitted.names[labels[i]] not in barred)
