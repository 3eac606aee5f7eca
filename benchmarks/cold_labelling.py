"""Images per second on the way from a folder of JPEG photographs to labels, nothing being known of them yet.

    python -m benchmarks.cold_labelling [--images 600] [--model photos] [--method NAME] [--threads 2]

Prints one JSON object: ``fewshot classify`` as a whole, without what it takes to start; and decoding and the network by
themselves. Each as images per second on the clock, and per second of processor time, that of child processes included:
the second figure hardly depends on what else the machine does. Photographs are drawn here, 1280 × 960 pixels and about
110 KB each: soft shapes under grain, as cameras leave it.
"""

import argparse
import json
import os
import platform
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import torch
from PIL import Image

from backend import jobs
from backend.cli.terminal import run_job
from backend.embedding.cache import EmbeddingCache
from backend.embedding.device import choose_device, share_threads
from backend.embedding.embedder import Embedder
from backend.embedding.memory import keep_freed_memory
from backend.images import DecoderPool
from backend.images.preparation import prepare
from backend.jobs.engine import Engine
from backend.models.model import Ready
from backend.models.store import default_model, load_model
from backend.types import Decoded, Listing

SIZE = (1280, 960)
GRAIN, QUALITY = 5.0, 70
CLASSES, EXAMPLES = 5, 5
ROUNDS = 5
BATCH = 32


def write_photographs(folder: Path, count: int) -> int:
    """``count`` photographs of ``CLASSES`` colours in turn; returns their mean size in bytes."""
    for number in range(count):
        chance = np.random.default_rng(number)
        coarse = chance.integers(0, 256, (12, 16, 3), dtype=np.uint8) // 2
        coarse[..., number % CLASSES % 3] += 60 * (1 + number % CLASSES // 3)
        soft = np.asarray(Image.fromarray(coarse).resize(SIZE, Image.Resampling.BICUBIC), dtype=np.float32)
        grain = chance.normal(0, GRAIN, (SIZE[1], SIZE[0], 1)).astype(np.float32)
        Image.fromarray((soft + grain).clip(0, 255).astype(np.uint8)).save(
            folder / f"{number:05d}.jpg", quality=QUALITY
        )
    return sum(path.stat().st_size for path in folder.iterdir()) // count


def processor_seconds() -> float:
    """Of this process and of its children that are alive."""
    own = psutil.Process()
    return sum(sum(p.cpu_times()[:2]) for p in [own, *own.children(recursive=True)])


def measured(run: Callable[[], None], images: int) -> dict[str, float]:
    """Images per second of one run, on the clock and of processor time."""
    clock, used = time.perf_counter(), processor_seconds()
    run()
    clock, used = time.perf_counter() - clock, processor_seconds() - used
    return {"per second": round(images / clock, 1), "per processor second": round(images / used, 1)}


def decoding(pool: DecoderPool, listing: Listing, side: int) -> None:
    for future in [pool.decode(file.path, side) for file in listing.files]:
        assert isinstance(future.result(), Decoded)


def network(ready: Ready, pool: DecoderPool, listing: Listing, device: str) -> dict[str, float]:
    """The best of some batches."""
    decoded = [pool.decode(file.path, ready.input.decode_side).result() for file in listing.files[:BATCH]]
    images = np.stack([prepare(d.pixels, ready.input) for d in decoded if isinstance(d, Decoded)])
    embedder = Embedder(ready.trunk, ready.space, ready.input, choose_device(device))
    embedder.embed(images)
    rounds = [measured(lambda: void(embedder.embed(images)), len(images)) for _ in range(ROUNDS)]
    return {name: max(r[name] for r in rounds) for name in rounds[0]}


def void(_: object) -> None:
    """Of a result that nobody wants."""


def label(engine: Engine, listing: Listing) -> None:
    """As ``fewshot classify`` does it, the first images being the examples."""
    examples = listing.files[: CLASSES * EXAMPLES]
    bins = {str(c): tuple(f.id for f in examples[c::CLASSES]) for c in range(CLASSES)}
    ids = [f.id for f in listing.files]
    run_job(jobs.embed(engine, examples))
    run_job(jobs.add_views(engine, bins, examples))
    run_job(jobs.embed(engine, listing.files))
    run_job(jobs.calibrate(engine, bins, ids))
    run_job(jobs.relabel(engine, bins, ids))


def figures(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Everything that is printed of the photographs in ``folder``."""
    listing = run_job(jobs.list_folder(folder))
    count = len(listing.files)
    with DecoderPool() as pool:
        loaded = load_model(options.model or default_model())
        method, device = options.method or loaded.card.default_method, choose_device(options.device)
        engine = Engine(loaded, method, device, EmbeddingCache(folder.parent / "cache.sqlite"), pool, {})
        decoding(pool, replace(listing, files=listing.files[:8]), 64)  # the decoders' start is not measured
        ready = loaded.ready(method)
        side = ready.input.decode_side
        found = {
            "classify": measured(lambda: label(engine, listing), count),
            "decoding alone": measured(lambda: decoding(pool, listing, side), count),
            "network alone": network(ready, pool, listing, options.device),
        }
        engine.close()
    return {"model": engine.model, "method": method, "decoded to": side, "images per second": found}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--images", type=int, default=600)
    parser.add_argument("--model", help="by default the program's own choice")
    parser.add_argument("--method")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--threads", type=int, help="of the network; by default what the program takes")
    options = parser.parse_args()
    share_threads()
    keep_freed_memory()
    if options.threads:
        torch.set_num_threads(options.threads)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "photographs"
        folder.mkdir()
        size = write_photographs(folder, options.images)
        result = {"images": options.images, "bytes": size, **figures(folder, options)}
    machine = {"cores": os.cpu_count(), "threads": torch.get_num_threads(), "processor": platform.processor()}
    print(json.dumps({**result, "machine": machine}, indent=2))


if __name__ == "__main__":
    main()
