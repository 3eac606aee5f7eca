"""What a person has done with a folder outlives the window."""

import shutil
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

from pytestqt.qtbot import QtBot

from backend.jobs.demo_set import Demo
from backend.models.store import default_model
from backend.workspace import file, form, places
from backend.workspace.state import View
from fewshot_gui import settings
from fewshot_gui.gallery.row_order import Filter, Order
from fewshot_gui.main_window.window import MainWindow
from tests.windows import Make, Settle, banner, ids
from tests.workspaces import path_of, saved, work

PROMISE_S = 2.0
"""A change is on the disk after so long."""


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
    window.gallery.view.doItemsLayout()
    assert bar.maximum() > 0
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
    assert third.welcome_page.isVisible()


def test_model_and_method_come_back_and_one_that_is_gone_gives_way(
    window: MainWindow, make_window: Make, settle: Settle, folder: Path, qtbot: QtBot
) -> None:
    window.session.engine_host.choose(method="matching")
    settle(window)
    path = saved(window, qtbot)
    window.close()
    other = make_window()
    other.session.open_folder(folder)
    settle(other)
    assert other.session.engine_host.engine is not None
    assert other.session.engine_host.engine.method == "matching"
    other.close()
    file.write(path, form.encode(replace(file.read(path), model="one that was deleted")))
    third = make_window()
    third.session.open_workspace(path)
    settle(third)
    assert third.session.engine_host.engine is not None
    assert third.session.engine_host.engine.model == default_model()
    assert "one that was deleted" in banner(third)


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
    assert window.session.workspace.autosave.path is None
    window.close()
    assert not places.workspaces().exists()
    assert settings.WORKSPACE.get() is None


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
