"""File operations that overwrite and lose nothing, even when interrupted."""

import errno
import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from backend.sorting.journal import Entry
from backend.storage import sync_folder

PART = ".fewshot-part"
"""Ending of a copy that is not whole yet."""
NO_LINKS = frozenset((errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK))
FULL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EROFS))
"""What the next file would fail by, too."""


def digest_of(path: Path) -> str:
    """BLAKE2b-128 of the file's content, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def is_empty(path: Path) -> bool:
    """Whether it is a file without content: a name that was claimed, and no more."""
    return path.is_file() and not path.is_symlink() and path.stat().st_size == 0


def holds(path: Path, entry: Entry, text: str) -> bool:
    """Whether ``path`` is what the journal says: a link that points to ``text``, or else a file of that content."""
    if text:
        return path.is_symlink() and str(path.readlink()) == text
    if path.is_symlink() or not path.is_file() or path.stat().st_size != entry.size:
        return False
    return digest_of(path) == entry.digest


def give_name(old: Path, new: Path) -> None:
    """Renames on one file system. FileExistsError where ``new`` is there: nothing is overwritten."""
    if sys.platform == "win32":
        old.rename(new)  # refuses by itself
        return
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        new.touch(exist_ok=False)  # the name is claimed
        with _withdrawn_on_failure(new):
            old.replace(new)
    else:
        with _withdrawn_on_failure(new):
            old.unlink()


@contextmanager
def _withdrawn_on_failure(new: Path) -> Iterator[None]:
    """An original that cannot leave its folder gets no second name."""
    try:
        yield
    except OSError:
        new.unlink()
        raise


def copy(source: Path, target: Path, part: Path) -> None:
    """Copies content, time and mode; ``part``, on the target's file system, holds what is not whole yet.

    Raises:
        FileExistsError: ``target`` is there.
    """
    part.unlink(missing_ok=True)
    try:
        shutil.copyfile(source, part)
        with suppress(PermissionError):
            shutil.copystat(source, part)
        give_name(part, target)
    finally:
        part.unlink(missing_ok=True)


def move(source: Path, target: Path, part: Path, entry: Entry) -> None:
    """Moves a file, to another file system by a copy that is read back before the original goes.

    Raises:
        FileExistsError: ``target`` is there.
        OSError: it cannot be moved; the original stands.
    """
    try:
        give_name(source, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        copy(source, target, part)
        with _withdrawn_on_failure(target):
            with target.open("rb") as file:
                os.fsync(file.fileno())
            sync_folder(target.parent)
            if digest_of(target) != entry.digest:
                raise OSError(errno.EIO, "what was written is not what was read", str(target)) from error
            source.unlink()


def move_link(source: Path, target: Path, text: str) -> None:
    """Makes ``target`` a symbolic link to ``text``, then takes the link ``source`` away."""
    target.symlink_to(text)
    with _withdrawn_on_failure(target):
        source.unlink()
