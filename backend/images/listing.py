"""Recursive listing that streams."""

import os
import stat
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from backend.errors import RequestError
from backend.images.formats import kind_of, looks_like_image
from backend.types import Found, ImageFile, Job, Listing

STEP_SECONDS = 0.03
STEP_FILES = 256


def file_of(path: Path) -> ImageFile:
    """The file at ``path``, as listing gives it. A link counts as what it leads to; one that leads nowhere has size
    0."""
    try:
        status = path.stat()
    except OSError:
        return ImageFile(path, 0, 0)
    return ImageFile(path, status.st_size, status.st_mtime_ns)


def list_images(root: Path, leave_out: Sequence[Path] = ()) -> Job[Listing]:
    """Lists the images below ``root``; yields ``Found`` about every 30 ms.

    Hidden files and folders are left out, and so is what lies below ``leave_out``. Links to folders are not followed, a
    linked file is an image. What looks like no image is counted by kind.

    Raises:
        RequestError: ``root`` is missing, is no folder, may not be read, or vanishes meanwhile.
    """
    walk = _Walk(root, [Path(os.path.realpath(p)) for p in leave_out])
    batch: list[ImageFile] = []
    found: list[ImageFile] = []
    due = time.monotonic() + STEP_SECONDS
    for file in walk.files():
        if file is not None:
            batch.append(file)
        if len(batch) >= STEP_FILES or time.monotonic() > due:
            found += batch
            yield Found("list", len(found), None, tuple(batch))
            batch, due = [], time.monotonic() + STEP_SECONDS
    if not root.is_dir():
        raise _vanished(root)
    found += batch
    yield Found("list", len(found), len(found), tuple(batch))
    found.sort(key=lambda file: file.path.relative_to(root).as_posix())
    return Listing(root, tuple(found), walk.skipped, tuple(walk.problems))


class _Walk:
    """A walk without recursion; keeps count of what is left out."""

    def __init__(self, root: Path, leave_out: Sequence[Path]) -> None:
        self._root, self._leave_out = root, set(leave_out)
        self.skipped: Counter[str] = Counter()
        self.problems: list[str] = []

    def files(self) -> Iterator[ImageFile | None]:
        """Every image; None now and then, so that the caller can turn to something else."""
        stack = [self._root]
        while stack:
            folder = stack.pop()
            if folder.resolve() in self._leave_out:
                continue
            for entry in self._entries(folder):
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    stack.append(folder / entry.name)
                else:
                    yield self._file(folder / entry.name)

    def _entries(self, folder: Path) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                return list(entries)
        except OSError as error:
            if folder == self._root:
                raise _refused(folder, error) from error
            self.problems.append(f"Folder not read: {folder}: {error.strerror}")
            return []

    def _file(self, path: Path) -> ImageFile | None:
        if not looks_like_image(path):
            if not path.is_dir():
                self.skipped[kind_of(path)] += 1
            return None
        try:
            status = path.stat()
        except OSError:
            return ImageFile(path, 0, 0)  # a dangling link: a row, with its reason when it is read
        if stat.S_ISDIR(status.st_mode):
            return None
        return ImageFile(path, status.st_size, status.st_mtime_ns)


def _refused(folder: Path, error: OSError) -> RequestError:
    if isinstance(error, FileNotFoundError):
        return RequestError("No such folder", f"{folder} does not exist.", "Choose another folder.")
    if isinstance(error, NotADirectoryError):
        return RequestError("Not a folder", f"{folder} is a file.", "Choose the folder that holds it.")
    return RequestError(
        "Folder not readable", f"{folder}: {error.strerror}.", "Allow reading it, or choose another one."
    )


def _vanished(root: Path) -> RequestError:
    return RequestError("Folder vanished", f"{root} is no longer there.", "Connect the disk again and retry.")
