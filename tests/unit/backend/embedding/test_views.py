"""Views of examples: what they show, that they are made once, and that labels see them."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch

from backend import jobs
from backend.embedding.cache import EmbeddingCache
from backend.embedding.device import choose_device
from backend.embedding.feature_store import FeatureStore
from backend.embedding.view_store import ViewStore
from backend.episodes.image_set import read_image_set
from backend.evaluation.evaluate import Protocol, evaluate_ready
from backend.evaluation.example_views import views_of
from backend.images import DecoderPool
from backend.images.augmentation import VIEWS, prepare_views, view_count
from backend.images.preparation import InputSpec, prepare
from backend.models.store import load_model
from backend.types import Bins, ImageId, Labelled, Prediction, Progress
from tests.glyph_folders import drain
from tests.photo_folders import photographs
from tests.photo_models import save_photo_model
from tests.pixel_stores import pixel_store

SPEC = InputSpec("photo", 8)


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
        yield pixel_store(SPEC, cache, pool)


def test_a_photograph_is_mirrored_and_its_middle_is_cut_out() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (30, 20, 3)).astype(np.uint8)
    mirrored, middle = prepare_views(pixels, InputSpec("photo", 10))
    assert np.array_equal(mirrored, prepare(pixels, InputSpec("photo", 10))[:, :, ::-1])
    assert np.array_equal(middle, prepare(pixels, InputSpec("photo", 10, crop=0.7)))
    assert (view_count(SPEC), view_count(InputSpec("ink", 28))) == (len(VIEWS), 0)


def test_views_are_made_once(store: FeatureStore, tmp_path: Path) -> None:
    files = drain(jobs.list_folder(photographs(tmp_path / "f", 2, 2))).files
    drain(store.embed(files))
    ids = [f.id for f in files]
    assert store.with_views(ids) is None
    by_key = {store.keys[f.id]: f for f in files}
    first = list(store.views.embed({store.keys[ids[0]]: files[0]}))
    both = store.with_views(ids[:2])
    assert len(first) == 1 and both is not None and both.shape == (2, 3, 192)
    assert torch.equal(both[:, 0], store.features(ids[:2]))
    assert torch.equal(both[1, 1:], both[1, :1].expand(2, -1))  # the other one has none yet: itself stands in
    assert len(list(store.views.embed(by_key))) == 3
    assert list(store.views.embed(by_key)) == []
    whole = store.with_views(ids)
    for file in files:
        file.path.unlink()  # so that nothing can be decoded
    later = ViewStore(store.embedder, store._cache, store._pool)
    assert list(later.embed(by_key)) == []
    found = later.beside(store.features(ids), [store.keys[i] for i in ids])
    assert whole is not None and found is not None and torch.equal(found, whole)


def test_a_file_that_was_replaced_meanwhile_gets_no_views(store: FeatureStore, tmp_path: Path) -> None:
    files = drain(jobs.list_folder(photographs(tmp_path / "f", 2, 1))).files
    drain(store.embed(files))
    key = store.keys[files[0].id]
    files[0].path.write_bytes(files[1].path.read_bytes() + b" ")
    assert len(list(store.views.embed({key: files[0]}))) == 1
    assert store.views.beside(torch.zeros(1, 192), [key]) is None


def test_memory_is_bounded(store: FeatureStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("backend.embedding.view_store.MOST", 2)
    files = drain(jobs.list_folder(photographs(tmp_path / "f", 1, 3))).files
    drain(store.embed(files))
    keys = [store.keys[f.id] for f in files]
    assert list(store.views.embed(dict(zip(keys, files, strict=True)))) == []  # too many: none at all
    for key, file in zip(keys, files, strict=True):
        drain(store.views.embed({key: file}))
    assert [store.views.beside(torch.zeros(1, 192), [k]) is not None for k in keys] == [False, True, True]


def labels(steps: Iterator[Progress]) -> dict[ImageId, Prediction]:
    return {i: p for step in steps if isinstance(step, Labelled) for i, p in step.predictions.items()}


def test_labels_come_first_and_again_with_views(pool: DecoderPool, tmp_path: Path) -> None:
    save_photo_model()
    files = drain(jobs.list_folder(photographs(tmp_path / "f", 2, 4))).files
    ids = [f.id for f in files]
    bins: Bins = {"A": (ids[0],), "B": (ids[4],)}
    engine = drain(jobs.open_engine(pool, "tiny-photos", "simpleshot", "cpu"))
    drain(jobs.embed(engine, files))
    before = labels(jobs.relabel(engine, bins, ids))
    assert engine.reads_views and drain(jobs.add_views(engine, bins, files))
    after = labels(jobs.relabel(engine, bins, ids))
    assert [p.confidence for p in after.values()] != [p.confidence for p in before.values()]
    assert not drain(jobs.add_views(engine, bins, files))
    more: Bins = {"A": (ids[0],), "B": (ids[4], ids[5])}
    labels(jobs.relabel(engine, more, ids))
    assert drain(jobs.add_views(engine, more, files))
    drain(jobs.calibrate(engine, more))
    assert drain(jobs.explain(engine, more, ids[1])).because
    plain = drain(jobs.change(engine, method="prototypical"))
    assert not plain.reads_views and not drain(jobs.add_views(plain, bins, files))
    drain(jobs.close_engine(engine))


@pytest.mark.slow
def test_a_measurement_gives_its_examples_views(tmp_path: Path) -> None:
    save_photo_model()
    model = load_model("tiny-photos")
    images = drain(read_image_set(photographs(tmp_path / "f", 3, 4), model.card.input))
    ready, device = model.ready("linear"), choose_device("cpu")
    views = drain(views_of(images, ready, device, torch.tensor([[5, 1], [5, 2]])))
    assert views is not None and views.features.shape == (3, len(VIEWS), 320)
    assert (views.rows >= 0).nonzero()[:, 0].tolist() == [1, 2, 5]
    assert views.beside(torch.zeros(2, 320), torch.tensor([5, 1])).shape == (2, 1 + len(VIEWS), 320)
    assert drain(views_of(images, model.ready("prototypical"), device, torch.tensor([1]))) is None
    result = drain(evaluate_ready(images, ready, Protocol(3, 1, 2, 4), device))
    assert 0 <= result.accuracy <= 100 and len(result.accuracies) == 4
