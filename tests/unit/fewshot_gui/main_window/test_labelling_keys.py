"""The loop by keys: digits wherever they are on the keyboard, the preview, the palette of bins."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fewshot_gui.main_window.digit_keys import digit_at
from fewshot_gui.main_window.window import MainWindow
from tests.windows import Make, Settle, ids, press, with_two_bins


@pytest.fixture
def window(make_window: Make, settle: Settle, folder: Path) -> MainWindow:
    return with_two_bins(make_window, settle, folder)


def type_at(window: MainWindow, key: Qt.Key, keys: Qt.KeyboardModifier, code: int, text: str = "") -> None:
    """A key as the system's window gets it, with the place of the key on the keyboard."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(window.windowHandle(), QKeyEvent(kind, key, keys, code, 0, 0, text))


def test_digits_go_by_their_place_on_the_keyboard(window: MainWindow) -> None:
    view, bins = window.gallery.view, window.session.bins
    none, shift = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
    pad = Qt.KeyboardModifier.KeypadModifier
    view.choose(ids(window)[4])
    type_at(window, Qt.Key.Key_Eacute, none, 11, "é")  # the 2 of a French keyboard
    assert bins.owner(ids(window)[4]) == bins.bins()[1]
    view.choose(ids(window)[5])
    type_at(window, Qt.Key.Key_1, pad, 87, "1")
    assert bins.owner(ids(window)[5]) == bins.bins()[0]
    view.choose(ids(window)[6])
    type_at(window, Qt.Key.Key_End, shift | pad, 87)  # Shift and the keypad's 1
    assert bins.rejected()[ids(window)[6]] == frozenset({"Bin 1"})
    type_at(window, Qt.Key.Key_End, pad, 87)  # without Num Lock it moves about
    assert bins.owner(ids(window)[6]) is None


def test_while_typing_digits_are_digits(window: MainWindow) -> None:
    window.gallery.view.choose(ids(window)[4])
    window.gallery.toolbar.start_finding()
    type_at(window, Qt.Key.Key_Eacute, Qt.KeyboardModifier.NoModifier, 11, "é")
    assert window.session.bins.owner(ids(window)[4]) is None
    assert window.gallery.toolbar._find.text() == "é"


@pytest.mark.parametrize(("platform", "code"), [("linux", 12), ("win32", 4)])
def test_each_platform_has_its_own_codes(platform: str, code: int) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_QuoteDbl, Qt.KeyboardModifier.NoModifier, code, 20, 0, '"')
    assert digit_at(event, platform) == 3
    assert digit_at(event, "darwin") == 3


def test_space_previews_with_zoom_and_the_loop_goes_on(window: MainWindow, settle: Settle) -> None:
    viewer, view = window.preview_commands.viewer, window.gallery.view
    view.choose(ids(window)[3])
    press(window, Qt.Key.Key_Space)
    settle(window)
    assert viewer.isVisible() and "03.png" in viewer.accessibleName()
    fitted = viewer.zoom()
    QTest.keyClick(viewer, Qt.Key.Key_Plus)
    assert viewer.zoom() == pytest.approx(fitted * 1.25)
    QTest.keyClick(viewer, Qt.Key.Key_Z)
    assert viewer.zoom() == pytest.approx(fitted)
    QTest.keyClick(viewer, Qt.Key.Key_Z)
    assert viewer.zoom() == 1.0
    at = QPointF(200, 200)
    wheel = QWheelEvent(
        at, at, QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(viewer, wheel)
    assert viewer.zoom() == pytest.approx(1.25**2)
    QTest.keyClick(viewer, Qt.Key.Key_Right)
    settle(window)
    assert "04.png" in viewer.accessibleName()
    assert viewer.zoom() == pytest.approx(fitted)
    QTest.keyClick(viewer, Qt.Key.Key_Return)
    assert window.session.bins.owner(ids(window)[4]) is not None
    assert "05.png" in viewer.accessibleName()
    QTest.keyClick(viewer, Qt.Key.Key_Space)
    assert not viewer.isVisible()
    assert view.hasFocus()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_beyond_nine_bins_a_palette_is_filtered_by_typing(full: MainWindow) -> None:
    palette = full.bin_commands.palette
    full.gallery.view.choose(ids(full)[0])
    full.shortcuts.actions["assign_any"].trigger()
    assert len(palette.names()) == 20
    QTest.keyClicks(palette._field, "er 1")
    assert palette.names()[0] == "character 10"
    QTest.keyClick(palette._field, Qt.Key.Key_Down)
    QTest.keyClick(palette._field, Qt.Key.Key_Return)
    owner = full.session.bins.owner(ids(full)[0])
    assert owner is not None and owner.name == "character 11"
    full.shortcuts.actions["reject_any"].trigger()
    QTest.keyClicks(palette._field, "no such bin")
    QTest.keyClick(palette._field, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert full.session.bins.rejected() == {}
