"""``fewshot evaluate --metric streaming``: accuracy by instance, as Santoro et al. 2016 measure it (section 4).

An episode is one random sequence in which every class occurs ``shot + queries`` times. The method names each image
before it is told its label: a class's first instance can only be guessed, before its fifth four labels were told.
"""

import time
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from backend.confidence.run_episodes import mean_and_ci95
from backend.embedding.device import Device
from backend.episodes.image_set import ImageSet
from backend.episodes.presentation import Presentation, by_instance, present
from backend.episodes.sampler import generator_for
from backend.errors import RequestError
from backend.evaluation.evaluate import DECISION_COLUMNS, Protocol, features_of, rounded
from backend.methods import METHODS, Streams
from backend.models.model import Ready
from backend.types import Job, Progress

INSTANCES = 10
"""Of each class in a sequence, unless told otherwise: the paper's number."""
SEQUENCES = 16
"""Sequences that a method reads side by side."""
COLUMNS = (*DECISION_COLUMNS, "instance")
"""Of ``--out``. ``confidence`` is the method's own probability: temperatures are fitted for finished sets of examples,
not for streams."""

Row = dict[str, str | float | None]


@dataclass(frozen=True, slots=True)
class Streamed:
    """Accuracy by instance, in per cent: ``instances[t]`` is mean and 95 % interval of instance t + 1."""

    instances: tuple[tuple[float, float], ...]
    seconds: float
    rows: tuple[Row, ...] = ()
    """For ``--out``, in order of presentation."""
    unreadable: tuple[str, ...] = ()

    def figures(self, protocol: Protocol) -> dict[str, Any]:
        """The JSON object of the command line; ``accuracy`` and ``ci95`` are those of instance ``shot + 1``, when
        ``shot`` labels of the class have been told."""
        accuracy, ci95 = self.instances[protocol.shot]
        by_instance = [
            {"instance": t, "accuracy": round(a, 3), "ci95": rounded(c)} for t, (a, c) in enumerate(self.instances, 1)
        ]
        return {
            "metric": "streaming",
            "accuracy": round(accuracy, 3),
            "ci95": rounded(ci95),
            **protocol.figures(),
            "seconds": round(self.seconds, 2),
            "instances": by_instance,
        }


def streaming_queries(shot: int) -> int:
    """Queries of each class that make ten instances, one at least."""
    return max(1, INSTANCES - shot)


def streaming_method(ready: Ready) -> Streams:
    """The method, where it streams.

    Raises:
        RequestError: it does not.
    """
    if isinstance(ready.method, Streams):
        return ready.method
    can = ", ".join(name for name, method in METHODS.items() if issubclass(method, Streams))
    raise RequestError(
        "Does not stream",
        f"{ready.name} labels by a finished set of examples and has no accuracy by instance; {can} have.",
        "Use --metric accuracy, or one of these.",
    )


def evaluate_streaming(
    images: ImageSet,
    ready: Ready,
    protocol: Protocol,
    device: Device,
    keep: bool = False,
    features: Tensor | None = None,
) -> Job[Streamed]:
    """Accuracy by instance over the protocol's episodes; with ``keep`` every decision too.

    ``features`` are those of ``features_of``, computed now unless they are given.

    Raises:
        RequestError: the method does not stream, a class is too small, too few classes.
    """
    ready, sampler = ready.on(device.torch_device), protocol.sampler(images)
    method = streaming_method(ready)
    features = features_of(images, ready, device) if features is None else features.to(device.torch_device)
    yield Progress("embed", len(images.paths), len(images.paths))
    right: list[Tensor] = []
    rows: list[Row] = []
    started = time.perf_counter()
    for numbers in torch.arange(protocol.episodes).split(SEQUENCES):
        drawn = [present(sampler, generator_for(protocol.seed, number)) for number in numbers.tolist()]
        inputs = features[torch.stack([p.images for p in drawn])]  # [b, way·T, …]
        labels = torch.stack([p.labels for p in drawn]).to(inputs.device)
        log_probs = method.streaming_log_probs(inputs, labels, protocol.way).cpu()
        for number, presentation, answers in zip(numbers.tolist(), drawn, log_probs, strict=True):
            right.append(by_instance(presentation, answers))
            rows += rows_of(number, presentation, answers, images) if keep else []
        yield Progress("evaluate", len(right), protocol.episodes)
    shares = torch.stack(right, dim=1).tolist()  # [T][episodes]
    seconds = time.perf_counter() - started
    return Streamed(tuple(mean_and_ci95(s) for s in shares), seconds, tuple(rows), images.unreadable)


def rows_of(number: int, presentation: Presentation, log_probs: Tensor, images: ImageSet) -> list[Row]:
    """Every decision of one episode, log_probs [way·T, way]."""
    names = [images.classes[c] for c in presentation.classes.tolist()]
    best, predicted = log_probs.exp().max(1)
    columns = (presentation.images, presentation.labels, predicted, best, presentation.instances)
    return [
        dict(zip(COLUMNS, (number, images.paths[i], names[true], names[p], round(c, 4), t), strict=True))
        for i, true, p, c, t in zip(*(column.tolist() for column in columns), strict=True)
    ]
