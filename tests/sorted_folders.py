"""A small folder of images in name, labels for them, and ways to see what a sort has made of it."""

import os
from pathlib import Path

from backend.sorting import Plan, make_plan
from backend.types import ImageFile, ImageId, Prediction, Status

LABELS = {"a.jpg": "cat", "b.jpg": "dog", "sub/a.jpg": "cat", "c.jpg": "", "empty.jpg": "dog", "link.jpg": "cat"}
"""The one without a label is unsure."""


def make_folder(folder: Path) -> Path:
    """Six files, two of one name, one empty, one a relative link."""
    (folder / "sub").mkdir(parents=True)
    for n, name in enumerate(LABELS):
        if name == "link.jpg":
            (folder / name).symlink_to("sub/a.jpg")
        else:
            (folder / name).write_bytes(b"" if name == "empty.jpg" else f"content of {name}".encode())
            os.utime(folder / name, ns=(10**18, 10**18 + n))
    return folder


def plan_of(folder: Path, destination: Path) -> Plan:
    names = [n for n in LABELS if os.path.lexists(folder / n)]
    files = [ImageFile(folder / n, 1, 1) for n in names]
    predictions: dict[ImageId, Prediction] = {
        str(folder / n): Prediction(Status.OK if LABELS[n] else Status.UNSURE, LABELS[n], 0.9) for n in names
    }
    return make_plan(folder, files, predictions, ["cat", "dog"], destination)


Tree = dict[str, tuple[str, int]]


def tree(folder: Path) -> Tree:
    """Every folder, file and link below ``folder``, with what it holds and its time; journals left out."""
    found: Tree = {}
    for path in sorted(folder.rglob("*")):
        if ".fewshot" in path.parts:
            continue
        if path.is_symlink():
            found[path.relative_to(folder).as_posix()] = (f"→ {path.readlink()}", 0)
        elif path.is_dir():
            found[path.relative_to(folder).as_posix()] = ("folder", 0)
        else:
            found[path.relative_to(folder).as_posix()] = (path.read_text(), path.stat().st_mtime_ns)
    return found
