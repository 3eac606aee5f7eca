"""Accuracy of every method of a bundled model: ``python -m benchmarks.results --data images_evaluation.zip``.

Prints the Markdown table of docs/results.md. Every method sees the same episodes. Seconds are for one query of a fitted
classifier and for one fit, means over the episodes, features computed beforehand.
"""

import argparse
import platform
import sys
from collections.abc import Sequence
from pathlib import Path

import torch

from backend.cli.terminal import run_job
from backend.embedding.device import choose_device
from backend.episodes.image_set import ImageSet, read_image_set
from backend.evaluation.evaluate import Evaluation, Protocol, evaluate_ready
from backend.models.model import Model
from backend.models.store import load_model

SETTINGS = ((5, 1), (5, 5), (20, 1), (20, 5))


def cell(result: Evaluation) -> str:
    return f"{result.accuracy:.2f} ± {result.ci95:.2f}"


def measure(model: Model, images: ImageSet, method: str, arguments: argparse.Namespace) -> list[Evaluation]:
    results = []
    for way, shot in SETTINGS:
        protocol = Protocol(way, shot, arguments.queries, arguments.episodes, arguments.seed, arguments.within_parent)
        weights = protocol.setting if arguments.weights == "setting" else None
        ready = model.ready(method, weights)
        results.append(run_job(evaluate_ready(images, ready, protocol, choose_device(arguments.device))))
    return results


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.results", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", default="characters")
    parser.add_argument("--methods", help="comma-separated; all by default")
    parser.add_argument("--episodes", type=int, default=1000)
    parser.add_argument("--queries", type=int, default=15)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--within-parent", action="store_true")
    parser.add_argument("--weights", choices=("general", "setting"), default="setting")
    parser.add_argument("--device", default="cpu")
    arguments = parser.parse_args(argv)
    model = load_model(arguments.model)
    images = run_job(read_image_set(arguments.data, model.card.input))
    methods = arguments.methods.split(",") if arguments.methods else model.methods
    print(f"Model `{arguments.model}`, {len(images.classes)} classes of {arguments.data.name},")
    print(f"{arguments.episodes} episodes, {arguments.queries} queries a class, seed {arguments.seed},")
    print(f"torch {torch.__version__} on {arguments.device}")
    print(f"({platform.machine()}, {torch.get_num_threads()} threads). Accuracy in per cent, mean ± 95 % interval.\n")
    print("| method | " + " | ".join(f"{w}-way {s}-shot" for w, s in SETTINGS) + " | ms an episode, 5w1s |")
    print("|---|" + "---|" * (len(SETTINGS) + 1))
    for method in methods:
        results = measure(model, images, method, arguments)
        milliseconds = 1000 * results[0].seconds / arguments.episodes
        print(f"| {method} | " + " | ".join(cell(r) for r in results) + f" | {milliseconds:.1f} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
