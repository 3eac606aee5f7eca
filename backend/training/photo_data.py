"""Training photographs: decoded once, kept in the user's cache folder as one memory-mapped array."""

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import torch

from backend import storage
from backend.embedding.embedder import Embedder, embed_all
from backend.episodes.image_set import ImageSet, LeftOut, merged, read_image_set
from backend.images.preparation import PREPARATION_VERSION, InputSpec
from backend.training.split import split_groups
from backend.types import Job

TRAIN, VALIDATION = "train", "val"
LEFT_OUT = "test"
"""Top folders of a data set that comes split: the last one is for reporting and is never read here."""
LAYOUT = 1

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PhotoData:
    """``training`` and ``validation`` share no class."""

    training: ImageSet
    validation: ImageSet


def read_photo_data(sources: Sequence[Path], side: int) -> Job[PhotoData]:
    """Reads class folders from folders, zips or tars, each image a square of ``side`` pixels, uint8 [N, 3, side, side].

    Where the data has the top folders train, val and test, they are the split, and test is never read; otherwise a
    tenth of the classes is held back, by seed 0.

    Raises:
        RequestError: bad data.
    """
    spec = InputSpec("photo", side)
    images = yield from _cached(sources, spec)
    tops = [PurePosixPath(c).parts[0] for c in images.classes]
    if not {TRAIN, VALIDATION} <= set(tops):
        return PhotoData(*split_groups(images, seed=0))
    parts = {top: [i for i, t in enumerate(tops) if t == top] for top in (TRAIN, VALIDATION)}
    return PhotoData(images.of_classes(parts[TRAIN]), images.of_classes(parts[VALIDATION]))


def _wanted(path: str) -> bool:
    return PurePosixPath(path).parts[0] != LEFT_OUT


def _cached(sources: Sequence[Path], spec: InputSpec) -> Job[ImageSet]:
    folder = storage.cache_folder() / "training-images" / data_key(sources, spec.size)
    kept = _kept(folder)
    if kept is not None:
        yield LeftOut("read", 1, 1, kept.unreadable)
        return kept
    sets: list[ImageSet] = []
    for source in sources:
        one = yield from read_image_set(source, spec, _wanted)
        sets.append(one)
    images = merged(sets)
    _store(folder, images)
    return images


def data_key(sources: Sequence[Path], side: int) -> str:
    """Names what ``read_photo_data`` reads: archives by path, size and date, folders with all that lies in them."""
    digest = blake2b(f"{LAYOUT} {side} {PREPARATION_VERSION}".encode(), digest_size=16)
    files = (sorted(s.rglob("*")) if s.is_dir() else [s] for s in sources)
    for source in chain.from_iterable(files):
        stat = source.stat() if source.exists() else None
        digest.update(repr((str(source.resolve()), stat and (stat.st_size, stat.st_mtime_ns))).encode())
    return digest.hexdigest()


def _store(folder: Path, images: ImageSet) -> None:
    """The index is written last: without it the array counts for nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / "images.tmp.npy"
    try:
        np.save(unfinished, images.images.numpy())
        unfinished.replace(folder / "images.npy")
    finally:
        unfinished.unlink(missing_ok=True)
    index = {
        "labels": images.labels.tolist(),
        "classes": images.classes,
        "groups": images.groups.tolist(),
        "group_names": images.group_names,
        "paths": images.paths,
        "unreadable": images.unreadable,
    }
    storage.write_atomically(folder / "index.json", json.dumps(index).encode())


def _kept(folder: Path) -> ImageSet | None:
    """What was stored before; None where nothing was, or it is damaged: it can be read again."""
    if not (folder / "index.json").is_file():
        return None
    try:
        return _load(folder)
    except (OSError, EOFError, KeyError, TypeError, ValueError) as error:
        _log.warning("The images kept in %s cannot be used and are read again: %s", folder, error)
        return None


def _load(folder: Path) -> ImageSet:
    index: dict[str, Any] = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    pixels = np.load(folder / "images.npy", mmap_mode="c")  # torch wants memory that it could write to
    if not len(pixels) == len(index["labels"]) == len(index["paths"]):
        raise ValueError("index and images do not agree")
    return ImageSet(
        images=torch.from_numpy(pixels),
        labels=torch.tensor(index["labels"]),
        classes=tuple(index["classes"]),
        groups=torch.tensor(index["groups"]),
        group_names=tuple(index["group_names"]),
        paths=tuple(index["paths"]),
        unreadable=tuple(index["unreadable"]),
    )


def sample_of(images: ImageSet, each: int) -> ImageSet:
    """The first ``each`` images of every class, in the data's order."""
    chosen = torch.cat([m[:each] for m in images.members()])
    return ImageSet(
        images=images.images[chosen],
        labels=images.labels[chosen],
        classes=images.classes,
        groups=images.groups,
        group_names=images.group_names,
        paths=tuple(images.paths[i] for i in chosen.tolist()),
    )


def embed_photos(
    embedder: Embedder, images: torch.Tensor, change: Callable[[torch.Tensor], torch.Tensor] = lambda squares: squares
) -> torch.Tensor:
    """Features float32 [N, d] of squares uint8 [N, 3, side, side] of any side, scaled to what ``embedder`` takes.

    Args:
        change: an augmentation of scaled squares, float32 [n, 3, s, s] in 0..1.
    """
    size = embedder.spec.size
    parts = [embed_all(embedder, to_bytes(change(scaled(part, size)))) for part in images.split(256)]
    return torch.cat(parts)


def scaled(images: torch.Tensor, size: int) -> torch.Tensor:
    """Squares uint8 [n, 3, side, side] → float32 [n, 3, size, size] in 0..1."""
    pixels = images.float().div_(255)
    if images.shape[-1] == size:
        return pixels
    return torch.nn.functional.interpolate(pixels, (size, size), mode="bilinear", antialias=True)


def to_bytes(images: torch.Tensor) -> torch.Tensor:
    """Float32 in 0..1 → uint8."""
    return images.mul(255).round_().clamp_(0, 255).to(torch.uint8)
