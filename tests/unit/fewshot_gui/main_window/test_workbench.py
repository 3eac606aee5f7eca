"""Panels in dock widgets: which are open, where, and what the menus say of them."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, Qt
from pytestqt.qtbot import QtBot

from fewshot_gui import settings
from fewshot_gui.gallery.tile_delegate import CELL
from fewshot_gui.main_window.window import MainWindow
from tests.windows import Make, Settle, close_by_mouse, dock, open_docks, opened

Area = Qt.DockWidgetArea


def test_two_plots_take_turns_and_keep_the_height(window: MainWindow, qtbot: QtBot) -> None:
    actions = window.shortcuts.actions
    actions["quality"].trigger()
    height = dock(window, "quality").height()
    assert actions["quality"].isChecked() and not actions["map"].isChecked()
    actions["map"].trigger()
    assert open_docks(window) == {"map"}
    assert actions["map"].isChecked() and not actions["quality"].isChecked()
    qtbot.waitUntil(lambda: dock(window, "map").height() == height)
    close_by_mouse(dock(window, "map"))
    assert open_docks(window) == set() and not actions["map"].isChecked()


def test_plots_in_different_areas_are_seen_together(window: MainWindow) -> None:
    window.resize(1600, 1000)
    window.shortcuts.actions["map"].trigger()
    window.workbench.addDockWidget(Area.RightDockWidgetArea, dock(window, "map"))
    window.shortcuts.actions["quality"].trigger()
    assert open_docks(window) == {"map", "quality"}


def test_docks_are_where_they_were(make_window: Make, settle: Settle, folder: Path) -> None:
    first = opened(make_window, settle, folder)
    first.shortcuts.actions["map"].trigger()
    first.workbench.addDockWidget(Area.RightDockWidgetArea, dock(first, "map"))
    settle(first)
    first.close()
    second = opened(make_window, settle, folder)
    assert open_docks(second) == {"map"}
    assert second.workbench.dockWidgetArea(dock(second, "map")) == Area.RightDockWidgetArea


@pytest.mark.parametrize("kept", [b"", b"nonsense", bytes(range(256))])
def test_a_layout_that_cannot_be_read_is_passed_over(
    make_window: Make, settle: Settle, folder: Path, kept: bytes
) -> None:
    settings.DOCKS.set(QByteArray(kept))
    assert open_docks(opened(make_window, settle, folder)) == set()


def test_a_narrow_window_gives_a_panel_its_whole_width(window: MainWindow, qtbot: QtBot) -> None:
    compare = dock(window, "compare")
    window.shortcuts.actions["compare"].trigger()
    qtbot.waitUntil(lambda: compare.x() >= window.bins.width())
    window.resize(1024, 640)
    qtbot.waitUntil(lambda: compare.width() == window.workbench.width())


def test_five_columns_fit_into_the_first_window(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.gallery.view.viewport().width() > 5 * CELL.width())


def test_a_panel_has_its_height_where_another_part_closes_for_it(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1024, 640)
    window.review.toggle()
    window.shortcuts.actions["quality"].trigger()
    assert window.review.shelf.isHidden()
    qtbot.waitUntil(lambda: dock(window, "quality").height() > window.height() * 2 // 5)
