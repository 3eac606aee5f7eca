"""Reading and writing workspace files: atomic, the previous version kept, nothing of a newer one overwritten."""

import os
import shutil
from contextlib import suppress
from functools import partial
from pathlib import Path

from backend.errors import RequestError
from backend.locks import FileLock
from backend.storage import sync_folder, write_atomically
from backend.workspace.form import decode
from backend.workspace.state import Workspace

ENDING = ".fewshot"
LARGEST = 256 * 2**20
"""Bytes that are read at most."""


def previous_of(path: Path) -> Path:
    """Where the version before ``path``'s present one lies."""
    return path.with_name(f"{path.name}.previous")


def lock_of(path: Path) -> FileLock:
    """The lock of the one writer of ``path``."""
    return FileLock(path.with_name(f".{path.name}.lock"))


def read(path: Path) -> Workspace:
    """The workspace at ``path``.

    Raises:
        RequestError: it is missing, cannot be read, is damaged, or comes from a newer version.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise RequestError("Damaged workspace", "{0} is too large for a workspace.", "Choose another file.", path)
        text = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise RequestError("Cannot open the workspace", f"{path}: {reason}.", "Check the name, or its disk.") from error
    return decode(text, path.name)


def write(path: Path, text: bytes) -> None:
    """Writes ``text`` (see ``form.encode``) so that at any moment a whole version stands at ``path``; the one that
    stood there before is kept beside it.

    Raises:
        OSError: it cannot be written; the old versions stand.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, text, before=partial(_keep_previous, path))
    with suppress(OSError):  # lasts through a power cut where folders can be synced
        sync_folder(path.parent)


def step_back(path: Path) -> Path:
    """Makes the previous version the present one; the present one is set aside under a name of its own, which is
    returned.

    Raises:
        RequestError: there is no previous version that can be read, or the folder cannot be written.
    """
    previous = previous_of(path)
    read(previous)
    aside = next(p for n in range(1, 10_000) if not (p := path.with_name(f"{path.name}.aside-{n}")).exists())
    try:
        if path.exists():
            path.rename(aside)
        write_atomically(path, previous.read_bytes())
    except OSError as error:
        raise RequestError("Cannot write", f"{path}: {error.strerror}.", "Free the disk, or allow writing.") from error
    return aside


def _keep_previous(path: Path) -> None:
    """A second name for the present version, or a copy where the file system has no links."""
    if not path.exists():
        return
    temporary = path.with_name(f".{path.name}.{os.getpid()}.previous")
    temporary.unlink(missing_ok=True)
    try:
        os.link(path, temporary)
    except OSError:
        shutil.copyfile(path, temporary)
    temporary.replace(previous_of(path))
