"""Larger and smaller tiles, full screen, and a window that is divided as it was."""

from pathlib import Path

from PySide6.QtCore import QMargins, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fewshot_gui.gallery.tile_size import SIZES
from fewshot_gui.main_window.window import MainWindow
from fewshot_gui.startup.initial_geometry import fitted
from fewshot_gui.style.picture_size import PICTURE
from tests.windows import Make, Settle, dock, drag_separator, ids, opened

CTRL = Qt.KeyboardModifier.ControlModifier


def turn(window: MainWindow, by: int, keys: Qt.KeyboardModifier = CTRL) -> None:
    place, button = QPointF(50, 50), Qt.MouseButton.NoButton
    event = QWheelEvent(place, place, QPoint(), QPoint(0, by), button, keys, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(window.gallery.view.viewport(), event)


def height(window: MainWindow) -> int:
    return window.gallery.view.gridSize().height()


def test_ctrl_and_the_wheel_and_keys_and_the_slider_set_one_size(full: MainWindow) -> None:
    usual, size = height(full), full.gallery.tile_size
    turn(full, 120)
    assert height(full) > usual
    turn(full, -60)
    turn(full, -60)  # a touchpad's halves
    assert height(full) == usual
    for key, smaller in ((Qt.Key.Key_Plus, False), (Qt.Key.Key_0, None), (Qt.Key.Key_Minus, True)):
        QTest.keyClick(full.gallery.view, key, CTRL)
        assert smaller is None or (height(full) < usual) is smaller
    full.gallery.toolbar._slider.setValue(0)
    assert size.side == SIZES[0]
    turn(full, -120)
    assert size.side == SIZES[0]
    size.reset()
    assert full.gallery.toolbar._slider.value() == SIZES.index(PICTURE)


def test_the_wheel_alone_scrolls(full: MainWindow) -> None:
    turn(full, -120, Qt.KeyboardModifier.NoModifier)
    assert full.gallery.view.verticalScrollBar().value() > 0
    assert full.gallery.tile_size.side == PICTURE


def test_the_current_tile_stays_in_sight(full: MainWindow) -> None:
    image = ids(full)[60]
    full.gallery.view.choose(image)
    for place in (0, len(SIZES) - 1, 3):
        full.gallery.tile_size.put(place)
        assert image in full.gallery.view.visible_ids()


def test_sizes_are_kept(make_window: Make, settle: Settle, folder: Path, qtbot: QtBot) -> None:
    first = opened(make_window, settle, folder)
    first.gallery.tile_size.larger()
    side = QPoint(first.bins.width(), 200)
    drag_separator(first, side, side + QPoint(40, 0))
    first.shortcuts.actions["trunks"].trigger()
    top = dock(first, "trunks").geometry().topLeft() - QPoint(-200, 1)
    drag_separator(first, top, top - QPoint(0, 60))
    chosen = first.bins.width(), dock(first, "trunks").height()
    assert chosen[0] == side.x() + 40
    first.shortcuts.actions["trunks"].trigger()
    qtbot.waitUntil(lambda: not first.session.worker.busy(), timeout=60_000)
    first.close()

    second = opened(make_window, settle, folder)
    assert second.gallery.tile_size.side == first.gallery.tile_size.side != PICTURE
    second.shortcuts.actions["trunks"].trigger()
    assert (second.bins.width(), dock(second, "trunks").height()) == chosen
    qtbot.waitUntil(lambda: not second.session.worker.busy(), timeout=60_000)


def test_f11_is_the_full_screen_and_back(window: MainWindow) -> None:
    before = window.size()
    window.shortcuts.actions["full_screen"].trigger()
    assert window.isFullScreen()
    window.shortcuts.actions["full_screen"].trigger()
    assert not window.isFullScreen()
    assert window.size() == before


def test_a_new_window_fits_with_its_frame() -> None:
    frame, wanted = QMargins(4, 40, 4, 4), QSize(1440, 900)
    large = fitted(wanted, QRect(0, 30, 2560, 1400), frame)
    assert large.size() == wanted
    small = QRect(0, 30, 1366, 738)
    place = fitted(wanted, small, frame)
    assert small.contains(place.marginsAdded(frame))
    assert place.marginsAdded(frame) == small
