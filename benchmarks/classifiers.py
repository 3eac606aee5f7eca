"""The classifiers on frozen features beside easyfsl's, on the same features and episodes.

    python -m benchmarks.classifiers --data images_evaluation.zip [--model NAME] [--queries 75] [--shares dirichlet]

Prints one JSON object. ``--queries`` is an episode's total; ``balanced`` gives every class the same number of it,
``dirichlet`` draws the classes' shares from a Dirichlet distribution with all parameters 2 (Veilleux et al. 2021), so
that a class may have none. A transductive method reads all queries. Differences are paired, on the same episodes: to
``easyfsl``, and to ``default``, the model's default method. Milliseconds are processor time for one episode, fit and
queries, both
sides centred by the same mean and of unit length where the method is. easyfsl has no α-TIM: its TIM stands beside it.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import torch
from easyfsl.methods import BDCSPN, TIM, FewShotClassifier, Finetune, SimpleShot
from torch import Tensor

from backend.cli.terminal import run_job
from backend.embedding.device import choose_device
from backend.embedding.embedder import Embedder, embed_all
from backend.episodes.image_set import ImageSet, read_image_set
from backend.episodes.sampler import generator_for
from backend.methods import METHODS, Method, Support
from backend.methods.centred import CentredMethod
from backend.models.measure import mean_and_ci95
from backend.models.model import Model
from backend.models.store import load_model
from backend.models.temperature import parse_setting

PEERS: dict[str, Callable[[], FewShotClassifier]] = {
    "simpleshot": SimpleShot,
    "linear": lambda: Finetune(fine_tuning_steps=200, fine_tuning_lr=1e-3, temperature=10.0),
    "alpha-tim": TIM,
    "bd-cspn": BDCSPN,
}
CONCENTRATION = 2.0


@dataclass(frozen=True, slots=True)
class Task:
    """An episode with unequal queries: ``support`` [n, …], ``queries`` [q, …], ``labels`` int64 [q]."""

    support: Support
    queries: Tensor
    labels: Tensor


def query_counts(way: int, total: int, shares: str, generator: torch.Generator) -> Tensor:
    """How many queries each class gets, int64 [w], sum ``total``."""
    if shares == "balanced":
        return torch.full((way,), total // way)
    # A gamma variable of shape 2 is the sum of two exponential ones; normalised they are Dirichlet(2).
    gamma = -torch.rand(int(CONCENTRATION), way, generator=generator).clamp_min(1e-9).log().sum(0)
    return torch.multinomial(gamma / gamma.sum(), total, replacement=True, generator=generator).bincount(minlength=way)


def draw_task(
    images: ImageSet, members: Sequence[Tensor], way: int, shot: int, total: int, shares: str, seed: int, number: int
) -> tuple[Tensor, Tensor, Tensor]:
    """Indices of the support [w · k] and of the queries [q], and the queries' labels [q]. A class that has too few
    images gives those it has."""
    generator = generator_for(seed, number)
    classes = torch.randperm(len(members), generator=generator)[:way]
    counts = query_counts(way, total, shares, generator)
    support, queries, labels = [], [], []
    for label, (c, count) in enumerate(zip(classes.tolist(), counts.tolist(), strict=True)):
        order = members[c][torch.randperm(len(members[c]), generator=generator)]
        support.append(order[:shot])
        queries.append(order[shot : shot + count])
        labels += [label] * len(queries[-1])
    return torch.cat(support), torch.cat(queries), torch.tensor(labels)


@dataclass(slots=True)
class Score:
    """Episode accuracies in 0..1, and the time they took."""

    accuracies: list[float] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, answer: Callable[[], Tensor], labels: Tensor) -> None:
        started = time.process_time()
        log_probs = answer()
        self.seconds += time.process_time() - started
        self.accuracies.append(float((log_probs.argmax(1) == labels).float().mean()))

    def figures(self) -> dict[str, float]:
        accuracy, ci95 = mean_and_ci95(self.accuracies)
        milliseconds = 1000 * self.seconds / len(self.accuracies)
        return {"accuracy": round(accuracy, 2), "ci95": round(ci95, 2), "milliseconds": round(milliseconds, 2)}


def paired(score: Score, other: Score) -> dict[str, float]:
    difference, ci95 = mean_and_ci95([a - b for a, b in zip(score.accuracies, other.accuracies, strict=True)])
    return {"difference": round(difference, 2), "ci95": round(ci95, 2)}


def ours(method: Method, task: Task) -> Tensor:
    classifier = method.fit(task.support, task.queries if method.transductive else None)
    return classifier.log_probs(task.queries)


def theirs(make: Callable[[], FewShotClassifier], method: Method, task: Task) -> Tensor:
    """easyfsl's class on features centred as ours are."""
    assert isinstance(method, CentredMethod)
    examples = method.examples(task.support)
    peer = make()
    peer.process_support_set(examples.views[:, 0], examples.labels)
    answer: Tensor = peer(examples.place(task.queries))
    return answer


def features_of(model: Model, images: ImageSet, method: str, device: str) -> Tensor:
    ready = model.ready(method)
    return embed_all(Embedder(ready.trunk, ready.space, ready.input, choose_device(device)), images.images)


def measure(model: Model, images: ImageSet, setting: str, arguments: argparse.Namespace) -> Iterator[dict[str, Any]]:
    way, shot = parse_setting(setting)
    names = [n for n in arguments.methods.split(",") if n in model.methods]
    default = model.card.default_method
    scores = {n: Score() for n in [*names, default]}
    peers = {n: Score() for n in names if n in PEERS and not arguments.without_peers}
    ready = {n: model.ready(n, setting).method for n in scores}
    features = {n: features_of(model, images, n, arguments.device) for n in {default, names[0]}}
    members = images.members()
    for number in range(arguments.episodes):
        support, queries, labels = draw_task(
            images, members, way, shot, arguments.queries, arguments.shares, arguments.seed, number
        )
        for name, score in scores.items():
            own = features.get(name, features[names[0]])
            task = Task(Support(own[support], torch.arange(way).repeat_interleave(shot)), own[queries], labels)
            score.add(partial(ours, ready[name], task), labels)
            if name in peers:
                peers[name].add(partial(theirs, PEERS[name], ready[name], task), labels)
    for name in names:
        row = {"setting": setting, "method": name, "transductive": METHODS[name].transductive}
        row |= {**scores[name].figures(), "to_default": paired(scores[name], scores[default])}
        if name in peers:
            row |= {"easyfsl": peers[name].figures(), "to_easyfsl": paired(scores[name], peers[name])}
        yield row


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.classifiers", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", default="characters")
    parser.add_argument("--methods", default=",".join(PEERS))
    parser.add_argument("--settings", default="5w1s,5w5s")
    parser.add_argument("--queries", type=int, default=75, help="of an episode, all classes together")
    parser.add_argument("--shares", choices=("balanced", "dirichlet"), default="balanced")
    parser.add_argument("--episodes", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--without-peers", action="store_true", help="leave easyfsl's out")
    parser.add_argument("--device", default="cpu")
    arguments = parser.parse_args(argv)
    model = load_model(arguments.model)
    images = run_job(read_image_set(arguments.data, model.card.input))
    rows = [row for setting in arguments.settings.split(",") for row in measure(model, images, setting, arguments)]
    facts = {k: getattr(arguments, k) for k in ("model", "queries", "shares", "episodes", "seed")}
    print(json.dumps({**facts, "data": arguments.data.name, "results": rows}, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
