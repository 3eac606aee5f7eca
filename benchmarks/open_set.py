"""Calibration, and images that belong in no bin: ``python -m benchmarks.open_set --data images_evaluation.zip``.

Prints one JSON object. Each episode has as many classes in no bin as bins. ``plain`` is the calibrated probability of
the label alone, ``full`` the product's confidence, none-of-these included; where the card has no coefficients for a
method the two are the same.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from backend.cli.terminal import run_job
from backend.confidence.temperature import parse_setting
from backend.embedding.device import choose_device
from backend.episodes.image_set import read_image_set
from backend.evaluation.evaluate import Protocol
from backend.evaluation.open_set import open_set
from backend.models.store import load_model

SETTINGS = "5w1s,5w5s"


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.open_set", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", default="characters")
    parser.add_argument("--methods", help="comma-separated; all by default")
    parser.add_argument("--settings", default=SETTINGS)
    parser.add_argument("--queries", type=int, default=15)
    parser.add_argument("--episodes", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--within-parent", action="store_true")
    parser.add_argument("--reject", type=float, default=0.5)
    parser.add_argument("--device", default="cpu")
    arguments = parser.parse_args(argv)
    model, device = load_model(arguments.model), choose_device(arguments.device)
    images = run_job(read_image_set(arguments.data, model.card.input))
    rows = []
    for setting in arguments.settings.split(","):
        way, shot = parse_setting(setting)
        protocol = Protocol(way, shot, arguments.queries, arguments.episodes, arguments.seed, arguments.within_parent)
        for name in arguments.methods.split(",") if arguments.methods else model.methods:
            ready = model.ready(name, setting)
            without = replace(ready, card=replace(ready.card, none_of_these={}))
            figures = {
                kind: run_job(open_set(images, r, protocol, device, arguments.reject)).figures()
                for kind, r in (("plain", without), ("full", ready))
            }
            transductive = ready.method.transductive
            rows.append({"setting": setting, "method": name, "transductive": transductive, **figures})
    facts = {"model": arguments.model, "data": arguments.data.name, "queries": arguments.queries}
    facts |= {"episodes": arguments.episodes, "seed": arguments.seed, "reject": arguments.reject}
    print(json.dumps({**facts, "results": rows}, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
