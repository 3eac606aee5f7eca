"""Images per second on the way from a file to pixels: in this process, and from child processes in two transports.

    python -m benchmarks.decode [--small 600] [--large 40] [--workers 2]

Prints one JSON object. Small: PNG, grey, 105 × 105, fitted into 112. Large: JPEG of 12 megapixels, fitted into 256, and
for the transports' sake at its full size. Transports: one child, one request at a time; ``pool`` is the product's own
``DecoderPool``.
"""

import argparse
import json
import mmap
import os
import platform
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image

from backend.images import DecoderPool, decode_bytes
from backend.types import Pixels

ROUNDS = 7
REQUEST = struct.Struct("<Hi")
ANSWER = struct.Struct("<ii")
BLOCK = 64 * 2**20
"""Bytes of shared memory: an image of 12 megapixels at its full size."""


def write_samples(folder: Path, small: int, large: int) -> dict[str, tuple[list[Path], int | None]]:
    """Files by what is measured, and the side into which they are fitted."""
    chance = np.random.default_rng(0)
    small_files = [folder / f"{number}.png" for number in range(small)]
    for path in small_files:
        glyph = chance.integers(0, 2, (15, 15), dtype=np.uint8) * 255
        Image.fromarray(glyph).resize((105, 105), Image.Resampling.BICUBIC).save(path)
    photo = Image.fromarray(chance.integers(0, 256, (300, 400, 3), dtype=np.uint8)).resize((4000, 3000))
    photo.save(folder / "photo.jpg", quality=90)
    large_files = [folder / "photo.jpg"] * large
    return {
        "png 105 x 105, side 112": (small_files, 112),
        "jpeg 12 MP, side 256": (large_files, 256),
        "jpeg 12 MP, full size": (large_files[: max(2, large // 5)], None),
    }


def per_second(run: Callable[[], None], count: int) -> float:
    """The best of some rounds: the one that other programs disturbed least."""
    rates = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        run()
        rates.append(count / (time.perf_counter() - started))
    return round(max(rates), 1)


def in_process(files: Sequence[Path], side: int | None) -> None:
    for path in files:
        decode_bytes(path.read_bytes(), side)


def in_threads(files: Sequence[Path], side: int | None, workers: int) -> None:
    with ThreadPoolExecutor(workers) as threads:
        list(threads.map(lambda path: decode_bytes(path.read_bytes(), side), files))


def in_pool(pool: DecoderPool, files: Sequence[Path], side: int | None) -> None:
    for future in [pool.decode(path, side) for path in files]:
        future.result()


def in_child(child: "Child", files: Sequence[Path], side: int | None) -> None:
    for path in files:
        child.decode(path, side)


class Child:
    """One child process that decodes; pixels come by pipe, or are copied out of memory that both processes map.

    ``block`` is that memory's file, best in a file system without a disk. (Python's own SharedMemory is of no use
    before 3.13: a child that only attaches to a block removes it when it ends.)
    """

    def __init__(self, block: Path | None) -> None:
        self._shared = mapped(block) if block else None
        command = [sys.executable, "-m", "benchmarks.decode", "--serve", str(block or "pipe")]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def decode(self, path: Path, side: int | None) -> Pixels:
        requests, answers = self._process.stdin, self._process.stdout
        assert requests is not None
        assert answers is not None
        name = os.fsencode(path)
        requests.write(REQUEST.pack(len(name), side or 0) + name)
        requests.flush()
        height, width = ANSWER.unpack(answers.read(ANSWER.size))
        if self._shared is None:
            return np.frombuffer(answers.read(height * width * 3), np.uint8).reshape(height, width, 3)
        return np.ndarray((height, width, 3), np.uint8, self._shared).copy()

    def close(self) -> None:
        self._process.communicate()


def mapped(block: Path) -> mmap.mmap:
    with block.open("r+b") as file:
        return mmap.mmap(file.fileno(), BLOCK)


def serve(transport: str) -> None:
    """The child's side."""
    shared = None if transport == "pipe" else mapped(Path(transport))
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    while head := requests.read(REQUEST.size):
        length, side = REQUEST.unpack(head)
        pixels, _ = decode_bytes(Path(os.fsdecode(requests.read(length))).read_bytes(), side or None)
        answers.write(ANSWER.pack(*pixels.shape[:2]))
        if shared is None:
            answers.write(pixels.data)
        else:
            np.ndarray(pixels.shape, np.uint8, shared)[:] = pixels
        answers.flush()


def measure_child(block: Path | None, files: Sequence[Path], side: int | None) -> float:
    child = Child(block)
    child.decode(files[0], side)  # its start is not measured
    rate = per_second(lambda: in_child(child, files, side), len(files))
    child.close()
    return rate


def measure(files: Sequence[Path], side: int | None, workers: int) -> dict[str, float]:
    rates = {
        "in process": per_second(lambda: in_process(files, side), len(files)),
        f"{workers} threads": per_second(lambda: in_threads(files, side, workers), len(files)),
        "one child, pipe": measure_child(None, files, side),
    }
    memory = Path("/dev/shm")
    with tempfile.NamedTemporaryFile(dir=memory if memory.is_dir() else None) as block:
        block.truncate(BLOCK)
        rates["one child, shared memory"] = measure_child(Path(block.name), files, side)
    for count in sorted({1, workers}):
        with DecoderPool(count) as pool:
            in_pool(pool, files[: 4 * count], side)
            rates[f"pool of {count}"] = per_second(lambda: in_pool(pool, files, side), len(files))
    return rates


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--small", type=int, default=600, help="small images")
    parser.add_argument("--large", type=int, default=40, help="large images")
    parser.add_argument("--workers", type=int, default=2, help="processes and threads")
    parser.add_argument("--serve", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(options.serve)
        return
    with tempfile.TemporaryDirectory() as folder:
        samples = write_samples(Path(folder), options.small, options.large)
        rates = {name: measure(files, side, options.workers) for name, (files, side) in samples.items()}
    machine = {"cores": os.cpu_count(), "system": platform.platform(), "python": platform.python_version()}
    print(json.dumps({"images_per_second": rates, "machine": machine}, indent=2))


if __name__ == "__main__":
    main()
