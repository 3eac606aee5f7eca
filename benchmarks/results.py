"""The tables of docs/results.md: ``python -m benchmarks.results --data images_evaluation.zip --json results.json``.

Prints Markdown, each row as soon as it is measured: the accuracy of every method that the model has, beside its
paper's; what adapting methods reach with their adaptation switched off; accuracy by instance of those that stream;
accuracy within one alphabet; the cost of training and of use. Every method sees the same episodes. With ``--json`` each
figure is kept in that file once it is measured, and a rerun measures only what is missing or has other weights.
"""

import argparse
import platform
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import torch

from backend.cli.terminal import complain, run_job
from backend.episodes.image_set import read_image_set
from backend.evaluation.evaluate import Weights
from backend.methods import METHODS, Streams
from backend.models.store import load_model
from benchmarks import papers
from benchmarks.ledger import Figures, Ledger
from benchmarks.measurements import Measurements
from benchmarks.training_cost import training_cost

SETTINGS = ((5, 1), (5, 5), (20, 1), (20, 5))
ONE_SHOT = ((5, 1), (20, 1))
NONE = "–"


def print_row(cells: Iterable[str]) -> None:
    print("| " + " | ".join(cells) + " |", flush=True)


def print_head(title: str, cells: Sequence[str]) -> None:
    print(f"\n## {title}\n")
    print_row(cells)
    print_row(["---"] * len(cells))


def per_cent(figures: Figures) -> str:
    interval = "" if figures["ci95"] is None else f" ± {figures['ci95']:.2f}"
    own = "" if figures.get("weights", "general") == "general" else " †"
    return f"{figures['accuracy']:.2f}{interval}{own}"


def paper(figure: float | None) -> str:
    if figure is None:
        return NONE
    return f"{figure:.2f}".removesuffix("0")


def accuracy(m: Measurements, methods: Sequence[str]) -> None:
    print_head("Accuracy", ["method", *(c for way, shot in SETTINGS for c in (f"{way}-way {shot}-shot", "paper"))])
    for method in methods:
        accuracy_row(m, method, method, "setting")
        if m.model.settings(method):
            accuracy_row(m, method, f"{method}, general weights", "general")


def accuracy_row(m: Measurements, method: str, title: str, weights: Weights) -> None:
    cells = [title]
    for way, shot in SETTINGS:
        published = papers.ACCURACY.get(method, {}).get(f"{way}w{shot}s")
        cells += [per_cent(m.accuracy(method, way, shot, weights)), paper(published)]
    print_row(cells)


def adaptation(m: Measurements, methods: Sequence[str]) -> None:
    adapting = [name for name in methods if METHODS[name].adapts]
    if not adapting:
        return
    head = [c for way, _ in ONE_SHOT for c in (f"{way}-way 1-shot", f"adaptation off (chance {100 / way:g})")]
    print_head("Adaptation off", ["method", *head])
    for method in adapting:
        pairs = [(m.accuracy(method, way, shot), m.adaptation_off(method, way, shot)) for way, shot in ONE_SHOT]
        print_row([method, *(per_cent(f) for pair in pairs for f in pair)])


def streaming(m: Measurements, methods: Sequence[str]) -> None:
    streams = [name for name in methods if issubclass(METHODS[name], Streams)]
    if not streams:
        return
    print_head("Accuracy by instance, 5 classes a sequence", ["method", *map(str, range(1, 11))])
    for method in streams:
        print_row([method, *(per_cent(i) for i in m.streaming(method)["instances"])])
        published = papers.STREAMING.get(method)
        if published:
            print_row([f"{method}, the paper", *(paper(published.get(i)) for i in range(1, 11))])


def within(m: Measurements, methods: Sequence[str]) -> None:
    """Methods that do not adapt: the others would take hours for a figure that no paper has."""
    metric = [name for name in methods if not METHODS[name].adapts]
    if not metric:
        return
    print_head("Within one alphabet", ["method", "20-way 1-shot", "paper"])
    for method in metric:
        print_row([method, per_cent(m.accuracy(method, 20, 1, within=True)), paper(papers.WITHIN_ALPHABET.get(method))])


def cost(m: Measurements, methods: Sequence[str]) -> None:
    print_head("Cost", ["method", "training steps", "minutes (shared cores)", "ms a fit, 5w1s", "µs a query, 5w1s"])
    for method in methods:
        trainings = m.model.card.methods.get(method)
        seconds, steps = training_cost(trainings.training) if trainings else (None, None)
        trained = [NONE if steps is None else f"{steps:,}", NONE if seconds is None else f"{seconds / 60:.1f}"]
        figures = m.cost(method)
        print_row([method, *trained, f"{figures['fit_ms']:.2f}", f"{figures['query_us']:.0f}"])


TABLES: dict[str, Callable[[Measurements, Sequence[str]], None]] = {
    "accuracy": accuracy,
    "adaptation": adaptation,
    "streaming": streaming,
    "within": within,
    "cost": cost,
}


def arguments_of(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.results", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", default="characters")
    parser.add_argument("--methods", help="comma-separated; all by default")
    parser.add_argument("--tables", default=",".join(TABLES), help="comma-separated; all by default")
    parser.add_argument("--episodes", type=int, default=1000)
    parser.add_argument("--adapting-episodes", type=int, metavar="N", help="of methods that adapt; as many by default")
    parser.add_argument("--queries", type=int, default=15)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keeps every figure, and what it has is not measured")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    arguments = arguments_of(argv)
    model = load_model(arguments.model)
    asked = arguments.methods.split(",") if arguments.methods else list(METHODS)
    methods = [name for name in asked if name in model.methods]
    images = run_job(read_image_set(arguments.data, model.card.input))
    measurements = Measurements(model, images, Ledger(arguments.json), arguments)
    print(f"Model `{arguments.model}`, {len(images.classes)} classes of {arguments.data.name}, ", end="")
    fewer = f" ({arguments.adapting_episodes} of methods that adapt)" if arguments.adapting_episodes else ""
    print(f"{arguments.episodes} episodes{fewer}, {arguments.queries} queries a class, seed {arguments.seed},")
    print(f"torch {torch.__version__} on {arguments.device} ({platform.machine()}, {torch.get_num_threads()} threads).")
    print("Accuracy in per cent, mean ± 95 % interval; † weights trained for that setting alone.")
    print(papers.NOTES)
    for table in arguments.tables.split(",") if methods else ():
        TABLES[table](measurements, methods)
    missing = [name for name in asked if name not in methods]
    if missing:
        complain(f"Without weights in {arguments.model}: {', '.join(missing)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
