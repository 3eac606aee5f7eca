"""A window at its least size: nothing that is shown is cut off."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fewshot_gui.main_window.window import MainWindow
from fewshot_gui.map.panel import MapPanel
from tests.windows import Make, Settle, ids, with_two_bins

LONG = "a name that is much longer than any list could ever be wide"


@pytest.fixture
def small(make_window: Make, settle: Settle, folder: Path) -> MainWindow:
    (folder / "notes.txt").write_text("no image")
    (folder / "broken.png").write_bytes(b"no image")
    made = with_two_bins(make_window, settle, folder)
    made.resize(made.minimumSize())
    return made


def cut_off(part: QWidget) -> list[str]:
    """Labels and buttons in sight that have less width than their words."""
    words: list[QLabel | QPushButton] = [*part.findChildren(QLabel), *part.findChildren(QPushButton)]
    shown = [w for w in words if w.isVisible()]
    return [w.text() for w in shown if not _wraps(w) and w.width() < w.sizeHint().width()]


def _wraps(widget: QWidget) -> bool:
    return isinstance(widget, QLabel) and widget.wordWrap()


def test_the_status_strip_leaves_out_what_matters_least(small: MainWindow, qtbot: QtBot) -> None:
    strip = small.status_bar
    assert cut_off(strip) == []
    small.session.tasks.begin("test", "Comparing methods: 9 of 13", str)
    small.session.engine_host.choose(method="maml")
    qtbot.waitUntil(lambda: strip.steps.isVisible() and strip._cancel.isVisible(), timeout=20_000)
    qtbot.waitUntil(lambda: cut_off(strip) == [])
    assert not strip._skipped.isVisible()
    small.resize(1800, 900)
    qtbot.waitUntil(strip._skipped.isVisible)
    qtbot.waitUntil(lambda: strip._bar.isVisible() and strip._unreadable.isVisible())


def test_a_sample_that_is_judged_says_all_beside_its_buttons(small: MainWindow, qtbot: QtBot) -> None:
    small.session.bins.rename("Bin 1", "<b>markup</b>")
    bar = small.precision
    assert bar.start(small.gallery.model.label_of(ids(small)[5])[0])
    qtbot.waitUntil(lambda: cut_off(bar) == [])
    assert bar._title.height() >= bar._title.heightForWidth(bar._title.width())
    assert bar.height() < small.gallery.height() // 2


def test_the_comparison_shows_at_least_two_methods(small: MainWindow, qtbot: QtBot) -> None:
    comparison = small.model_commands.comparison
    small.session.bins.assign(ids(small)[2:4], "Bin 1")
    small.shortcuts.actions["compare"].trigger()
    qtbot.waitUntil(lambda: comparison.table.rowCount() > 2, timeout=20_000)
    second = comparison.table.index(1, 0)
    qtbot.waitUntil(lambda: comparison.view.visualRect(second).bottom() <= comparison.view.viewport().height())
    comparison.job.stop()


def test_the_legend_of_the_map_shortens_long_names_and_keeps_their_counts(small: MainWindow, qtbot: QtBot) -> None:
    small.resize(1400, 900)
    small.session.bins.rename("Bin 1", LONG)
    panel = small.middle.open_panel("map")
    assert isinstance(panel, MapPanel)
    qtbot.waitUntil(lambda: panel.legend.count() == 2, timeout=20_000)
    item = panel.legend.item(0)
    assert item.text().startswith(LONG)
    assert panel.legend.visualItemRect(item).width() <= panel.legend.viewport().width()
