"""The cache and real files: what is moved or renamed is known, what is replaced under the same name is not."""

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from backend.embedding.cache import EmbeddingCache
from backend.images import DecoderPool
from backend.types import ContentKey

STORED = np.arange(8, dtype=np.float16)


@pytest.fixture
def pool() -> Iterator[DecoderPool]:
    with DecoderPool(workers=1) as pool:
        yield pool


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[EmbeddingCache]:
    with EmbeddingCache(tmp_path / "embeddings.sqlite") as cache:
        yield cache


def identify(pool: DecoderPool, path: Path) -> ContentKey:
    found = pool.identify(path).result(timeout=30)
    assert isinstance(found, ContentKey)
    return found


def test_a_renamed_and_moved_file_is_known_again(tmp_path: Path, pool: DecoderPool, cache: EmbeddingCache) -> None:
    path = tmp_path / "one.png"
    path.write_bytes(b"content")
    cache.put_many({identify(pool, path): STORED}, "space")
    (tmp_path / "sorted").mkdir()
    moved = identify(pool, path.rename(tmp_path / "sorted" / "other.png"))
    np.testing.assert_array_equal(cache.get_many([moved], "space")[moved], STORED)


def test_a_file_replaced_under_its_name_is_not(tmp_path: Path, pool: DecoderPool, cache: EmbeddingCache) -> None:
    path = tmp_path / "one.png"
    path.write_bytes(b"content")
    before = path.stat()
    cache.put_many({identify(pool, path): STORED}, "space")
    path.write_bytes(b"CONTENT")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))  # same size, same time: only the content differs
    assert cache.get_many([identify(pool, path)], "space") == {}
