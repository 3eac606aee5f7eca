"""Lists a folder's images recursively, as a stream."""

import os
import stat
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from backend.errors import RequestError, Sentence
from backend.images.formats import kind_of, looks_like_image
from backend.images.hidden import is_hidden
from backend.types import Found, ImageFile, Job, Listing

STEP_SECONDS = 0.03
STEP_FILES = 256


def file_of(path: Path) -> ImageFile:
    """The file at ``path``, as listing gives it. A link counts as what it leads to; one that leads nowhere, or a file
    whose size may not be read, has size 0."""
    try:
        status = path.stat()
    except OSError:
        return ImageFile(path, 0, 0)
    return ImageFile(path, status.st_size, status.st_mtime_ns)


def list_images(root: Path, leave_out: Sequence[Path] = ()) -> Job[Listing]:
    """Lists the images below ``root``; yields ``Found`` about every 30 ms, with the files that are new.

    Hidden files and folders are left out (``hidden.is_hidden``; ``root`` itself may have any name), and so are the
    folders ``leave_out`` with all below them. Links to folders are not followed, a linked file is an image. What looks
    like no image is counted by kind. Subfolders that cannot be read are named in ``problems``.

    Raises:
        RequestError: ``root`` is missing, is no folder, may not be read, or vanishes meanwhile.
    """
    walk = _Walk(root, leave_out)
    found: list[tuple[str, ImageFile]] = []
    told, due = 0, time.monotonic() + STEP_SECONDS
    for item in walk.files():
        if item is not None:
            found.append(item)
        if len(found) - told >= STEP_FILES or time.monotonic() > due:
            yield Found("list", len(found), None, tuple(file for _, file in found[told:]))
            told, due = len(found), time.monotonic() + STEP_SECONDS
    walk.check_root()
    yield Found("list", len(found), len(found), tuple(file for _, file in found[told:]))
    found.sort(key=lambda item: item[0])
    files = tuple(file for _, file in found)
    return Listing(root, files, walk.skipped, tuple(walk.problems), tuple(walk.folders))


class _Walk:
    """A walk without recursion; keeps count of what is left out."""

    def __init__(self, root: Path, leave_out: Sequence[Path]) -> None:
        self._root = root
        self._real = os.path.realpath(root)
        self._leave_out = {os.path.normcase(os.path.realpath(path)) for path in leave_out}
        self._identity = _identity(root)
        self.skipped: Counter[str] = Counter()
        self.problems: list[str] = []
        self.folders: list[Path] = []

    def files(self) -> Iterator[tuple[str, ImageFile] | None]:
        """Every image with its path relative to the root, forward slashes; None for each entry that is no image, so
        that the caller can turn to something else."""
        folders = [] if self._lies_in_what_is_left_out() else [""]
        while folders:
            folder = folders.pop()
            self.folders.append(self._root / folder)
            for entry in self._entries(folder):
                path = f"{folder}{entry.name}"
                if _is_hidden(entry):
                    yield None
                elif _is_folder(entry):
                    if os.path.normcase(os.path.join(self._real, path)) not in self._leave_out:  # noqa: PTH118
                        folders.append(f"{path}/")
                    yield None
                else:
                    yield self._file(path, entry)

    def check_root(self) -> None:
        """RequestError where the root is gone, or another folder stands in its place (an empty mount point)."""
        try:
            gone = _identity(self._root) != self._identity
            with os.scandir(self._root):
                pass
        except (OSError, RequestError):
            gone = True
        if gone:
            raise RequestError(
                "Folder vanished", "{0} is no longer there.", "Connect the disk again, then retry.", self._root
            )

    def _lies_in_what_is_left_out(self) -> bool:
        real = Path(os.path.normcase(self._real))
        return any(str(folder) in self._leave_out for folder in (real, *real.parents))

    def _entries(self, folder: str) -> Iterator[os.DirEntry[str]]:
        try:
            with os.scandir(self._root / folder) as entries:
                yield from entries
        except OSError as error:
            if not folder:
                raise _refused(self._root, error) from error
            self.check_root()
            self.problems.append(
                Sentence("The folder {0} was not read: {1}.", folder.removesuffix("/"), error.strerror)
            )

    def _file(self, path: str, entry: os.DirEntry[str]) -> tuple[str, ImageFile] | None:
        if not looks_like_image(Path(entry.name)):
            if not _leads_to_folder(entry):
                self.skipped[kind_of(Path(entry.name))] += 1
            return None
        try:
            status = entry.stat()
        except OSError:
            return path, ImageFile(self._root / path, 0, 0)  # a dangling link: a row, with its reason when it is read
        if stat.S_ISDIR(status.st_mode):
            return None
        return path, ImageFile(self._root / path, status.st_size, status.st_mtime_ns)


def _identity(root: Path) -> tuple[int, int]:
    try:
        status = os.stat(root)  # noqa: PTH116
    except OSError as error:
        raise _refused(root, error) from error
    return status.st_dev, status.st_ino


def _is_hidden(entry: os.DirEntry[str]) -> bool:
    if is_hidden(entry.name):
        return True
    if os.name != "nt":
        return False
    attributes: int = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0)
    return bool(attributes & stat.FILE_ATTRIBUTE_HIDDEN)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """A folder proper: neither a link to one nor a Windows junction, which can lead in circles."""
    try:
        if not entry.is_dir(follow_symlinks=False):
            return False
        return os.name != "nt" or not getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0)
    except OSError:
        return False


def _leads_to_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _refused(folder: Path, error: OSError) -> RequestError:
    if isinstance(error, FileNotFoundError):
        return RequestError("No such folder", "{0} does not exist.", "Check the name, or connect the disk.", folder)
    if isinstance(error, NotADirectoryError):
        return RequestError("Not a folder", "{0} is a file.", "Choose the folder that holds it.", folder)
    if isinstance(error, PermissionError):
        return RequestError(
            "Folder not readable", "Reading {0} is not allowed.", "Allow reading it, or choose another folder.", folder
        )
    reason = error.strerror or str(error)
    return RequestError("Folder not readable", f"{folder}: {reason}.", "Check the disk, or choose another folder.")
