"""Five hundred photographs for the scripted walk: real ones where somebody has some, else drawn creatures."""

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from PIL import Image

from backend.episodes import creatures

VARIABLE = "FEWSHOT_WALK_IMAGES"
"""Names a folder with one subfolder of photographs per class; four classes of 125 are taken. Photographs are no part of
this repository: without any, the generator of the demonstration draws creatures."""
CLASSES, EACH = 4, 125
FOLDERS = ("", "2024", "2024/Summer at the lake", "相册")
ENDINGS = (".jpg", ".png", ".webp")


def five_hundred(root: Path) -> dict[str, str]:
    """Fills ``root`` with images in mixed order, under names that say nothing: the classes by path below it."""
    for each in FOLDERS:
        (root / each).mkdir(parents=True, exist_ok=True)
    order = np.random.default_rng(1).permutation(CLASSES * EACH)
    given = os.environ.get(VARIABLE)
    truth: dict[str, str] = {}
    for number, (image, name) in zip(order.tolist(), _taken(Path(given)) if given else _drawn(), strict=True):
        folder = root / FOLDERS[number * len(FOLDERS) // (CLASSES * EACH)]
        path = (folder / f"IMG_{number + 1:04d}").with_suffix(ENDINGS[number % len(ENDINGS)])
        image.save(path)
        truth[path.relative_to(root).as_posix()] = name
    return truth


def _taken(folder: Path) -> Iterator[tuple[Image.Image, str]]:
    classes = [d for d in sorted(folder.iterdir()) if d.is_dir()]
    for each in classes[:CLASSES]:
        for path in islice(sorted(each.iterdir()), EACH):
            with Image.open(path) as image:
                yield image.convert("RGB"), each.name.rpartition("-")[2].replace("_", " ")


def _drawn() -> Iterator[tuple[Image.Image, str]]:
    random = np.random.default_rng(0)
    for number in range(CLASSES):
        creature = creatures.invent(random, number)
        for _ in range(EACH):
            yield creatures.photograph(creature, random), f"creature {number + 1}"
