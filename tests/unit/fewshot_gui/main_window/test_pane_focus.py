"""From part to part with F6; the keyboard after naming a bin; parts that take turns in a low window."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from fewshot_gui.main_window.command import Command
from fewshot_gui.main_window.window import MainWindow
from tests.windows import Make, Settle, dock, open_docks


@pytest.fixture
def window(make_window: Make, settle: Settle, folder: Path, qtbot: QtBot) -> MainWindow:
    """Two bins, everything labelled."""
    window = make_window()
    window.session.open_folder(folder)
    settle(window)
    files = list(window.session.library.files)
    window.session.bins.add(files[:2])
    window.session.bins.add(files[2:4])
    settle(window)
    calm(window, qtbot)
    window.activateWindow()
    window.gallery.view.setFocus()
    return window


def calm(window: MainWindow, qtbot: QtBot) -> None:
    """The strip shows its menus, and the button *Cancel*, which could have the keyboard, has gone."""

    def shown() -> set[str]:
        return {b.text() for b in window.status_bar.findChildren(QToolButton) if b.isVisible()}

    qtbot.waitUntil(lambda: bool(shown()) and "Cancel" not in shown())


def part_with_keyboard(window: MainWindow) -> str:
    focused = QApplication.focusWidget()
    parts: dict[str, QWidget] = {
        "bins": window.bins,
        "gallery": window.gallery,
        "map": dock(window, "map"),
        "inspector": window.inspector,
        "compare": dock(window, "compare"),
        "strip": window.status_bar,
    }
    return next(n for n, p in parts.items() if focused is not None and (p is focused or p.isAncestorOf(focused)))


def test_f6_goes_round_the_parts_in_sight_and_back(window: MainWindow) -> None:
    seen = []
    for _ in range(4):
        QTest.keyClick(window, Qt.Key.Key_F6)
        seen.append(part_with_keyboard(window))
    assert seen == ["inspector", "strip", "bins", "gallery"]
    assert window.gallery.view.hasFocus()
    QTest.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert part_with_keyboard(window) == "bins"


def test_f6_comes_to_panels_that_are_open(window: MainWindow, settle: Settle, qtbot: QtBot) -> None:
    window.resize(1440, 1100)
    window.workbench.toggle(Command.MAP)
    window.workbench.toggle(Command.COMPARE)
    settle(window)
    calm(window, qtbot)
    window.gallery.view.setFocus()
    seen = []
    for _ in range(6):
        QTest.keyClick(window, Qt.Key.Key_F6)
        seen.append(part_with_keyboard(window))
    assert seen == ["map", "inspector", "compare", "strip", "bins", "gallery"]


def test_a_part_keeps_the_place_that_had_the_keyboard_last(window: MainWindow) -> None:
    last = [b for b in window.status_bar.findChildren(QToolButton) if b.isVisible()][-1]
    last.setFocus()
    for _ in range(4):
        QTest.keyClick(window, Qt.Key.Key_F6)
    assert last.hasFocus()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_after_naming_a_bin_the_keyboard_is_back_at_the_tiles(window: MainWindow, qtbot: QtBot, key: Qt.Key) -> None:
    window.labelling_commands.new_bin()
    editor = QApplication.focusWidget()
    assert editor is not None and editor is not window.gallery.view
    QTest.keyClicks(editor, "cats")
    QTest.keyClick(editor, key)
    assert window.gallery.view.hasFocus()
    assert (window.session.bins.find("cats") is not None) == (key == Qt.Key.Key_Return)


def test_closing_the_shelf_gives_the_keyboard_to_the_tiles(window: MainWindow) -> None:
    window.review.strip.set_open(True)
    window.review.shelf.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window.review.shelf.setFocus()
    window.review.strip.set_open(False)
    assert window.gallery.view.hasFocus()


def open_parts(window: MainWindow) -> set[str]:
    return open_docks(window) | ({"shelf"} if not window.review.shelf.isHidden() else set())


@pytest.mark.parametrize(
    ("height", "expected"),
    [(640, {"compare"}), (900, {"quality", "compare"}), (1100, {"shelf", "quality", "compare"})],
)
def test_in_a_low_window_what_was_opened_last_stays(window: MainWindow, height: int, expected: set[str]) -> None:
    window.resize(1024, height)
    window.review.toggle()
    window.workbench.toggle(Command.QUALITY)
    window.workbench.toggle(Command.COMPARE)
    assert open_parts(window) == expected


def test_a_window_made_lower_closes_what_was_opened_first(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1024, 900)
    window.review.toggle()
    window.workbench.toggle(Command.QUALITY)
    assert open_parts(window) == {"shelf", "quality"}
    window.resize(1024, 560)
    qtbot.waitUntil(lambda: open_parts(window) == {"quality"})
