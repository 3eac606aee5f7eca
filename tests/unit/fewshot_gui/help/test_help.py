"""The tour of the first start, and what is to be read."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu
from pytestqt.qtbot import QtBot

from backend import storage
from fewshot_gui import settings
from fewshot_gui.help.callout import beside
from fewshot_gui.help.documents import AboutDialog, HelpDialog, MethodsDialog, methods_text, text_of
from fewshot_gui.main_window.setting_menu import SettingMenu
from fewshot_gui.main_window.window import MainWindow
from tests.windows import Make, Settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen


def place_of(window: MainWindow) -> str:
    """Which step is shown."""
    return next(w.text() for w in window.help_commands.tour.bubble.findChildren(QLabel) if " of " in w.text())


def menus_of(window: MainWindow) -> list[QMenu]:
    return [menu for a in window.menuBar().actions() if isinstance(menu := a.menu(), QMenu)]


def begin(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    window.welcome_page.recent_asked.emit(folder)
    qtbot.waitUntil(window.help_commands.tour.running)


def test_the_first_folder_begins_the_tour_once(make_window: Make, folder: Path, qtbot: QtBot, settle: Settle) -> None:
    window = make_window()
    begin(window, folder, qtbot)
    for step in range(1, 5):
        assert place_of(window) == f"{step} of 4"
        focused = window.focusWidget()
        assert focused is not None
        assert focused.accessibleDescription()
        QTest.keyClick(focused, Qt.Key.Key_Space)
    assert not window.help_commands.tour.running()
    assert window.focusWidget() is window.gallery.view
    again = make_window()
    again.welcome_page.recent_asked.emit(folder)
    settle(again)
    assert not again.help_commands.tour.running()


def test_escape_skips_it_and_the_menu_shows_it_again(make_window: Make, folder: Path, qtbot: QtBot) -> None:
    window = make_window()
    begin(window, folder, qtbot)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window.gallery.view, Qt.Key.Key_Escape)  # wherever the keyboard is
    assert not window.help_commands.tour.running()
    window.shortcuts.actions["tour"].trigger()
    assert place_of(window) == "1 of 4"


def test_a_folder_that_the_command_line_names_begins_no_tour(make_window: Make, folder: Path, settle: Settle) -> None:
    window = make_window()
    window.session.open_folder(folder)
    settle(window)
    assert not window.help_commands.tour.running()
    assert not settings.TOUR.get()


def test_the_bubble_stays_beside_its_control_in_a_small_window(make_window: Make, folder: Path, qtbot: QtBot) -> None:
    window = make_window()
    begin(window, folder, qtbot)
    window.resize(1024, 640)
    bubble = window.help_commands.tour.bubble
    qtbot.waitUntil(lambda: window.rect().contains(bubble.geometry()) and bubble.x() <= window.bins.width())


ROOM = QRect(0, 0, 1000, 600)


@pytest.mark.parametrize(
    ("target", "corner", "tip"),
    [
        (QRect(0, 500, 200, 60), QPoint(200, 469), QPoint(200, 529)),  # at the right of it
        (QRect(800, 0, 200, 600), QPoint(500, 239), QPoint(800, 299)),  # at the left
        (QRect(100, 0, 800, 50), QPoint(349, 50), QPoint(499, 50)),  # below
        (QRect(100, 550, 800, 50), QPoint(349, 430), QPoint(499, 550)),  # above
        (QRect(0, 0, 1000, 600), QPoint(349, 479), QPoint(498, 479)),  # over it
    ],
)
def test_where_the_bubble_stands(target: QRect, corner: QPoint, tip: QPoint) -> None:
    place, points_at = beside(target, QSize(300, 120), ROOM)
    assert (place.topLeft(), points_at) == (corner, tip)


def test_f1_opens_ten_tasks_and_names_only_commands_that_there_are(make_window: Make, qtbot: QtBot) -> None:
    window = make_window()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window.welcome_page, Qt.Key.Key_F1)
    dialog = window.findChild(HelpDialog)
    assert dialog is not None and dialog.windowTitle() == "Help"
    text = text_of("help")
    assert len(re.findall(r"^## \d+\. ", text, re.MULTILINE)) == 10
    assert "10. Save" in dialog.browser.toPlainText() and "](" not in dialog.browser.toPlainText()
    menus = {m.title().replace("&", ""): [a.text().replace("&", "") for a in m.actions()] for m in menus_of(window)}
    named = re.findall(r"\*(\w+) → ([^*]+)\*(?: \(([^)]+)\))?", text)
    assert len(named) >= 10
    actions = {a.text().replace("&", ""): a for a in window.shortcuts.actions.values()}
    for menu, command, keys in named:
        assert command in menus[menu], command
        assert not keys or keys in [k.toString() for k in actions[command].shortcuts()], command


def test_the_methods_can_be_read(make_window: Make) -> None:
    window = make_window()
    action = window.shortcuts.actions["methods"]
    assert not action.shortcuts()
    action.trigger()
    dialog = window.findChild(MethodsDialog)
    assert dialog is not None
    shown = dialog.browser.toPlainText()
    assert "Snell" in shown
    assert "](" not in shown
    headings = [line for line in methods_text().splitlines() if line.startswith("## ")]
    assert len(headings) >= 12
    assert all(h.removeprefix("## ").replace("`", "") in shown for h in headings)


def test_about_says_where_everything_lies(make_window: Make) -> None:
    window = make_window()
    window.shortcuts.actions["about"].trigger()
    dialog = window.findChild(AboutDialog)
    assert dialog is not None
    words = " ".join(label.accessibleName() for label in dialog.findChildren(QLabel))
    assert str(storage.data_folder()) in words
    assert "Tiny ImageNet, for research and education only" in words


def test_a_language_is_chosen_for_the_next_start(make_window: Make) -> None:
    window = make_window()
    choices = [a for menu in window.findChildren(SettingMenu) for a in menu.actions()]
    next(a for a in choices if a.text() == "简体中文").trigger()
    assert settings.LANGUAGE.get() == "zh_CN"
    assert window.banner.isVisible()
