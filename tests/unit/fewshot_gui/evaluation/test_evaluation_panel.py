"""How good is it: what the panel says, when it works, and how a cell of the matrix reaches the gallery."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QGraphicsOpacityEffect
from pytestqt.qtbot import QtBot

from backend.explain.reports import LeftOut, Quality, ShotsCurve
from backend.jobs.demo_set import Demo
from backend.types import Prediction, Status
from fewshot_gui import settings
from fewshot_gui.evaluation import panel_text
from fewshot_gui.evaluation.panel import EvaluationPanel
from fewshot_gui.evaluation.plots import ReliabilityPlot
from fewshot_gui.main_window.window import MainWindow
from fewshot_gui.session.bin_store import BinStore
from fewshot_gui.session.folder.library import Library
from fewshot_gui.session.verdicts import Verdicts
from fewshot_gui.session.workspace.remarks import RemarkStore
from fewshot_gui.startup.application import make_application
from fewshot_gui.translation.accuracy_text import interval, often
from tests.windows import Make, Settle

PATIENCE_MS = 60_000


@pytest.fixture
def window(make_window: Make, settle: Settle, folder: Path) -> MainWindow:
    """Twelve drawings, no bin yet."""
    window = make_window()
    window.session.open_folder(folder)
    settle(window)
    return window


def opened(window: MainWindow) -> EvaluationPanel:
    window.shortcuts.actions["quality"].trigger()
    panel = window.middle.panel()
    assert isinstance(panel, EvaluationPanel)
    return panel


def images(window: MainWindow) -> list[str]:
    return list(window.session.library.files)


def figures(panel: EvaluationPanel) -> tuple[Quality | None, ShotsCurve | None, bool]:
    """What there is now, and whether it is out of date."""
    return panel.work.quality, panel.work.curve, panel.work.stale


def teach(window: MainWindow, *groups: list[str]) -> None:
    for group in groups:
        window.session.teach("", group)


def test_the_panel_says_what_is_missing_until_there_is_something_to_measure(
    window: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    panel, files = opened(window), images(window)
    assert panel._empty.isVisible() and panel._empty._title.text() == "Nothing to measure yet"
    teach(window, files[:1], files[1:2])
    settle(window)
    assert panel._empty.isVisible() and panel._empty._title.text() == "Every bin has one example only"
    window.session.bins.assign(files[2:3], window.session.bins.bins()[0].name)
    settle(window)
    assert not panel._empty.isVisible() and panel._title.text().startswith(("Right", "Wrong"))
    assert "“Bin 2” has a single example" in panel._notes.text()


def test_enter_on_a_cell_selects_its_images_even_where_a_filter_hides_them(
    window: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    files = images(window)
    teach(window, files[:3], files[3:6])
    panel = opened(window)
    settle(window)
    quality = panel.work.quality
    assert quality is not None and len(quality.answers) == 6 and not panel.work.stale
    [cell] = [(a.bin, a.claimed) for a in quality.answers][:1]
    place = panel.table.cells.index(quality.bins.index(cell[0]), quality.bins.index(cell[1]))
    panel.table.setCurrentIndex(place)
    QTest.keyClick(panel.table, Qt.Key.Key_Return)
    assert set(window.gallery.view.selected_ids()) == set(quality.cell(*cell))
    assert window.gallery.model.rowCount() == 12
    window.gallery.toolbar.start_finding()
    window.gallery.model.search("no such name")
    QTest.keyClick(panel.table, Qt.Key.Key_Enter)
    assert "selected in the gallery" in panel.chosen.text()
    window.gallery.model.search("")
    panel.table.clicked.emit(panel.table.cells.index(0, 2))  # the sum: the whole row
    assert set(window.gallery.view.selected_ids()) == set(files[:3])
    panel.chosen._only.click()
    assert window.gallery.model.ids() == files[:3]


def test_figures_are_worked_out_again_when_bins_change_and_rest_while_closed(
    window: MainWindow, settle: Settle
) -> None:
    files = images(window)
    teach(window, files[:2], files[2:4])
    panel = opened(window)
    settle(window)
    first, curve, _ = figures(panel)
    assert first is not None and curve is not None and curve.shots == (1,)
    window.session.bins.assign(files[4:5], "Bin 1")
    assert figures(panel) == (first, curve, True)
    settle(window)
    second, _, stale = figures(panel)
    assert second is not None and second.sizes == (3, 2) and not stale
    window.shortcuts.actions["quality"].trigger()
    assert window.middle.panel() is None
    window.session.bins.assign(files[5:6], "Bin 1")
    settle(window)
    assert figures(panel)[0] is second
    opened(window)
    settle(window)
    third = figures(panel)[0]
    assert third is not None and third.sizes == (4, 2)


def test_what_arrives_for_other_bins_is_dropped(window: MainWindow, settle: Settle) -> None:
    files = images(window)
    teach(window, files[:2], files[2:4])
    settle(window)
    seen: list[Quality | None] = []
    panel = opened(window)
    panel.work.changed.connect(lambda: seen.append(panel.work.quality))
    window.session.bins.undo.undo()
    window.session.bins.undo.redo()
    window.session.bins.assign(files[4:5], "Bin 2")
    settle(window)
    assert {q.sizes for q in seen if q is not None} == {(2, 3)}


def test_a_method_that_adapts_is_asked_on_demand_only(window: MainWindow, settle: Settle, qtbot: QtBot) -> None:
    files = images(window)
    teach(window, files[:2], files[2:4])
    window.session.engine_host.choose(method="metanet")
    settle(window)
    panel = opened(window)
    settle(window)
    assert figures(panel) == (None, None, True) and panel._start.isVisible()
    assert "adapts" in panel._notes.text()
    QTest.mouseClick(panel._start, Qt.MouseButton.LeftButton)
    settle(window)
    quality, curve, stale = figures(panel)
    assert quality is not None and len(quality.answers) == 4
    assert curve is not None and curve.draws == 3 and not stale
    window.session.bins.assign(files[4:5], "Bin 2")
    settle(window)
    assert figures(panel) == (quality, curve, True) and panel._start.isVisible()
    assert "changed since" in panel._notes.text()
    pale = [w.graphicsEffect() for w in (panel._title, *panel._cards)]
    assert all(isinstance(e, QGraphicsOpacityEffect) and e.isEnabled() and e.opacity() < 1 for e in pale)
    QTest.mouseClick(panel._start, Qt.MouseButton.LeftButton)
    settle(window)
    assert not any(e.isEnabled() for e in pale if e is not None)
    assert "95 % confidence" in panel._title.toolTip() and "%" not in panel._title.text()


def test_examples_from_outside_the_folder_are_shown_large(
    window: MainWindow, drawn: Demo, settle: Settle, tmp_path: Path
) -> None:
    from fewshot_gui.widgets.drag_data import Dropped

    outside = sorted(drawn.examples.rglob("*.png"))[:4]
    window.import_commands.on_bin("", Dropped((), tuple(outside[:2]), ""))
    settle(window)
    window.import_commands.on_bin("", Dropped((), tuple(outside[2:]), ""))
    settle(window)
    panel = opened(window)
    settle(window)
    panel._on_cell("Bin 1", "")
    assert "without a tile" in panel.chosen.text() and not panel.chosen._only.isVisible()
    assert window.inspector._name.text() == outside[0].name


def test_the_panel_opens_again_with_the_next_window(
    make_window: Make, settle: Settle, folder: Path, qtbot: QtBot
) -> None:
    first = make_window()
    first.session.open_folder(folder)
    settle(first)
    opened(first)
    assert settings.BELOW.get() == "quality"
    first.close()
    second = make_window()
    second.session.open_folder(folder)
    qtbot.waitUntil(lambda: isinstance(second.middle.panel(), EvaluationPanel), timeout=PATIENCE_MS)
    second.middle._close.click()
    assert second.middle.panel() is None and settings.BELOW.get() == ""


def test_cards_stand_side_by_side_where_there_is_room(window: MainWindow, settle: Settle, qtbot: QtBot) -> None:
    teach(window, images(window)[:2], images(window)[2:4])
    panel = opened(window)
    settle(window)
    assert panel._columns == 3
    window.resize(1024, 640)
    qtbot.waitUntil(lambda: panel._columns < 3)
    assert window.gallery.view.height() > 100


# Words -------------------------------------------------------------------------------------------------------------


def test_sentences() -> None:
    answers = [LeftOut(str(n), "a", "a" if n < 27 else "b", 0.9) for n in range(30)]
    quality = Quality(("a", "b"), (30, 1), tuple(answers))
    assert panel_text.headline(quality) == "Right about 9 times in 10: 27 of 30 examples are claimed by their own bin"
    assert interval(27, 30) == "90 % right; with 95 % confidence 74 to 97 % (Wilson's interval)"
    assert "“b” has a single example" in panel_text.notes(quality)
    assert panel_text.confusions(quality).startswith("Most often “b” claims what is yours for “a”: 3.")
    pairs = [(a.confidence, a.right) for a in answers]
    assert panel_text.confidence(pairs, []).startswith(
        "Confidences promise 90 %, and 90 % are right. This rests on 30 left"
    )
    assert "1 answers of yours" in panel_text.confidence(pairs, [(0.5, True)]) and "rough" in panel_text.confidence(
        pairs, []
    )
    assert "rough" not in panel_text.confidence(pairs * 4, [])


@pytest.mark.parametrize(
    ("right", "count", "said"),
    [
        (4, 4, "Right every time"),
        (0, 4, "Wrong every time"),
        (58, 100, "Right about 6 times in 10"),
        (399, 400, "Right about 99 times in 100"),
        (97, 100, "Right about 97 times in 100"),
        (1, 400, "Right about 1 times in 100"),
    ],
)
def test_how_often_it_is_right(right: int, count: int, said: str) -> None:
    assert often(right, count) == said


def test_examples_that_were_picked_as_doubtful_are_no_sample_and_that_is_said() -> None:
    answers = tuple(LeftOut(f"i{n}", "a", "a", 0.9) for n in range(30))
    quality = Quality(("a", "b"), (30, 1), answers)
    assert "doubtful" not in panel_text.notes(quality) + panel_text.notes(quality, {"i1", "i2", "other"})
    said = panel_text.notes(quality, {f"i{n}" for n in range(12)})
    assert said.startswith("12 of 30 examples were picked as doubtful, such as by “Ask me first”:")


@pytest.mark.parametrize(
    ("end", "verdict"), [(0.94, "should still help"), (0.92, "help a little"), (0.905, "levels off")]
)
def test_what_more_examples_would_buy(end: float, verdict: str) -> None:
    curve = ShotsCurve((1, 2, 4), ((0.8, 0.8), (0.9, 0.9), (end, end)))
    advice = panel_text.advice(curve)
    assert advice.startswith(f"From 2 to 4 examples a bin: {round(100 * (end - 0.9)):+d} points") and verdict in advice
    assert "A trend shows from three" in panel_text.advice(ShotsCurve((1,), ((0.5,),)))


# The person's own answers ----------------------------------------------------------------------------------------


@pytest.fixture
def judged(qtbot: QtBot) -> tuple[BinStore, Library, Verdicts]:
    """Two bins, and four predicted images."""
    library, bins = Library(), BinStore()
    verdicts = Verdicts(bins, library, RemarkStore(bins, library, library), library)
    bins.add(["x"])
    bins.add(["y"])
    library.set_predictions({f"i{n}": Prediction(Status.OK, "Bin 1", (6 + n) / 10) for n in range(4)})
    return bins, library, verdicts


def test_confirming_correcting_and_rejecting_are_verdicts(judged: tuple[BinStore, Library, Verdicts]) -> None:
    bins, _, verdicts = judged
    bins.confirm({"i0": "Bin 1"})
    bins.assign(["i1"], "Bin 2")
    bins.reject({"i2": "Bin 1"})
    bins.reject({"i3": "Bin 2"})  # nobody said that it was
    assert verdicts.answers() == [(0.6, True), (0.7, False), (0.8, False)]
    bins.undo.undo()
    bins.undo.undo()
    assert verdicts.answers() == [(0.6, True), (0.7, False)]
    bins.undo.undo()
    bins.undo.undo()
    assert verdicts.answers() == []


def test_a_bin_that_could_not_have_been_named_is_no_verdict(judged: tuple[BinStore, Library, Verdicts]) -> None:
    bins, library, verdicts = judged
    bins.add(["i0"])
    assert verdicts.answers() == []
    bins.confirm({"i1": "Bin 1"})
    bins.assign(["i1"], "Bin 2")  # the same answer, thought over
    assert len(verdicts.answers()) == 1
    library.open(None)
    assert verdicts.answers() == []


def test_what_was_answered_where_doubtful_images_come_first_is_remembered(
    window: MainWindow, make_window: Make, settle: Settle, folder: Path
) -> None:
    files, bins = images(window), window.session.bins
    teach(window, files[:2], files[2:4])
    settle(window)
    remarks, labels = window.session.workspace.remarks, window.session.library.predictions
    bins.confirm({files[4]: labels[files[4]].label})
    assert remarks.picked() == set()
    window.shortcuts.actions["ask_first"].trigger()
    settle(window)
    bins.confirm({files[5]: labels[files[5]].label})
    window.session.teach("", files[6:7])  # a bin of its own: no verdict, and an example all the same
    assert remarks.picked() == {files[5], files[6]}
    settle(window)
    panel = opened(window)
    settle(window)
    assert panel._notes.text().startswith("1 of 6 examples were picked as doubtful")
    assert remarks.verdicts()[files[4]].method == "characters/prototypical"
    window.close()
    again = make_window()
    again.session.open_folder(folder)
    settle(again)
    assert again.session.workspace.remarks.picked() == {files[5], files[6]}
    again.session.bins.undo.undo()
    assert again.session.workspace.remarks.picked() == {files[5]}


def test_words_along_the_axes_are_not_cut_off(qtbot: QtBot) -> None:
    make_application()  # the window's dress has a frame around plots
    plot = ReliabilityPlot()
    qtbot.addWidget(plot)
    plot.resize(240, 200)
    plot.show()
    plot.redraw()
    qtbot.waitUntil(lambda: plot.plot.plotItem.width() > 0)
    qtbot.waitUntil(lambda: all(plot.plot.viewport().rect().contains(w) for w in _along_the_axes(plot)))


def _along_the_axes(plot: ReliabilityPlot) -> list[QRect]:
    """Where the words stand, without the margins around them."""
    labels = [plot.plot.getAxis(side).label for side in ("bottom", "left")]
    margin = labels[0].document().documentMargin()
    inner = [n.boundingRect().adjusted(margin, margin, -margin, -margin) for n in labels]
    return [n.mapRectToScene(w).toAlignedRect() for n, w in zip(labels, inner, strict=True)]
