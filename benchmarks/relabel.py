"""Milliseconds until a folder of cached character images carries new labels after a change of the bins.

    python -m benchmarks.relabel [--methods a,b] [--images 1000] [--bins 5,20]

Prints one JSON object. The engine and the jobs are the window's own. ``ms`` is the time of the whole relabelling after
one more example was put into a bin, the best of three, which other programs disturbed least; ``cpu_ms`` its processor
time; ``first_ms`` until the first tiles have labels; ``longest_step_ms`` how long the worker could not turn to anything
else; ``calibrate_ms`` what follows behind all other work. ``flips`` tells how many labels change when the first bin's
examples are there ten times: methods that pool a bin by its mean have none.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import torch

from backend import jobs
from backend.cli.terminal import complain, run_job
from backend.embedding.cache import EmbeddingCache
from backend.embedding.device import choose_device, share_threads
from backend.episodes.glyphs import write_class_folders
from backend.images import DecoderPool
from backend.jobs.engine import Engine
from backend.methods import METHODS
from backend.models.store import load_model
from backend.types import Bins, ImageFile, ImageId, Job, Labelled

CHARACTERS = 20
SHOTS = 3
CHANGES = 3
"""Bin changes whose times are taken."""
BAR_MS = 1000.0
"""For methods that do not adapt, 1,000 images, two cores."""
COPIES = 10


def bins_of(files: Sequence[ImageFile], count: int, change: int = 0) -> Bins:
    """``count`` bins of ``SHOTS`` examples each, the first one with ``change`` more."""
    classes: dict[str, list[ImageId]] = {}
    for file in files:
        classes.setdefault(file.path.parent.name, []).append(file.id)
    chosen = list(classes.items())[:count]
    return {name: tuple(ids[: SHOTS + (change if not n else 0)]) for n, (name, ids) in enumerate(chosen)}


def timed(job: Job[Any]) -> dict[str, Any]:
    """Milliseconds of a whole job, until its first labels, and of its longest step; its labels."""
    cpu = time.process_time()
    started = last = time.perf_counter()
    longest, first = 0.0, 0.0
    labels: dict[ImageId, str] = {}
    for step in job:
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
        if isinstance(step, Labelled):
            first = first or now - started
            labels |= {i: p.label for i, p in step.predictions.items()}
    return {
        "ms": 1e3 * (last - started),
        "cpu_ms": 1e3 * (time.process_time() - cpu),
        "first_ms": 1e3 * first,
        "longest_step_ms": 1e3 * longest,
        "labels": labels,
    }


def measure(engine: Engine, files: Sequence[ImageFile], count: int) -> dict[str, Any]:
    ids = [f.id for f in files]
    before = timed(jobs.relabel(engine, bins_of(files, count), ids))
    changes = [timed(jobs.relabel(engine, bins_of(files, count, 1 + c), ids)) for c in range(CHANGES)]
    calibration = timed(jobs.calibrate(engine, bins_of(files, count, CHANGES), ids))
    copied = {n: e * (1 if i else COPIES) for i, (n, e) in enumerate(bins_of(files, count).items())}
    after = timed(jobs.relabel(engine, copied, ids))["labels"]
    best = min(changes, key=lambda change: change["ms"])
    return {
        **{key: round(best[key], 1) for key in ("ms", "cpu_ms", "first_ms", "longest_step_ms")},
        "calibrate_ms": round(calibration["ms"], 1),
        "calibrate_cpu_ms": round(calibration["cpu_ms"], 1),
        "flips": sum(after[i] != label for i, label in before["labels"].items()),
    }


def measure_method(engine: Engine, files: Sequence[ImageFile], sizes: Sequence[int]) -> list[dict[str, Any]]:
    run_job(jobs.embed(engine, files))
    rows = []
    for count in sizes:
        row = {"method": engine.method, "images": len(files), "bins": count, **measure(engine, files, count)}
        adapts = METHODS[engine.method].adapts
        rows.append(row if adapts else {**row, "within_bar": row["ms"] <= BAR_MS * len(files) / 1000})
        complain(json.dumps(rows[-1]))
    return rows


def arguments_of(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.relabel", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--model", default="characters")
    parser.add_argument("--methods", help="comma-separated; all that the model has by default")
    parser.add_argument("--images", type=int, default=1000)
    parser.add_argument("--bins", default="5,20", help=f"comma-separated; {CHARACTERS} at most")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    arguments = arguments_of(argv)
    share_threads()
    model, device = load_model(arguments.model), choose_device("cpu")
    methods = arguments.methods.split(",") if arguments.methods else model.methods
    sizes = [int(size) for size in arguments.bins.split(",")]
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as name, DecoderPool() as pool:
        folder = Path(name)
        run_job(write_class_folders(folder / "drawings", CHARACTERS, -(-arguments.images // CHARACTERS), seed=0))
        files = run_job(jobs.list_folder(folder / "drawings")).files[: arguments.images]
        with closing(EmbeddingCache(folder / "cache.sqlite")) as cache:
            for method in methods:
                rows += measure_method(Engine(model, method, device, cache, pool, {}), files, sizes)
    machine = {"cores": os.cpu_count(), "threads": torch.get_num_threads(), "system": platform.platform()}
    print(json.dumps({"relabel": rows, "bar_ms": BAR_MS, "machine": machine}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
