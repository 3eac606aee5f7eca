"""The window for who cannot see it or has no mouse: names and roles in the accessibility tree, and the way of Tab."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QGraphicsView, QKeySequenceEdit, QMenu, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from fewshot_gui.main_window.window import MainWindow
from tests.windows import Make, Settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen
Role = QAccessible.Role
PLAIN = {Role.NoRole, Role.Client, Role.Window, Role.Pane}
"""What Qt says of a widget that it knows nothing about."""
KINDLESS = (QScrollArea, QGraphicsView, QKeySequenceEdit)
"""Qt's own that it has no role for; their names must do."""


@pytest.fixture
def window(make_window: Make, settle: Settle, folder: Path) -> MainWindow:
    """Two bins, an image that cannot be read, one image selected."""
    (folder / "broken.png").write_bytes(b"no image")
    made = make_window()
    made.session.open_folder(folder)
    settle(made)
    images = list(made.session.library.files)
    made.session.teach("", images[:2])
    made.session.teach("", images[2:3])
    made.gallery.view.choose(images[4])
    settle(made)
    return made


def nodes(node: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """All that is visible, from the top."""
    yield node
    for place in range(node.childCount()):
        child = node.child(place)
        if child.isValid() and not child.state().invisible:
            yield from nodes(child)


def nameless(top: QWidget) -> list[str]:
    """What can have the keyboard and has no name, or no role that says what it is."""
    found = []
    for node in nodes(QAccessible.queryAccessibleInterface(top)):
        it, name = node.object(), node.text(QAccessible.Text.Name).strip()
        passes_on = it is top or (isinstance(it, QWidget) and it.focusProxy() is not None)
        vague = node.role() in PLAIN and not isinstance(it, KINDLESS)
        if node.state().focusable and not passes_on and (vague or not name):
            found.append(f"{it} {node.role().name} “{name}”")
    return found


def stops(top: QWidget) -> set[QWidget]:
    """What Tab has to reach."""
    widgets = (w for w in top.findChildren(QWidget) if w.isVisible() and w.isEnabled() and w.window() is top)
    return {w for w in widgets if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.focusProxy() is None}


def tabbed(top: QWidget, most: int) -> set[QWidget]:
    """What Tab reaches."""
    reached: set[QWidget] = set()
    for _ in range(most):
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.add(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    return reached


def ringless(top: QWidget) -> list[QWidget]:
    """What looks with the keyboard as it looks without."""
    found = []
    for widget in stops(top):
        if not widget.isVisible():  # what had the keyboard before has changed what is shown
            continue
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        focused = widget.grab().toImage()
        widget.clearFocus()
        if widget.grab().toImage() == focused:
            found.append(widget)
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
    return found


def check(top: QWidget, qtbot: QtBot) -> None:
    assert nameless(top) == []
    top.activateWindow()
    qtbot.waitUntil(lambda: (at := QApplication.focusWidget()) is not None and at.window() is top)
    wanted = stops(top)
    assert wanted
    reached = tabbed(top, 2 * len(wanted) + 4)
    assert (wanted & stops(top)) - reached == set()  # an example that Tab reaches is shown, and what was shown is gone
    assert ringless(top) == []


def test_the_window_at_work_and_everything_that_it_can_show(window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    window.banner.hint("title", "text", "act", lambda: None)
    check(window, qtbot)
    check_tiles(window)
    check_menus(window)
    for panel in ("quality", "map", "compare", "trunks", "unsure_tray"):
        window.shortcuts.actions[panel].trigger()
        settle(window)
        check(window, qtbot)
    window.shortcuts.actions["show_unreadable"].trigger()
    check(window, qtbot)
    assert window.precision.start(window.session.bins.bins()[0].name)
    check(window, qtbot)
    window.help_commands.show_tour()
    check(window, qtbot)
    window.help_commands.tour.end()
    for command in ("shortcuts", "methods", "about"):
        window.shortcuts.actions[command].trigger()
        dialog = next(d for d in window.findChildren(QDialog) if d.isVisible())
        check(dialog, qtbot)
        dialog.close()


def check_tiles(window: MainWindow) -> None:
    """Tiles say what they are."""
    view = QAccessible.queryAccessibleInterface(window.gallery.view)
    names = [view.child(n).text(QAccessible.Text.Name) for n in range(view.childCount())]
    assert len(names) == 13
    assert any("cannot be read" in n for n in names)
    assert sum("example of" in n for n in names) == 3


def check_menus(window: MainWindow) -> None:
    """Entries have names; so have the menus, which are entries of the bar."""
    for menu in window.menuBar().findChildren(QMenu):
        assert all(a.text() or a.isSeparator() for a in menu.actions())
    bar = QAccessible.queryAccessibleInterface(window.menuBar())
    entries = [n.text(QAccessible.Text.Name) for n in nodes(bar) if n.role() == Role.MenuItem]
    assert len(entries) == len(window.menuBar().actions())
    assert all(entries)


def test_the_first_page(make_window: Make, qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window()
    window.welcome_page.show_recent([tmp_path / "one", tmp_path / "two"])
    check(window, qtbot)
