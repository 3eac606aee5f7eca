"""Features of a folder: what costs a decoding, what comes from the cache, what fails."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from PIL import Image

from backend.embedding.cache import EmbeddingCache
from backend.embedding.feature_store import FeatureStore
from backend.images import DecoderPool, file_of
from backend.images.preparation import InputSpec
from backend.types import Embedded, ImageFile, Job
from tests.pixel_stores import pixel_store


@pytest.fixture(scope="module")
def pool() -> Iterator[DecoderPool]:
    with DecoderPool(workers=1) as pool:
        yield pool


@pytest.fixture(autouse=True)
def no_leaks(pool: DecoderPool) -> None:
    """The pool's threads outlive the test; what else leaks is for the tests of the pool."""


@pytest.fixture
def store(pool: DecoderPool) -> Iterator[FeatureStore]:
    with EmbeddingCache() as cache:
        yield fresh(cache, pool)


def fresh(cache: EmbeddingCache, pool: DecoderPool) -> FeatureStore:
    return pixel_store(InputSpec("ink", 28), cache, pool)


def again(store: FeatureStore) -> FeatureStore:
    """What a second run of the program has."""
    return FeatureStore(store.embedder, store._cache, store._pool)


def drawing(path: Path, number: int) -> ImageFile:
    image = Image.new("L", (28, 28), 255)
    image.putpixel((4 + number % 20, 4 + number // 20), 0)
    image.save(path)
    return file_of(path)


def run(job: Job[None]) -> tuple[int, int, dict[str, str]]:
    """Images made, of these from the cache, and failures."""
    steps = [step for step in job if isinstance(step, Embedded)]
    failed: dict[str, str] = {}
    for step in steps:
        failed |= step.failed
    return sum(len(step.ids) for step in steps), sum(step.from_cache for step in steps), failed


def test_features_follow_the_images(store: FeatureStore, tmp_path: Path) -> None:
    files = [drawing(tmp_path / f"{n}.png", n) for n in range(40)]
    assert run(store.embed(files)) == (40, 0, {})
    features = store.features([f.id for f in files])
    assert features.shape == (40, 784) and features.dtype == torch.float32
    assert len(features.unique(dim=0)) == 40
    assert torch.equal(store.features([files[7].id])[0], features[7])
    assert run(store.embed(files)) == (0, 0, {})


def test_a_second_run_is_served_from_the_cache(store: FeatureStore, tmp_path: Path) -> None:
    files = [drawing(tmp_path / f"{n}.png", n) for n in range(3)]
    run(store.embed(files))
    second = again(store)
    assert run(second.embed(files)) == (3, 3, {})
    assert torch.equal(second.features([f.id for f in files]), store.features([f.id for f in files]))


def test_a_renamed_file_costs_nothing(store: FeatureStore, tmp_path: Path) -> None:
    file = drawing(tmp_path / "a.png", 1)
    run(store.embed([file]))
    (tmp_path / "sorted").mkdir()
    moved = file_of(file.path.rename(tmp_path / "sorted" / "b.png"))
    assert run(store.embed([moved])) == (1, 1, {})
    assert torch.equal(store.features([moved.id]), store.features([file.id]))


def test_a_replaced_file_is_read_again(store: FeatureStore, tmp_path: Path) -> None:
    file = drawing(tmp_path / "a.png", 1)
    run(store.embed([file]))
    before = store.features([file.id])
    replaced = drawing(file.path, 2)
    os.utime(file.path, ns=(file.mtime_ns + 1, file.mtime_ns + 1))
    assert run(store.embed([file_of(file.path)]))[:2] == (1, 0)
    assert replaced.id == file.id and not torch.equal(store.features([file.id]), before)


def test_failures_have_reasons_until_the_file_is_mended(store: FeatureStore, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"no image")
    good, missing = drawing(tmp_path / "b.png", 1), ImageFile(tmp_path / "c.png", 0, 0)
    made, _, failed = run(store.embed([file_of(path), good, missing]))
    assert made == 1 and set(failed) == {str(path), missing.id} == set(store.failures) and all(failed.values())
    assert store.known([str(path), good.id, missing.id]) == [good.id]
    assert run(store.embed([drawing(path, 2)])) == (1, 0, {})
    assert set(store.failures) == {missing.id}
    path.write_bytes(b"no image again")
    run(store.embed([file_of(path)]))
    assert store.known([str(path)]) == [] and str(path) in store.failures


def test_closing_keeps_what_is_done(store: FeatureStore, tmp_path: Path) -> None:
    files = [drawing(tmp_path / f"{n}.png", n) for n in range(80)]
    job = store.embed(files)
    for step in job:
        if isinstance(step, Embedded) and step.ids:
            break
    job.close()
    kept = len(store.known([f.id for f in files]))
    assert 0 < kept < 80
    assert run(again(store).embed(files)) == (80, kept, {})
    assert run(store.embed(files))[0] == 80 - kept


def test_progress_counts_to_the_end(store: FeatureStore, tmp_path: Path) -> None:
    files = [drawing(tmp_path / f"{n}.png", n) for n in range(5)]
    (tmp_path / "bad.png").write_bytes(b"no image")
    steps = list(store.embed([*files, file_of(tmp_path / "bad.png")]))
    assert [s.done for s in steps] == sorted(s.done for s in steps)
    assert (steps[-1].done, steps[-1].total) == (6, 6)
