"""What the worker owns: labels from the bundled model, step by step."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend import cli, jobs, storage
from backend.errors import RequestError
from backend.images import DecoderPool
from backend.jobs.engine import Engine
from backend.methods import METHODS
from backend.models.model import runnable
from backend.models.store import read_card
from backend.types import Bins, ImageId, Job, Labelled, Listing, Prediction, Status
from tests.glyph_folders import alphabets, drain


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return alphabets(tmp_path_factory.mktemp("data"), 1, 2, 3)


@pytest.fixture
def engine() -> Iterator[Engine]:
    with DecoderPool(workers=1) as pool:
        engine = drain(jobs.open_engine(pool, "characters", "prototypical", "cpu"))
        yield engine
        drain(jobs.close_engine(engine))


@pytest.fixture
def listing(drawn: Path, engine: Engine) -> Listing:
    """Two characters of three drawings; all have features."""
    listing = drain(jobs.list_folder(drawn))
    drain(jobs.embed(engine, listing.files))
    return listing


def passes(job: Job[None]) -> list[dict[ImageId, Prediction]]:
    """Every round of labels that a job gives."""
    return [dict(step.predictions) for step in job if isinstance(step, Labelled)]


def ids(listing: Listing) -> list[ImageId]:
    return [f.id for f in listing.files]


def test_one_bin_ranks_and_two_label(engine: Engine, listing: Listing) -> None:
    images = ids(listing)
    with pytest.raises(RequestError, match="No bin has a readable example"):
        passes(jobs.relabel(engine, {"A": ()}, images))
    [ranked] = passes(jobs.relabel(engine, {"A": (images[0],), "B": ()}, images))
    assert ranked[images[0]].similarity == pytest.approx(1, abs=1e-3) and ranked[images[0]].confidence is None
    [labelled] = passes(jobs.relabel(engine, {"A": (images[0],), "B": (images[3],)}, images, reject=1.0))
    assert (labelled[images[0]].label, labelled[images[3]].label) == ("A", "B")
    assert {p.status for p in labelled.values()} <= {Status.OK, Status.UNSURE}


def test_calibration_moves_confidences_once_and_no_label(engine: Engine, listing: Listing) -> None:
    images = ids(listing)
    bins: Bins = {"A": tuple(images[:2]), "B": tuple(images[3:5])}
    [before] = passes(jobs.relabel(engine, bins, images))
    assert drain(jobs.calibrate(engine, bins))
    [after] = passes(jobs.relabel(engine, bins, images))
    assert {i: p.label for i, p in before.items()} == {i: p.label for i, p in after.items()}
    assert [p.confidence for p in before.values()] != [p.confidence for p in after.values()]
    assert not drain(jobs.calibrate(engine, bins))
    [again] = passes(jobs.relabel(engine, bins, images))
    assert again == after


def test_calibration_has_nothing_to_say_of_single_examples(engine: Engine, listing: Listing) -> None:
    images = ids(listing)
    for bins in ({"A": (images[0],)}, {"A": (images[0],), "B": (images[3],)}):
        assert not drain(jobs.calibrate(engine, bins))


def test_a_calibration_that_other_bins_overtook_is_dropped(engine: Engine, listing: Listing) -> None:
    images = ids(listing)
    bins: Bins = {"A": tuple(images[:2]), "B": tuple(images[3:5])}
    job = jobs.calibrate(engine, bins)
    next(job)
    others: Bins = {"A": tuple(images[3:5]), "B": tuple(images[:2])}
    [labelled] = passes(jobs.relabel(engine, others, images))
    assert not drain(job)
    assert passes(jobs.relabel(engine, others, images)) == [labelled]


def test_a_transductive_method_reads_the_folder_whatever_part_of_it_is_labelled(
    drawn: Path, listing: Listing, engine: Engine
) -> None:
    options = ["--way", "2", "--shot", "1", "--queries", "1", "--episodes", "1"]
    command = ["train", "--data", str(drawn), "--method", "maml-transductive", "--model", "some", *options]
    assert cli.main(command) == 0
    transductive = drain(jobs.change(engine, "some", "maml-transductive"))
    assert transductive.transductive and not engine.transductive
    drain(jobs.embed(transductive, listing.files))
    images = ids(listing)
    bins: Bins = {"A": tuple(images[:2]), "B": tuple(images[3:5])}
    assert drain(jobs.calibrate(transductive, bins, images))
    [whole] = passes(jobs.relabel(transductive, bins, images))
    [part] = passes(jobs.relabel(transductive, bins, images[2:3], folder=images))
    [alone] = passes(jobs.relabel(transductive, bins, images[2:3]))
    assert part[images[2]] == whole[images[2]] != alone[images[2]]


def test_unknown_images_are_left_out(engine: Engine, listing: Listing) -> None:
    images = ids(listing)
    bins: Bins = {"A": (images[0],), "B": (images[3],)}
    [labelled] = passes(jobs.relabel(engine, bins, ["/nowhere.png", images[1]]))
    assert set(labelled) == {images[1]}
    assert passes(jobs.relabel(engine, bins, [])) == []
    with pytest.raises(RequestError, match="not been read yet"):
        drain(jobs.explain(engine, bins, "/nowhere.png"))
    assert drain(jobs.explain(engine, bins, images[0])).ranking[0][0] == "A"


@pytest.mark.slow
def test_every_method_of_the_model_labels_and_explains(engine: Engine, listing: Listing) -> None:
    images = ids(listing)
    bins: Bins = {"A": tuple(images[:2]), "B": tuple(images[3:5])}
    available = [info for info in engine.methods if info.available]
    for info in available:
        changed = drain(jobs.change(engine, method=info.name))
        drain(jobs.embed(changed, listing.files))
        labelled = passes(jobs.relabel(changed, bins, images))[-1]
        assert [labelled[i].label for i in (images[0], images[3])] == ["A", "B"], info.name
        assert drain(jobs.explain(changed, bins, images[0])).ranking[0][0] == "A"
    assert {"simpleshot", "linear", "alpha-tim", "bd-cspn", "paddle"} <= {info.name for info in available}


def test_a_transductive_method_reads_the_folder_not_the_tiles_in_sight(engine: Engine, tmp_path: Path) -> None:
    folder = alphabets(tmp_path, 1, 5, 12)  # one step of labels
    files = drain(jobs.list_folder(folder)).files
    images = [f.id for f in files]
    changed = drain(jobs.change(engine, method="bd-cspn"))
    drain(jobs.embed(changed, files))
    bins: Bins = {str(n): (images[12 * n],) for n in range(5)}
    whole = passes(jobs.relabel(changed, bins, images))[-1]
    alone = passes(jobs.relabel(drain(jobs.change(engine, method="simpleshot")), bins, images))[-1]
    assert [whole[i].confidence for i in images] != [alone[i].confidence for i in images]
    sight = passes(jobs.relabel(changed, bins, images[5:8], folder=images))[-1]
    assert sight == {i: whole[i] for i in images[5:8]}


@pytest.mark.slow
def test_the_best_method_for_the_bins_is_found_and_may_then_be_chosen(engine: Engine, listing: Listing) -> None:
    images, files = ids(listing), listing.files
    bins: Bins = {"A": tuple(images[:3]), "B": tuple(images[3:])}
    storage.user_models().mkdir(parents=True)
    (storage.user_models() / "damaged.safetensors").write_bytes(b"")
    choice = drain(jobs.best_for_bins(drain(jobs.change(engine)), bins, files))
    assert {s.model for s in choice.ranking} == {
        "characters",
        "photos",
        "photos-small",
    }  # the damaged one is passed over
    assert {s.method for s in choice.ranking} == {m.name for m in engine.methods if m.available and not m.transductive}
    best = choice.ranking[0]
    assert best.left_out == 6
    changed = drain(jobs.change(engine, best.model, best.method))
    assert passes(jobs.relabel(changed, bins, images))  # its features are there already
    with pytest.raises(RequestError, match="damaged"):
        drain(jobs.best_for_bins(engine, bins, files, ["damaged"]))


def test_a_folder_of_drawings_suggests_characters(listing: Listing, tmp_path: Path) -> None:
    with DecoderPool(workers=1) as pool:
        found = drain(jobs.suggest_model(pool, listing.files, ["characters", "photos"]))
        assert found is not None and (found.model, found.glyph_like) == ("characters", 1.0)
        (tmp_path / "broken.png").write_bytes(b"no image")
        broken = drain(jobs.list_folder(tmp_path)).files
        assert drain(jobs.suggest_model(pool, broken, ["characters"])) is None
        assert drain(jobs.suggest_model(pool, [], ["characters"])) is None


def test_an_example_that_is_replaced_changes_the_labels(engine: Engine, drawn: Path, tmp_path: Path) -> None:
    """The bins are the same ids, the pixels are not."""
    folder = Path(shutil.copytree(drawn / "alphabet0", tmp_path / "f"))
    images = drain(jobs.list_folder(folder)).files
    bins: Bins = {"A": (images[0].id,), "B": (images[3].id,)}
    drain(jobs.embed(engine, images))
    [before] = passes(jobs.relabel(engine, bins, [images[2].id, images[5].id]))
    for here, there in ((images[0], images[3]), (images[3], images[0])):
        shutil.copy(drawn / "alphabet0" / there.path.relative_to(folder), here.path)
    drain(jobs.embed(engine, drain(jobs.list_folder(folder)).files))
    [after] = passes(jobs.relabel(engine, bins, [images[2].id, images[5].id]))
    assert [p.label for p in after.values()] == [{"A": "B", "B": "A"}[p.label] for p in before.values()]


def test_changing_keeps_features_and_unknown_names_are_refused(engine: Engine, listing: Listing) -> None:
    same = drain(jobs.change(engine, method="prototypical"))
    assert same.store is engine.store
    for names in ({"method": "nobody"}, {"model": "nobody"}, {"model": ""}, {"method": ""}):
        with pytest.raises(RequestError, match="No such"):
            drain(jobs.change(engine, **names))
    assert "characters" in {m.name for m in engine.models} and "prototypical" in {m.name for m in engine.methods}


def test_methods_without_weights_are_listed_as_such(engine: Engine) -> None:
    infos = {m.name: m for m in engine.methods}
    assert list(infos) == list(METHODS)
    card = read_card("characters")
    assert {name for name, m in infos.items() if m.available} == set(runnable(card))
    trained = {name for name, entry in card.methods.items() if entry.training}
    assert {name for name, m in infos.items() if m.accuracy} == trained
    assert 90 < infos["prototypical"].accuracy["5w1s"] < 100


def test_a_damaged_model_of_the_users_is_listed_by_its_name(engine: Engine) -> None:
    storage.user_models().mkdir(parents=True)
    (storage.user_models() / "mine.safetensors").write_bytes(b"")
    changed = drain(jobs.change(engine))
    assert "mine" in {m.title for m in changed.models}
    with pytest.raises(RequestError, match="mine"):
        drain(jobs.change(engine, model="mine"))


def test_alike_unsure_images_of_no_bin_are_proposed_as_one(engine: Engine, tmp_path: Path) -> None:
    files = drain(jobs.list_folder(alphabets(tmp_path, 1, 4, 5))).files
    drain(jobs.embed(engine, files))
    kinds = [tuple(f.id for f in files[5 * n : 5 * n + 5]) for n in range(4)]
    bins: Bins = {"A": kinds[0][:1], "B": kinds[3][:1]}
    unsure = ["/nowhere.png", *kinds[2][:4], *kinds[0][1:2], *kinds[1]]
    groups = [g.images for g in drain(jobs.propose_bins(engine, bins, unsure))]
    assert [set(g) for g in groups] == [set(kinds[1]), set(kinds[2][:4])]
    assert drain(jobs.propose_bins(engine, {"A": kinds[0]}, unsure)) == []
    assert drain(jobs.propose_bins(engine, bins, [])) == []


def test_the_table_has_the_status_that_the_threshold_gives(engine: Engine, listing: Listing, tmp_path: Path) -> None:
    images, path = ids(listing), tmp_path / "labels.csv"
    predictions = {i: Prediction(Status.OK, "A", n / 10) for n, i in enumerate(images)}
    drain(jobs.export_csv(path, listing.root, listing.files, predictions, {images[0]: "B"}, 0.3))
    header, *lines = path.read_text().splitlines()
    assert header.split(",")[7:] == ["predicted_label", "predicted_confidence"]
    assert [line.split(",")[5] for line in lines] == ["given", "unsure", "unsure", "ok", "ok", "ok"]
    assert lines[0].split(",")[1:3] == ["B", "1.0"] and lines[0].split(",")[7:] == ["A", "0.0"]


def test_images_are_asked_about_where_methods_differ(engine: Engine, listing: Listing) -> None:
    images = ids(listing)
    bins: Bins = {"A": (images[0],), "B": (images[3],)}
    labels = dict.fromkeys(images, "A") | {images[5]: "gone", "/nowhere.png": "A"}
    uncertainty = {i: n / 10 for n, i in enumerate(labels)}
    order = drain(jobs.ask_where_methods_differ(engine, bins, labels, uncertainty))
    assert set(order) == set(images[:5])
    assert set(order[:2]) == set(images[3:5])  # they look like B
    assert drain(jobs.ask_where_methods_differ(engine, {"A": (images[0],)}, labels, uncertainty)) == []


def test_what_leaving_one_example_out_would_do(engine: Engine, listing: Listing) -> None:
    """The first character lies in A, but for one drawing that is in B with the second character."""
    images = ids(listing)
    bins: Bins = {"A": (images[0], images[1]), "B": (images[2], images[3], images[4])}
    drain(jobs.calibrate(engine, bins))
    assert {i: d.label for i, d in drain(jobs.doubts(engine, bins)).items()} == {images[2]: "A"}
    assert drain(jobs.doubts(engine, bins, {images[2]: {"A"}})) == {}
    assert drain(jobs.doubts(engine, {"A": (images[0],)})) == {}
    found = drain(jobs.rests_on(engine, bins, images[5]))
    assert (found.label, found.tried, found.farther) == ("B", 5, 0)
    single: Bins = {"A": (images[0],), "B": (images[3],), "C": (images[1],)}
    [labelled] = passes(jobs.relabel(engine, single, images))
    labels = {i: labelled[i].label for i in images[4:]}
    gone = drain(jobs.absence(engine, single, images[3], labels))
    [without] = passes(jobs.relabel(engine, {"A": (images[0],), "C": (images[1],)}, images))
    assert gone.last and gone.changes == {i: without[i].label for i in images[4:]}
    assert {f.example for f in drain(jobs.rests_on(engine, single, images[4])).flips} == {images[3]}
    for job in (jobs.rests_on(engine, bins, "/nowhere.png"), jobs.absence(engine, bins, "/nowhere.png", {})):
        with pytest.raises(RequestError, match="not been read yet"):
            drain(job)
