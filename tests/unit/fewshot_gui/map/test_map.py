"""The map: lasso and keys select in the gallery, the gallery's selection shows on the map."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from backend.embedding.feature_map import FeatureMap
from fewshot_gui.main_window.window import MainWindow
from fewshot_gui.map.lasso import inside, middles, nearest, next_group, rectangle
from fewshot_gui.map.panel import MapPanel
from fewshot_gui.map.symbols import SHAPES, UNLABELLED, Symbol, rim, symbol_of
from fewshot_gui.style.theme import bin_colour, contrast, tokens
from tests.windows import Make, Settle

Left = Qt.MouseButton.LeftButton
SQUARE = np.array([[0, 0], [4, 0], [4, 4], [0, 4]], np.float32)


@pytest.fixture
def panel(make_window: Make, settle: Settle, folder: Path, qtbot: QtBot) -> MapPanel:
    """Twelve drawings on the map; two bins."""
    window = make_window()
    window.session.open_folder(folder)
    settle(window)
    files = list(window.session.library.files)
    window.session.teach("", files[:2])
    window.session.teach("", files[2:4])
    window.shortcuts.actions["map"].trigger()
    panel = window.middle.panel()
    assert isinstance(panel, MapPanel)
    settle(window)
    qtbot.waitUntil(lambda: panel.work.map is not None and len(panel.work.map.ids) == 12)
    return panel


def place_on_the_map(panel: MapPanel) -> list[str]:
    """Known places: the first four images in a corner each, the others in the middle."""
    ids = list(panel._session.library.files)
    points = np.array([[-9, -9], [9, -9], [9, 9], [-9, 9], *[[0, 0.1 * n] for n in range(8)]], np.float32)
    groups = np.array([0, 1, 2, 3, *[4] * 8], np.intp)
    panel.work.map = FeatureMap(tuple(ids), points, groups, 0.5)
    panel.refresh()
    return ids


def pixel(panel: MapPanel, x: float, y: float) -> QPoint:
    scene = panel.plot.plot.plotItem.vb.mapViewToScene(QPointF(x, y))
    found: QPoint = panel.plot.plot.mapFromScene(scene)
    return found


def drag(panel: MapPanel, *corners: tuple[float, float], keys: Qt.KeyboardModifier | None = None) -> None:
    surface, held = panel.plot.plot.viewport(), keys or Qt.KeyboardModifier.NoModifier
    places = [pixel(panel, *c) for c in corners]
    QTest.mousePress(surface, Left, held, places[0])
    for place in places[1:]:
        QTest.mouseMove(surface, place)
    QTest.mouseRelease(surface, Left, held, places[-1])


def selected(panel: MapPanel) -> set[str]:
    return set(panel._selection.selected_ids())


def test_a_lasso_and_a_rectangle_select_in_the_gallery(panel: MapPanel) -> None:
    ids = place_on_the_map(panel)
    drag(panel, (-11, -11), (-6, -11), (-6, -6), (-11, -6))
    assert selected(panel) == {ids[0]}
    drag(panel, (6, 11), (11, 11), (11, 6), (6, 6), keys=Qt.KeyboardModifier.ShiftModifier)
    assert selected(panel) == {ids[0], ids[2]}
    panel._buttons["rectangle"].click()
    drag(panel, (-2, -2), (2, 2))
    assert selected(panel) == set(ids[4:]) and "8 selected in the gallery" in panel.chosen.text()
    drag(panel, (-7, -7), (-5, -5))  # nothing lies there
    assert selected(panel) == set()


def test_a_click_selects_the_point_that_is_near_and_the_mouse_shows_it(panel: MapPanel, qtbot: QtBot) -> None:
    ids = place_on_the_map(panel)
    QTest.mouseClick(panel.plot.plot.viewport(), Left, pos=pixel(panel, 9, 9) + QPoint(5, 5))
    assert selected(panel) == {ids[2]}
    assert panel._session.library.relative(ids[2]) in panel._tile_words(ids[2])
    QTest.mouseMove(panel.plot.plot.viewport(), pixel(panel, 9, -9))
    qtbot.waitUntil(panel._hover.isVisible)
    assert "01.png" in panel._hover._words.text().replace("\u200b", "")
    qtbot.waitUntil(lambda: not panel._hover._picture.pixmap().isNull())
    QTest.mouseMove(panel.plot.plot.viewport(), pixel(panel, 5, 0))
    qtbot.waitUntil(lambda: not panel._hover.isVisible())


def test_arrows_walk_from_group_to_group_and_enter_selects(panel: MapPanel) -> None:
    ids = place_on_the_map(panel)
    QTest.keyClick(panel.plot.plot, Qt.Key.Key_Right)
    assert panel.plot.group == 4  # the largest, to begin with
    assert "Group 5 of 5: 8 images" in panel.chosen.text() == panel.plot.plot.accessibleDescription()
    QTest.keyClick(panel.plot.plot, Qt.Key.Key_Return)
    assert selected(panel) == set(ids[4:])
    QTest.keyClick(panel.plot.plot, Qt.Key.Key_Up)
    QTest.keyClick(panel.plot.plot, Qt.Key.Key_Right)
    assert panel.plot.group == 2
    QTest.keyClick(panel.plot.plot, Qt.Key.Key_Enter, Qt.KeyboardModifier.ShiftModifier)
    assert selected(panel) == {*ids[4:], ids[2]}


def test_the_gallerys_selection_is_ringed(panel: MapPanel, qtbot: QtBot) -> None:
    ids = place_on_the_map(panel)
    panel._selection.select([ids[1], ids[3]], "")
    qtbot.waitUntil(lambda: len(panel.plot._chosen.data) == 2)
    assert sorted(panel.plot._chosen.data["x"]) == [-9, 9]


def test_points_wear_the_bins_colours_and_shapes(panel: MapPanel, settle: Settle) -> None:
    session = panel._session
    ids = list(session.library.files)
    assert symbol_of(session, ids[0]) == Symbol(0, example=True)
    assert symbol_of(session, ids[2]) == Symbol(1, example=True)
    label = session.library.predictions[ids[5]].label
    assert symbol_of(session, ids[5]).slot == ("Bin 1", "Bin 2").index(label)
    assert not symbol_of(session, ids[5]).example
    assert len({(bin_colour(slot).name(), SHAPES[slot % len(SHAPES)]) for slot in range(50)}) == 50
    for slot in range(50):
        assert contrast(rim(bin_colour(slot)), bin_colour(0).fromString(tokens().surface)) >= 2.9
    session.library.clear_predictions()
    assert symbol_of(session, ids[5]) == Symbol(UNLABELLED)


def test_the_legend_selects_a_bin(panel: MapPanel) -> None:
    names = [panel.legend.item(n).text() for n in range(panel.legend.count())]
    assert [n.partition(":")[0] for n in names] == ["Bin 1", "Bin 2"]
    assert sum(int(n.partition(": ")[2]) for n in names) == 12
    panel.legend.setCurrentRow(1)
    panel.legend.itemActivated.emit(panel.legend.item(1))
    assert len(selected(panel)) == int(names[1].partition(": ")[2])


def test_another_model_or_folder_draws_another_map(panel: MapPanel, settle: Settle, qtbot: QtBot) -> None:
    before = panel.work.map
    panel._session.engine_host.choose(method="matching")  # a network of its own
    window = panel.window()
    assert isinstance(window, MainWindow)
    settle(window)
    qtbot.waitUntil(lambda: panel.work.map is not before and panel.work.map is not None)
    panel._session.library.open(None)
    assert panel.work.map is None and panel._empty.isVisible()


@pytest.mark.parametrize("there", [True, False])
def test_umap_is_offered_where_it_is_installed(make_window: Make, monkeypatch: pytest.MonkeyPatch, there: bool) -> None:
    monkeypatch.setattr("backend.jobs.umap_installed", lambda: there)
    panel = make_window().middle.open_panel("map")
    assert isinstance(panel, MapPanel)
    assert panel._buttons["umap"].isEnabled() is there
    assert ("pip install 'fewshot[map]'" in panel._buttons["umap"].toolTip()) is not there
    assert panel._empty._title.text() == "Nothing to map yet"


def test_what_draws_plots_is_loaded_when_a_panel_opens() -> None:
    program = "import fewshot_gui.main_window.window, sys; print('pyqtgraph' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


# Geometry, by hand --------------------------------------------------------------------------------------------------


def test_inside_a_square_and_outside() -> None:
    points = np.array([[1, 1], [3.9, 0.1], [5, 1], [-1, 2], [2, 5]], np.float32)
    assert inside(SQUARE, points).tolist() == [True, True, False, False, False]
    assert not inside(SQUARE[:2], points).any() and len(inside(SQUARE, points[:0])) == 0


def test_a_lasso_that_crosses_itself_leaves_its_hole_out() -> None:
    arrow = np.array([[0, 0], [4, 0], [4, 4], [2, 1], [0, 4]], np.float32)  # a notch from the top
    assert inside(arrow, np.array([[2, 3], [0.5, 1], [3.5, 2], [2, 0.5]], np.float32)).tolist() == [
        False, True, True, True,
    ]  # fmt: skip
    twice = np.vstack([SQUARE, SQUARE])
    assert not inside(twice, np.array([[2, 2]], np.float32)).any()
    assert rectangle((4, 0), (0, 4)).tolist() == [[4, 0], [0, 0], [0, 4], [4, 4]]


def test_the_nearest_point_in_pixels() -> None:
    assert nearest(SQUARE, (3, 1), (1, 1), 2) == 1
    assert nearest(SQUARE, (3, 1), (10, 10), 12) is None  # fourteen pixels away
    assert nearest(SQUARE, (1.5, 0), (1, 100), 5) == 0
    assert nearest(SQUARE[:0], (0, 0), (1, 1), 9) is None


def test_the_next_group_is_ahead_rather_than_aside() -> None:
    centres = np.array([[0, 0], [5, 1], [2, 3], [-1, 0], [0, 9]], np.float32)
    assert next_group(centres, 0, (1, 0)) == 1
    assert next_group(centres, 0, (0, 1)) == 2
    assert next_group(centres, 0, (-1, 0)) == 3
    assert next_group(centres, 0, (0, -1)) == 0
    assert middles(SQUARE, np.array([0, 0, 1, 1])).tolist() == [[2, 0], [2, 4]]
