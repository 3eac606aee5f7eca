"""The unsure tray: the line moves statuses alone, and table and workspace keep it."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from backend.jobs.demo_set import Demo
from fewshot_gui import settings
from fewshot_gui.gallery.model import TILE
from fewshot_gui.gallery.row_order import Filter, Order
from fewshot_gui.main_window.window import MainWindow
from fewshot_gui.review.threshold_bar import STOPS
from tests.windows import Make, Settle, ids, opened, with_ten_bins, with_two_bins


@pytest.fixture
def window(make_window: Make, settle: Settle, drawn: Demo, tmp_path: Path) -> MainWindow:
    return with_ten_bins(make_window, settle, drawn, tmp_path / "examples")


def title(window: MainWindow) -> str:
    return window.review.strip._errors.text()


def test_before_there_are_labels_the_tray_says_so(make_window: Make, settle: Settle, folder: Path) -> None:
    window = make_window()
    strip = window.review.strip
    window.session.open_folder(folder)
    settle(window)
    images = list(window.session.library.files)
    window.session.teach("", images[:1])
    settle(window)
    assert "Once two bins have examples" in title(window)
    assert not strip.slider.isVisible() and not strip._show.isVisible()
    told: list[str] = []

    def tell() -> None:
        strip.refresh()
        told.append(title(window))

    window.session.labelling.finished.connect(tell)
    window.session.teach("", images[1:2])
    settle(window)
    assert told == ["How many are wrong is not known yet"]
    assert "Unchecked" in title(window) or title(window).startswith("No label is as sure as that")
    assert strip.slider.isVisible() and strip._show.isVisible()


def test_once_every_image_is_answered_the_tray_says_so(make_window: Make, settle: Settle, folder: Path) -> None:
    window = with_two_bins(make_window, settle, folder)
    strip, bins = window.review.strip, window.session.bins
    strip.set_open(True)
    first, second = (b.name for b in bins.bins())
    answered = "All images are answered: no label is left to check"
    bins.assign(ids(window)[2:-1], first)
    settle(window)
    assert title(window) != answered and strip.slider.isVisible()
    bins.assign(ids(window)[-1:], second)
    settle(window)
    assert title(window) == answered
    assert window.review.shelf._text.text() == "Nothing is unsure: all images are answered."
    assert not strip.slider.isVisible() and not strip._counts.text()
    bins.undo.undo()
    settle(window)
    assert title(window) != answered and strip.slider.isVisible()


def test_while_labels_of_two_bins_are_on_their_way_nothing_is_said_of_bins(
    make_window: Make, settle: Settle, folder: Path
) -> None:
    window = opened(make_window, settle, folder)
    first, second = ids(window)[:2]
    window.session.bins.add([first])
    settle(window)
    window.session.bins.add([second])
    window.review.strip.refresh()
    assert title(window) == "How many are wrong is not known yet"
    settle(window)


def test_the_slider_moves_the_line_and_everything_follows(window: MainWindow, settle: Settle, qtbot: QtBot) -> None:
    session, model, slider = window.session, window.gallery.model, window.review.strip.slider
    line, predictions = session.threshold.line(), dict(session.library.predictions)
    assert line.above + line.below == 200 and 0.03 < line.wrong <= 0.05
    assert title(window).startswith("Unchecked: 5 in 100 wrong, the model expects")
    assert window.review.strip.limit.text() == "up to 5 in 100" and window.review.strip.limit.isVisible()
    assert f"{line.above} labelled, {line.below} unsure" in window.review.strip._counts.text()
    assert "5 in 100" in slider.accessibleName()
    window.review.strip._show.click()
    assert model.filter == Filter.UNSURE and len(model.ids()) == line.below
    assert all(model.index_of(i).data(TILE).unsure for i in model.ids())

    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Left)
    stricter = session.threshold.line()
    assert session.threshold.errors == STOPS[STOPS.index(50) - 1]
    assert stricter.below > line.below
    qtbot.waitUntil(lambda: len(model.ids()) == stricter.below)
    window.shortcuts.actions["more_lenient"].trigger()
    qtbot.waitUntil(lambda: len(model.ids()) == line.below)
    window.review.strip._show.click()
    assert not window.review.strip._show.isChecked() and len(model.ids()) == 200
    assert session.library.predictions == predictions
    assert session.bins.undo.count() == 0


def test_the_table_and_the_workspace_keep_the_line(
    window: MainWindow, make_window: Make, settle: Settle, drawn: Demo, tmp_path: Path, qtbot: QtBot
) -> None:
    window.session.threshold.move(10)
    below = set(window.session.threshold.unsure_ids())
    with qtbot.waitSignal(window.session.exported):
        window.session.export(tmp_path / "labels.csv")
    with (tmp_path / "labels.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert {str(drawn.folder / r["path"]) for r in rows if r["status"] == "unsure"} == below
    assert all(r["label"] for r in rows)
    window.close()

    again = make_window()
    again.session.open_folder(drawn.folder)
    settle(again)
    assert again.session.threshold.errors == 10
    qtbot.waitUntil(lambda: set(again.session.threshold.unsure_ids()) == below)  # labels are counted a moment later
    again.session.open_folder(tmp_path)  # nothing is known of that one, and it takes nothing over
    assert again.session.threshold.errors == settings.ERRORS == 50


def test_where_methods_differ_comes_first(window: MainWindow, settle: Settle, drawn: Demo) -> None:
    model, predictions = window.gallery.model, window.session.library.predictions
    window.shortcuts.actions["differ_first"].trigger()
    settle(window)
    assert model.order == Order.DIFFER and sorted(model.ids()) == sorted(drawn.truth)
    assert "by disagreement" in window.gallery.toolbar._order.text()
    first = model.ids()[:40]
    wrong = [predictions[i].label != drawn.truth[i] for i in model.ids()]
    assert sum(wrong[:40]) > sum(wrong[-40:])
    by_margin = sorted(predictions, key=window.sampling._uncertainty, reverse=True)
    assert first != by_margin[:40]
