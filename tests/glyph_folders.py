"""Small class folders drawn by the project's own generator, for tests that need real images."""

import shutil
from pathlib import Path
from typing import TypeVar

from backend.episodes.glyphs import write_class_folders
from backend.types import Job

T = TypeVar("T")


def drain(job: Job[T]) -> T:
    """Steps ``job`` to its end and returns its result."""
    while True:
        try:
            next(job)
        except StopIteration as stop:
            result: T = stop.value
            return result


def alphabets(root: Path, groups: int, classes: int, drawings: int) -> Path:
    """Writes ``groups`` alphabets of ``classes`` characters each: root/alphabet0/character01/01.png …"""
    for g in range(groups):
        drain(write_class_folders(root / f"alphabet{g}", classes, drawings, seed=g))
    return root


def sorting_task(root: Path, classes: int = 5, examples: int = 2, images: int = 4) -> tuple[Path, Path]:
    """A folder of ``images`` drawings a class, named character01-03.png …, and one of examples in class folders."""
    drawings, folder, bins = root / "drawings", root / "images", root / "examples"
    drain(write_class_folders(drawings, classes, examples + images, seed=1))
    folder.mkdir()
    for path in sorted(drawings.glob("*/*.png")):
        is_example = int(path.stem) <= examples
        target = bins / path.parent.name / path.name if is_example else folder / f"{path.parent.name}-{path.name}"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(path, target)
    return folder, bins
