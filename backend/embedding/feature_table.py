"""A SQLite table of feature arrays with least-recently-used eviction. Errors are raised, and ``cache`` handles them."""

import sqlite3
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from backend.errors import Sentence

Features = NDArray[np.float16]

VERSION = 1
STAMP_SECONDS = 3600
"""``used`` counts hours: an array read twenty times in an hour is stamped once."""
BUSY_SECONDS = 1.0
"""How long a write waits for another program's write."""
ROWS = 500
"""Rows of one statement or transaction; old SQLite allows 999 parameters."""

_SCHEMA = (
    "CREATE TABLE features (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, used INTEGER NOT NULL,"
    " shape BLOB NOT NULL, checksum INTEGER NOT NULL, data BLOB NOT NULL)",
    "CREATE INDEX features_by_use ON features (used)",
)


class DamagedError(Exception):
    """The file holds something else than an intact feature table of this version."""


class FeatureTable:
    """float16 arrays by key, in the file ``path`` or, for None, in memory.

    Two programs may use one file at once. An object belongs to the thread that made it.

    Args:
        path: the database; an empty or missing file becomes one, its folder must exist.
        max_bytes: the oldest arrays are dropped when the table outgrows this.
        clock: seconds since the epoch.

    Raises (every method): DamagedError or sqlite3.DatabaseError where the content is unusable, sqlite3.OperationalError
    where the file is locked, read-only, unreachable or the disk is full.
    """

    def __init__(self, path: Path | None, max_bytes: int, clock: Callable[[], float]) -> None:
        self._max_bytes = max_bytes
        self._clock = clock
        self._connection = sqlite3.connect(path or ":memory:", timeout=BUSY_SECONDS, isolation_level=None)
        try:
            self._prepare()
        except BaseException:
            self._connection.close()
            raise

    def get(self, keys: Sequence[bytes]) -> dict[bytes, Features]:
        """The arrays that are there, by key; they now count as used."""
        found: dict[bytes, Features] = {}
        stale: list[int] = []
        now = self._stamp()
        for start in range(0, len(keys), ROWS):
            part = keys[start : start + ROWS]
            marks = ",".join("?" * len(part))
            query = f"SELECT id, used, key, shape, checksum, data FROM features WHERE key IN ({marks})"
            for identity, used, key, *packed in self._connection.execute(query, part):
                found[key] = _unpack(key, *packed)
                if used != now:
                    stale.append(identity)
        self._touch(stale, now)
        return found

    def put(self, items: Mapping[bytes, Features]) -> bool:
        """Stores arrays of any shape, then drops the least recently used until the bound holds. True: it is done."""
        now = self._stamp()
        rows = [(key, now, *_pack(key, features)) for key, features in items.items()]
        statement = "INSERT OR REPLACE INTO features (key, used, shape, checksum, data) VALUES (?, ?, ?, ?, ?)"
        for start in range(0, len(rows), ROWS):
            part = rows[start : start + ROWS]
            with self._connection:
                self._connection.execute("BEGIN IMMEDIATE")
                self._connection.executemany(statement, part)
                self._evict(2 * len(part))
        self._shrink(self._max_bytes)
        return True

    def clear(self) -> bool:
        """Drops everything and gives the space back to the file system. True: it is done."""
        self._connection.execute("DELETE FROM features")
        self._shrink(0)
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return True

    def close(self) -> None:
        """Closes the database. The table must not be used afterwards."""
        self._connection.close()

    def _prepare(self) -> None:
        self._connection.text_factory = bytes  # damaged text must reach the checksum, not fail in decoding
        self._connection.execute("PRAGMA page_size = 8192")  # this and the next take effect in an empty file only
        self._connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        self._write_ahead()
        self._connection.execute("PRAGMA synchronous = NORMAL")
        with self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            self._create_or_check()

    def _write_ahead(self) -> None:
        """WAL mode. SQLite does not wait for a lock here, so two programs that create the file at once must."""
        for attempts_left in reversed(range(int(BUSY_SECONDS / 0.01))):
            try:
                if self._pragma("journal_mode") != b"wal":
                    self._connection.execute("PRAGMA journal_mode = WAL").fetchall()
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or not attempts_left:
                    raise
                time.sleep(0.01)

    def _create_or_check(self) -> None:
        version = self._count("user_version")
        rows = self._connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
        statements = tuple(row[0].decode() for row in rows)
        if version == 0 and not statements:
            for statement in (*_SCHEMA, f"PRAGMA user_version = {VERSION}"):
                self._connection.execute(statement)
        elif version != VERSION:
            raise DamagedError(Sentence("it has version {0}, not {1}", version, VERSION))
        elif statements != _SCHEMA:
            raise DamagedError("its tables are others than expected")

    def _pragma(self, name: str) -> int | bytes:
        value: int | bytes = self._connection.execute(f"PRAGMA {name}").fetchone()[0]
        return value

    def _count(self, name: str) -> int:
        return int(self._pragma(name))

    def _stamp(self) -> int:
        return int(self._clock() // STAMP_SECONDS)

    def _touch(self, identities: Sequence[int], now: int) -> None:
        """Stamps rows as used, unless somebody else is writing: a stamp is not worth waiting for."""
        if not identities:
            return
        self._connection.execute("PRAGMA busy_timeout = 0")
        with suppress(sqlite3.OperationalError), self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany("UPDATE features SET used = ? WHERE id = ?", ((now, i) for i in identities))
        self._connection.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")

    def _evict(self, batch: int) -> None:
        oldest = "DELETE FROM features WHERE id IN (SELECT id FROM features ORDER BY used, id LIMIT ?)"
        page = self._count("page_size")
        while (self._count("page_count") - self._count("freelist_count")) * page > self._max_bytes:
            if self._connection.execute(oldest, (batch,)).rowcount == 0:
                return

    def _shrink(self, size: int) -> None:
        """Gives free pages beyond ``size`` bytes back; other free pages are used again by the next ``put``."""
        excess = self._count("page_count") - size // self._count("page_size")
        if excess > 0 and self._count("freelist_count"):
            self._connection.executescript(f"PRAGMA incremental_vacuum({excess})")  # execute() frees one page only


def _pack(key: bytes, features: Features) -> tuple[bytes, int, bytes]:
    if features.dtype != np.float16:
        raise ValueError(f"features are {features.dtype}, not float16; convert them before storing")
    shape, data = np.array(features.shape, "<u4").tobytes(), features.astype("<f2").tobytes()
    return shape, _checksum(key, shape, data), data


def _unpack(key: object, shape: object, checksum: object, data: object) -> Features:
    if not (isinstance(key, bytes) and isinstance(shape, bytes) and isinstance(data, bytes)):
        raise DamagedError("a row has columns of the wrong type")
    if _checksum(key, shape, data) != checksum:
        raise DamagedError("a row does not match its checksum")
    return np.frombuffer(data, "<f2").reshape(np.frombuffer(shape, "<u4")).astype(np.float16)


def _checksum(key: bytes, shape: bytes, data: bytes) -> int:
    return zlib.crc32(data, zlib.crc32(shape, zlib.crc32(key)))
