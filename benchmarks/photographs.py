"""The figures of a model for photographs: ``python -m benchmarks.photographs --data shard-*.tar``.

Prints Markdown: for every method the accuracy in 5-way episodes, the expected calibration error, and, with as many
classes in no bin as there are bins, the AUROC and the error among the surer half. Only classes below the top folder
``--under`` are read. With ``--json`` each figure is kept in that file, and a rerun measures only what is missing or has
other weights.
"""

import argparse
import platform
import sys
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

import torch

from backend.cli.terminal import run_job
from backend.episodes.image_set import ImageSet, merged, read_image_set
from backend.images.preparation import InputSpec
from backend.methods import METHODS
from backend.models.store import load_model
from backend.types import Job
from benchmarks.ledger import Figures, Ledger
from benchmarks.measurements import Measurements
from benchmarks.results import per_cent, print_head, print_row

SHOTS = (1, 5)
WAY = 5


def read_part(sources: Sequence[Path], spec: InputSpec, top: str) -> Job[ImageSet]:
    """The classes below the folder ``top`` of all ``sources``, merged by name."""
    sets: list[ImageSet] = []
    for source in sources:
        one = yield from read_image_set(source, spec, lambda path: PurePosixPath(path).parts[0] == top)
        sets.append(one)
    return merged(sets)


def accuracy(m: Measurements, methods: Sequence[str]) -> None:
    """One row a method, inductive ones first."""
    print_head("Accuracy", ["method", "reads the folder", *(f"{WAY}-way {shot}-shot" for shot in SHOTS)])
    for method in methods:
        reads = "yes" if METHODS[method].transductive else "no"
        print_row([method, reads, *(per_cent(m.accuracy(method, WAY, shot)) for shot in SHOTS)])


def confidence(m: Measurements, methods: Sequence[str]) -> None:
    """Two figures a cell: at one shot, at five."""
    heads = ["calibration error", "AUROC", "error, surer half", "error from 50 % on", "share from 50 % on"]
    print_head("Confidence, and images that belong in no bin", ["method", *heads])
    keys = ("closed_calibration_error", "auroc", "best_half_error", "accepted_error", "accepted_share")
    for method in methods:
        one, five = (m.open_set(method, WAY, shot) for shot in SHOTS)
        print_row([method, *(both(one, five, key) for key in keys)])


def both(one: Figures, five: Figures, key: str) -> str:
    """The cell of ``key``."""
    return f"{one[key]:.1f} / {five[key]:.1f}"


def cost(m: Measurements, methods: Sequence[str]) -> None:
    """What a method costs besides the trunk."""
    print_head("Cost", ["method", "ms a fit, 5w1s", "µs a query, 5w1s"])
    for method in methods:
        figures = m.cost(method)
        print_row([method, f"{figures['fit_ms']:.2f}", f"{figures['query_us']:.0f}"])


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.photographs", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--under", default="test", metavar="TOP", help="top folder of the classes")
    parser.add_argument("--model", default="photos-small")
    parser.add_argument("--methods", help="comma-separated; all by default")
    parser.add_argument("--episodes", type=int, default=1000)
    parser.add_argument("--adapting-episodes", type=int, metavar="N", help="of methods that adapt; as many by default")
    parser.add_argument("--queries", type=int, default=15)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keeps every figure, and what it has is not measured")
    arguments = parser.parse_args(argv)
    model = load_model(arguments.model)
    images = run_job(read_part(arguments.data, model.card.input, arguments.under))
    asked = arguments.methods.split(",") if arguments.methods else model.methods
    methods = sorted(asked, key=lambda name: METHODS[name].transductive)
    names = ", ".join(p.name for p in arguments.data)
    arguments.data = Path(names)
    measurements = Measurements(model, images, Ledger(arguments.json), arguments)
    fewer = f" ({arguments.adapting_episodes} of methods that adapt)" if arguments.adapting_episodes else ""
    print(f"Model `{arguments.model}`, {len(images.classes)} classes under {arguments.under} of {names}, ", end="")
    print(f"{arguments.episodes} episodes{fewer}, {arguments.queries} queries a class, seed {arguments.seed},")
    print(f"torch {torch.__version__} on {arguments.device} ({platform.machine()}, {torch.get_num_threads()} threads).")
    for table in (accuracy, confidence, cost):
        table(measurements, methods)
    return 0


if __name__ == "__main__":
    sys.exit(main())
