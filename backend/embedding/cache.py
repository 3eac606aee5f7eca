"""The on-disk cache of features (docs/adr/0003-embedding-cache-in-sqlite.md).

The cache can always be computed again, so it never fails a job: what cannot be stored on disk is kept in memory, a
damaged file is moved aside and begun anew, and the log says so once.
"""

import logging
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from backend.embedding.feature_table import DamagedError, FeatureTable
from backend.errors import RequestError, Sentence
from backend.storage import cache_folder
from backend.types import ContentKey

FILE_NAME = "embeddings.sqlite"
MEMORY_BYTES = 256 * 1024**2
"""What the substitute in memory may take."""
PAUSE_SECONDS = 30.0
"""How long the disk is left alone after a failed write: waiting for a lock at every step would stall the worker."""

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


class EmbeddingCache:
    """Features by content and space, on disk. Used from one thread; several programs may share the file.

    Args:
        path: the database; by default ``embeddings.sqlite`` in the user's cache folder. Made private to the user.
        max_bytes: bound of the file's size; the least recently used features go first.
        clock: seconds since the epoch.
    """

    def __init__(
        self, path: Path | None = None, max_bytes: int = 2 * 1024**3, *, clock: Callable[[], float] = time.time
    ) -> None:
        self._path = path or cache_folder() / FILE_NAME
        self._aside = self._path.with_name(f"{self._path.name}.damaged")
        self._max_bytes = max_bytes
        self._clock = clock
        self._memory = FeatureTable(None, min(max_bytes, MEMORY_BYTES), clock)
        self._file: FeatureTable | None = None
        self._file_id = 0
        self._paused_until = float("-inf")
        self._warned_of_pause = False
        self._damaged_before = False
        self._attempt(lambda table: True)  # opens the file, so that what is wrong with it shows at once

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def get_many(self, keys: Sequence[ContentKey], space: str) -> dict[ContentKey, NDArray[np.float16]]:
        """The features that are known of ``keys``, with the shapes they were stored in; fresh, writable arrays.

        Args:
            keys: which contents.
            space: names the trunk's weights and the preprocessing version; features of other spaces are not seen.
        """
        names = {_row_key(key, space): key for key in keys}
        found = self._attempt(lambda table: table.get(list(names))) or {}
        found |= self._memory.get([name for name in names if name not in found])
        return {names[name]: features for name, features in found.items()}

    def put_many(self, items: Mapping[ContentKey, NDArray[np.float16]], space: str) -> None:
        """Stores features, float16 of any shape; replaces what was stored under the same key and space.

        Raises:
            ValueError: an array is not float16.
        """
        rows = {_row_key(key, space): features for key, features in items.items()}
        if self._paused() or not self._attempt(lambda table: table.put(rows)):
            self._memory.put(rows)

    def size_bytes(self) -> int:
        """What the cache takes on disk, a damaged file that was moved aside included."""
        files = [self._path, self._aside, *self._companions()]
        return sum(path.stat().st_size for path in files if path.exists())

    def clear(self) -> None:
        """Forgets everything.

        Raises:
            RequestError: the file cannot be emptied, for example because another program is writing.
        """
        self._memory.clear()
        if not self._attempt(FeatureTable.clear):
            sentence = Sentence("{0} is locked or cannot be written.", self._path)
            raise RequestError(
                "The cache cannot be emptied", sentence, "Close other windows of this program and retry."
            )
        self._aside.unlink(missing_ok=True)

    def close(self) -> None:
        """Closes the file. Idempotent; the cache must not be used afterwards."""
        self._memory.close()
        self._close_file()

    def _attempt(self, operation: Callable[[FeatureTable], _T]) -> _T | None:
        """``operation`` on the file, a second time on a new one if the first is damaged; None where that fails."""
        for _ in range(2):
            try:
                table = self._open()
                return operation(table) if table else None
            except sqlite3.ProgrammingError:
                raise  # a bug of ours, such as the wrong thread
            except (sqlite3.OperationalError, OSError) as error:
                self._pause(error)
                return None
            except (DamagedError, sqlite3.DatabaseError) as error:
                self._begin_anew(error)
        return None

    def _open(self) -> FeatureTable | None:
        """The file, opened if need be; None while it is left alone after a failure."""
        if self._file is None and not self._paused():
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._path.touch(mode=0o600)
            self._file_id = self._path.stat().st_ino
            self._file = FeatureTable(self._path, self._max_bytes, self._clock)
        return self._file

    def _paused(self) -> bool:
        return self._clock() < self._paused_until

    def _pause(self, error: Exception) -> None:
        self._paused_until = max(self._paused_until, self._clock() + PAUSE_SECONDS)
        if not self._warned_of_pause:
            self._warned_of_pause = True
            _log.warning("Embeddings are not stored, %s cannot be written now: %s", self._path, error)

    def _begin_anew(self, error: Exception) -> None:
        """Moves a damaged file aside, unless another program has done so already. The second time it gives up."""
        self._close_file()
        if self._damaged_before:
            self._paused_until = float("inf")
            return
        self._damaged_before = True
        _log.warning("The embedding cache %s is unusable and is begun anew: %s", self._path, error)
        try:
            if self._path.stat().st_ino == self._file_id:
                self._move_aside()
        except OSError as failure:
            self._pause(failure)

    def _move_aside(self) -> None:
        for companion in self._companions():  # first these: a new file must not meet the old one's log
            companion.unlink(missing_ok=True)
        self._path.replace(self._aside)

    def _companions(self) -> list[Path]:
        return [self._path.with_name(self._path.name + ending) for ending in ("-wal", "-shm")]

    def _close_file(self) -> None:
        if self._file is not None:
            self._file.close()
        self._file = None


def _row_key(key: ContentKey, space: str) -> bytes:
    """16 bytes that stand for a content in a space."""
    return blake2b(repr((key.size, key.mtime_ns, key.digest, space)).encode(), digest_size=16).digest()
