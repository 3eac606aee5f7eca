"""Features of domains on a frozen trunk: embedded once, kept in the user's cache folder, some classes held back."""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import torch

from backend import storage
from backend.backbones.photo import PhotoTrunk, RawTrunk
from backend.embedding.device import Device
from backend.embedding.embedder import Embedder
from backend.episodes.image_set import ImageSet, read_image_set
from backend.models.model import Ready
from backend.training.photo_data import data_key
from backend.types import Job, Progress

HELD_BACK = 0.3
"""Share of the classes, or of the groups where there are enough, that heads are chosen on and never trained on."""
ENOUGH_GROUPS = 10
CHUNK = 32


@dataclass(frozen=True, slots=True)
class Domain:
    """Features of one kind of pictures; ``training`` and ``validation`` share no class. Their ``images`` are features,
    float16 [N, d]."""

    name: str
    training: ImageSet
    validation: ImageSet


def read_domains(sources: Sequence[Path], ready: Ready, device: Device) -> Job[list[Domain]]:
    """A domain of each of ``sources``, a folder or archive of class folders, in the features of the trunk of ``ready``.
    A class that several of them have is held back in all or in none.

    Raises:
        RequestError: bad data.
    """
    trunk = ready.trunk
    assert isinstance(trunk, PhotoTrunk)
    # What the network gives stays the same when centre and scale change, which is when all is trained anew.
    exact = Device(device.torch_device, torch.float32)
    embedder = Embedder(RawTrunk(trunk), _network_key(trunk), ready.input, exact)
    sets = []
    for source in sources:
        raw = yield from _features(source, embedder)
        sets.append(replace(raw, images=trunk.cpu().placed(raw.images.float()).half()))
    names = [name for images in sets for name in _units(images)]
    held_back = _drawn(sorted(set(names)))
    return [_split(source.stem, images, held_back) for source, images in zip(sources, sets, strict=True)]


def _network_key(trunk: PhotoTrunk) -> str:
    digest = blake2b(digest_size=16)
    for tensor in trunk.network.state_dict().values():
        digest.update(tensor.cpu().numpy().tobytes())
    return digest.hexdigest()


def _units(images: ImageSet) -> list[str]:
    """What is held back or not as a whole, one for each class: its group, or itself where there are few groups."""
    groups = [images.group_names[g] for g in images.groups.tolist()]
    return groups if len(set(groups)) >= ENOUGH_GROUPS else list(images.classes)


def _drawn(units: Sequence[str]) -> set[str]:
    return set(random.Random(0).sample(units, round(HELD_BACK * len(units))))


def _split(name: str, images: ImageSet, held_back: set[str]) -> Domain:
    is_held_back = [unit in held_back for unit in _units(images)]
    parts = ([c for c, held in enumerate(is_held_back) if held is wanted] for wanted in (False, True))
    return Domain(name, *(images.of_classes(part) for part in parts))


def _features(source: Path, embedder: Embedder) -> Job[ImageSet]:
    folder = storage.cache_folder() / "training-features" / data_key([source], embedder.spec.size)
    path = folder / f"{embedder.space.replace('/', '-')}.npz"
    if path.is_file():
        return _load(path)
    images = yield from read_image_set(source, embedder.spec)
    parts = []
    for part in images.images.split(CHUNK):
        parts.append(embedder.embed_tensor(part))
        yield Progress("embed", sum(map(len, parts)), len(images.paths))
    found = replace(images, images=torch.cat(parts))
    _store(path, found)
    return found


def _store(path: Path, images: ImageSet) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".tmp.npz")
    names = json.dumps({"classes": images.classes, "group_names": images.group_names, "paths": images.paths})
    arrays: dict[str, Any] = {k: getattr(images, k).numpy() for k in ("images", "labels", "groups")}
    try:
        np.savez(unfinished, names=np.array(names), **arrays)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _load(path: Path) -> ImageSet:
    with np.load(path) as file:
        names = json.loads(str(file["names"]))
        images, labels, groups = (torch.from_numpy(file[key]) for key in ("images", "labels", "groups"))
    return ImageSet(
        images=images,
        labels=labels,
        classes=tuple(names["classes"]),
        groups=groups,
        group_names=tuple(names["group_names"]),
        paths=tuple(names["paths"]),
    )
