"""The classifiers on frozen features beside easyfsl's, on the same features and episodes.

    python -m benchmarks.classifiers --data DATA… [--only val/] [--model NAME] [--queries 75,300]

Prints one JSON object. ``--queries`` is an episode's total, or several; ``balanced`` gives every class the same number
of it, ``dirichlet`` draws the classes' shares from a Dirichlet distribution with all parameters 2 (Veilleux et al.
2021), so that a class may have few or none; ``one`` and ``two`` leave all queries to one or two of the classes. A
transductive method reads all queries. Differences are paired, on the same episodes: to ``easyfsl``, to ``default``, the
model's default method, and to the same method without views of its examples, where it gets any. Milliseconds are
processor time for one episode, fit and queries, without views on either side, both sides centred by the same mean and
of unit length where the method is. easyfsl has no α-TIM: its TIM stands beside it. Nor has it PADDLE: its LaplacianShot
stands beside that.
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
from easyfsl.methods import BDCSPN, TIM, FewShotClassifier, Finetune, LaplacianShot, SimpleShot
from torch import Tensor

from backend.cli.terminal import run_job
from backend.confidence.run_episodes import Views, mean_and_ci95
from backend.confidence.temperature import parse_setting
from backend.embedding.device import choose_device
from backend.embedding.embedder import Embedder, embed_all
from backend.episodes.image_set import ImageSet, merged, read_image_set
from backend.episodes.sampler import generator_for
from backend.evaluation.example_views import views_of
from backend.methods import METHODS, Method, Support
from backend.methods.centred import CentredMethod
from backend.models.model import Model
from backend.models.store import load_model

PEERS: dict[str, Callable[[], FewShotClassifier]] = {
    "simpleshot": SimpleShot,
    "linear": lambda: Finetune(fine_tuning_steps=200, fine_tuning_lr=1e-3, temperature=10.0),
    "alpha-tim": TIM,
    "bd-cspn": BDCSPN,
    "paddle": LaplacianShot,
}
SHARES = ("balanced", "dirichlet", "one", "two")
CONCENTRATION = 2.0


@dataclass(frozen=True, slots=True)
class Task:
    """An episode with unequal queries: ``support`` [n, …] and with views, ``queries`` [q, …], ``labels`` int64 [q]."""

    support: Support
    viewed: Support | None
    queries: Tensor
    labels: Tensor


def query_counts(way: int, total: int, shares: str, generator: torch.Generator) -> Tensor:
    """How many queries each class gets, int64 [w], sum ``total``."""
    if shares == "balanced":
        return torch.full((way,), total // way)
    if shares in ("one", "two"):
        counts = torch.zeros(way, dtype=torch.long)
        filled = torch.randperm(way, generator=generator)[: SHARES.index(shares) - 1]
        counts[filled] = total // len(filled)
        return counts
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


def ours(method: Method, task: Task, viewed: bool = False) -> Tensor:
    support = task.viewed if viewed and task.viewed is not None else task.support
    classifier = method.fit(support, task.queries if method.transductive else None)
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


@dataclass(frozen=True, slots=True)
class Table:
    """Features of one trunk [N, …], and of views of every image where it takes photographs."""

    plain: Tensor
    views: Views | None


def table_of(model: Model, images: ImageSet, method: str, arguments: argparse.Namespace) -> Table:
    ready = model.ready(method)
    everything = torch.arange(len(images.paths))
    views = run_job(views_of(images, ready, choose_device(arguments.device), everything)) if arguments.views else None
    return Table(features_of(model, images, method, arguments.device), views)


def task_of(table: Table, drawn: tuple[Tensor, Tensor, Tensor], way: int) -> Task:
    support, queries, labels = drawn
    classes = torch.arange(way).repeat_interleave(len(support) // way)
    plain = table.plain[support]
    viewed = None if table.views is None else Support(table.views.beside(plain, support), classes)
    return Task(Support(plain, classes), viewed, table.plain[queries], labels)


def measure(
    model: Model,
    images: ImageSet,
    setting: str,
    queries: int,
    shares: str,
    tables: dict[str, Table],
    names: list[str],
    arguments: argparse.Namespace,
) -> Iterator[dict[str, Any]]:
    way, shot = parse_setting(setting)
    default = model.card.default_method
    scores, viewed = {n: Score() for n in [*names, default]}, {n: Score() for n in names}
    peers = {n: Score() for n in names if n in PEERS and not arguments.without_peers}
    ready = {n: model.ready(n, setting).method for n in scores}
    members = images.members()
    for number in range(arguments.episodes):
        drawn = draw_task(images, members, way, shot, queries, shares, arguments.seed, number)
        for name, score in scores.items():
            task = task_of(tables.get(name, tables[names[0]]), drawn, way)
            score.add(partial(ours, ready[name], task), task.labels)
            if name in viewed and task.viewed is not None:
                viewed[name].add(partial(ours, ready[name], task, viewed=True), task.labels)
            if name in peers:
                peers[name].add(partial(theirs, PEERS[name], ready[name], task), task.labels)
    for name in names:
        row = {"setting": setting, "queries": queries, "shares": shares, "method": name}
        row |= {"transductive": METHODS[name].transductive, **scores[name].figures()}
        row |= {"to_default": paired(scores[name], scores[default])}
        if viewed[name].accuracies:
            compared = {
                "to_plain": paired(viewed[name], scores[name]),
                "to_default": paired(viewed[name], scores[default]),
            }
            row |= {"with_views": {**viewed[name].figures(), **compared}}
        if name in peers:
            row |= {"easyfsl": peers[name].figures(), "to_easyfsl": paired(scores[name], peers[name])}
        yield row


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.classifiers", description=__doc__)
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--only", default="", help="read images whose path in the data begins so, such as val/")
    parser.add_argument("--model", default="characters")
    parser.add_argument("--methods", default=",".join(PEERS))
    parser.add_argument("--settings", default="5w1s,5w5s")
    parser.add_argument("--queries", default="75", help="of an episode, all classes together; several with commas")
    parser.add_argument("--shares", default="balanced,dirichlet", help=f"some of {', '.join(SHARES)}")
    parser.add_argument("--episodes", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--views", action="store_true", help="also with views of the examples")
    parser.add_argument("--without-peers", action="store_true", help="leave easyfsl's out")
    parser.add_argument("--device", default="cpu")
    arguments = parser.parse_args(argv)
    model = load_model(arguments.model)
    images = merged(
        [
            run_job(read_image_set(d, model.card.input, lambda path: path.startswith(arguments.only)))
            for d in arguments.data
        ]
    )
    names = [n for n in arguments.methods.split(",") if n in model.methods]
    tables = {n: table_of(model, images, n, arguments) for n in {model.card.default_method, names[0]}}
    rows = [
        row
        for setting in arguments.settings.split(",")
        for shares in arguments.shares.split(",")
        for queries in map(int, arguments.queries.split(","))
        for row in measure(model, images, setting, queries, shares, tables, names, arguments)
    ]
    facts = {k: getattr(arguments, k) for k in ("model", "only", "episodes", "seed")}
    data = [d.name for d in arguments.data]
    print(json.dumps({**facts, "data": data, "results": rows}, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
