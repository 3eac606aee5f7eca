"""What tests of the window read from it and do to it."""

import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from backend.jobs.demo_set import Demo
from fewshot_gui.main_window.panel_dock import PanelDock
from fewshot_gui.main_window.window import MainWindow

Make = Callable[[], MainWindow]
Settle = Callable[[MainWindow], None]


def ids(window: MainWindow) -> list[str]:
    return list(window.session.library.files)


def banner(window: MainWindow) -> str:
    return window.banner.accessibleName() if window.banner.isVisible() else ""


def shown(window: MainWindow, image: str) -> str:
    return window.gallery.model.label_of(image)[0]


def press(window: MainWindow, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window.gallery.view, key, keys)


def dock(window: MainWindow, name: str) -> PanelDock:
    """The dock that the command of that name opens."""
    return next(each for command, each in window.workbench.panels.items() if command == name)


def open_docks(window: MainWindow) -> set[str]:
    return {str(command) for command, each in window.workbench.panels.items() if not each.isHidden()}


def close_by_mouse(each: PanelDock) -> None:
    [button] = each.titleBarWidget().findChildren(QToolButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def drag_separator(window: MainWindow, start: QPoint, end: QPoint) -> None:
    """Between two docks, or a dock and the gallery; in pixels of the workbench."""
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(window.workbench, left, pos=start)
    QTest.mouseMove(window.workbench, end)
    QTest.qWait(20)  # it moves with the next turn of the event loop
    QTest.mouseRelease(window.workbench, left, pos=end)


def opened(make_window: Make, settle: Settle, folder: Path) -> MainWindow:
    """A window with the folder open, at rest."""
    made = make_window()
    made.session.open_folder(folder)
    settle(made)
    return made


def with_two_bins(make_window: Make, settle: Settle, folder: Path) -> MainWindow:
    """A window with the folder open and two bins, everything labelled."""
    made = opened(make_window, settle, folder)
    images = ids(made)
    made.session.bins.add(images[:1])
    made.session.bins.add(images[1:2])
    settle(made)
    made.gallery.view.setFocus()
    return made


def with_ten_bins(make_window: Make, settle: Settle, drawn: Demo, examples: Path) -> MainWindow:
    """A window on the demonstration's 200 images of 20 characters, with bins for ten of them; ``examples`` is a folder
    that is made."""
    for source in sorted(drawn.examples.iterdir())[:10]:
        shutil.copytree(source, examples / source.name)
    made = make_window()
    made.session.open_folder(drawn.folder, examples)
    settle(made)
    return made
