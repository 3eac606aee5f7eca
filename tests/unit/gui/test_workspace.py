"""What a person has done with a folder outlives the window."""

import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from backend.jobs import Demo
from backend.models.store import default_model
from backend.workspace import file, form, places
from backend.workspace.state import View, Workspace, images_of
from fewshot_gui import settings
from fewshot_gui.gallery.arrangement import Filter, Order
from fewshot_gui.window import MainWindow

Make = Callable[[], MainWindow]
Settle = Callable[[MainWindow], None]
PROMISE_S = 2.0
"""A change is on the disk after so long."""


@pytest.fixture
def window(make_window: Make, settle: Settle, folder: Path) -> MainWindow:
    """A window with the folder open, at rest."""
    made = make_window()
    made.session.open_folder(folder)
    settle(made)
    return made


def ids(window: MainWindow) -> list[str]:
    return list(window.session.library.files)


def banner(window: MainWindow) -> str:
    return window.banner.accessibleName() if window.banner.isVisible() else ""


def path_of(window: MainWindow) -> Path:
    path = window.session.desk.keeper.path
    assert path is not None
    return path


def saved(window: MainWindow, qtbot: QtBot) -> Path:
    """The workspace file, once everything is in it."""
    keeper = window.session.desk.keeper
    qtbot.waitUntil(lambda: not keeper.pending() and not window.session.worker.busy(), timeout=20_000)
    return path_of(window)


def work(window: MainWindow, settle: Settle) -> None:
    """Something of everything."""
    images, bins = ids(window), window.session.bins
    bins.add(images[:2])
    bins.add(images[2:4])
    bins.add(images[4:5])
    bins.rename("Bin 2", "dogs")
    bins.reject({images[7]: "Bin 1"})
    bins.switch("Bin 3")
    bins.move("Bin 3", -2)
    bins.take_out(images[1:2])
    bins.undo.undo()
    settle(window)


def test_a_change_is_on_the_disk_within_two_seconds(window: MainWindow, qtbot: QtBot) -> None:
    saved(window, qtbot)
    window.session.bins.add(ids(window)[:1])
    start = time.monotonic()
    qtbot.waitUntil(lambda: bool(file.read(path_of(window)).history.now()), timeout=20_000)
    assert time.monotonic() - start < PROMISE_S
    qtbot.waitUntil(lambda: all(c.hash for c in file.read(path_of(window)).contents.values()), timeout=20_000)
    assert len(list(places.workspaces().glob("*.fewshot"))) == 1


def test_everything_is_there_when_the_folder_is_opened_again(
    window: MainWindow, make_window: Make, settle: Settle, folder: Path, qtbot: QtBot
) -> None:
    work(window, settle)
    history = window.session.bins.history()
    window.resize(700, 500)
    window.gallery.toolbar.set_order(Order.CONFIDENT)
    window.gallery.toolbar.restore(Order.CONFIDENT, Filter.OPEN, "", "0")
    bar = window.gallery.view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum() // 2)
    view = window.view_state.capture()
    assert view.offset or view.anchor != window.gallery.model.ids()[0]
    labels = [window.gallery.model.tile(i).label for i in ids(window)]
    window.close()

    other = make_window()
    other.resize(700, 500)
    other.session.open_folder(folder)
    assert other.session.bins.history() == history  # at once, before anything is listed
    settle(other)
    assert other.session.bins.history() == history
    assert [other.gallery.model.tile(i).label for i in ids(other)] == labels
    qtbot.waitUntil(lambda: other.view_state.capture() == view, timeout=10_000)
    assert other.gallery.toolbar._find.text() == "0"
    other.session.bins.undo.redo()
    assert other.session.bins.owner(ids(other)[1]) is None


def test_the_order_ask_me_first_comes_back(
    make_window: Make, settle: Settle, drawn: Demo, tmp_path: Path, qtbot: QtBot
) -> None:
    root = tmp_path / "many"
    shutil.copytree(drawn.folder, root)
    window = make_window()
    window.session.open_folder(root, drawn.examples)
    settle(window)
    window.gallery.toolbar.set_order(Order.ASK)
    settle(window)
    view = window.gallery.view
    view.verticalScrollBar().setValue(777)
    shown, before = window.view_state.capture(), window.gallery.model.ids()
    window.close()
    for _ in range(2):  # the second time from the cache
        other = make_window()
        other.session.open_folder(root)
        settle(other)
        qtbot.waitUntil(partial(comes_back, other, before, shown), timeout=20_000)
        other.close()


def comes_back(window: MainWindow, rows: list[str], view: View) -> bool:
    return window.gallery.model.ids() == rows and window.view_state.capture() == view


def test_the_next_start_opens_what_was_open_last(window: MainWindow, make_window: Make, folder: Path) -> None:
    window.session.bins.add(ids(window)[:1])
    window.close()
    other = make_window()
    other.session.open_last()
    assert other.session.library.root == folder
    assert len(other.session.bins.bins()) == 1
    other.close()
    path_of(other).unlink()
    third = make_window()
    third.session.open_last()
    assert third.session.library.root is None
    assert third.welcome.isVisible()


def test_model_and_method_come_back_and_one_that_is_gone_gives_way(
    window: MainWindow, make_window: Make, settle: Settle, folder: Path, qtbot: QtBot
) -> None:
    window.session.host.choose(method="matching")
    settle(window)
    path = saved(window, qtbot)
    window.close()
    other = make_window()
    other.session.open_folder(folder)
    settle(other)
    assert other.session.host.engine is not None
    assert other.session.host.engine.method == "matching"
    other.close()
    file.write(path, form.encode(replace(file.read(path), model="one that was deleted")))
    third = make_window()
    third.session.open_workspace(path)
    settle(third)
    assert third.session.host.engine is not None
    assert third.session.host.engine.model == default_model()
    assert "one that was deleted" in banner(third)


def test_answers_follow_renamed_images_and_leave_replaced_ones(
    window: MainWindow, make_window: Make, settle: Settle, folder: Path, drawn: Demo, qtbot: QtBot
) -> None:
    a, b, c = ids(window)[:3]
    window.session.bins.add([a, b])
    window.session.bins.add([c])
    settle(window)
    (folder / "sub").mkdir()
    Path(a).rename(folder / "sub" / "renamed.png")
    shutil.copyfile(sorted(drawn.folder.glob("*.png"))[60], b)
    window.session.reload()
    settle(window)
    check_followed(window, folder, Path(b), qtbot)
    window.close()
    other = make_window()
    other.session.open_folder(folder)
    settle(other)
    check_followed(other, folder, Path(b), qtbot)


def check_followed(window: MainWindow, folder: Path, replaced: Path, qtbot: QtBot) -> None:
    bins = window.session.bins
    owner = bins.owner(str(folder / "sub" / "renamed.png"))
    assert owner is not None and owner.name == "Bin 1"
    assert bins.owner(str(replaced)) is None
    assert len(owner.examples) == 2  # the one whose image is gone waits
    assert len(window.session.library.missing) == 1
    assert "Answers without their images: 1" in banner(window)
    card = window.bins.card("Bin 1")
    assert card is not None
    qtbot.waitUntil(lambda: "not in the folder" in card._hint.text())


def test_undo_goes_on_with_images_that_have_moved_meanwhile(
    window: MainWindow, make_window: Make, settle: Settle, folder: Path
) -> None:
    window.session.bins.add(ids(window)[:1])
    window.session.bins.take_out(ids(window)[:1])
    settle(window)
    window.close()
    new = Path(ids(window)[0]).rename(folder / "zz.png")
    other = make_window()
    other.session.open_folder(folder)
    settle(other)
    other.session.bins.undo.undo()
    assert other.session.bins.owner(str(new)) is not None


def test_a_folder_that_was_renamed_is_found_and_its_answers_go_along(
    window: MainWindow, make_window: Make, settle: Settle, folder: Path, qtbot: QtBot
) -> None:
    work(window, settle)
    path = saved(window, qtbot)
    window.close()
    new = folder.rename(folder.with_name("another name"))
    other = make_window()
    other.session.open_workspace(path)
    qtbot.waitUntil(lambda: other.session.library.root == new, timeout=20_000)
    settle(other)
    assert {Path(i).parent for i in images_of(other.session.bins.bins())} == {new}
    assert not other.session.library.missing
    assert all(i in other.session.library.files for i in images_of(other.session.bins.bins()))
    assert str(new) in banner(other)
    assert file.read(saved(other, qtbot)).folders[0].path == new


def test_a_folder_that_is_renamed_under_the_window_is_asked_for(
    window: MainWindow, settle: Settle, folder: Path, qtbot: QtBot
) -> None:
    work(window, settle)
    saved(window, qtbot)
    new = folder.rename(folder.with_name("away"))
    window.session.reload()
    qtbot.waitUntil(lambda: window.banner._other.text() == "Use “away”", timeout=20_000)
    assert window.banner._act.text() == "Retry"
    window.banner._other.click()
    settle(window)
    assert window.session.library.root == new
    assert not window.session.library.missing


def test_an_unplugged_disk_loses_nothing_and_saves_nothing_as_missing(
    window: MainWindow, make_window: Make, settle: Settle, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    work(window, settle)
    path = saved(window, qtbot)
    before = file.read(path)
    away = tmp_path / "deep" / "deeper" / "shelf"
    away.mkdir(parents=True)
    folder.rename(away / "disk")
    window.session.reload()
    settle(window)
    assert window.banner._act.text() == "Retry"
    window.session.bins.rename("Bin 1", "cats")
    after = file.read(saved(window, qtbot))
    assert after.contents == before.contents
    assert images_of(after.history.now()) == images_of(before.history.now())
    window.close()
    other = make_window()
    other.session.open_workspace(path)
    qtbot.waitUntil(other.banner.isVisible, timeout=20_000)
    assert len(other.session.bins.bins()) == 3
    (away / "disk").rename(folder)
    other.banner._act.click()
    settle(other)
    assert not other.session.library.missing
    assert other.session.bins.find("cats") is not None
    assert len(ids(other)) == 12


def test_a_second_window_is_read_only_until_the_first_is_closed(
    window: MainWindow, make_window: Make, settle: Settle, folder: Path
) -> None:
    window.session.bins.add(ids(window)[:1])
    window.session.bins.add(ids(window)[1:2])
    settle(window)
    window.session.desk.keeper._write_out()
    other = make_window()
    other.session.open_folder(folder)
    assert "Read-only" in banner(other)
    assert "read-only" in other.windowTitle()
    settle(other)
    assert [other.gallery.model.tile(i).label for i in ids(other)] == [
        window.gallery.model.tile(i).label for i in ids(window)
    ]
    other.gallery.view.choose(ids(other)[5])
    other.answers.assign(1)
    assert "read-only" in banner(other)
    assert len(other.session.bins.bins()[0].examples) == 1
    assert not other.session.bins.undo.canUndo()
    window.session.bins.rename("Bin 1", "cats")
    window.close()
    other.session.desk.reopen()
    assert other.session.bins.find("cats") is not None
    settle(other)
    other.answers.assign_to("cats", ids(other)[5:6])
    assert len(other.session.bins.bins()[0].examples) == 2


def test_a_read_only_window_can_go_on_in_a_copy(
    window: MainWindow, make_window: Make, settle: Settle, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window.session.bins.add(ids(window)[:1])
    settle(window)
    window.session.desk.keeper._write_out()
    other = make_window()
    other.session.open_folder(folder)
    other.session.save_workspace(path_of(window))
    assert "Cannot save there" in banner(other)
    other.session.save_workspace(tmp_path / "copy.fewshot")
    other.session.bins.rename("Bin 1", "cats")
    assert file.read(saved(other, qtbot)).history.now()[0].name == "cats"
    assert path_of(other) == tmp_path / "copy.fewshot"
    assert "read-only" not in other.windowTitle()
    assert file.read(path_of(window)).history.now()[0].name == "Bin 1"


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
    other.banner._act.click()
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


def test_a_workspace_beside_its_folder_travels_with_it(
    make_window: Make, settle: Settle, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    folder = folder.rename(disk / "pictures")
    window = make_window()
    window.session.open_workspace(disk / "mine.fewshot", folder)
    settle(window)
    window.session.bins.add(ids(window)[:1])
    saved(window, qtbot)
    window.close()
    (tmp_path / "a" / "b" / "c").mkdir(parents=True)
    moved = disk.rename(tmp_path / "a" / "b" / "c" / "mount")
    other = make_window()
    other.session.open_workspace(moved / "mine.fewshot")
    qtbot.waitUntil(lambda: other.session.library.root == moved / "pictures", timeout=20_000)
    settle(other)
    assert not other.session.library.missing
    assert other.session.bins.owner(ids(other)[0]) is not None


def test_without_a_previous_version_nothing_is_offered(make_window: Make, tmp_path: Path) -> None:
    path = tmp_path / "bad.fewshot"
    path.write_text("{}")
    window = make_window()
    window.session.open_workspace(path)
    assert "Damaged workspace" in banner(window)
    assert not window.banner._act.isVisible()


def test_what_cannot_be_saved_is_told_and_tried_again(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(window, qtbot)
    folder = path.parent
    aside = folder.rename(folder.with_name("aside"))
    folder.write_text("in the way")
    window.session.bins.add(ids(window)[:1])
    qtbot.waitUntil(lambda: "Not saved" in banner(window), timeout=20_000)
    assert window.banner._act.text() == "Save elsewhere…"
    folder.unlink()
    aside.rename(folder)
    window.session.desk.keeper._save()
    qtbot.waitUntil(lambda: "Saved again" in banner(window), timeout=20_000)
    assert len(file.read(path).history.now()) == 1


def test_examples_from_the_command_line_can_be_undone_to_what_was_there(
    window: MainWindow, make_window: Make, settle: Settle, folder: Path, drawn: Demo
) -> None:
    window.session.bins.add(ids(window)[:1])
    before = window.session.bins.bins()
    settle(window)
    window.close()
    other = make_window()
    other.session.open_folder(folder, drawn.examples)
    settle(other)
    assert len(other.session.bins.bins()) == 20
    other.session.bins.undo.undo()
    assert other.session.bins.bins() == before


def test_the_demonstration_is_not_kept(make_window: Make, settle: Settle) -> None:
    window = make_window()
    window.session.open_demo()
    settle(window)
    window.session.bins.rename("character 01", "x")
    assert window.session.desk.keeper.path is None
    window.close()
    assert not places.workspaces().exists()
    assert settings.last_workspace() is None


def test_a_workspace_for_a_folder_can_be_begun_anywhere(
    make_window: Make, settle: Settle, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "mine.fewshot"
    window = make_window()
    window.session.open_workspace(path, folder)
    settle(window)
    window.session.bins.add(ids(window)[:1])
    assert saved(window, qtbot) == path
    window.close()
    other = make_window()
    other.session.open_workspace(path)
    settle(other)
    assert other.session.library.root == folder
    assert len(other.session.bins.bins()) == 1
