"""Scatter plot of the map: hover, lasso and keyboard navigation."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backend.embedding.feature_map import FeatureMap
from backend.types import ImageId
from fewshot_gui.map.lasso import Place, inside, middles, nearest, next_group, rectangle
from fewshot_gui.map.symbols import LARGE, SMALL, Symbol, scatter
from fewshot_gui.style import theme
from fewshot_gui.widgets.plot_style import dress, line, make_plot

NEAR, DRAG = 12.0, 4
"""Pixels: as near a point must be to be meant, and as far a drag goes before it is one."""
MANY = 40
"""More selected points than these get narrow rings."""
DIRECTIONS: dict[int, Place] = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, 1.0),
    Qt.Key.Key_Down: (0.0, -1.0),
}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class MapPlotView(QWidget):
    """A map's points.

    Signals:
        taken(ids, more): these were lassoed, clicked or chosen by Enter; ``more`` to add them to the selection.
        pointed(id, position): the mouse is over this point, "" for none.
        walked(group): the arrow keys have come to this group.
    """

    taken = Signal(object, bool)
    pointed = Signal(object, QPoint)
    walked = Signal(int)

    def __init__(self, kind_of: Callable[[ImageId], Symbol]) -> None:
        super().__init__()
        self._kind_of = kind_of
        self.plot = make_plot(self.tr("Map of the folder: alike images lie side by side"))
        self.plot.setAspectLocked(True)
        self.plot.setMouseEnabled(True, True)
        self.plot.hideAxis("left")
        self.plot.hideAxis("bottom")
        self.rectangular = False
        self.group: int | None = None
        self._map = FeatureMap((), np.zeros((0, 2), np.float32), np.zeros(0, np.intp))
        self._rows: dict[ImageId, int] = {}
        self._points: list[Any] = []
        self._chosen = pg.ScatterPlotItem()
        self._ring, self._lasso = pg.PlotCurveItem(), pg.PlotCurveItem()
        self._path: list[Place] = []
        self._pressed: QPoint | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.plot)
        self.setFocusProxy(self.plot)
        for item in (self._chosen, self._ring, self._lasso):
            item.setZValue(10)
            self.plot.addItem(item, ignoreBounds=True)
        self.plot.installEventFilter(self)
        self.plot.viewport().installEventFilter(self)
        self.plot.viewport().setMouseTracking(True)

    # What is shown -----------------------------------------------------------------------------------------------

    def show_map(self, shown: FeatureMap) -> None:
        """Another map: the whole of it is shown."""
        self._map, self.group = shown, None
        self._rows = {image: row for row, image in enumerate(shown.ids)}
        self._ring.setData([], [])
        self.highlight(())
        self.redraw()
        self.fit()

    def fit(self) -> None:
        """Show all points."""
        if len(self._map.ids):
            (left, bottom), (right, top) = self._map.points.min(0).tolist(), self._map.points.max(0).tolist()
            self.plot.setRange(xRange=(left, right), yRange=(bottom, top), padding=0.06)

    def redraw(self) -> None:
        """Labels or colours are others than before."""
        dress(self.plot, theme.tokens().surface)
        for item in self._points:
            self.plot.removeItem(item)
        kinds: dict[Symbol, list[int]] = {}
        for row, image in enumerate(self._map.ids):
            kinds.setdefault(self._kind_of(image), []).append(row)
        order = sorted(kinds, key=lambda k: (k.example, k.slot))
        self._points = [scatter(self._map.points[kinds[k]], k) for k in order]
        for place, item in enumerate(self._points):
            item.setZValue(place / 1000)
            self.plot.addItem(item)

    def highlight(self, ids: Sequence[ImageId]) -> None:
        """These are selected in the gallery."""
        rows = [row for i in ids if (row := self._rows.get(i)) is not None]
        points = self._map.points[rows]
        many = len(rows) > MANY  # wide rings would hide the points that they stand around
        pen, size = (line(theme.tokens().text, 1), SMALL + 4) if many else (line(theme.tokens().text, 2), LARGE + 4)
        self._chosen.setData(points[:, 0], points[:, 1], symbol="o", size=size, pen=pen, brush=None)

    def members(self, group: int) -> list[ImageId]:
        """The images of a group."""
        return [self._map.ids[row] for row in (self._map.groups == group).nonzero()[0]]

    def groups(self) -> int:
        """How many there are."""
        return int(self._map.groups.max(initial=-1)) + 1

    # Keys --------------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Left button and keys are ours; wheel and the other buttons zoom and move the plot."""
        if watched is self.plot and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event)
        if watched is self.plot.viewport():
            if isinstance(event, QMouseEvent):
                return self._on_mouse(event)
            if event.type() == QEvent.Type.Leave:
                self.pointed.emit("", QPoint())
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in DIRECTIONS and self.groups():
            self._walk(DIRECTIONS[key])
        elif key in ENTER and self.group is not None:
            self.taken.emit(self.members(self.group), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            factor = 0.8 if key == Qt.Key.Key_Plus else 1.25
            self.plot.plotItem.vb.scaleBy((factor, factor))
        elif key == Qt.Key.Key_Home:
            self.fit()
        else:
            return False
        return True

    def _walk(self, direction: Place) -> None:
        centres = middles(self._map.points, self._map.groups)
        if self.group is None:
            self.group = int(np.bincount(self._map.groups).argmax())
        else:
            self.group = next_group(centres, self.group, direction)
        self._draw_ring(self._map.points[self._map.groups == self.group])
        self.walked.emit(self.group)

    def _draw_ring(self, points: NDArray[np.float32]) -> None:
        pad = 0.02 * float(np.ptp(self._map.points, axis=0).max() or 1.0)
        corners = rectangle(tuple(points.min(0) - pad), tuple(points.max(0) + pad))
        closed = np.vstack([corners, corners[:1]])
        self._ring.setData(closed[:, 0], closed[:, 1], pen=line(theme.tokens().accent, 2, Qt.PenStyle.DashLine))
        view = self.plot.plotItem.vb.viewRect()
        if not (view.contains(*map(float, corners[0])) and view.contains(*map(float, corners[2]))):
            self.fit()

    # Mouse -------------------------------------------------------------------------------------------------------

    def _on_mouse(self, event: QMouseEvent) -> bool:
        kind, left = event.type(), Qt.MouseButton.LeftButton
        position = event.position().toPoint()
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick) and event.button() == left:
            self.plot.setFocus(Qt.FocusReason.MouseFocusReason)
            self._pressed, self._path = position, [self._place(position)]
            return True
        if kind == QEvent.Type.MouseMove and self._pressed is not None:
            self._extend(position)
            return True
        if kind == QEvent.Type.MouseMove and not event.buttons():
            row = self._row_at(position)
            self.pointed.emit("" if row is None else self._map.ids[row], position)
        if kind == QEvent.Type.MouseButtonRelease and event.button() == left and self._pressed is not None:
            self._finish(position, event.modifiers())
            return True
        return False

    def _extend(self, position: QPoint) -> None:
        self.pointed.emit("", position)
        self._path.append(self._place(position))
        shape = np.array(self._outline())
        closed = np.vstack([shape, shape[:1]])
        fill = QColor(theme.tokens().accent)
        fill.setAlpha(36)
        self._lasso.setData(
            closed[:, 0], closed[:, 1], pen=line(theme.tokens().accent, 1.5), brush=fill, fillLevel=None
        )

    def _outline(self) -> NDArray[np.float32]:
        return rectangle(self._path[0], self._path[-1]) if self.rectangular else np.array(self._path, np.float32)

    def _finish(self, position: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        pressed, self._pressed = self._pressed, None
        self._lasso.setData([], [])
        keys = Qt.KeyboardModifier
        more = bool(modifiers & (keys.ShiftModifier | keys.ControlModifier))
        if pressed is None or (position - pressed).manhattanLength() < DRAG:
            row = self._row_at(position)
            self.taken.emit([] if row is None else [self._map.ids[row]], more)
        else:
            rows = inside(self._outline(), self._map.points).nonzero()[0]
            self.taken.emit([self._map.ids[row] for row in rows], more)

    def _place(self, position: QPoint) -> Place:
        there = self.plot.plotItem.vb.mapSceneToView(self.plot.mapToScene(position))
        return there.x(), there.y()

    def _row_at(self, position: QPoint) -> int | None:
        pixel = self.plot.plotItem.vb.viewPixelSize()
        scale = (1 / max(pixel[0], 1e-12), 1 / max(pixel[1], 1e-12))
        return nearest(self._map.points, self._place(position), scale, NEAR)
