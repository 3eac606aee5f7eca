"""What a person has said besides the answers outlives the window."""

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from backend import storage
from backend.jobs.demo_set import Demo
from backend.types import Prediction, Status
from backend.workspace.state import Remarks, Verdict
from fewshot_gui.evaluation.panel import EvaluationPanel
from fewshot_gui.main_window.window import MainWindow
from fewshot_gui.session.bin_store import BinStore
from fewshot_gui.session.folder.library import Library
from fewshot_gui.session.verdicts import Verdicts
from fewshot_gui.session.workspace import remarks
from fewshot_gui.session.workspace.remarks import RemarkStore
from tests.small_models import part_of_characters
from tests.windows import Make, Settle, opened


def given(window: MainWindow) -> list[tuple[float, bool]]:
    """What the reliability plot shows of the person's own answers."""
    window.middle.open_panel("quality")
    panel = window.middle.panel()
    assert isinstance(panel, EvaluationPanel)
    return panel._verdicts.answers()


# Verdicts -------------------------------------------------------------------------------------------------------------


def judged(make_window: Make, settle: Settle, folder: Path) -> tuple[MainWindow, list[str]]:
    """A window in which a label was confirmed, another corrected and a third rejected."""
    window = opened(make_window, settle, folder)
    images, bins = list(window.session.library.files), window.session.bins
    bins.add(images[:2])
    bins.add(images[2:4])
    settle(window)
    labels = {i: window.session.library.predictions[i].label for i in images[4:7]}
    other = {"Bin 1": "Bin 2", "Bin 2": "Bin 1"}
    bins.confirm({images[4]: labels[images[4]]})
    bins.assign([images[5]], other[labels[images[5]]])
    bins.reject({images[6]: labels[images[6]]})
    settle(window)
    return window, images


def test_verdicts_are_there_when_the_folder_is_opened_again(make_window: Make, settle: Settle, folder: Path) -> None:
    window, images = judged(make_window, settle, folder)
    before = given(window)
    assert [right for _, right in before] == [True, False, False]
    window.close()
    other = opened(make_window, settle, folder)
    assert given(other) == before
    assert list(other.session.workspace.remarks.verdicts()) == images[4:7]
    other.session.bins.undo.undo()  # the rejection, in the window before
    assert given(other) == before[:2]


def test_the_error_line_rests_on_answers_about_the_method_in_use(
    make_window: Make, settle: Settle, folder: Path
) -> None:
    window, _ = judged(make_window, settle, folder)
    threshold = window.session.threshold
    threshold.move(1000)
    assert (threshold.check().answers, threshold.check().confirmed) == (3, True)
    window.session.bins.undo.undo()  # the rejection
    assert threshold.check().answers == 2
    window.session.engine_host.choose(method="simpleshot")
    settle(window)
    assert threshold.check().answers == 0  # what another method said of itself
    window.close()
    other = opened(make_window, settle, folder)
    assert other.session.threshold.check().answers == 0 and other.session.threshold.errors == 1000
    other.session.engine_host.choose(method="prototypical")
    settle(other)
    assert other.session.threshold.check().answers == 2
    other.session.open_folder(folder.parent)
    settle(other)
    assert other.session.threshold.check().answers == 0


def test_verdicts_go_with_a_renamed_image_and_a_new_name_is_no_answer(
    make_window: Make, settle: Settle, folder: Path
) -> None:
    window, images = judged(make_window, settle, folder)
    before = given(window)
    renamed = [folder / "other name.png", folder / "another.png"]
    Path(images[4]).rename(renamed[0])
    Path(images[0]).rename(renamed[1])  # an example that never had a label
    window.session.reload()
    settle(window)
    assert set(map(str, renamed)) <= set(window.session.bins.given())
    assert given(window) == before
    assert list(window.session.workspace.remarks.verdicts()) == [str(renamed[0]), *images[5:7]]
    window.close()
    assert given(opened(make_window, settle, folder)) == before


def test_verdicts_go_with_a_folder_that_was_moved(make_window: Make, settle: Settle, folder: Path) -> None:
    window, _ = judged(make_window, settle, folder)
    before = given(window)
    window.close()
    moved = folder.rename(folder.with_name("moved"))
    other = opened(make_window, settle, moved)
    assert given(other) == before
    other.session.open_folder(moved.parent)  # another folder has none
    settle(other)
    assert given(other) == []


def test_an_answer_that_takes_the_name_of_a_labelled_image_is_no_verdict(qtbot: QtBot) -> None:
    library, bins = Library(), BinStore()
    verdicts = Verdicts(bins, library, RemarkStore(bins, library, library), library)
    name = bins.add(["x"])
    library.set_predictions({i: Prediction(Status.OK, name, 0.7) for i in ("y", "z")})
    bins.rename_images({"x": "y"})  # found by its content, at a path that was labelled meanwhile
    assert verdicts.answers() == []
    bins.confirm({"z": name})
    bins.rename_images({"z": "x"})
    assert verdicts.answers() == [(0.7, True)]


def test_only_the_newest_are_kept(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remarks, "MOST", 3)
    library, bins = Library(), BinStore()
    store = RemarkStore(bins, library, library)
    verdicts = Verdicts(bins, library, store, library)
    bins.add(["x"])
    library.set_predictions({f"i{n}": Prediction(Status.OK, "Bin 1", n / 10) for n in range(5)})
    for n in range(5):
        bins.confirm({f"i{n}": "Bin 1"})
    assert verdicts.answers() == [(0.2, True), (0.3, True), (0.4, True)]
    store.dismiss("abcd")
    assert store.now().dismissed == ("b", "c", "d")
    store.restore(Remarks({i: Verdict(0.5, True) for i in "abcd"}))
    assert list(store.verdicts()) == ["b", "c", "d"] and not store.is_dismissed("d")


# Dismissals -----------------------------------------------------------------------------------------------------------


def test_a_dismissed_group_stays_away_in_the_next_window(
    make_window: Make, settle: Settle, drawn: Demo, tmp_path: Path
) -> None:
    root = shutil.copytree(drawn.folder, tmp_path / "many")
    for source in sorted(drawn.examples.iterdir())[:10]:
        shutil.copytree(source, tmp_path / "examples" / source.name)
    window = make_window()
    window.session.open_folder(root, tmp_path / "examples")
    settle(window)
    window.review.toggle()
    gone = window.review.shelf.cards()[0].group
    window.review.shelf.cards()[0]._close.click()
    window.close()

    other = opened(make_window, settle, root)
    assert other.review.proposing.groups
    assert all(set(gone.images).isdisjoint(g.images) for g in other.review.proposing.groups)
    other.close()
    moved = root.rename(tmp_path / "moved")
    third = opened(make_window, settle, moved)
    names = {Path(i).name for i in gone.images}
    assert third.review.proposing.groups
    assert all(names.isdisjoint(Path(i).name for i in g.images) for g in third.review.proposing.groups)


def test_a_declined_model_is_not_suggested_again_wherever_the_folder_is(
    make_window: Make, settle: Settle, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundled = tmp_path / "bundled"
    for name in ("characters", "photos"):
        part_of_characters(name, ["prototypical"], bundled)
    monkeypatch.setattr(storage, "bundled_models", lambda: bundled)

    def suggested(root: Path) -> MainWindow:
        window = make_window()
        window.session.engine_host.wish(None, None)  # the default, photos
        window.session.open_folder(root)
        settle(window)
        return window

    window = suggested(folder)
    assert window.banner.accessibleName().startswith("These look like characters")
    window.banner.buttons[1].click()
    window.close()
    again = suggested(folder)
    assert not again.banner.isVisible()
    again.close()
    assert not suggested(folder.rename(folder.with_name("moved"))).banner.isVisible()
    copy = shutil.copytree(folder.with_name("moved"), tmp_path / "copy")
    assert suggested(copy).banner.isVisible()


def told(make_window: Make, settle: Settle, folder: Path) -> str:
    """What the banner says of the folder's missing images; it is closed, if it says anything."""
    window = opened(make_window, settle, folder)
    said = window.banner.accessibleName() if window.banner.isVisible() else ""
    window.banner._close.click()
    window.close()
    return said


def test_a_message_that_was_closed_comes_again_only_where_it_says_something_else(
    make_window: Make, settle: Settle, folder: Path
) -> None:
    window = opened(make_window, settle, folder)
    window.session.bins.add(list(window.session.library.files)[:3])
    settle(window)
    window.close()
    (folder / "00.png").unlink()
    unseen = opened(make_window, settle, folder)
    assert unseen.banner.accessibleName().startswith("Answers without their images: 1")
    unseen.close()
    assert told(make_window, settle, folder).startswith("Answers without their images: 1")
    assert told(make_window, settle, folder) == ""
    (folder / "01.png").unlink()
    moved = folder.rename(folder.with_name("moved"))
    assert told(make_window, settle, moved).startswith("Answers without their images: 2")
    assert told(make_window, settle, moved) == ""
