"""``fewshot evaluate``: a method's accuracy over episodes of a labelled data set."""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import torch
from torch import Tensor

from backend.confidence.run_episodes import Outcome, mean_and_ci95, run_episode
from backend.confidence.temperature import calibrated, from_table
from backend.embedding.device import Device
from backend.embedding.embedder import Embedder, embed_all
from backend.episodes.image_set import ImageSet
from backend.episodes.sampler import EpisodeSampler, generator_for
from backend.errors import RequestError
from backend.evaluation.example_views import views_of
from backend.methods.adaptation import AdaptingMethod
from backend.models.model import Model, Ready
from backend.types import Job, Progress

Weights = Literal["general", "setting"]
QUERIES = 15
"""Of each class in an episode, unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Protocol:
    """How episodes are drawn: ``way`` classes, ``shot`` examples and ``queries`` queries each, by ``seed``.

    ``within_parent`` draws all classes of an episode from one parent folder.

    Raises:
        RequestError: a figure is out of range.
    """

    way: int
    shot: int
    queries: int = QUERIES
    episodes: int = 1000
    seed: int = 0
    within_parent: bool = False

    def __post_init__(self) -> None:
        for name, value, least in (
            ("way", self.way, 2),
            ("shot", self.shot, 1),
            ("queries", self.queries, 1),
            ("episodes", self.episodes, 1),
        ):
            if value < least:
                raise RequestError(
                    "Out of range", f"--{name} is {value}; it must be {least} or more.", "Give a larger number."
                )

    @property
    def setting(self) -> str:
        """Such as ``5w1s``."""
        return f"{self.way}w{self.shot}s"

    def figures(self) -> dict[str, int]:
        """The part of the command line's JSON object that says what was asked for."""
        return {name: getattr(self, name) for name in ("way", "shot", "queries", "episodes", "seed")}

    def sampler(self, images: ImageSet) -> EpisodeSampler:
        """The sampler over ``images``; RequestError where they do not suffice."""
        return EpisodeSampler(
            images.members(), images.groups, self.way, self.shot, self.queries, images.classes, self.within_parent
        )


@dataclass(frozen=True, slots=True)
class Decision:
    """One query's answer, for ``--out``. ``confidence`` is that among the bins: every query of an episode belongs in
    one."""

    episode: int
    path: str
    true: str
    predicted: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A method's figures: ``accuracy`` and ``ci95`` in per cent; ``seconds`` for fits and queries of all episodes."""

    accuracy: float
    ci95: float
    accuracies: tuple[float, ...]
    seconds: float
    decisions: tuple[Decision, ...] = ()
    unreadable: tuple[str, ...] = ()
    """Images of the data set that were left out, and why."""

    def figures(self, protocol: Protocol) -> dict[str, Any]:
        """The JSON object of the command line."""
        return {
            "accuracy": round(self.accuracy, 3),
            "ci95": rounded(self.ci95),
            **protocol.figures(),
            "seconds": round(self.seconds, 2),
        }


def rounded(ci95: float) -> float | None:
    """An interval for JSON: one episode has none."""
    return None if math.isnan(ci95) else round(ci95, 3)


def choose(model: Model, method: str, protocol: Protocol, weights: Weights, adaptation: bool = True) -> Ready:
    """``method`` with the weights that the protocol's setting asks for, and with its adaptation switched off if need
    be.

    Raises:
        RequestError: the model has no such method, or one that does not adapt was asked not to.
    """
    ready = model.ready(method, protocol.setting if weights == "setting" else None)
    return ready if adaptation else without_adaptation(ready)


def without_adaptation(ready: Ready) -> Ready:
    """The same method with zero inner steps, a wiped memory or zero fast weights: it cannot but guess.

    Raises:
        RequestError: the method does not adapt.
    """
    if not isinstance(ready.method, AdaptingMethod):
        raise RequestError(
            "Nothing to switch off",
            f"{ready.name} compares with the examples; it has no adaptation.",
            "Leave --without-adaptation out, or choose a method that adapts (fewshot methods).",
        )
    return replace(ready, method=ready.method.without_adaptation())


def features_of(images: ImageSet, ready: Ready, device: Device) -> Tensor:
    """What the method's trunk makes of all images, float32 [N, …] on ``device``."""
    embedder = Embedder(ready.trunk, ready.space, ready.input, device)
    return embed_all(embedder, images.images).to(device.torch_device)


def evaluate_ready(
    images: ImageSet,
    ready: Ready,
    protocol: Protocol,
    device: Device,
    keep: bool = False,
    features: Tensor | None = None,
) -> Job[Evaluation]:
    """Accuracy of a method over the protocol's episodes; with ``keep`` every decision too. Examples get views where
    the product gives them any.

    ``features`` are those of ``features_of``, computed now unless they are given.

    Raises:
        RequestError: a class too small, too few classes.
    """
    sampler, ready = protocol.sampler(images), ready.on(device.torch_device)
    features = features_of(images, ready, device) if features is None else features.to(device.torch_device)
    yield Progress("embed", len(images.paths), len(images.paths))
    episodes = [sampler.draw(generator_for(protocol.seed, number)) for number in range(protocol.episodes)]
    views = yield from views_of(images, ready, device, torch.cat([e.support.flatten() for e in episodes]))
    temperature = from_table(ready.card.temperatures, protocol.way, protocol.shot)
    accuracies: list[float] = []
    decisions: list[Decision] = []
    started = time.perf_counter()
    for number, episode in enumerate(episodes):
        outcome = run_episode(ready.method, features, episode, views)
        accuracies.append(outcome.accuracy)
        if keep:
            decisions += decisions_of(outcome, number, images, temperature)
        yield Progress("evaluate", number + 1, protocol.episodes)
    mean, ci95 = mean_and_ci95(accuracies)
    seconds = time.perf_counter() - started
    return Evaluation(mean, ci95, tuple(accuracies), seconds, tuple(decisions), images.unreadable)


def decisions_of(outcome: Outcome, number: int, images: ImageSet, temperature: float) -> list[Decision]:
    """Every decision of one episode."""
    names = [images.classes[c] for c in outcome.episode.classes.tolist()]
    predicted = outcome.log_probs.argmax(1)  # as the accuracy has it; calibration could round two classes to a tie
    confidences = calibrated(outcome.log_probs, temperature).gather(1, predicted[:, None])[:, 0]
    rows = zip(
        outcome.episode.queries.flatten().tolist(),
        outcome.labels.tolist(),
        predicted.tolist(),
        confidences.tolist(),
        strict=True,
    )
    return [Decision(number, images.paths[i], names[true], names[p], round(c, 4)) for i, true, p, c in rows]


def nearest_pixels(support: Tensor, queries: Tensor) -> Tensor:
    """Raw-pixel nearest neighbour: indices int64 [q] into ``support`` [n, …] by Euclidean distance, inputs of any
    dtype."""
    return torch.cdist(queries.float().flatten(1), support.float().flatten(1)).argmin(1)


def decision_rows(decisions: Sequence[Decision]) -> list[dict[str, str | float | None]]:
    """Rows for ``--out``."""
    return [
        {"episode": d.episode, "path": d.path, "true": d.true, "predicted": d.predicted, "confidence": d.confidence}
        for d in decisions
    ]


DECISION_COLUMNS = ("episode", "path", "true", "predicted", "confidence")
