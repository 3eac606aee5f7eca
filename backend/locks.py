"""A lock on a file that the system releases when its process dies, however it dies."""

import sys
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class FileLock:
    """Held from ``take`` until ``release``, or until this process ends. Two of them in one process exclude each other,
    too.

    Args:
        path: the lock file. It is made where it is missing and stays: removing it would let two in.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO | None = None

    def take(self) -> bool:
        """Takes the lock at once; False where somebody else has it.

        Raises:
            OSError: the lock file cannot be made.
        """
        if self._file is not None:
            return True
        file = self._path.open("ab")
        try:
            _lock(file)
        except OSError:
            file.close()
            return False
        self._file = file
        return True

    def release(self) -> None:
        """Lets go. May be called again."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _lock(file: BinaryIO) -> None:
    """OSError where another open file holds the lock. Closing the file releases it."""
    if sys.platform == "win32":
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
