"""Recognises a moved or renamed folder by images it contains."""

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from backend.images import UnreadableImage
from backend.images.hidden import is_hidden
from backend.images.reading import identify
from backend.types import ImageFile, Job, Progress
from backend.workspace.state import Folder, Landmark

LANDMARKS = 16
PATIENCE_S = 3.0
"""How long a folder is looked for."""
MOST_CHILDREN = 500
"""Of one folder that are looked into."""


def take_landmarks(root: Path, files: Sequence[ImageFile]) -> Job[tuple[Landmark, ...]]:
    """A few images, spread evenly, by which ``root`` is known again."""
    chosen = files[:: max(1, len(files) // LANDMARKS)][:LANDMARKS]
    marks = []
    for done, file in enumerate(chosen):
        try:
            key = identify(file.path)
            marks.append(Landmark(file.path.relative_to(root).as_posix(), key.size, key.digest))
        except (UnreadableImage, OSError):
            pass  # another one will do
        yield Progress("landmarks", done + 1, len(chosen))
    return tuple(marks)


def take_all(roots: Sequence[Path], files: Sequence[ImageFile]) -> Job[dict[Path, tuple[Landmark, ...]]]:
    """Landmarks of each of ``roots``, none of which lies in another. One without images has none."""
    marks = {}
    for root in roots:
        above = os.path.join(root, "")  # noqa: PTH118 - with the separator at its end
        marks[root] = yield from take_landmarks(root, [f for f in files if f.id.startswith(above)])
    return marks


def is_same(folder: Folder, root: Path) -> bool:
    """Whether most of the folder's landmarks lie in ``root``. False where there are none to go by."""
    marks = folder.landmarks
    there = [m for m in marks if _has_size(root / m.path, m.size)]
    return 2 * len(there) > len(marks) and 2 * sum(_has_digest(root / m.path, m) for m in there) > len(marks)


def find(folder: Folder, hints: Iterable[Path] = (), apart: Sequence[Path] = ()) -> Job[Path | None]:
    """Where the folder is now: among ``hints``, beside its old place, or up to two levels away from it. It is none of
    the folders ``apart``, and neither lies in one of them nor around one: those are known."""
    due = time.monotonic() + PATIENCE_S
    for done, candidate in enumerate(_candidates(folder.path, hints)):
        known = any(candidate.is_relative_to(a) or a.is_relative_to(candidate) for a in apart)
        if candidate != folder.path and not known and is_same(folder, candidate):
            return candidate
        yield Progress("search", done + 1)
        if time.monotonic() > due:
            break
    return None


def _candidates(old: Path, hints: Iterable[Path]) -> Iterator[Path]:
    yield from hints
    seen: set[Path] = set()
    for above in list(old.parents)[:2]:
        for child in _children(above):
            yield child
            seen.add(child)
    yield from (child / old.name for above in list(old.parents)[1:2] for child in _children(above))
    for folder in [c for above in list(old.parents)[:1] for c in _children(above)]:
        yield from (c for c in _children(folder) if c not in seen)


def _children(folder: Path) -> list[Path]:
    """Subfolders, links and hidden ones left out; none where the folder is gone."""
    try:
        with os.scandir(folder) as entries:
            names = sorted(e.name for e in entries if not is_hidden(e.name) and e.is_dir(follow_symlinks=False))
    except OSError:
        return []
    return [folder / name for name in names[:MOST_CHILDREN]]


def _has_size(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except (OSError, ValueError):
        return False


def _has_digest(path: Path, mark: Landmark) -> bool:
    try:
        return identify(path).digest == mark.digest
    except (UnreadableImage, OSError):
        return False
