"""The embedding cache: what goes in comes out, it stays bounded, and nothing that happens to its file fails a job."""

import logging
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from backend.embedding import feature_table
from backend.embedding.cache import PAUSE_SECONDS, EmbeddingCache
from backend.embedding.feature_table import STAMP_SECONDS
from backend.errors import RequestError
from backend.storage import cache_folder
from backend.types import ContentKey

SPACE = "weights/grey28v1/float32"


class Clock:
    """Seconds since the epoch, moved by hand."""

    def __init__(self) -> None:
        self.now = 1e9

    def __call__(self) -> float:
        return self.now


def key(number: int) -> ContentKey:
    return ContentKey(number, 1_700_000_000_000_000_000 + number, f"{number:032x}")


def features(number: int, length: int = 64) -> NDArray[np.float16]:
    return np.random.default_rng(number).standard_normal(length).astype(np.float16)


def fill(cache: EmbeddingCache, numbers: range, length: int = 64) -> None:
    cache.put_many({key(i): features(i, length) for i in numbers}, SPACE)


def held(cache: EmbeddingCache, numbers: range) -> list[int]:
    found = cache.get_many([key(i) for i in numbers], SPACE)
    return [i for i in numbers if key(i) in found]


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "embeddings.sqlite"


@pytest.fixture
def cache(path: Path) -> Iterator[EmbeddingCache]:
    with EmbeddingCache(path) as cache:
        yield cache


@pytest.mark.parametrize("shape", [(64,), (64, 7, 7), (1,), (0,), (), (3, 0, 2)])
def test_features_come_back_as_they_went_in(cache: EmbeddingCache, shape: tuple[int, ...]) -> None:
    stored = np.asarray(np.random.default_rng(0).standard_normal(shape), np.float16)
    cache.put_many({key(1): stored}, SPACE)
    found = cache.get_many([key(1), key(2)], SPACE)
    assert list(found) == [key(1)]
    assert found[key(1)].shape == shape
    assert found[key(1)].dtype == np.float16
    assert found[key(1)].flags.writeable
    np.testing.assert_array_equal(found[key(1)], stored)


def test_special_values_and_strides_survive(cache: EmbeddingCache) -> None:
    stored = np.array([[0.0, -0.0, 65504.0], [6e-8, np.inf, np.nan]], np.float16).T
    cache.put_many({key(1): stored}, SPACE)
    np.testing.assert_array_equal(cache.get_many([key(1)], SPACE)[key(1)], stored)


def test_other_dtypes_are_refused_by_name(cache: EmbeddingCache) -> None:
    with pytest.raises(ValueError, match="float32, not float16"):
        cache.put_many({key(1): np.zeros(3, np.float32)}, SPACE)


def test_more_keys_than_one_statement_takes(cache: EmbeddingCache) -> None:
    fill(cache, range(1200), 4)
    assert held(cache, range(1300)) == list(range(1200))


def test_spaces_are_apart_and_the_latest_value_counts(cache: EmbeddingCache) -> None:
    cache.put_many({key(1): features(1)}, "a")
    cache.put_many({key(1): features(2)}, "b")
    cache.put_many({key(1): features(3)}, "b")
    np.testing.assert_array_equal(cache.get_many([key(1)], "a")[key(1)], features(1))
    np.testing.assert_array_equal(cache.get_many([key(1)], "b")[key(1)], features(3))


def test_what_was_stored_is_there_in_the_next_run(path: Path) -> None:
    with EmbeddingCache(path) as first:
        fill(first, range(10))
    with EmbeddingCache(path) as second:
        assert held(second, range(10)) == list(range(10))


@pytest.mark.parametrize("part", ["size", "mtime_ns", "digest", "space"])
def test_each_part_of_the_key_counts(cache: EmbeddingCache, part: str) -> None:
    cache.put_many({ContentKey(1, 2, "3"): features(1)}, "4")
    values: dict[str, tuple[ContentKey, str]] = {
        "size": (ContentKey(9, 2, "3"), "4"),
        "mtime_ns": (ContentKey(1, 9, "3"), "4"),
        "digest": (ContentKey(1, 2, "9"), "4"),
        "space": (ContentKey(1, 2, "3"), "9"),
    }
    other, space = values[part]
    assert cache.get_many([other], space) == {}


def test_the_file_lies_in_the_cache_folder_and_is_private() -> None:
    with EmbeddingCache() as cache:
        fill(cache, range(1))
        path = cache_folder() / "embeddings.sqlite"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_least_recently_used_go_first(path: Path) -> None:
    clock = Clock()
    with EmbeddingCache(path, max_bytes=250_000, clock=clock) as cache:
        for start in range(0, 100, 10):
            fill(cache, range(start, start + 10), 1000)
            clock.now += STAMP_SECONDS
        assert held(cache, range(10)) == list(range(10))  # used just now: the oldest are 10 and on
        clock.now += STAMP_SECONDS
        for start in range(100, 150, 10):
            fill(cache, range(start, start + 10), 1000)
        assert held(cache, range(10)) == list(range(10))
        assert held(cache, range(100, 150)) == list(range(100, 150))
        left = held(cache, range(10, 100))
    assert 0 < len(left) < 90
    assert left == list(range(left[0], 100))


def test_the_file_stays_bounded(path: Path) -> None:
    with EmbeddingCache(path, max_bytes=500_000) as cache:
        for start in range(0, 2000, 50):
            fill(cache, range(start, start + 50), 500)
    assert 250_000 < path.stat().st_size <= 500_000


def test_a_smaller_bound_shrinks_the_file(path: Path) -> None:
    with EmbeddingCache(path) as cache:
        fill(cache, range(1000), 500)
    with EmbeddingCache(path, max_bytes=200_000) as cache:
        fill(cache, range(1000, 1001), 500)
        assert held(cache, range(1001))[-1] == 1000
    assert path.stat().st_size <= 200_000


def test_clear_forgets_and_gives_the_space_back(path: Path, cache: EmbeddingCache) -> None:
    fill(cache, range(1000), 500)
    assert cache.size_bytes() > 1_000_000
    cache.clear()
    assert held(cache, range(1000)) == []
    assert path.stat().st_size < 50_000
    fill(cache, range(5))
    assert held(cache, range(5)) == list(range(5))


WRITER = """
import sys
from pathlib import Path
import numpy as np
from backend.embedding import feature_table
from backend.embedding.cache import EmbeddingCache
from backend.types import ContentKey
path, first = Path(sys.argv[1]), int(sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
with EmbeddingCache(path) as cache:
    for start in range(first, first + 600, 20):
        items = {ContentKey(i, i, str(i)): np.full(64, i % 1000, np.float16) for i in range(start, start + 20)}
        cache.put_many(items, "s")
        assert len(cache.get_many(list(items), "s")) == 20
"""


def start_writer(path: Path, first: int) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(first)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_two_programs_create_and_write_one_file_at_once(path: Path) -> None:
    writers = [start_writer(path, first) for first in (0, 300)]  # half of the keys are written by both
    assert [w.communicate("go\n", timeout=60)[1] for w in writers] == ["", ""]
    assert [w.returncode for w in writers] == [0, 0]
    with EmbeddingCache(path) as cache:
        found = cache.get_many([ContentKey(i, i, str(i)) for i in range(900)], "s")
    assert len(found) == 900
    assert all((found[k] == k.size % 1000).all() for k in found)


@pytest.mark.allow_log("cannot be written now")
def test_a_locked_file_fails_nothing(
    path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feature_table, "BUSY_SECONDS", 0.1)
    clock = Clock()
    with EmbeddingCache(path, clock=clock) as cache:
        fill(cache, range(5))
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        clock.now += 2 * STAMP_SECONDS
        assert held(cache, range(5)) == list(range(5))  # readable, though not to be stamped
        fill(cache, range(5, 10))
        fill(cache, range(10, 15))
        assert held(cache, range(15)) == list(range(15))
        with pytest.raises(RequestError, match="cannot be emptied"):
            cache.clear()
        other.execute("ROLLBACK")
        other.close()
        clock.now += 2 * PAUSE_SECONDS
        fill(cache, range(15, 20))
    assert len(warnings(caplog)) == 1
    with EmbeddingCache(path) as cache:
        assert held(cache, range(20)) == [*range(5), *range(15, 20)]


def truncated(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def cut_in_the_header(path: Path) -> None:
    os.truncate(path, 50)


def garbage(path: Path) -> None:
    path.write_bytes(np.random.default_rng(0).bytes(20_000))


def text(path: Path) -> None:
    path.write_text("SQLite format 4, or so it says\n" * 200)


def garbage_in_the_middle(path: Path) -> None:
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 8192] = np.random.default_rng(1).bytes(8192)
    path.write_bytes(data)


def flipped_bits(path: Path) -> None:
    data = bytearray(path.read_bytes())
    position = data.index(features(150, 500).tobytes()[:64])
    data[position] ^= 1
    path.write_bytes(data)


def other_version(path: Path) -> None:
    edit(path, "PRAGMA user_version = 99")


def other_tables(path: Path) -> None:
    edit(path, "ALTER TABLE features ADD COLUMN note TEXT")


def edit(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


DAMAGE = [
    truncated,
    cut_in_the_header,
    garbage,
    text,
    garbage_in_the_middle,
    flipped_bits,
    other_version,
    other_tables,
]


@pytest.mark.allow_log("is unusable and is begun anew")
@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_is_begun_anew(
    path: Path, damage: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    with EmbeddingCache(path) as cache:
        fill(cache, range(300), 500)
    damage(path)
    with EmbeddingCache(path) as cache:
        found = cache.get_many([key(i) for i in range(300)], SPACE)
        assert all((found[key(i)] == features(i, 500)).all() for i in range(300) if key(i) in found)
        fill(cache, range(300), 500)
        assert held(cache, range(300)) == list(range(300))
    assert len(warnings(caplog)) == 1
    assert path.with_name("embeddings.sqlite.damaged").exists()
    with EmbeddingCache(path) as cache:
        assert held(cache, range(300)) == list(range(300))
        cache.clear()
    assert not path.with_name("embeddings.sqlite.damaged").exists()


def test_an_empty_file_is_a_new_cache(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with EmbeddingCache(path) as cache:
        fill(cache, range(5))
        assert held(cache, range(5)) == list(range(5))


@pytest.mark.allow_log("is unusable and is begun anew")
def test_damage_while_open_and_then_again_ends_in_memory(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path.parent.mkdir()
    garbage(path)
    with EmbeddingCache(path) as cache:
        fill(cache, range(4000), 500)  # more than SQLite keeps in memory
        edit(path, "PRAGMA wal_checkpoint(TRUNCATE)")
        path.write_bytes(np.random.default_rng(2).bytes(path.stat().st_size))
        assert len(held(cache, range(4000))) < 4000
        fill(cache, range(5))
        assert held(cache, range(5)) == list(range(5))
    assert len(warnings(caplog)) == 1


@pytest.mark.allow_log("is unusable and is begun anew")
def test_a_file_that_another_program_has_replaced_is_not_moved_again(path: Path) -> None:
    with EmbeddingCache(path) as mine:
        fill(mine, range(4000), 500)
        edit(path, "PRAGMA wal_checkpoint(TRUNCATE)")
        path.write_bytes(np.random.default_rng(2).bytes(path.stat().st_size))
        with EmbeddingCache(path) as other:
            fill(other, range(5))
            assert held(mine, range(5)) + held(mine, range(4000)) == [*range(5), *range(5)]
            fill(mine, range(5, 10))
            assert held(other, range(10)) == list(range(10))


def below_a_file(tmp_path: Path) -> Path:
    (tmp_path / "file").write_text("no folder")
    return tmp_path / "file" / "cache" / "embeddings.sqlite"


def is_a_folder(tmp_path: Path) -> Path:
    (tmp_path / "embeddings.sqlite").mkdir()
    return tmp_path / "embeddings.sqlite"


@pytest.mark.allow_log("cannot be written now")
@pytest.mark.parametrize("place", [below_a_file, is_a_folder])
def test_without_a_usable_folder_it_works_in_memory(
    tmp_path: Path, place: Callable[[Path], Path], caplog: pytest.LogCaptureFixture
) -> None:
    clock = Clock()
    with EmbeddingCache(place(tmp_path), clock=clock) as cache:
        for start in range(0, 30, 10):
            fill(cache, range(start, start + 10))
            clock.now += 2 * PAUSE_SECONDS
        assert held(cache, range(30)) == list(range(30))
        assert cache.size_bytes() >= 0
    assert len(warnings(caplog)) == 1


@pytest.mark.allow_log("cannot be written now")
@pytest.mark.skipif(sys.platform == "win32", reason="no limit on file sizes to play a full disk with")
def test_a_full_disk_leaves_what_is_stored_readable(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    resource = pytest.importorskip("resource")
    with EmbeddingCache(path) as cache:
        fill(cache, range(20))
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, limits[1]))
        try:
            fill(cache, range(20, 1000), 500)
            assert held(cache, range(1000)) == list(range(1000))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert len(warnings(caplog)) == 1
    with EmbeddingCache(path) as cache:
        assert held(cache, range(20)) == list(range(20))
