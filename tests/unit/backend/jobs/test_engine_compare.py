"""What the engine adds for comparing: every method of the bundled model, steps, models that came meanwhile, offers."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend import jobs, storage
from backend.images import DecoderPool
from backend.jobs.engine import Engine
from backend.models.public import source_of
from backend.pretrained.catalogue import TrunkOffer
from backend.types import Bins, ImageFile, ImageId, Labelled, Prediction
from tests.glyph_folders import alphabets, drain

pytestmark = pytest.mark.slow


@pytest.fixture
def engine() -> Iterator[Engine]:
    with DecoderPool(workers=1) as pool:
        engine = drain(jobs.open_engine(pool, "characters", "maml", "cpu"))
        yield engine
        drain(jobs.close_engine(engine))


@pytest.fixture
def files(tmp_path: Path) -> tuple[ImageFile, ...]:
    """Two characters of three drawings."""
    return drain(jobs.list_folder(alphabets(tmp_path / "data", 1, 2, 3))).files


def bins_of(files: tuple[ImageFile, ...], each: int) -> Bins:
    return {"A": tuple(f.id for f in files[:each]), "B": tuple(f.id for f in files[3 : 3 + each])}


def confidences(engine: Engine, bins: Bins, ids: list[ImageId]) -> list[float | None]:
    found: dict[ImageId, Prediction] = {}
    for step in jobs.relabel(engine, bins, ids):
        found |= step.predictions if isinstance(step, Labelled) else {}
    return [found[i].confidence for i in ids]


def test_every_method_of_the_model_is_tried(engine: Engine, files: tuple[ImageFile, ...]) -> None:
    scores = drain(jobs.compare_methods(engine, bins_of(files, 2), files, files))
    adapts = {m.name: m.adapts for m in engine.methods if m.available}
    names = [s.method for s in scores]
    assert names[0] == "maml" and sorted(names) == sorted(adapts)
    assert [adapts[n] for n in names[1:]] == sorted(adapts[n] for n in names[1:])
    assert {len(s.right) for s in scores} == {4} and {len(s.labels) for s in scores} == {6}
    assert engine.method == "maml"


@pytest.mark.parametrize("method", ["maml", "bd-cspn", "simpleshot"])
def test_one_method_has_one_figure_wherever_it_stands(engine: Engine, tmp_path: Path, method: str) -> None:
    """Fourteen examples a bin, some of them in the wrong one, and a folder that a transductive method reads: more than
    ten were once a sample in one place and all of them in the other."""
    files = drain(jobs.list_folder(alphabets(tmp_path / "more", 1, 2, 20))).files
    halves = [[f.id for f in files[start : start + 14]] for start in (0, 20)]
    halves[0][:3], halves[1][:3] = halves[1][:3], halves[0][:3]
    bins: Bins = {"A": tuple(halves[0]), "B": tuple(halves[1])}
    here = drain(jobs.change(engine, None, method, None))
    drain(jobs.embed(here, files))
    drain(jobs.relabel(here, bins, [f.id for f in files], folder=[f.id for f in reversed(files)]))
    drain(jobs.set_steps(here, 1))
    told = drain(jobs.quality(here, bins))
    [score] = [s for s in drain(jobs.compare_methods(here, bins, files, files)) if s.method == method]
    assert [a.right for a in told.answers] == list(score.right) and len(told.answers) == 28
    assert 0 < told.right < 28


def test_steps_change_the_labels_and_are_undone(engine: Engine, files: tuple[ImageFile, ...]) -> None:
    bins, ids = bins_of(files, 1), [f.id for f in files]
    drain(jobs.embed(engine, files))
    every = drain(jobs.all_steps(engine, bins))
    whole = confidences(engine, bins, ids)
    assert every == 3
    drain(jobs.set_steps(engine, 0))
    assert confidences(engine, bins, ids) != whole
    drain(jobs.set_steps(engine, None))
    assert confidences(engine, bins, ids) == whole


def test_methods_that_do_not_adapt_have_no_steps(engine: Engine, files: tuple[ImageFile, ...]) -> None:
    bins, ids = bins_of(files, 1), [f.id for f in files]
    drain(jobs.embed(engine, files))
    assert drain(jobs.all_steps(engine, {"A": bins["A"]})) == 0  # one bin: nothing to adapt to
    other = drain(jobs.change(engine, method="prototypical"))
    drain(jobs.embed(other, files))
    assert drain(jobs.all_steps(other, bins)) == 0
    before = confidences(other, bins, ids)
    drain(jobs.set_steps(other, 0))
    assert confidences(other, bins, ids) == before


def test_a_model_that_came_meanwhile_is_found(engine: Engine) -> None:
    assert [m.name for m in engine.models] == ["characters", "photos", "photos-small"]
    storage.user_models().mkdir(parents=True)
    for path in storage.bundled_models().glob("characters.*"):
        shutil.copy(path, storage.user_models() / path.name.replace("characters", "mine"))
    drain(jobs.look_for_models(engine))
    assert [m.name for m in engine.models] == ["characters", "photos", "photos-small", "mine"]


def test_offers_say_what_waits_and_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.pretrained.catalogue.find_spec", lambda name: None)
    url = source_of("torchvision:resnet50").url
    storage.public_models().mkdir(parents=True)
    (storage.public_models() / f"{Path(url).name}.partial").write_bytes(b"half")
    by_name: dict[str, TrunkOffer] = {o.name: o for o in drain(jobs.trunk_offers())}
    assert len(by_name) == 8
    offer = by_name["torchvision:resnet50"]
    assert (offer.received, offer.installed, offer.needs, offer.source) == (4, False, "", "download.pytorch.org")
    assert offer.megabytes > 90 and 4 < offer.gflops < 5
    assert [o.needs for o in by_name.values() if o.needs] == [
        "pip install 'fewshot[large]'",
        "pip install 'fewshot[timm]'",
    ]
