"""How true leaving examples out is to the accuracy of the bins.

    python -m benchmarks.left_out --data shard-*.tar --only test/

Prints one JSON object. Of each episode's bins the accuracy on other images is compared with what the examples alone
say: ``alone``, each example left out by itself, and ``rounds``, one example of every bin at a time, as the window does
(docs/adr/0013-one-of-every-bin-is-left-out.md). Methods that adapt are fitted for each of these too, so name few.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean

import torch
from torch import Tensor

from backend.cli.terminal import run_job
from backend.confidence.temperature import parse_setting
from backend.episodes.image_set import merged, read_image_set
from backend.labelling.calibration import leave_one_out, rounds
from backend.methods import Method, Support
from backend.models.store import load_model
from benchmarks.classifiers import draw_task, features_of

SETTINGS = "5w2s,5w3s,5w5s,5w10s"


def share_right(log_probs: Tensor, labels: Tensor) -> float:
    return 100 * float((log_probs.argmax(1) == labels).float().mean())


def figures(method: Method, support: Support, queries: Tensor, labels: Tensor) -> dict[str, float]:
    """In per cent."""
    n = len(support.labels)
    partings = {"alone": [[i] for i in range(n)], "rounds": rounds(support.labels, n, n)}
    said = {k: share_right(*run_job(leave_one_out(method, support, None, p))) for k, p in partings.items()}
    with torch.no_grad():
        return {"true": share_right(method.fit(support, None).log_probs(queries), labels), **said}


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.left_out", description=__doc__)
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--only", default="", help="read images whose path in the data begins so, such as test/")
    parser.add_argument("--model", default="photos")
    parser.add_argument("--methods", default="prototypical,relation,linear")
    parser.add_argument("--settings", default=SETTINGS)
    parser.add_argument("--episodes", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--device", default="cpu")
    arguments = parser.parse_args(argv)
    model = load_model(arguments.model)
    read = (read_image_set(d, model.card.input, lambda p: p.startswith(arguments.only)) for d in arguments.data)
    images = merged([run_job(job) for job in read])
    members, rows = images.members(), []
    names = arguments.methods.split(",")
    features = features_of(model, images, names[0], arguments.device)
    for setting in arguments.settings.split(","):
        way, shot = parse_setting(setting)
        ready = {name: model.ready(name, setting).method for name in names}
        found: dict[str, list[dict[str, float]]] = {name: [] for name in names}
        for number in range(arguments.episodes):
            given, asked, labels = draw_task(images, members, way, shot, 75, "balanced", arguments.seed, number)
            support = Support(features[given], torch.arange(way).repeat_interleave(shot))
            for name, method in ready.items():
                found[name].append(figures(method, support, features[asked], labels))
        for name, each in found.items():
            means = {k: round(fmean(f[k] for f in each), 1) for k in each[0]}
            rows.append({"setting": setting, "method": name, **means})
    facts = {k: getattr(arguments, k) for k in ("model", "only", "episodes", "seed")}
    print(json.dumps({**facts, "results": rows}, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
