"""Where the keyboard is once something closes, what Escape does, and which commands work while somebody types."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from fewshot_gui.gallery.row_order import Filter, Order
from fewshot_gui.main_window.window import MainWindow
from tests.windows import Make, Settle, dock, ids, press, with_two_bins

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(make_window: Make, settle: Settle, folder: Path, qtbot: QtBot) -> MainWindow:
    made = with_two_bins(make_window, settle, folder)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def focus() -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def enter(window: MainWindow) -> None:
    QTest.keyClick(focus(), Qt.Key.Key_Return)


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


# The keyboard comes back ---------------------------------------------------------------------------------------


def test_a_message_that_closes_gives_the_keyboard_to_the_gallery(window: MainWindow) -> None:
    view, bins = window.gallery.view, window.session.bins
    for close in (window.banner._close, window.banner.buttons[0]):
        window.banner.hint("Title", "Text", "Do it", None)
        close.setFocus()
        click(close)
        assert focus() is view
    window.banner.hint("Title", "Text", "Do it", None)
    window.banner.buttons[0].setFocus()
    window.banner.hide()  # it is out of date
    view.choose(ids(window)[5])
    enter(window)
    assert (len(bins.bins()), bins.answered(ids(window)[5])) == (2, True)


def test_after_naming_a_new_bin_enter_confirms_and_makes_no_further_bin(window: MainWindow) -> None:
    click(window.bins._new)  # the button has the keyboard as the name is asked for
    QTest.keyClicks(focus(), "cats")
    enter(window)
    assert focus() is window.gallery.view
    window.gallery.view.choose(ids(window)[5])
    enter(window)
    assert [b.name for b in window.session.bins.bins()] == ["Bin 1", "Bin 2", "cats"]
    assert window.session.bins.answered(ids(window)[5])


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_renaming_by_keys_leaves_the_keyboard_at_the_bin(window: MainWindow, key: Qt.Key) -> None:
    card = window.bins.card("Bin 2")
    assert card is not None
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_F2)
    QTest.keyClick(focus(), key)
    assert focus() is card


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_palette_gives_the_keyboard_to_the_gallery(window: MainWindow) -> None:
    palette = window.bin_commands.palette
    window.gallery.view.choose(ids(window)[5])
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        window.bins._new.setFocus()
        window.shortcuts.actions["assign_any"].trigger()
        QTest.keyClick(palette._field, key)
        assert not palette.isVisible()
        assert window.focusWidget() is window.gallery.view
    assert window.session.bins.answered(ids(window)[5])
    assert len(window.session.bins.bins()) == 2


def test_panels_and_bars_that_close_give_it_too(window: MainWindow) -> None:
    assert window.precision.start(window.gallery.model.label_of(ids(window)[5])[0])
    window.precision._done.setFocus()
    click(window.precision._done)
    assert focus() is window.gallery.view
    window.shortcuts.actions["compare"].trigger()
    assert dock(window, "compare").isAncestorOf(focus())
    dock(window, "compare").close()
    assert focus() is window.gallery.view


def test_where_a_filter_leaves_nothing_no_button_gets_the_keyboard(window: MainWindow) -> None:
    window.gallery.toolbar.start_finding()
    QTest.keyClicks(focus(), "05")
    window.gallery.take_focus()
    window.gallery.model.search("no such image")
    assert focus() is window.gallery._empty
    enter(window)
    assert len(window.session.bins.bins()) == 2


# The name's field ----------------------------------------------------------------------------------------------


def test_a_new_bin_is_named_in_sight(full: MainWindow, qtbot: QtBot) -> None:
    for count in (21, 22):
        full.shortcuts.actions["new_bin"].trigger()
        editor = full.bins._cards[-1].editor()
        assert len(full.bins._cards) == count
        viewport = full.bins._scroll.viewport()

        def in_sight(editor: QWidget = editor, viewport: QWidget = viewport) -> bool:
            place = editor.mapTo(viewport, QPoint())
            return viewport.rect().contains(editor.rect().translated(place))

        qtbot.waitUntil(in_sight)
        QTest.keyClick(editor, Qt.Key.Key_Return)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_commands_work_while_a_name_is_edited_or_searched_for(window: MainWindow) -> None:
    window.shortcuts.actions["new_bin"].trigger()
    exports(window)
    find = window.gallery.toolbar._find
    window.gallery.toolbar.start_finding()
    QTest.keyClicks(find, "05")
    QTest.keyClick(find, Qt.Key.Key_A, CONTROL)  # of the text
    assert find.selectedText() == "05"
    exports(window, find)
    assert find.text() == "05"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_command_ends_the_choice_of_a_bin(window: MainWindow) -> None:
    window.gallery.view.choose(ids(window)[5])
    window.shortcuts.actions["assign_any"].trigger()
    exports(window, window.bin_commands.palette._field)
    assert not window.bin_commands.palette.isVisible()
    window.shortcuts.actions["assign_any"].trigger()
    QTest.keyClick(window.bin_commands.palette._field, Qt.Key.Key_J, CONTROL)  # no command
    assert window.bin_commands.palette.isVisible()
    window.bin_commands.palette.hide()


def exports(window: MainWindow, field: QWidget | None = None) -> None:
    """Ctrl+E asks where to."""
    QTest.keyClick(field or focus(), Qt.Key.Key_E, CONTROL)
    dialog = next((d for d in window.findChildren(QFileDialog) if d.isVisible()), None)
    assert dialog is not None
    dialog.close()
    window.activateWindow()


# Escape --------------------------------------------------------------------------------------------------------


def test_escape_closes_the_message_then_ends_the_search_then_leaves_the_field(window: MainWindow) -> None:
    find = window.gallery.toolbar._find
    window.gallery.toolbar.start_finding()
    QTest.keyClicks(find, "05")
    window.banner.hint("Title")
    QTest.keyClick(find, Qt.Key.Key_Escape)
    assert (window.banner.isVisible(), find.text()) == (False, "05")
    QTest.keyClick(find, Qt.Key.Key_Escape)
    assert (find.text(), len(window.gallery.model.ids())) == ("", 12)
    assert focus() is find
    QTest.keyClick(find, Qt.Key.Key_Escape)
    assert focus() is window.gallery.view


def test_escape_does_the_same_among_the_tiles(window: MainWindow) -> None:
    window.gallery.toolbar._find.setText("05")
    window.banner.hint("Title")
    press(window, Qt.Key.Key_Escape)
    assert not window.banner.isVisible()
    press(window, Qt.Key.Key_Escape)
    assert window.gallery.model.text == ""


def test_a_key_is_meant_for_the_tile_with_the_ring(window: MainWindow) -> None:
    view, bins = window.gallery.view, window.session.bins
    view.clearFocus()
    view.selectionModel().clear()
    view.setFocus()
    assert view.current_id() == ""  # no ring before the person has been anywhere
    press(window, Qt.Key.Key_Home)
    assert view.selected_ids() == (ids(window)[0],)
    view.choose(ids(window)[5])
    view.clearSelection()
    press(window, Qt.Key.Key_1)
    assert bins.given()[ids(window)[5]] == "Bin 1"
    view.clearSelection()
    press(window, Qt.Key.Key_Space)
    QTest.keyClick(window.preview_commands.viewer, Qt.Key.Key_Return)
    assert bins.answered(ids(window)[6])


# Where the gallery begins --------------------------------------------------------------------------------------


def at_the_first(window: MainWindow) -> bool:
    view, rows = window.gallery.view, window.gallery.model.ids()
    at_top = view.verticalScrollBar().value() == 0
    return at_top and view.selected_ids() == (rows[0],) and view.current_id() == rows[0]


def test_after_another_filter_or_order_the_first_tile_is_current_and_selected(full: MainWindow, settle: Settle) -> None:
    toolbar, view, model = full.gallery.toolbar, full.gallery.view, full.gallery.model

    def wander() -> None:
        view.choose(model.ids()[-1])
        settle(full)

    wander()
    assert view.verticalScrollBar().value() > 0
    changes: list[Callable[[], object]] = [
        lambda: toolbar.set_order(Order.CONFIDENT),
        lambda: toolbar.set_order(Order.ASK),
        lambda: toolbar.show_filter(Filter.OPEN),
        lambda: toolbar.show_page("all"),
        lambda: toolbar._find.setText("1"),
        toolbar._find.clear,
        full.shortcuts.actions["arrange"].trigger,
    ]
    for change in changes:
        wander()
        change()
        settle(full)
        assert at_the_first(full)


def test_sorting_that_nobody_asked_for_moves_no_selection(make_window: Make, settle: Settle, folder: Path) -> None:
    window = make_window()
    window.session.open_folder(folder)
    settle(window)
    view = window.gallery.view
    window.session.bins.add()
    view.choose(ids(window)[3])
    press(window, Qt.Key.Key_1)
    for _ in range(3):
        chosen = view.selected_ids()
        settle(window)  # what is alike comes first, in another order each time
        assert window.gallery.model.order == Order.SIMILAR
        assert view.selected_ids() == chosen
        assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))
        press(window, Qt.Key.Key_1)


def test_another_folder_starts_at_the_top(full: MainWindow, settle: Settle, folder: Path) -> None:
    for number in range(12, 120):
        (folder / f"{number:03}.png").write_bytes((folder / "00.png").read_bytes())
    view = full.gallery.view
    view.choose(full.gallery.model.ids()[-1])
    settle(full)
    assert view.verticalScrollBar().value() > 0
    full.session.open_folder(folder)
    settle(full)
    assert len(full.gallery.model.ids()) == 120
    assert view.verticalScrollBar().value() == 0
    assert view.selected_ids() == ()
