"""Every command is in a menu with keys that the person can change."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QMenu

from fewshot_gui import settings
from fewshot_gui.main_window.window import MainWindow
from fewshot_gui.shortcuts.dialog import ShortcutsDialog
from fewshot_gui.shortcuts.shortcut_store import conflicts
from tests.windows import Make

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen
Save = QDialogButtonBox.StandardButton.Save


@pytest.fixture
def window(make_window: Make) -> MainWindow:
    return make_window()


@pytest.fixture
def dialog(window: MainWindow) -> ShortcutsDialog:
    window.shortcuts.actions["shortcuts"].trigger()
    return next(d for d in window.children() if isinstance(d, ShortcutsDialog))


def keys_of(window: MainWindow, name: str) -> list[str]:
    return [k.toString() for k in window.shortcuts.actions[name].shortcuts()]


def in_menus(window: MainWindow) -> set[str]:
    """The commands that stand in the menu bar's menus, and in the menus inside them."""
    return {a.objectName() for menu in window.menuBar().findChildren(QMenu) for a in menu.actions()}


def test_every_command_is_in_the_menus_and_no_two_share_keys(window: MainWindow) -> None:
    numbered = {f"{deed}_{key}" for deed in ("assign", "reject") for key in range(1, 10)}  # there by the bins' names
    assert set(window.shortcuts.actions) - numbered <= in_menus(window)
    assert conflicts(window.shortcuts.keys()) == {}
    assert keys_of(window, "confirm") == ["Return", "Enter"]
    assert keys_of(window, "reject_3") == ["Shift+3"]


def test_new_keys_work_at_once_and_at_the_next_start(
    window: MainWindow, dialog: ShortcutsDialog, make_window: Make
) -> None:
    dialog.choose("arrange")
    dialog._record.setKeySequence(QKeySequence("Ctrl+T"))
    dialog._record.editingFinished.emit()
    assert keys_of(window, "arrange") == ["Ctrl+R"]  # nothing changes before Save
    dialog._buttons.button(Save).click()
    assert keys_of(window, "arrange") == ["Ctrl+T"]
    assert keys_of(make_window(), "arrange") == ["Ctrl+T"]
    assert list(settings.shortcuts()) == ["arrange"]


def test_keys_that_another_command_has_are_refused_until_they_are_taken(
    window: MainWindow, dialog: ShortcutsDialog
) -> None:
    dialog.choose("arrange")
    dialog.set_keys((QKeySequence("Ctrl+E"),))
    assert "Export labels" in dialog._problem.text()
    assert not dialog._buttons.button(Save).isEnabled()
    dialog._take.click()
    assert dialog._problem.text() == ""
    dialog._buttons.button(Save).click()
    assert keys_of(window, "arrange") == ["Ctrl+E"]
    assert keys_of(window, "export") == []


def test_no_keys_and_the_built_in_ones(window: MainWindow, dialog: ShortcutsDialog) -> None:
    dialog.choose("quit")
    dialog._none.click()
    dialog.choose("export")
    dialog.set_keys((QKeySequence("F9"),))
    dialog._built_in.click()
    dialog._buttons.button(Save).click()
    assert keys_of(window, "quit") == []
    assert settings.shortcuts() == {"quit": ""}
    window.shortcuts.actions["shortcuts"].trigger()
    again = [d for d in window.children() if isinstance(d, ShortcutsDialog)][-1]
    again._buttons.button(QDialogButtonBox.StandardButton.RestoreDefaults).click()
    again._buttons.button(Save).click()
    assert keys_of(window, "quit") == ["Ctrl+Q"]
    assert settings.shortcuts() == {}


def test_commands_are_found_by_typing(dialog: ShortcutsDialog) -> None:
    QTest.keyClicks(dialog._find, "export")
    shown = [i.text(0) for i in dialog._items() if not i.isHidden()]
    assert shown == ["Export labels as CSV…"]
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
