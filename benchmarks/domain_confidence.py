"""How far confidences can be trusted on several domains: calibration, and images that belong in no bin.

    python -m benchmarks.domain_confidence --data DIR/* [--model photos] [--methods label-propagation,prototypical]

For each domain's held-back classes, episodes of five bins and as many classes in no bin, fifteen images of each, as
``fewshot evaluate`` draws them, seed 5 (the card's temperatures and coefficients were fitted on other draws of the same
classes). Means over domains in per cent, 1-shot / 5-shot: the expected calibration error over images that belong in a
bin, and the AUROC of the product's confidence between these and the others. Prints Markdown.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import torch

from backend.cli.terminal import run_job
from backend.confidence.none_of_these import coefficients_for
from backend.confidence.open_episodes import confidences, run_open_episodes, sampler_of
from backend.confidence.temperature import from_table
from backend.embedding.device import choose_device
from backend.episodes.image_set import ImageSet
from backend.evaluation.open_set import OpenSet, open_set_figures
from backend.models.model import Ready
from backend.models.store import load_model
from backend.training.domain_features import read_domains
from benchmarks.results import print_head, print_row

WAY, SHOTS, QUERIES, SEED, REJECT = 5, (1, 5), 15, 5, 0.5


def figures(ready: Ready, images: ImageSet, shot: int, episodes: int) -> OpenSet:
    sampler = sampler_of(images.members(), 2 * WAY, shot, QUERIES)
    assert sampler is not None, "too few classes of enough images"
    temperature = from_table(ready.card.temperatures, WAY, shot)
    coefficients = coefficients_for(ready.card, WAY, shot)
    confidence, right, known = [], [], []
    for outcome in run_open_episodes(ready.method, images.images.float(), sampler, temperature, episodes, SEED):
        confidence.append(confidences(outcome, temperature, coefficients))
        right.append(outcome.log_probs.argmax(1) == outcome.labels)
        known.append(outcome.labels >= 0)
    return open_set_figures(torch.cat(confidence), torch.cat(right), torch.cat(known), REJECT)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.domain_confidence", description=__doc__)
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--model", default="photos")
    parser.add_argument("--methods", default="label-propagation,prototypical")
    parser.add_argument("--episodes", type=int, default=40, help="of each domain")
    arguments = parser.parse_args(argv)
    model = load_model(arguments.model)
    methods = [model.ready(name) for name in arguments.methods.split(",")]
    domains = run_job(read_domains(arguments.data, methods[0], choose_device("cpu")))
    print_head("Confidence", ["method", "domain", "calibration error", "AUROC"])
    for ready in methods:
        found = {d.name: [figures(ready, d.validation, s, arguments.episodes) for s in SHOTS] for d in domains}
        for name, rows in found.items():
            errors, scores = ([f"{getattr(r, key):.1f}" for r in rows] for key in ("closed_calibration_error", "auroc"))
            print_row([ready.name, name, " / ".join(errors), " / ".join(scores)])
        means = [
            [sum(getattr(rows[n], key) for rows in found.values()) / len(found) for n in range(len(SHOTS))]
            for key in ("closed_calibration_error", "auroc")
        ]
        print_row([ready.name, "mean", *(" / ".join(f"{m:.1f}" for m in pair) for pair in means)])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
