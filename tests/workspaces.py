"""The workspace of a window under test."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from fewshot_gui.main_window.window import MainWindow
from tests.windows import Settle, ids


def path_of(window: MainWindow) -> Path:
    path = window.session.workspace.autosave.path
    assert path is not None
    return path


def saved(window: MainWindow, qtbot: QtBot) -> Path:
    """The workspace file, once everything is in it."""
    autosave = window.session.workspace.autosave
    qtbot.waitUntil(lambda: not autosave.pending() and not window.session.worker.busy(), timeout=20_000)
    return path_of(window)


def work(window: MainWindow, settle: Settle) -> None:
    """Something of everything."""
    images, bins = ids(window), window.session.bins
    bins.add(images[:2])
    bins.add(images[2:4])
    bins.add(images[4:5])
    bins.rename("Bin 2", "dogs")
    bins.reject({images[7]: "Bin 1"})
    bins.switch("Bin 3")
    bins.move("Bin 3", -2)
    bins.take_out(images[1:2])
    bins.undo.undo()
    settle(window)
