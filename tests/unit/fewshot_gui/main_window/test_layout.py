"""How the window divides its room."""

import shutil
from pathlib import Path

from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from backend.types import ImageFile
from fewshot_gui.gallery.row_order import Order
from fewshot_gui.gallery.tile_delegate import CELL
from fewshot_gui.main_window.window import MainWindow
from fewshot_gui.translation.confidence_text import figure
from fewshot_gui.widgets.elided_label import one_line
from tests.windows import Make, Settle, drag_separator


def test_a_narrow_window_still_shows_three_columns(make_window: Make, folder: Path, qtbot: QtBot) -> None:
    window = make_window()
    window.session.open_folder(folder)
    window.resize(1024, 640)
    qtbot.waitUntil(lambda: window.gallery.view.viewport().width() >= 3 * CELL.width())
    assert window.bins.width() >= window.bins.minimumSizeHint().width()
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: window.bins.width() == 264)
    assert window.inspector.width() == 312


def test_panels_keep_the_width_that_the_person_gave_them(make_window: Make, folder: Path, qtbot: QtBot) -> None:
    window = make_window()
    window.session.open_folder(folder)
    qtbot.waitUntil(lambda: window.bins.width() == 264)
    edge = QPoint(window.bins.width(), 200)
    drag_separator(window, edge, edge + QPoint(140, 2))
    chosen = window.bins.width()
    assert chosen > 350
    window.resize(1300, 800)
    qtbot.waitUntil(lambda: window.gallery.width() < 700)
    assert window.bins.width() == chosen


def test_the_toolbar_leaves_the_panels_their_room(make_window: Make, settle: Settle, folder: Path) -> None:
    window = make_window()
    window.session.open_folder(folder)
    window.resize(1024, 640)
    settle(window)
    images = list(window.session.library.files)
    window.session.teach("", images[:1])
    window.session.teach("", images[1:3])
    window.session.bins.rename("Bin 1", "a name that is much longer than any button could ever be")
    settle(window)
    before = window.bins.width()
    window.gallery.toolbar.show_page("all", window.session.bins.bins()[0].name)
    window.gallery.toolbar.set_order(Order.DOUBTFUL)
    window.session.bins.take_out(images[2:3])
    settle(window)
    assert window.gallery.toolbar._pill.isVisible()
    assert window.bins.width() == before


def test_reasons_vanish_with_the_bins_they_came_from(make_window: Make, settle: Settle, folder: Path) -> None:
    window = make_window()
    window.session.open_folder(folder)
    settle(window)
    images = list(window.session.library.files)
    window.session.teach("", images[:1])
    window.session.teach("", images[1:2])
    settle(window)
    window.gallery.view.choose(images[4])
    settle(window)
    assert window.inspector._ranking.isVisible()
    window.session.bins.undo.undo()
    window.session.bins.undo.undo()
    settle(window)
    assert not window.inspector._ranking.isVisible()
    assert not window.inspector._because.isVisible()


def test_a_line_break_in_a_file_name_makes_no_second_line(make_window: Make, settle: Settle, folder: Path) -> None:
    shutil.copy(folder / "00.png", folder / "one\nbreak.png")
    (folder / "two\nbreaks.png").write_bytes(b"")
    window = make_window()
    window.session.open_folder(folder)
    settle(window)
    assert one_line("one\nbreak.png") == "one break.png"
    window.shortcuts.actions["show_unreadable"].trigger()
    assert window.gallery.unreadable._model.index(0, 0).data() == "two breaks.png"


def test_facts_of_links_that_lead_nowhere_and_of_times_beyond_all_calendars(window: MainWindow, folder: Path) -> None:
    inspector = window.inspector
    assert inspector._facts_of(ImageFile(folder / "gone.png", 0, 0)) == []
    [facts] = inspector._facts_of(ImageFile(folder / "far.png", 5, 10**30))
    assert facts == "5 bytes"


def test_no_similarity_is_minus_nothing() -> None:
    assert (figure(None, -0.001), figure(None, -0.06)) == ("0.00", "-0.06")
