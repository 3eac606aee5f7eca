"""Whole folders sorted, over several domains: the table by which the default method of ``photos`` is chosen.

    python -m backend.maintenance.domains --objects objects.tar --characters images_background.zip --into DIR
    python -m benchmarks.folders --data DIR/* [--model photos] [--methods a,b,…] [--tasks 40]

Each task draws 2 to 20 classes of one domain that no head was trained on, 1 or 5 examples of each, and a folder of 20
images a class on average: with equal shares, or with shares from a Dirichlet distribution with all parameters 1, so
that some bins are nearly empty (the protocol of Veilleux et al. 2021, with a wider spread). Every method labels the
same folders; a transductive one reads the folder. Beside them stand, on the same features, the nearest mean and
scikit-learn's LogisticRegression with its default settings, both centred by the folder. Accuracies in per cent, mean
over domains; "worst" is a method's largest loss against prototypical, the nearest mean, on any domain.

Prints Markdown, with --json the figures of every domain as one JSON object.
"""

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from torch import Tensor
from torch.nn import functional as F

from backend.cli.terminal import run_job
from backend.confidence.run_episodes import mean_and_ci95
from backend.embedding.device import choose_device
from backend.episodes.image_set import ImageSet
from backend.episodes.sampler import generator_for
from backend.methods import METHODS, Method, Support
from backend.methods.base import class_means
from backend.methods.prototypical import squared_distances
from backend.models.store import load_model
from backend.training.domain_features import read_domains
from benchmarks.results import print_head, print_row

SHOTS, SHARES = (1, 5), ("equal", "unequal")
WAYS = (2, 20)
A_CLASS = 20
"""Images of the folder for each class, on average."""
NEAREST = "prototypical"

Answer = Callable[[Support, Tensor], Tensor]
"""The labels int64 [m] of a folder [m, d]."""


@dataclass(frozen=True, slots=True)
class Task:
    """A support set, a folder [m, d] and its labels int64 [m]."""

    support: Support
    folder: Tensor
    labels: Tensor


def draw(images: ImageSet, shot: int, shares: str, seed: int, number: int) -> Task:
    """A function of (seed, number)."""
    generator, members = generator_for(seed, number), images.members()
    largest = min(WAYS[1], len(members))
    way = WAYS[0] + int(torch.randint(largest - WAYS[0] + 1, (1,), generator=generator))
    classes = torch.randperm(len(members), generator=generator)[:way].tolist()
    counts = [A_CLASS] * way
    if shares == "unequal":
        rng = np.random.default_rng(int(torch.randint(2**31, (1,), generator=generator)))
        counts = rng.multinomial(A_CLASS * way, rng.dirichlet(np.ones(way))).tolist()
    orders = [members[c][torch.randperm(len(members[c]), generator=generator)] for c in classes]
    asked = [order[shot : shot + count] for order, count in zip(orders, counts, strict=True)]
    labels = torch.arange(way)
    support = torch.cat([order[:shot] for order in orders])
    folder = torch.cat(asked)
    return Task(
        Support(images.images[support].float(), labels.repeat_interleave(shot)),
        images.images[folder].float(),
        labels.repeat_interleave(torch.tensor([len(a) for a in asked])),
    )


def by_method(method: Method) -> Answer:
    def answer(support: Support, folder: Tensor) -> Tensor:
        classifier = method.fit(support, folder if method.transductive else None)
        return classifier.log_probs(folder).argmax(1)

    return answer


def centred(support: Support, folder: Tensor) -> tuple[Tensor, Tensor]:
    """Examples and folder, centred by the mean of both, of unit length."""
    centre = torch.cat([support.inputs, folder]).mean(0)
    return F.normalize(support.inputs - centre, dim=1), F.normalize(folder - centre, dim=1)


def nearest_mean(support: Support, folder: Tensor) -> Tensor:
    examples, images = centred(support, folder)
    means = class_means(examples[None], support.labels[None], support.way)
    return squared_distances(images[None], means)[0].argmin(1)


def logistic_regression(support: Support, folder: Tensor) -> Tensor:
    examples, images = centred(support, folder)
    fitted = LogisticRegression(max_iter=1000).fit(examples.numpy(), support.labels.numpy())
    return torch.from_numpy(fitted.predict(images.numpy()))


Figures = dict[str, dict[str, list[float]]]
"""Method → "domain/shot/shares" → accuracies of tasks, 0..1."""


def measure(
    answers: dict[str, Answer], domains: Sequence[tuple[str, ImageSet]], tasks: int, seed: int
) -> tuple[Figures, dict[str, float]]:
    """Accuracies, and milliseconds of processor time a task."""
    figures: Figures = {name: defaultdict(list) for name in answers}
    spent = dict.fromkeys(answers, 0.0)
    for domain, images in domains:
        for shot in SHOTS:
            for shares in SHARES:
                for number in range(tasks):
                    task = draw(images, shot, shares, seed, number)
                    for name, answer in answers.items():
                        started = time.process_time()
                        right = answer(task.support, task.folder) == task.labels
                        spent[name] += time.process_time() - started
                        figures[name][f"{domain}/{shot}/{shares}"].append(float(right.float().mean()))
    count = tasks * len(domains) * len(SHOTS) * len(SHARES)
    return figures, {name: 1000 * seconds / count for name, seconds in spent.items()}


def means(figures: dict[str, list[float]]) -> dict[str, float]:
    return {key: 100 * sum(values) / len(values) for key, values in figures.items()}


def show(figures: Figures, milliseconds: dict[str, float], domains: Sequence[str]) -> None:
    """Two tables: the mean over domains, and each domain."""
    columns = [(shot, shares) for shares in SHARES for shot in SHOTS]
    heads = [f"{shot}, {shares}" for shot, shares in columns]
    nearest = means(figures[NEAREST])
    print_head("Mean over domains", ["method", "reads the folder", *heads, "worst", "ms a task"])
    for name, each in figures.items():
        table = means(each)
        cells = [sum(table[f"{d}/{shot}/{shares}"] for d in domains) / len(domains) for shot, shares in columns]
        worst = min(table[key] - nearest[key] for key in table)
        reads = "yes" if name not in METHODS or METHODS[name].transductive else "no"
        print_row([name, reads, *(f"{c:.1f}" for c in cells), f"{worst:+.1f}", f"{milliseconds[name]:.0f}"])
    for domain in domains:
        print_head(domain, ["method", *heads])
        for name, each in figures.items():
            spread = [mean_and_ci95(each[f"{domain}/{shot}/{shares}"]) for shot, shares in columns]
            print_row([name, *(f"{mean:.1f} ± {ci95:.1f}" for mean, ci95 in spread)])


def answers_of(model: str, methods: Sequence[str]) -> Iterator[tuple[str, Answer]]:
    loaded = load_model(model)
    yield "nearest mean, folder-centred", nearest_mean
    yield "scikit-learn LogisticRegression", logistic_regression
    for name in methods or loaded.methods:
        yield name, by_method(loaded.ready(name).method)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.folders", description=__doc__)
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--model", default="photos")
    parser.add_argument("--methods", default="", help="comma-separated; all that the model runs by default")
    parser.add_argument("--tasks", type=int, default=40, help="of each domain, number of examples and kind of shares")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args(argv)
    loaded = load_model(arguments.model)
    read = read_domains(arguments.data, loaded.ready(NEAREST), choose_device("cpu"))
    domains = [(d.name, d.validation) for d in run_job(read)]
    answers = dict(answers_of(arguments.model, [m for m in arguments.methods.split(",") if m]))
    answers.setdefault(NEAREST, by_method(loaded.ready(NEAREST).method))
    figures, milliseconds = measure(answers, domains, arguments.tasks, arguments.seed)
    if arguments.json:
        print(json.dumps({name: means(each) for name, each in figures.items()}, indent=1))
    else:
        show(figures, milliseconds, [name for name, _ in domains])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
