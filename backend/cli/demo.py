"""``fewshot demo``."""

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from backend import jobs
from backend.cli.classify import label, list_examples, usable_bins
from backend.cli.terminal import print_json, print_table, run_job
from backend.errors import RequestError
from backend.images import DecoderPool
from backend.jobs.demo import DemoScore, score


def run_demo(arguments: argparse.Namespace) -> int:
    """Draws the demonstration set, classifies it, prints table and accuracy."""
    if arguments.seed < 0:
        raise RequestError("Out of range", f"--seed is {arguments.seed}.", "Give a number from 0 on.")
    if arguments.keep is not None:
        return _demo_in(arguments.keep, arguments)
    with TemporaryDirectory(prefix="fewshot-demo-") as folder:
        return _demo_in(Path(folder), arguments)


def _demo_in(folder: Path, arguments: argparse.Namespace) -> int:
    with DecoderPool() as pool:
        engine = run_job(jobs.open_engine(pool, arguments.model, arguments.method, arguments.device))
        try:
            demo = run_job(jobs.make_demo(folder.absolute(), arguments.seed))
            listing = run_job(jobs.list_folder(demo.folder))
            bins, _ = usable_bins(engine, list_examples(demo.examples)[0])
            predictions = label(engine, bins, listing, 0.0)
        finally:
            engine.close()
    result = score(demo, predictions)
    if arguments.json:
        print_json(_json(arguments, engine.model, engine.method, len(demo.truth), len(bins), result))
        return 0
    rows = [
        (
            n,
            sum(t == n for t in demo.truth.values()),
            sum(predictions[i].label == n == t for i, t in demo.truth.items()),
        )
        for n in bins
    ]
    print_table([("character", "images", "right"), *((n, str(total), str(right)) for n, total, right in rows)])
    print(
        f"\n{len(bins)} characters nobody has seen, one example each; {len(demo.truth)} images (seed {arguments.seed})"
    )
    print(f"{engine.method} on {engine.model}:  {result.accuracy:5.1f} % right")
    print(f"raw-pixel nearest neighbour: {result.raw_pixels:5.1f} % right")
    return 0


def _json(
    arguments: argparse.Namespace, model: str, method: str, images: int, classes: int, result: DemoScore
) -> dict[str, object]:
    return {
        "model": model,
        "method": method,
        "seed": arguments.seed,
        "classes": classes,
        "images": images,
        "accuracy": result.accuracy,
        "raw_pixel_accuracy": result.raw_pixels,
    }
