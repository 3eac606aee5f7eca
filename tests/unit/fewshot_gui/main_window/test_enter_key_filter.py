"""Enter on the button that has the keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from fewshot_gui.main_window.window import MainWindow
from tests.windows import ids


def enter(button: QAbstractButton) -> None:
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)


def test_enter_goes_through_the_tour(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.help_commands.show_tour()
    for _ in range(4):
        assert window.help_commands.tour.running()
        focused = window.focusWidget()
        assert isinstance(focused, QAbstractButton)
        enter(focused)
    assert not window.help_commands.tour.running()


def test_enter_presses_what_a_message_offers_and_opens_menus(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    pressed: list[str] = []
    window.banner.hint("A message", "", "Do it", lambda: pressed.append("act"))
    enter(window.banner.buttons[0])
    assert pressed == ["act"]
    window.session.bins.add(ids(window)[:1])
    card = window.bins.card("Bin 1")
    assert card is not None
    qtbot.waitUntil(card._more.isVisible)
    monkeypatch.setattr(card._more, "showMenu", lambda: pressed.append("menu"))  # there are no menus off the screen
    enter(card._more)
    qtbot.waitUntil(lambda: pressed == ["act", "menu"])
    assert not card._edit.isVisible()
