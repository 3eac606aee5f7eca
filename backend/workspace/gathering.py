"""Finds the images among dropped files and folders, each content once."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from backend.errors import RequestError
from backend.images import UnreadableImage, file_of, list_images, looks_like_image
from backend.images.hidden import is_left_behind
from backend.images.reading import identify
from backend.types import ImageFile, ImageId, Job, Progress
from backend.workspace.contents import duplicates


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a drop holds.

    ``files``: the images in their order, none of them twice. ``same``: an image that was left out → the one with the
    same content that stands for it. ``refused``: what is neither an image nor a folder that holds one.
    """

    files: tuple[ImageFile, ...]
    same: Mapping[ImageId, ImageId] = field(default_factory=dict)
    refused: tuple[Path, ...] = ()


def gather(paths: Sequence[Path], known: Mapping[ImageId, ImageFile]) -> Job[Gathered]:
    """Looks at dropped ``paths``; folders count with all images below them. Yields how many were found so far. What
    systems leave behind is passed over where it came along with other things.

    An image that is not ``known`` but has the content of one that is, or of one dropped before it, is left out, and
    that one stands in its place. Known ones are never left out: each is somebody's file.
    """
    found: dict[ImageId, ImageFile] = {}
    refused: list[Path] = []
    for path in _meant(paths):
        inside = yield from _look_at(path, len(found))
        if inside is not None and not inside:
            refused.append(path)
        found |= {f.id: f for f in inside or ()}
    same = yield from stand_ins(tuple(found.values()), known)
    files = {(name := same.get(i, i)): known.get(name) or found[name] for i in found}
    return Gathered(tuple(files.values()), same, tuple(refused))


def kinds_of(paths: Sequence[Path]) -> Job[tuple[tuple[Path, ...], tuple[Path, ...]]]:
    """Which of ``paths`` are folders, and which are not. See ``gather`` for what is passed over."""
    folders: list[Path] = []
    others: list[Path] = []
    for path in _meant(paths):
        (folders if path.is_dir() else others).append(path)
        yield Progress("kinds", len(folders) + len(others), len(paths))
    return tuple(folders), tuple(others)


def _meant(paths: Sequence[Path]) -> Sequence[Path]:
    """Whoever drops all that a folder shows drops its hidden things, too; alone they are meant."""
    return [p for p in paths if not is_left_behind(p.name)] or paths


def _look_at(path: Path, before: int) -> Job[tuple[ImageFile, ...] | None]:
    """The images at ``path``; None where it has vanished since the drop, which is as good as never dropped."""
    try:
        if path.is_dir():
            return (yield from _listed(path, before))
        yield Progress("gather", before + 1)
        if looks_like_image(path):
            return (file_of(path),) if path.exists() else None
        return () if path.exists() else None
    except OSError:
        return ()


def _listed(folder: Path, before: int) -> Job[tuple[ImageFile, ...]]:
    job = list_images(folder)
    try:
        while True:
            yield Progress("gather", before + next(job).done)
    except StopIteration as end:
        files: tuple[ImageFile, ...] = end.value.files
        return files
    except RequestError:  # it may not be read
        return ()


def stand_ins(found: Sequence[ImageFile], known: Mapping[ImageId, ImageFile]) -> Job[dict[ImageId, ImageId]]:
    """Image of ``found`` that is not ``known`` → the one with the same content that stands in its place: one that is
    known, or one found before it. Images that nothing else is like are not in it."""
    strangers = [f for f in found if f.id not in known]
    sizes = Counter(f.size for f in strangers)
    alike = [f for f in known.values() if f.size in sizes]
    sizes.update(f.size for f in alike)
    rivals = [f for f in (*alike, *strangers) if sizes[f.size] > 1]
    keys = yield from _keys(rivals)
    digests = yield from duplicates(keys, {f.id: f.path for f in rivals})
    first: dict[str, ImageId] = {}
    places = {f.id: first.setdefault(digests[f.id], f.id) for f in rivals if f.id in digests}
    return {f.id: places[f.id] for f in strangers if places.get(f.id, f.id) != f.id}


def _keys(files: Iterable[ImageFile]) -> Job[dict[ImageId, tuple[int, str]]]:
    keys: dict[ImageId, tuple[int, str]] = {}
    for file in files:
        try:
            key = identify(file.path)
            keys[file.id] = key.size, key.digest
        except UnreadableImage:
            pass  # it is said of it once it is to be read
        yield Progress("compare", len(keys))
    return keys
