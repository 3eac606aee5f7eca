"""Workspaces that cannot be read, written, or shared: what is told, and that nothing is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from backend.workspace import file, form
from backend.workspace.state import Workspace
from fewshot_gui.main_window.window import MainWindow
from tests.windows import Make, Settle, banner, ids
from tests.workspaces import path_of, saved


def test_a_second_window_is_read_only_until_the_first_is_closed(
    window: MainWindow, make_window: Make, settle: Settle, folder: Path
) -> None:
    window.session.bins.add(ids(window)[:1])
    window.session.bins.add(ids(window)[1:2])
    settle(window)
    window.session.workspace.autosave._write_out()
    other = make_window()
    other.session.open_folder(folder)
    assert banner(other) == "Read-only. Another window has this workspace open. Changes are refused here."
    assert "read-only" in other.windowTitle()
    settle(other)
    assert [other.gallery.model.tile(i).label for i in ids(other)] == [
        window.gallery.model.tile(i).label for i in ids(window)
    ]
    other.gallery.view.choose(ids(other)[5])
    other.labelling_commands.assign(1)
    assert "read-only" in banner(other) and "Another window has this workspace open" in banner(other)
    assert len(other.session.bins.bins()[0].examples) == 1
    assert not other.session.bins.undo.canUndo()
    window.session.bins.rename("Bin 1", "cats")
    window.close()
    assert [b.text() for b in (other.banner.buttons[1], other.banner.buttons[0])] == ["Try again", "Save a copy…"]
    other.banner.buttons[1].click()
    assert other.session.bins.find("cats") is not None
    settle(other)
    other.labelling_commands.assign_to("cats", ids(other)[5:6])
    assert len(other.session.bins.bins()[0].examples) == 2


def test_a_read_only_window_can_go_on_in_a_copy(
    window: MainWindow, make_window: Make, settle: Settle, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window.session.bins.add(ids(window)[:1])
    settle(window)
    window.session.workspace.autosave._write_out()
    other = make_window()
    other.session.open_folder(folder)
    other.session.save_workspace(path_of(window))
    assert "Cannot save there" in banner(other) and "is open in another window" in banner(other)
    other.session.save_workspace(tmp_path / "copy.fewshot")
    qtbot.waitUntil(lambda: "Workspace saved" in banner(other))
    assert str(tmp_path / "copy.fewshot") in banner(other)
    other.session.bins.rename("Bin 1", "cats")
    assert file.read(saved(other, qtbot)).history.now()[0].name == "cats"
    assert path_of(other) == tmp_path / "copy.fewshot"
    assert "read-only" not in other.windowTitle()
    assert file.read(path_of(window)).history.now()[0].name == "Bin 1"


def test_a_folder_that_cannot_be_written_is_the_reason_that_is_told(
    window: MainWindow, make_window: Make, settle: Settle, tmp_path: Path, qtbot: QtBot
) -> None:
    text = saved(window, qtbot).read_bytes()
    path = tmp_path / "closed" / "mine.fewshot"
    path.parent.mkdir()
    path.write_bytes(text)
    file.lock_of(path)._path.mkdir()  # root may write anywhere, but not open a folder for writing
    other = make_window()
    other.session.open_workspace(path)
    settle(other)
    expected = f"Read-only. {path.parent} cannot be written: Is a directory. Changes are refused here."
    assert banner(other) == expected
    other.gallery.view.choose(ids(other)[5])
    other.session.attempt(other.session.bins.add)
    assert "This workspace is read-only" in banner(other) and "cannot be written: Is a directory" in banner(other)
    window.session.save_workspace(path)
    assert "Cannot save there" in banner(window) and "cannot be written: Is a directory" in banner(window)


def test_saving_under_another_name_is_confirmed_once_it_is_done(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "mine.fewshot"
    window.session.save_workspace(path)
    qtbot.waitUntil(lambda: "Workspace saved" in banner(window))
    assert path.is_file() and str(path) in banner(window)
    window.banner.hide()
    window.session.bins.add(ids(window)[:1])
    saved(window, qtbot)
    assert banner(window) == "" or "Your first bin" in banner(window)
    window.session.save_workspace(path)  # under the same name it is asked for, too
    qtbot.waitUntil(lambda: "Workspace saved" in banner(window))


@pytest.mark.parametrize("newer", [False, True])
def test_a_refused_file_is_set_aside_for_the_previous_version(
    window: MainWindow, make_window: Make, settle: Settle, qtbot: QtBot, newer: bool
) -> None:
    window.session.bins.add(ids(window)[:1])
    path = saved(window, qtbot)
    window.session.bins.add(ids(window)[1:2])
    settle(window)
    window.close()
    text = path.read_bytes()
    bad = text.replace(b'"version": 1', b'"version": 7') if newer else text[: len(text) // 2]
    path.write_bytes(bad)
    other = make_window()
    other.session.open_last()
    assert ("newer Fewshot" if newer else "Damaged workspace") in banner(other)
    assert other.session.library.root is None
    assert path.read_bytes() == bad
    other.banner.buttons[0].click()
    settle(other)
    assert len(other.session.bins.bins()) >= 1
    assert [p.read_bytes() for p in path.parent.glob("*.aside-*")] == [bad]


def test_a_workspace_without_a_folder_is_refused_and_the_open_one_goes_on(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "empty.fewshot"
    file.write(other, form.encode(Workspace()))
    text = other.read_bytes()
    window.session.open_workspace(other)
    assert "No folder in the workspace" in banner(window)
    window.session.bins.add(ids(window)[:1])
    assert len(file.read(saved(window, qtbot)).history.now()) == 1
    assert other.read_bytes() == text
    assert path_of(window) != other


def test_without_a_previous_version_nothing_is_offered(make_window: Make, tmp_path: Path) -> None:
    path = tmp_path / "bad.fewshot"
    path.write_text("{}")
    window = make_window()
    window.session.open_workspace(path)
    assert "Damaged workspace" in banner(window)
    assert not window.banner.buttons[0].isVisible()


def test_what_cannot_be_saved_is_told_and_tried_again(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(window, qtbot)
    folder = path.parent
    aside = folder.rename(folder.with_name("aside"))
    folder.write_text("in the way")
    window.session.bins.add(ids(window)[:1])
    qtbot.waitUntil(lambda: "Not saved" in banner(window), timeout=20_000)
    assert window.banner.buttons[0].text() == "Save elsewhere…"
    folder.unlink()
    aside.rename(folder)
    window.session.workspace.autosave._save()
    qtbot.waitUntil(lambda: "Saved again" in banner(window), timeout=20_000)
    assert len(file.read(path).history.now()) == 1


@pytest.fixture
def stuck(window: MainWindow, qtbot: QtBot) -> Iterator[MainWindow]:
    """A window with a bin that cannot be saved; at the end it can."""
    folder = saved(window, qtbot).parent
    aside = folder.rename(folder.with_name("aside"))
    folder.write_text("in the way")
    window.session.bins.add(ids(window)[:1])
    qtbot.waitUntil(lambda: "Not saved" in banner(window), timeout=20_000)
    yield window
    folder.unlink()
    aside.rename(folder)


def test_what_cannot_be_saved_is_told_until_the_person_closes_the_message(stuck: MainWindow, qtbot: QtBot) -> None:
    autosave = stuck.session.workspace.autosave
    stuck.banner.hint("Something else")
    stuck.banner.hide()
    autosave._save()
    qtbot.waitUntil(lambda: "Not saved" in banner(stuck), timeout=20_000)
    stuck.banner._close.click()
    with qtbot.waitSignal(autosave.save_failed, timeout=20_000):
        autosave._save()
    assert banner(stuck) == ""
    assert stuck.session.workspace.remarks.now().closed == ()


def test_a_window_with_unsaved_work_does_not_close_unasked(stuck: MainWindow) -> None:
    stuck.close()
    assert stuck.isVisible()
    assert "would be lost" in banner(stuck)
    assert [b.text() for b in stuck.banner.buttons[:2]] == [
        "Save elsewhere…",
        "Close without saving",
    ]
    stuck.banner.buttons[1].click()
    assert not stuck.isVisible()


def test_another_folder_does_not_take_the_place_of_unsaved_work(
    stuck: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    root = stuck.session.library.root
    stuck.session.open_folder(other)
    assert stuck.session.library.root == root
    assert len(stuck.session.bins.bins()) == 1
    assert "would be lost" in banner(stuck)
    elsewhere = tmp_path / "elsewhere.fewshot"
    stuck.session.save_workspace(elsewhere)
    qtbot.waitUntil(elsewhere.exists, timeout=20_000)
    stuck.session.open_folder(other)
    assert stuck.session.library.root == other
    assert len(file.read(elsewhere).history.now()) == 1
