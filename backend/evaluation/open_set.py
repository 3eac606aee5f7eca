"""Calibration error, and detection of images that belong in no bin."""

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from backend.confidence.none_of_these import coefficients_for
from backend.confidence.open_episodes import confidences, run_open_episodes
from backend.confidence.temperature import from_table
from backend.embedding.device import Device
from backend.episodes.image_set import ImageSet
from backend.episodes.sampler import EpisodeSampler
from backend.evaluation.evaluate import Protocol, features_of
from backend.models.model import Ready
from backend.types import Job, Progress

CALIBRATION_BINS = 15


def expected_calibration_error(confidence: Tensor, right: Tensor, bins: int = CALIBRATION_BINS) -> float:
    """Guo et al. 2017 (arXiv:1706.04599), equation 3: the mean gap between confidence and accuracy over ``bins`` equal
    intervals, weighted by how many answers each holds. confidence [q] in 0..1, right bool [q] → 0..1."""
    interval = (confidence.double() * bins).ceil().long().clamp(1, bins) - 1
    sums = torch.zeros(bins, dtype=torch.float64).index_add_(0, interval, confidence.double() - right.double())
    return float(sums.abs().sum() / len(confidence))


def auroc(scores: Tensor, positive: Tensor) -> float:
    """The probability that a positive scores above a negative, ties counted half: scores [q], positive bool [q] → 0..1.

    The Mann-Whitney statistic. NaN where one kind is missing.
    """
    _values, place, counts = scores.double().unique(return_inverse=True, return_counts=True)
    ranks = (counts.cumsum(0) - (counts - 1) / 2)[place]  # ties share their mean rank
    p, n = int(positive.sum()), int((~positive).sum())
    return float("nan") if p * n == 0 else float((ranks[positive].sum() - p * (p + 1) / 2) / (p * n))


def error_among_accepted(confidence: Tensor, right: Tensor, reject: float) -> tuple[float, float]:
    """Share of wrong labels among answers of ``reject`` and above (an image of no bin is always wrong), and the share
    of answers that are; the first is NaN where there are none."""
    accepted = confidence >= reject
    wrong = (~right[accepted]).double().mean() if bool(accepted.any()) else torch.tensor(float("nan"))
    return float(wrong), float(accepted.double().mean())


@dataclass(frozen=True, slots=True)
class OpenSet:
    """Figures in per cent. ``closed_calibration_error`` is over images of the bins alone; the others over all, half of
    which belong in no bin. ``best_half_error`` is among the half with the highest confidence: with a perfect score it
    would be the method's plain error."""

    closed_calibration_error: float
    auroc: float
    best_half_error: float
    accepted_error: float
    accepted_share: float

    def figures(self) -> dict[str, Any]:
        """The JSON object of benchmarks/open_set.py."""
        return {name: round(getattr(self, name), 2) for name in self.__dataclass_fields__}


def open_set_figures(confidence: Tensor, right: Tensor, known: Tensor, reject: float) -> OpenSet:
    """From confidences [q], whether each label is right, and whether some bin is: bool [q]."""
    error, share = error_among_accepted(confidence, right, reject)
    half = float(confidence.sort(descending=True).values[(len(confidence) - 1) // 2])
    return OpenSet(
        100 * expected_calibration_error(confidence[known], right[known]),
        100 * auroc(confidence, known),
        100 * error_among_accepted(confidence, right, half)[0],
        100 * error,
        100 * share,
    )


def open_set(
    images: ImageSet,
    ready: Ready,
    protocol: Protocol,
    device: Device,
    reject: float,
    features: Tensor | None = None,
) -> Job[OpenSet]:
    """Over the protocol's episodes, each with ``way`` bins and as many classes in no bin, ``queries`` images of each.

    ``features`` are those of ``features_of``, computed now unless they are given.

    Raises:
        RequestError: fewer than 2 · way classes, or one too small.
    """
    ready = ready.on(device.torch_device)
    features = features_of(images, ready, device) if features is None else features.to(device.torch_device)
    sampler = EpisodeSampler(
        images.members(),
        images.groups,
        2 * protocol.way,
        protocol.shot,
        protocol.queries,
        images.classes,
        protocol.within_parent,
    )
    temperature = from_table(ready.card.temperatures, protocol.way, protocol.shot)
    coefficients = coefficients_for(ready.card, protocol.way, protocol.shot)
    runs = run_open_episodes(ready.method, features, sampler, temperature, protocol.episodes, protocol.seed)
    found: list[tuple[Tensor, Tensor, Tensor]] = []
    for number, outcome in enumerate(runs):
        right = outcome.log_probs.argmax(1) == outcome.labels
        sure = confidences(outcome, temperature, coefficients)
        found.append((sure.cpu(), right.cpu(), outcome.labels.cpu() >= 0))
        yield Progress("open set", number + 1, protocol.episodes)
    confidence, right, known = (torch.cat(column) for column in zip(*found, strict=True))
    return open_set_figures(confidence, right, known, reject)
