"""A further folder that has moved is found again; one that is not found is named, and nothing of it is lost."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from backend.jobs.demo_set import Demo
from backend.workspace import file
from fewshot_gui.main_window.window import MainWindow
from tests.windows import Make, Settle, banner, opened

Answers = dict[str, str]


@pytest.fixture
def second(drawn: Demo, tmp_path: Path) -> Path:
    """A further folder of four drawings."""
    target = tmp_path / "other" / "more"
    target.mkdir(parents=True)
    for number, source in enumerate(sorted(drawn.folder.glob("*.png"))[40:44]):
        shutil.copy2(source, target / f"{number:02d}.png")
    return target


@pytest.fixture
def window(make_window: Make, settle: Settle, folder: Path, second: Path) -> MainWindow:
    """Both folders, with answers on images of each."""
    made = make_window()
    made.session.open_folder(folder)
    settle(made)
    made.import_commands.beside.add_folder(second)
    settle(made)
    made.session.bins.add([str(folder / "00.png"), str(second / "00.png")])
    made.session.bins.add([str(folder / "01.png"), str(second / "01.png")])
    settle(made)
    label = made.session.library.predictions[str(second / "02.png")].label
    made.session.bins.confirm({str(second / "02.png"): label})
    settle(made)
    return made


def close(window: MainWindow) -> tuple[Path, Answers]:
    """The workspace file, and the answers in it."""
    path, given = window.session.workspace.autosave.path, window.session.bins.given()
    window.close()
    assert path is not None
    return path, given


def at(given: Answers, old: Path, new: Path) -> Answers:
    return {i.replace(str(old), str(new)): name for i, name in given.items()}


def out_of_reach(second: Path) -> Path:
    """Hidden folders are not looked into."""
    second.parents[1].joinpath(".hidden").mkdir()
    return second.rename(second.parents[1] / ".hidden" / "more")


def choose(window: MainWindow, qtbot: QtBot, answer: Path) -> None:
    [dialog] = window.findChildren(QFileDialog)
    assert dialog.windowTitle() == "Where is “more” now?"
    dialog.fileSelected.emit(str(answer))
    dialog.close()
    qtbot.waitUntil(lambda: not window.findChildren(QFileDialog))


def test_it_is_found_at_opening_with_its_answers(
    window: MainWindow, make_window: Make, settle: Settle, folder: Path, second: Path, tmp_path: Path
) -> None:
    path, given = close(window)
    assert [len(f.landmarks) for f in file.read(path).folders] == [12, 4]
    moved = second.rename(tmp_path / "renamed")
    other = opened(make_window, settle, folder)
    assert other.session.library.folders == (moved,) and other.session.library.lost == ()
    assert banner(other) == f"An added folder has moved. Found again: {moved}"
    assert len(other.session.library.files) == 16 and not other.session.library.missing
    assert other.session.bins.given() == at(given, second, moved)
    assert list(other.session.workspace.remarks.verdicts()) == [str(moved / "02.png")]
    other.session.bins.undo.undo()  # the history has gone along, too
    assert str(moved / "02.png") not in other.session.bins.given()
    other.session.bins.undo.redo()
    path, kept = close(other)
    assert kept == at(given, second, moved)
    assert [f.path for f in file.read(path).folders] == [folder, moved]
    assert [len(f.landmarks) for f in file.read(path).folders] == [12, 4]


def test_it_is_found_when_it_is_renamed_under_the_open_window(
    window: MainWindow, settle: Settle, qtbot: QtBot, folder: Path, second: Path
) -> None:
    given, model = window.session.bins.given(), window.gallery.model
    moved = second.rename(second.with_name("renamed"))  # nobody asks to look
    qtbot.waitUntil(lambda: window.session.library.folders == (moved,), timeout=20_000)
    settle(window)
    assert banner(window).startswith("An added folder has moved")
    assert window.session.bins.given() == at(given, second, moved)
    assert not window.session.library.missing and len(window.session.library.files) == 16
    assert model.tile(str(moved / "03.png")).label


def test_both_are_found_when_they_were_moved_together(
    window: MainWindow, make_window: Make, settle: Settle, qtbot: QtBot, folder: Path, second: Path, tmp_path: Path
) -> None:
    path, given = close(window)
    (tmp_path / "a" / "b").mkdir(parents=True)
    first, beside = folder.rename(tmp_path / "a" / "b" / "pictures"), second.rename(tmp_path / "a" / "b" / "more")
    other = make_window()
    other.session.open_workspace(path, first)
    settle(other)
    qtbot.waitUntil(lambda: other.session.library.folders == (beside,), timeout=20_000)
    settle(other)
    assert other.session.bins.given() == at(at(given, folder, first), second, beside)
    assert not other.session.library.missing


def test_one_that_is_not_found_is_named_and_keeps_everything(
    window: MainWindow, make_window: Make, settle: Settle, qtbot: QtBot, folder: Path, second: Path
) -> None:
    path, given = close(window)
    before = file.read(path)
    away = out_of_reach(second)
    shutil.copy2(away / "00.png", folder / "twin.png")  # it does not inherit the answer
    other = opened(make_window, settle, folder)
    qtbot.waitUntil(lambda: "An added folder is gone" in banner(other))
    assert str(second) in banner(other)
    assert other.session.bins.given() == given
    assert other.session.library.missing == {str(second / f"{n:02d}.png") for n in range(3)}
    other.session.bins.add([str(folder / "02.png")])
    path, _ = close(other)
    after = file.read(path)
    assert after.folders[1] == before.folders[1]  # with its landmarks
    assert after.remarks == before.remarks
    assert before.contents.items() <= after.contents.items()

    third = opened(make_window, settle, folder)
    away.rename(second)  # plugged in again, which nobody says
    qtbot.waitUntil(lambda: third.session.library.lost == (), timeout=20_000)
    settle(third)
    assert banner(third) == "" and not third.session.library.missing
    assert len(third.session.library.files) == 17


@pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen
def test_the_person_says_where_it_is(
    window: MainWindow, settle: Settle, qtbot: QtBot, folder: Path, second: Path
) -> None:
    given = window.session.bins.given()
    away = out_of_reach(second)
    qtbot.waitUntil(lambda: "An added folder is gone" in banner(window), timeout=20_000)
    settle(window)
    assert window.banner.buttons[2].text() == "Locate…"
    window.banner.buttons[2].click()
    choose(window, qtbot, folder.parent)
    assert banner(window).startswith("It would be there twice")
    window.shortcuts.actions["locate"].trigger()  # the first folder is where it was: the other one is meant
    choose(window, qtbot, away)
    settle(window)
    assert window.session.library.folders == (away,)
    assert window.session.bins.given() == at(given, second, away)
    assert not window.session.library.missing and len(window.session.library.files) == 16


def test_it_may_lie_in_the_first_folder_now(window: MainWindow, settle: Settle, folder: Path, second: Path) -> None:
    given = window.session.bins.given()
    inside = second.rename(folder / "more")
    window.session.workspace.relocate_further(second, inside)
    settle(window)
    assert window.session.library.folders == ()
    assert window.session.bins.given() == at(given, second, inside)
    assert not window.session.library.missing and len(window.session.library.files) == 16


def test_two_that_are_gone_are_told_of_one_after_another(
    window: MainWindow, settle: Settle, qtbot: QtBot, second: Path, tmp_path: Path
) -> None:
    third = shutil.copytree(second, tmp_path / "third" / "yet more")
    (third / "00.png").unlink()
    window.import_commands.beside.add_folder(third)
    settle(window)
    out_of_reach(second)
    third.rename(tmp_path / ".hidden" / "yet more")
    window.session.reload()
    qtbot.waitUntil(lambda: f"{second} cannot be found" in banner(window), timeout=20_000)
    settle(window)
    window.banner.buttons[1].click()  # do without it
    qtbot.waitUntil(lambda: f"{third} cannot be found" in banner(window), timeout=20_000)
    settle(window)
    assert window.session.library.folders == (third,)
