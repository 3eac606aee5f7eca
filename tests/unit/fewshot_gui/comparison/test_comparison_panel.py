"""The panel Compare methods: rows, empty states, disagreements, adopting a method; and Best for my bins."""

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QColor, QIcon
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from backend.selection.scores import MethodScore
from backend.types import MethodInfo
from fewshot_gui.comparison.panel import ComparisonPanel
from fewshot_gui.comparison.ranking import missing, ranking, verdict
from fewshot_gui.comparison.table_model import Column, span
from fewshot_gui.gallery.row_order import Filter
from fewshot_gui.main_window.window import MainWindow
from fewshot_gui.style import theme
from tests.glyph_folders import sorting_task
from tests.small_models import part_of_characters
from tests.windows import Make, Settle


@pytest.fixture
def window(make_window: Make, settle: Settle, tmp_path: Path) -> MainWindow:
    """Two bins of two examples, four drawings of each to label, and a model of few methods."""
    part_of_characters("small", ["prototypical"])
    made = make_window()
    made.session.engine_host.wish("small", None)
    made.session.open_folder(*sorting_task(tmp_path, classes=2))
    settle(made)
    return made


def run(window: MainWindow, name: str) -> None:
    window.shortcuts.actions[name].trigger()


def panel(window: MainWindow) -> ComparisonPanel:
    return window.model_commands.comparison


def words(window: MainWindow, method: str) -> list[str]:
    table = panel(window).table
    row = next(n for n in range(table.rowCount()) if table.row(table.index(n, 0)).method.name == method)  # type: ignore[union-attr]
    return [str(table.index(row, c).data()) for c in Column]


def hints(window: MainWindow, method: str) -> list[str]:
    table = panel(window).table
    return [str(table.index(names(window).index(method), c).data(Qt.ItemDataRole.ToolTipRole)) for c in Column]


def names(window: MainWindow) -> list[str]:
    table = panel(window).table
    rows = [table.row(table.index(n, 0)) for n in range(table.rowCount())]
    return [r.method.name for r in rows if r is not None]


def select(window: MainWindow, method: str) -> None:
    panel(window).view.setCurrentIndex(panel(window).table.index(names(window).index(method), 0))


def test_every_method_gets_a_row_and_the_first_line_says_how_sure(window: MainWindow, settle: Settle) -> None:
    run(window, "compare")
    assert window.drawer.name() == "compare"
    assert names(window) == [
        "prototypical",
        "simpleshot",
        "linear",
        "alpha-tim",
        "bd-cspn",
        "paddle",
        "label-propagation",
    ]
    assert words(window, "linear")[Column.RIGHT] == "waiting…"
    settle(window)
    window.gallery.view.choose(window.gallery.model.ids()[0])
    first = words(window, "prototypical")
    assert first[:2] == ["Prototypical Networks (in use)", "4 of 4"] and first[Column.DIFFERS] == "–"
    assert hints(window, "prototypical")[Column.RIGHT].startswith("100 % right; with 95 % confidence 51 to 100 %")
    assert first[Column.SECONDS].endswith(" s")
    assert first[Column.SELECTED] == "character01"
    assert words(window, "linear")[Column.BEHIND] in ("best", "as many right")
    assert "−46 to 46" in hints(window, "linear")[Column.BEHIND]
    assert "right every time, 4 of 4 left-out examples" in panel(window)._verdict.text()
    assert "no method is ahead by more than chance" in panel(window)._verdict.text()
    QTest.keyClick(panel(window).view, Qt.Key.Key_Escape)
    assert window.drawer.isHidden()


def test_what_is_missing_is_said_in_a_sentence(window: MainWindow, settle: Settle) -> None:
    for bin in window.session.bins.bins():
        window.session.bins.take_out(bin.examples[1:])
    run(window, "compare")
    assert panel(window).table.rowCount() == 0
    assert "Every bin holds one example" in panel(window)._empty._text.text()
    window.session.bins.delete(window.session.bins.bins()[0].name)
    assert "two bins have examples" in panel(window)._empty._text.text()
    window.session.bins.undo.undo()
    window.session.bins.undo.undo()
    settle(window)
    settle(window)  # it begins as soon as it can
    assert words(window, "linear")[Column.RIGHT] == "2 of 2" and "cannot be tested: 1" in panel(window)._verdict.text()


def test_where_a_method_disagrees_is_shown_and_it_can_be_adopted(window: MainWindow, settle: Settle) -> None:
    run(window, "compare")
    settle(window)
    job, files = panel(window).job, list(window.session.library.files)
    score = job._scores["linear"]
    other = {**score.labels, files[2]: "character02", files[5]: "character01"}
    job._on_step(MethodScore("compare", 1, 1, "linear", score.right, other, score.seconds))
    assert words(window, "linear")[Column.DIFFERS] == "2"
    select(window, "linear")
    panel(window)._show.click()
    assert window.gallery.model.filter == Filter.CHOSEN
    assert window.gallery.model.ids() == [files[2], files[5]]
    assert "disagrees: 2" in window.gallery.model.title
    panel(window).view.setFocus()
    QTest.keyClick(panel(window).view, Qt.Key.Key_Return)
    settle(window)
    assert window.session.engine_host.engine is not None and window.session.engine_host.engine.method == "linear"
    select(window, "prototypical")
    panel(window)._use.click()
    settle(window)
    assert window.session.engine_host.engine.method == "prototypical"
    select(window, "linear")
    panel(window)._use.click()
    settle(window)
    assert "(in use)" in words(window, "linear")[0]
    assert words(window, "prototypical")[Column.DIFFERS] == "2"  # seen from the other side
    assert not panel(window)._use.isEnabled()


def test_the_tick_marks_the_method_in_use_and_a_star_the_best(window: MainWindow, settle: Settle) -> None:
    run(window, "compare")
    settle(window)
    table, job = panel(window).table, panel(window).job
    job._on_step(MethodScore("compare", 1, 1, "prototypical", (False,) * 4, {}, 1.0))
    best = next(r.method.name for r in job.rows() if r.best)
    marks = {
        name: [drawn(table.index(n, c)) for c in (Column.METHOD, Column.BEHIND)] for n, name in enumerate(names(window))
    }
    assert marks.pop("prototypical") == [True, False]
    assert marks.pop(best) == [False, True]
    assert all(m == [False, False] for m in marks.values())


def drawn(index: QModelIndex) -> bool:
    """Whether a mark is to be seen there."""
    icon = index.data(Qt.ItemDataRole.DecorationRole)
    return icon is not None and ink(icon) > 0


def ink(icon: QIcon) -> int:
    image = icon.pixmap(16, 16).toImage()
    return sum(image.pixelColor(x, y).alpha() for x in range(16) for y in range(16))


def colour(window: MainWindow, column: Column) -> object:
    return panel(window).table.index(0, column).data(Qt.ItemDataRole.ForegroundRole)


def test_the_keyboard_stays_with_the_methods_once_one_is_adopted(window: MainWindow, settle: Settle) -> None:
    run(window, "compare")
    settle(window)
    select(window, names(window)[-1])
    panel(window)._use.setFocus()
    panel(window)._use.click()
    settle(window)
    assert panel(window).view.hasFocus()
    assert not panel(window)._use.isEnabled()


def test_rows_stay_while_figures_come_and_a_heading_sorts_them_once(window: MainWindow, settle: Settle) -> None:
    run(window, "compare")
    settle(window)
    job, table = panel(window).job, panel(window).table
    select(window, "bd-cspn")
    table.sort(Column.METHOD, Qt.SortOrder.DescendingOrder)
    by_title = names(window)
    assert by_title != [r.method.name for r in job.rows()] and sorted(by_title) == sorted(names(window))
    chosen = panel(window).chosen()
    assert chosen is not None and chosen.method.name == "bd-cspn"  # the selection went along
    job._on_step(MethodScore("compare", 1, 1, "linear", (False,) * 4, job._scores["linear"].labels, 1.0))
    assert names(window) == by_title
    assert words(window, "linear")[Column.RIGHT] == "0 of 4"
    table.sort(Column.RIGHT)
    assert names(window)[-1] == "linear"


def test_other_bins_are_another_comparison(window: MainWindow, settle: Settle) -> None:
    run(window, "compare")
    settle(window)
    window.session.teach("", list(window.session.library.files)[:1])
    settle(window)
    assert panel(window)._verdict.text().startswith("Your bins have changed since.")
    assert colour(window, Column.RIGHT) == QColor(theme.tokens().muted)
    panel(window)._again.click()
    assert panel(window)._again.text() == "Stop"
    settle(window)
    assert not panel(window).job.outdated
    assert colour(window, Column.RIGHT) is None
    window.session.open_folder(window.session.library.root.parent)  # type: ignore[union-attr]
    assert panel(window).table.rowCount() == 0
    settle(window)


def test_it_can_be_stopped(window: MainWindow, settle: Settle, qtbot: QtBot) -> None:
    job, said = panel(window).job, []

    def stop() -> None:  # within the signal: a moment later further methods may have been tried, or all of them
        window.status_bar.refresh()
        said.append(window.status_bar._text.text())
        panel(window)._again.click()

    job.filled.connect(stop, Qt.ConnectionType.SingleShotConnection)
    with qtbot.waitSignal(job.filled):
        run(window, "compare")
    assert "Comparing methods" in said[0]
    assert not job.running() and window.session.tasks.current() is None
    settle(window)
    assert job.done()[0] == 1


def test_best_for_my_bins_asks_before_it_changes_anything(window: MainWindow, settle: Settle) -> None:
    part_of_characters("other", ["matching"])
    run(window, "best")
    settle(window)
    engine = window.session.engine_host.engine
    assert engine is not None and (engine.model, engine.method) == ("small", "prototypical")
    said = window.banner.accessibleName()
    assert "fits your bins best" in said and "4 of 4 examples right" in said


def test_a_better_method_is_offered(window: MainWindow, settle: Settle) -> None:
    from backend.selection.best_method import Choice, Scored

    best = Scored("characters", "relation", 27, 30, 74.4, 96.5, 0.3)
    present = Scored("small", "prototypical", 24, 30, 62.7, 90.5, 0.5, 10.0, 11.0)
    finder = window.model_commands.best
    finder._on_found(Choice((best, present)))
    said = window.banner.accessibleName()
    assert said.startswith("Relation Network of “characters” fits your bins best. It labels 27 of 30")
    assert "labels 24 right: 10 ± 11 points less. That may be chance." in said
    window.banner.buttons[1].click()
    assert window.session.engine_host.engine is not None and window.session.engine_host.engine.model == "small"
    finder._on_found(Choice((best, present)))
    window.banner.buttons[0].click()
    settle(window)
    engine = window.session.engine_host.engine
    assert (engine.model, engine.method) == ("characters", "relation")


def test_best_for_my_bins_says_what_is_missing(make_window: Make, settle: Settle, folder: Path) -> None:
    window = make_window()
    window.session.open_folder(folder)
    settle(window)
    run(window, "best")
    assert "two bins have examples" in window.banner.accessibleName()


def test_verdicts_in_words() -> None:
    infos = [MethodInfo(n, n.title(), "", False) for n in ("one", "two", "three")]
    bins = {"a": ("1", "2"), "b": ("3",)}
    right = {"one": 30, "two": 30, "three": 5}
    scores = {n: MethodScore("c", 1, 3, n, (True,) * k + (False,) * (30 - k)) for n, k in right.items()}
    rows = ranking(infos, scores, "two")
    assert [r.best for r in rows] == [False, True, False]  # among equals the one in use
    said = verdict(rows, bins)
    assert said.startswith("Two: right every time, 30 of 30") and "1 of the 2 others may be as good" in said
    assert said.endswith("Bins of one example cannot be tested: 1.")
    assert "2 of 2 examples were picked as doubtful" in verdict(rows, bins, {"1", "2", "3"})
    del scores["one"]
    assert "by more than chance" in verdict(ranking(infos, scores, "two"), bins)
    assert verdict(ranking(infos, {}, "two"), bins) == "No method of this model could be tried."
    assert missing(bins) == "" and missing({"a": ("1",)}) != "" and missing({"a": ("1",), "b": ("2",)}) != ""
    assert [span(s) for s in (0.0, 0.123, 3.21, 50, 600)] == ["0.01 s", "0.12 s", "3.2 s", "50 s", "10 min"]
