"""What docs/results.md says of a method: accuracies, and the time of a fit and of a query."""

import argparse
import hashlib
import time
from dataclasses import dataclass, field, replace
from functools import partial

import torch
from torch import Tensor

from backend.cli.terminal import run_job
from backend.embedding.device import choose_device
from backend.episodes.image_set import ImageSet
from backend.episodes.sampler import generator_for
from backend.evaluation.evaluate import Protocol, Weights, choose, evaluate_ready, features_of, without_adaptation
from backend.evaluation.open_set import open_set
from backend.evaluation.streaming import evaluate_streaming, streaming_queries
from backend.methods import METHODS, Classifier, Support
from backend.models.model import Model, Ready
from benchmarks.ledger import Figures, Ledger

REJECT = 0.5
"""Least confidence of an accepted label, in the open-set figures."""
TIMED = 20
"""Episodes whose fits and queries are timed; the best counts, which other programs disturbed least."""


@dataclass(frozen=True)
class Measurements:
    """Measures, or remembers.

    Args:
        model: whose methods are measured.
        images: of characters that no weight was trained on.
        ledger: what was measured before.
        options: episodes, queries, seed, device and the data's name.
        features: by trunk, computed when they are wanted.
    """

    model: Model
    images: ImageSet
    ledger: Ledger
    options: argparse.Namespace
    features: dict[str, Tensor] = field(default_factory=dict)

    def has_own(self, method: str, setting: str) -> bool:
        """Whether the method has weights for that setting alone."""
        return setting in self.model.settings(method)

    def accuracy(self, method: str, way: int, shot: int, weights: Weights = "setting", within: bool = False) -> Figures:
        """Accuracy over the episodes; of one parent folder each if ``within``."""
        protocol = replace(self._protocol(method, way, shot), within_parent=within)
        ready = choose(self.model, method, protocol, weights)
        table = "within" if within else "accuracy"
        return self._figures(table, ready, protocol, weights, partial(self._accuracy, ready, protocol))

    def adaptation_off(self, method: str, way: int, shot: int) -> Figures:
        """Accuracy with zero inner steps, a wiped memory or zero fast weights."""
        protocol = self._protocol(method, way, shot)
        ready = without_adaptation(choose(self.model, method, protocol, "setting"))
        return self._figures("adaptation off", ready, protocol, "setting", partial(self._accuracy, ready, protocol))

    def open_set(self, method: str, way: int, shot: int) -> Figures:
        """Calibration, and how well images of no bin are told from others (``evaluation.open_set``)."""
        protocol = self._protocol(method, way, shot)
        ready = choose(self.model, method, protocol, "setting")
        return self._figures("open set", ready, protocol, "setting", partial(self._open_set, ready, protocol))

    def streaming(self, method: str, way: int = 5) -> Figures:
        """Accuracy by instance."""
        protocol = replace(self._protocol(method, way, 1), queries=streaming_queries(1))
        ready = choose(self.model, method, protocol, "setting")
        return self._figures("streaming", ready, protocol, "setting", partial(self._streaming, ready, protocol))

    def cost(self, method: str) -> Figures:
        """Milliseconds of a fit and microseconds of a query at 5w1s, the best of twenty, without the trunk."""
        protocol = replace(self._protocol(method, 5, 1), episodes=TIMED)
        ready = choose(self.model, method, protocol, "setting")
        return self._figures("cost", ready, protocol, "setting", partial(self._cost, ready, protocol))

    def _protocol(self, method: str, way: int, shot: int) -> Protocol:
        fewer = self.options.adapting_episodes if METHODS[method].adapts else None
        return Protocol(way, shot, self.options.queries, fewer or self.options.episodes, self.options.seed)

    def _figures(
        self, table: str, ready: Ready, protocol: Protocol, weights: Weights, measure: "partial[Figures]"
    ) -> Figures:
        own = weights == "setting" and self.has_own(ready.name, protocol.setting)
        conditions = {
            "table": table,
            "method": ready.name,
            "setting": protocol.setting,
            "weights": protocol.setting if own else "general",
            "digest": digest(ready),
            "data": self.options.data.name,
            **protocol.figures(),
        }
        return self.ledger.figures(conditions, measure)

    def _accuracy(self, ready: Ready, protocol: Protocol) -> Figures:
        device, features = choose_device(self.options.device), self._features(ready)
        return run_job(evaluate_ready(self.images, ready, protocol, device, features=features)).figures(protocol)

    def _open_set(self, ready: Ready, protocol: Protocol) -> Figures:
        device, features = choose_device(self.options.device), self._features(ready)
        return run_job(open_set(self.images, ready, protocol, device, REJECT, features)).figures()

    def _streaming(self, ready: Ready, protocol: Protocol) -> Figures:
        device, features = choose_device(self.options.device), self._features(ready)
        return run_job(evaluate_streaming(self.images, ready, protocol, device, features=features)).figures(protocol)

    def _features(self, ready: Ready) -> Tensor:
        """Of one trunk at a time: the settings of a method mostly share theirs."""
        if ready.space not in self.features:
            self.features.clear()
            self.features[ready.space] = features_of(self.images, ready, choose_device(self.options.device))
        return self.features[ready.space]

    def _cost(self, ready: Ready, protocol: Protocol) -> Figures:
        features = self._features(ready)
        fits, queries = [], []
        for number in range(TIMED):
            episode = protocol.sampler(self.images).draw(generator_for(protocol.seed, number))
            labels = torch.arange(protocol.way).repeat_interleave(protocol.shot)
            support = Support(features[episode.support.flatten()], labels)
            fit, query = time_episode(ready, support, features[episode.queries.flatten()])
            fits.append(1e3 * fit)
            queries.append(1e6 * query)
        best = {"fit_ms": min(fits), "query_us": min(queries)}
        return {**best, "threads": torch.get_num_threads()}


def time_episode(ready: Ready, support: Support, queries: Tensor) -> tuple[float, float]:
    """Seconds of one fit, and of one query when all are asked at once."""
    started = time.perf_counter()
    classifier: Classifier = ready.method.fit(support, queries if ready.method.transductive else None)
    fitted = time.perf_counter()
    with torch.no_grad():
        classifier.log_probs(queries)
    return fitted - started, (time.perf_counter() - fitted) / len(queries)


def digest(ready: Ready) -> str:
    """Names a method's exact weights, its trunk's included."""
    found = hashlib.blake2b(ready.space.encode(), digest_size=8)
    for key, tensor in sorted(ready.method.state_dict().items()):
        found.update(key.encode() + tensor.contiguous().numpy().tobytes())
    return found.hexdigest()
