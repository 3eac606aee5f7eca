"""Labelled images for meta-training and evaluation, from class folders or a zip or tar of them.

A class is any folder that directly holds images; its group is the parent folder (the alphabet, in Omniglot).
"""

import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

import numpy as np
import torch
from torch import Tensor

from backend.errors import RequestError
from backend.images import UnreadableImage, decode_bytes, list_images, looks_like_image
from backend.images.hidden import is_hidden
from backend.images.preparation import InputSpec, prepare
from backend.images.reading import read_file
from backend.types import Job, Progress

BATCH = 64
ZIP_START = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class LeftOut(Progress):
    """A data set was read, and some of it could not be: ``reasons`` name each image, and why."""

    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImageSet:
    """Prepared images with their classes.

    ``images`` uint8 [N, c, s, s]; ``labels`` int64 [N] indexes ``classes``; ``groups`` int64 [C] indexes
    ``group_names``;
    ``paths`` are relative to the source, with forward slashes; ``unreadable`` counts files that were left out.
    """

    images: Tensor
    labels: Tensor
    classes: tuple[str, ...]
    groups: Tensor
    group_names: tuple[str, ...]
    paths: tuple[str, ...]
    unreadable: tuple[str, ...] = ()

    def members(self) -> list[Tensor]:
        """Indices of each class's images, int64 [n_c] for every class."""
        order = torch.argsort(self.labels, stable=True)
        counts = torch.bincount(self.labels, minlength=len(self.classes))
        return list(order.split(counts.tolist()))

    def of_groups(self, names: set[str]) -> "ImageSet":
        """The part whose classes lie in the groups ``names``."""
        keep = [c for c, g in enumerate(self.groups.tolist()) if self.group_names[g] in names]
        return self.of_classes(keep)

    def of_classes(self, keep: list[int]) -> "ImageSet":
        """The part with the classes ``keep``, renumbered in that order."""
        position = torch.full((len(self.classes),), -1)
        position[keep] = torch.arange(len(keep))
        chosen = (position[self.labels] >= 0).nonzero()[:, 0]
        return ImageSet(
            images=self.images[chosen],
            labels=position[self.labels[chosen]],
            classes=tuple(self.classes[c] for c in keep),
            groups=self.groups[keep],
            group_names=self.group_names,
            paths=tuple(self.paths[i] for i in chosen.tolist()),
            unreadable=self.unreadable,
        )


def merged(sets: Sequence[ImageSet]) -> ImageSet:
    """One set of several; classes and groups of the same name become one. All images must have one shape."""
    classes = tuple(sorted({name for s in sets for name in s.classes}))
    number = {name: i for i, name in enumerate(classes)}
    group_names = tuple(sorted({name for s in sets for name in s.group_names}))
    group_of = {c: s.group_names[g] for s in sets for c, g in zip(s.classes, s.groups.tolist(), strict=True)}
    return ImageSet(
        images=torch.cat([s.images for s in sets]),
        labels=torch.cat([torch.tensor([number[c] for c in s.classes])[s.labels] for s in sets]),
        classes=classes,
        groups=torch.tensor([group_names.index(group_of[c]) for c in classes]),
        group_names=group_names,
        paths=tuple(p for s in sets for p in s.paths),
        unreadable=tuple(u for s in sets for u in s.unreadable),
    )


def read_image_set(source: Path, spec: InputSpec, wanted: Callable[[str], bool] = lambda path: True) -> Job[ImageSet]:
    """Reads every class folder below ``source`` (a folder, a zip or a tar), images prepared for ``spec``; yields
    ``LeftOut`` where something could not be read.

    Args:
        wanted: which images are read, by their path inside ``source``.

    Raises:
        RequestError: ``source`` is missing, is no folder or archive, or holds no class folder.
    """
    unreadable: list[str] = []
    files = yield from _entries(source, unreadable)
    prepared: list[np.ndarray[tuple[int, ...], np.dtype[np.uint8]]] = []
    paths: list[str] = []
    for done, (path, read) in enumerate(files):
        if not wanted(path):
            continue
        try:
            pixels, _ = decode_bytes(read(), spec.decode_side)
        except OSError as error:
            unreadable.append(f"{path}: {error.strerror or error}")
            continue
        except UnreadableImage as error:
            unreadable.append(f"{path}: {error}")
            continue
        prepared.append(prepare(pixels, spec))
        paths.append(path)
        if done % BATCH == 0:
            yield Progress("read", done, None)
    if not paths:
        raise RequestError(
            "No images",
            f"{source} holds no class folder with a readable image.",
            "Give a folder with one subfolder of images per class.",
        )
    if unreadable:
        yield LeftOut("read", len(paths), len(paths), tuple(unreadable))
    return _assemble(np.stack(prepared), paths, unreadable)


Entry = tuple[str, Callable[[], bytes]]
"""A path inside the source, and what reads it."""


def _entries(source: Path, problems: list[str]) -> Job[Iterator[Entry]]:
    if source.is_dir():
        listing = yield from list_images(source)
        problems += listing.problems
        return ((f.path.relative_to(source).as_posix(), partial(_read, f.path)) for f in listing.files)
    if not source.exists():
        raise RequestError("No such data", f"{source} does not exist.", "Give a folder or an archive of class folders.")
    if zipfile.is_zipfile(source):
        return _zip_entries(source)
    if tarfile.is_tarfile(source):
        return _tar_entries(source)
    if _begins_as_zip(source):
        what = f"{source}: the table of contents at its end is missing; the file is cut off or damaged."
        raise RequestError("Archive not readable", what, "Copy or pack it again.")
    raise RequestError(
        "Not a data set", f"{source} is no folder, zip or tar.", "Give a folder or an archive of class folders."
    )


def _begins_as_zip(source: Path) -> bool:
    try:
        with source.open("rb") as file:
            return file.read(len(ZIP_START)) == ZIP_START
    except OSError:
        return False


def _read(path: Path) -> bytes:
    return read_file(path)[1]


def _zip_entries(source: Path) -> Iterator[Entry]:
    """A damaged archive is refused as a whole: what else in it differs from the original, nobody knows."""
    name = ""
    try:
        with zipfile.ZipFile(source) as archive:
            for name in sorted(n for n in archive.namelist() if _is_visible_image(PurePosixPath(n))):
                yield name, partial(bytes, archive.read(name))
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError, NotImplementedError) as error:
        raise RequestError(
            "Archive not readable", f"{source}: {name or 'its table of contents'}: {error}.", "Copy or pack it again."
        ) from error


def _tar_entries(source: Path) -> Iterator[Entry]:
    """In the archive's own order: going back and forth in a compressed one takes quadratic time."""
    name = ""
    try:
        with tarfile.open(source) as archive:
            for member in archive:
                name = str(PurePosixPath(member.name))
                if member.isreg() and _is_visible_image(PurePosixPath(name)):
                    yield name, partial(bytes, _tar_bytes(archive, member))
    except (tarfile.TarError, zlib.error, lzma.LZMAError, EOFError) as error:
        raise RequestError("Archive not readable", f"{source}: {name}: {error}.", "Copy or pack it again.") from error


def _tar_bytes(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = archive.extractfile(member)
    if file is None:  # for anything but a file, which member is
        raise tarfile.ReadError(f"{member.name} is no file")
    return file.read()


def _is_visible_image(path: PurePosixPath) -> bool:
    return not any(map(is_hidden, path.parts)) and looks_like_image(Path(path))


def _assemble(
    images: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], paths: list[str], unreadable: list[str]
) -> ImageSet:
    folders = [str(PurePosixPath(p).parent) for p in paths]
    classes = tuple(sorted(set(folders)))
    number = {name: i for i, name in enumerate(classes)}
    parents = [str(PurePosixPath(c).parent) for c in classes]
    group_names = tuple(sorted(set(parents)))
    group_number = {name: i for i, name in enumerate(group_names)}
    return ImageSet(
        images=torch.from_numpy(images),
        labels=torch.tensor([number[f] for f in folders]),
        classes=classes,
        groups=torch.tensor([group_number[p] for p in parents]),
        group_names=group_names,
        paths=tuple(paths),
        unreadable=tuple(unreadable),
    )
