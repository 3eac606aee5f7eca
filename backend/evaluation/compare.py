"""``fewshot compare``: methods side by side on the same episodes, with paired differences and two baselines."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from backend.backbones import build_trunk
from backend.confidence.run_episodes import mean_and_ci95
from backend.embedding.device import Device
from backend.embedding.embedder import Embedder, embed_all
from backend.episodes.image_set import ImageSet
from backend.episodes.sampler import EpisodeSampler, generator_for
from backend.evaluation.evaluate import Evaluation, Protocol, Weights, evaluate_ready, nearest_pixels, rounded
from backend.methods import METHODS, Classifier, Support
from backend.models.card import Card
from backend.models.model import Model
from backend.types import Job, Progress

RAW_PIXELS = "raw-pixel nearest neighbour"
UNTRAINED = "untrained trunk"


@dataclass(frozen=True, slots=True)
class Compared:
    """One method's figures, in per cent; ``difference`` is paired, this method minus the best on the same episodes."""

    method: str
    transductive: bool
    evaluation: Evaluation
    difference: float
    difference_ci95: float
    baseline: bool = False

    def figures(self) -> dict[str, Any]:
        """The JSON object of the command line."""
        return {
            "method": self.method,
            "transductive": self.transductive,
            "accuracy": round(self.evaluation.accuracy, 3),
            "ci95": rounded(self.evaluation.ci95),
            "seconds": round(self.evaluation.seconds, 2),
            "difference": round(self.difference, 3),
            "difference_ci95": rounded(self.difference_ci95),
            "baseline": self.baseline,
        }


def compare(
    images: ImageSet,
    model: Model,
    methods: Sequence[str],
    protocol: Protocol,
    device: Device,
    weights: Weights,
    keep: bool = False,
) -> Job[list[Compared]]:
    """Every method of ``methods`` and two baselines over the protocol's episodes, best first, baselines last; with
    ``keep`` every decision of the methods too.

    Raises:
        RequestError: an unknown method, a class too small, too few classes.
    """
    setting = protocol.setting if weights == "setting" else None
    evaluations: dict[str, Evaluation] = {}
    for name in methods:
        evaluations[name] = yield from evaluate_ready(images, model.ready(name, setting), protocol, device, keep)
    baselines = {
        RAW_PIXELS: (yield from _raw_pixels(images, protocol)),
        UNTRAINED: (yield from _untrained(images, model, protocol, device)),
    }
    best = max(evaluations.values(), key=lambda e: e.accuracy)
    rows = [_compared(name, e, best, METHODS[name].transductive) for name, e in evaluations.items()]
    rows.sort(key=lambda row: -row.evaluation.accuracy)
    return rows + [_compared(name, e, best, False, baseline=True) for name, e in baselines.items()]


def _compared(name: str, e: Evaluation, best: Evaluation, transductive: bool, baseline: bool = False) -> Compared:
    paired = [a - b for a, b in zip(e.accuracies, best.accuracies, strict=True)]
    difference, ci95 = mean_and_ci95(paired)
    return Compared(name, transductive, e, difference, ci95, baseline)


class _NearestPixels(Classifier):
    """The label of the nearest example by raw pixels."""

    def __init__(self, support: Support) -> None:
        self._support = support

    def log_probs(self, queries: Tensor) -> Tensor:
        """All the weight on one class, kept finite. [q, …] → [q, way]."""
        labels = self._support.labels[nearest_pixels(self._support.inputs, queries)]
        return F.log_softmax(50.0 * F.one_hot(labels, self._support.way).float(), dim=1)


def _raw_pixels(images: ImageSet, protocol: Protocol) -> Job[Evaluation]:
    return _baseline(images.images, _NearestPixels, protocol.sampler(images), protocol)


def _untrained(images: ImageSet, model: Model, protocol: Protocol, device: Device) -> Job[Evaluation]:
    """Prototypes of a trunk that has learned nothing, of the default method's architecture, seed 0."""
    trunk_id = model.card.methods[model.card.default_method].trunk
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        trunk = build_trunk(model.card.trunks[trunk_id].architecture, model.card.input.channels)
    embedder = Embedder(trunk, "untrained", model.card.input, device)
    features = embed_all(embedder, images.images).flatten(1).to(device.torch_device)
    prototypical = METHODS["prototypical"].for_inputs("vector", tuple(features.shape[1:]))
    return _baseline(features, prototypical.fit, protocol.sampler(images), protocol)


def _baseline(
    features: Tensor, fit: Callable[[Support], Classifier], sampler: EpisodeSampler, protocol: Protocol
) -> Job[Evaluation]:
    accuracies: list[float] = []
    started = time.perf_counter()
    for number in range(protocol.episodes):
        episode = sampler.draw(generator_for(protocol.seed, number))
        labels = torch.arange(protocol.way, device=features.device)
        support = Support(features[episode.support.flatten()], labels.repeat_interleave(protocol.shot))
        predicted = fit(support).log_probs(features[episode.queries.flatten()]).argmax(1)
        accuracies.append(float((predicted == labels.repeat_interleave(protocol.queries)).float().mean()))
        yield Progress("baseline", number + 1, protocol.episodes)
    mean, ci95 = mean_and_ci95(accuracies)
    return Evaluation(mean, ci95, tuple(accuracies), time.perf_counter() - started)


def seen_in_training(images: ImageSet, card: Card) -> list[str]:
    """Classes of ``images`` that stand among the model's training classes: by name, where names tell these apart
    (n01641577-bullfrog, whatever folder it lies in), else by group and name (Latin/character01)."""
    names = card.data.get("classes", [])
    parts = 1 if len({_tail(name, 1) for name in names}) == len(names) else 2
    trained = {_tail(name, parts) for name in names}
    return [name for name in images.classes if _tail(name, parts) in trained]


def _tail(name: str, parts: int) -> tuple[str, ...]:
    return PurePosixPath(name).parts[-parts:]
