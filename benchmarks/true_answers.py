"""Whether every true answer helps: accuracy on the rest of the folder before and after answers by *Ask me first*.

    python -m benchmarks.true_answers --data DIR/* [--model photos] [--methods prototypical,linear,label-propagation]

Each task draws a folder as ``benchmarks.folders`` does, with three examples of each class. Then ``--answers`` true
answers are given where the method is least sure, unlike images first, in batches of ten, after each of which the folder
is labelled again. Accuracy counts the images that are never answered, the same ones before and after.
Prints Markdown; differences are paired, with 95 % intervals.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import torch

from backend.active.query_order import ask_order
from backend.cli.terminal import run_job
from backend.confidence.run_episodes import mean_and_ci95
from backend.embedding.device import choose_device
from backend.methods import Method, Support
from backend.models.store import load_model
from backend.training.domain_features import read_domains
from benchmarks.folders import NEAREST, SHARES, Task, draw
from benchmarks.results import print_head, print_row

EXAMPLES, BATCH = 3, 10


def asked_and_answered(method: Method, task: Task, answers: int) -> tuple[float, float]:
    """Accuracy before and after on the images that stay unanswered, 0..1."""
    support, open_ = task.support, torch.ones(len(task.labels), dtype=torch.bool)
    first = _log_probs(method, support, task)
    given = 0
    while given < answers and bool(open_.any()):
        log_probs = _log_probs(method, support, task)
        rest = open_.nonzero()[:, 0]
        doubt = 1 - log_probs[rest].exp().max(1).values
        order = run_job(ask_order(doubt, task.folder[rest]))
        chosen = rest[torch.tensor(order[: min(BATCH, answers - given)])]
        support = Support(
            torch.cat([support.inputs, task.folder[chosen]]), torch.cat([support.labels, task.labels[chosen]])
        )
        open_[chosen] = False
        given += len(chosen)
    last = _log_probs(method, support, task)
    before, after = ((p.argmax(1) == task.labels)[open_].float().mean() for p in (first, last))
    return float(before), float(after)


def _log_probs(method: Method, support: Support, task: Task) -> torch.Tensor:
    return method.fit(support, task.folder if method.transductive else None).log_probs(task.folder)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.true_answers", description=__doc__)
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--model", default="photos")
    parser.add_argument("--methods", default="prototypical,linear,label-propagation")
    parser.add_argument("--answers", type=int, default=50)
    parser.add_argument("--tasks", type=int, default=10, help="of each domain and kind of shares")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args(argv)
    model = load_model(arguments.model)
    domains = run_job(read_domains(arguments.data, model.ready(NEAREST), choose_device("cpu")))
    heads = ["before", "after", "difference", "tasks that lost more than two points"]
    print_head(f"{arguments.answers} true answers, {EXAMPLES} examples of each class", ["method", *heads])
    for name in arguments.methods.split(","):
        method = model.ready(name).method
        found = [
            asked_and_answered(method, draw(d.validation, EXAMPLES, shares, arguments.seed, n), arguments.answers)
            for d in domains
            for shares in SHARES
            for n in range(arguments.tasks)
        ]
        before, after = (mean_and_ci95([pair[i] for pair in found])[0] for i in (0, 1))
        gained = [b - a for a, b in found]
        mean, ci95 = mean_and_ci95(gained)
        lost = sum(g < -0.02 for g in gained)
        print_row([name, f"{before:.1f}", f"{after:.1f}", f"{mean:+.1f} ± {ci95:.1f}", f"{lost} of {len(gained)}"])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
