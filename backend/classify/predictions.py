"""Predictions of many images, in steps."""

import time
from collections.abc import Sequence
from dataclasses import replace

import torch
from torch import Tensor

from backend.classify.bins import FittedBins, probabilities, similarity_to_bin
from backend.embedding.feature_store import STEP_SECONDS, FeatureStore
from backend.types import Explanation, ImageId, Job, Labelled, Prediction, Rejected, Status

FIRST_CHUNK = 64
"""About what a window shows at once."""
LEAST_CHUNK = 8
"""For methods that take milliseconds for each image."""
DIGITS = 6
"""Of a confidence. It is rounded before it is held against the threshold: what people read explains the status."""


RULED_OUT = "You have ruled out every bin for this image."


def predict(
    fitted: FittedBins, store: FeatureStore, ids: Sequence[ImageId], reject: float, rejected: Rejected | None = None
) -> Job[None]:
    """Labels ``ids``, which must have features, in steps of about 30 ms; yields ``Labelled``. An image's label is the
    likeliest of those that are not ``rejected`` for it."""
    done, chunk = 0, FIRST_CHUNK
    while done < len(ids):
        part = ids[done : done + chunk]
        started = time.perf_counter()
        predictions = predict_chunk(fitted, store.features(part), reject, allowed(fitted, part, rejected or {}))
        spent = time.perf_counter() - started
        done += len(part)
        chunk = max(LEAST_CHUNK, min(4096, int(chunk * STEP_SECONDS / max(spent, 1e-4))))
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

    Where ``may`` [m, w] rules classes out, probabilities are those given that they are wrong: the rest is scaled to
    sum to 1. Where it rules out all, there is no label.
    """
    values, indices = probabilities(fitted, features, may).cpu().double().topk(2, dim=1)
    values = values.round(decimals=DIGITS)
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
        return Prediction(Status.UNSURE, message=RULED_OUT)
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
def explain(fitted: FittedBins, store: FeatureStore, image: ImageId, rejected: Rejected | None = None) -> Explanation:
    """Why ``image``, which must have features, has its label, given which labels are ``rejected`` for it: those have no
    place in the ranking."""
    features, barred = store.features([image]), (rejected or {}).get(image, ())
    chances = probabilities(fitted, features, allowed(fitted, [image], rejected or {}))[0].cpu()
    order = chances.argsort(descending=True).tolist()
    ranking = tuple((fitted.names[i], float(chances[i])) for i in order if fitted.names[i] not in barred)
    evidence = fitted.classifier.evidence(features)
    if evidence is None:
        return Explanation(ranking, ())
    weights = evidence[0].cpu()
    by_weight = weights.argsort(descending=True).tolist()
    return Explanation(ranking, tuple((fitted.examples[i], float(weights[i])) for i in by_weight))
