"""Reads files that may turn out to be pipes or folders, to be gone, or to change meanwhile."""

import errno
import hashlib
import os
import stat
from pathlib import Path
from typing import BinaryIO

from backend.errors import Sentence
from backend.images.decoding import UnreadableImage
from backend.types import ContentKey

ENDS = 64 * 1024
"""Bytes at either end of a file that its content key covers."""
SIZE_LIMIT = 2 * 1024**3
"""Bytes of a file."""
CHANGED = "The file changed while it was read."


def identify(path: Path) -> ContentKey:
    """The content key of ``path``. UnreadableImage says why there is none."""
    with open_regular(path) as file:
        key = _key_of(file)
        _check_unchanged(file, key)
    return key


def read_file(path: Path) -> tuple[ContentKey, bytes]:
    """A file's content key and all its bytes, from one opening. UnreadableImage says why there are none."""
    with open_regular(path) as file:
        key = _key_of(file)
        file.seek(0)
        data = file.read(key.size + 1)
        _check_unchanged(file, key)
    if len(data) != key.size:
        raise UnreadableImage(CHANGED)
    return key, data


def open_regular(path: Path) -> BinaryIO:
    """Opens ``path`` without ever waiting for a pipe's other end.

    Raises:
        UnreadableImage: it is no regular file, is empty or too large, or cannot be opened.
    """
    try:
        _check_readable(path.stat())  # first, since opening a device can already do something
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise UnreadableImage(_why_not_opened(path, error)) from error
    file = os.fdopen(descriptor, "rb")
    try:
        _check_readable(os.fstat(descriptor))
    except UnreadableImage:
        file.close()
        raise
    return file


def _why_not_opened(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "This is a link to a file that is not there." if path.is_symlink() else "The file is no longer there."
    if isinstance(error, PermissionError):
        return "Reading the file is not allowed."
    if error.errno == errno.ELOOP:
        return "This is a link that leads in a circle."
    return Sentence("The file cannot be opened ({0}).", error.strerror or error)


def _check_readable(status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise UnreadableImage("This is a folder, not a file.")
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableImage("This is a device or a pipe, not a file.")
    if status.st_size == 0:
        raise UnreadableImage("The file is empty.")
    if status.st_size > SIZE_LIMIT:
        size, limit = (f"{n / 1024**3:{form}}" for n, form in ((status.st_size, ".1f"), (SIZE_LIMIT, "g")))
        raise UnreadableImage("The file is too large: {0} GB; the limit is {1}.", size, limit)


def _key_of(file: BinaryIO) -> ContentKey:
    status = os.fstat(file.fileno())
    digest = hashlib.blake2b(file.read(ENDS), digest_size=16)
    if status.st_size > ENDS:
        file.seek(max(ENDS, status.st_size - ENDS))
        digest.update(file.read(ENDS))
    return ContentKey(status.st_size, status.st_mtime_ns, digest.hexdigest())


def _check_unchanged(file: BinaryIO, key: ContentKey) -> None:
    status = os.fstat(file.fileno())
    if (status.st_size, status.st_mtime_ns) != (key.size, key.mtime_ns):
        raise UnreadableImage(CHANGED)
