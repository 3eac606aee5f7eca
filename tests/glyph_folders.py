"""Small class folders drawn by the project's own generator, for tests that need real images."""

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
