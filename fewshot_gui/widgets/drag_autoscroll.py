"""While something is dragged over the window: lists scroll near their edges, and the wheel scrolls them."""

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPoint, QTimer
from PySide6.QtGui import QDragMoveEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from fewshot_gui.style.theme import GRID

EDGE = 6 * GRID
"""So near to the upper or lower edge a drag scrolls, the faster the nearer."""
TICK_MS, LONGEST_MS = 16, 100
"""Between two steps; a longer pause counts as this long."""
SLOWEST, FASTEST = 60, 900
"""Pixels a second, where the edge begins and at the very edge."""
NOTCH = 15 * GRID
"""Pixels for a notch of the wheel."""


class DragScroll(QObject):
    """Watches the drags over ``window``, its own and others', and scrolls ``areas`` under them.

    Whatever scrolls under a pointer that rests is told to the window as a move of the drag. So the target that lights
    up, and takes the drop, is the one that is under the pointer now.
    """

    def __init__(self, window: QWidget, areas: Sequence[QAbstractScrollArea]) -> None:
        super().__init__(window)
        self._window, self._areas = window, tuple(areas)
        self._move: QDragMoveEvent | None = None
        self._told = False
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        self._clock = QElapsedTimer()

    def watch(self) -> None:
        """Begin; the window has been shown."""
        handle = self._window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """All drags pass through the window's handle. During one, the wheel is seen before Qt throws it away."""
        kind = event.type()
        if kind in (QEvent.Type.DragEnter, QEvent.Type.DragMove) and isinstance(event, QDragMoveEvent):
            if watched is self._window.windowHandle() and not self._told:
                self._begin(event)
        elif kind in (QEvent.Type.DragLeave, QEvent.Type.Drop):
            if watched is self._window.windowHandle():
                self._end()
        elif kind == QEvent.Type.Wheel and self._move is not None and isinstance(event, QWheelEvent):
            self._scroll(-event.angleDelta().y() * NOTCH // 120)
            return True
        return False

    def _begin(self, event: QDragMoveEvent) -> None:
        if self._move is None:
            QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        self._move = _copy(event)
        if not self._speed():
            self._timer.stop()
        elif not self._timer.isActive():
            self._clock.start()
            self._timer.start()

    def _end(self) -> None:
        self._timer.stop()
        self._move = None
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]

    def _on_tick(self) -> None:
        elapsed = min(self._clock.elapsed(), LONGEST_MS)
        by = round(self._speed() * elapsed / 1000)
        if by:
            self._clock.restart()
            self._scroll(by)

    def _point(self) -> QPoint:
        """Where the drag is, in the window."""
        return QPoint() if self._move is None else self._move.position().toPoint()

    def _area(self) -> QAbstractScrollArea | None:
        return next((a for a in self._areas if a.isVisible() and self._inside(a).y() >= 0), None)

    def _inside(self, area: QAbstractScrollArea) -> QPoint:
        """Where the drag is in the area's viewport; (-1, -1) outside."""
        place = area.viewport().mapFrom(self._window, self._point())
        return place if area.viewport().rect().contains(place) else QPoint(-1, -1)

    def _speed(self) -> int:
        """Pixels a second to scroll by: below 0 towards the top."""
        area = self._area()
        if area is None:
            return 0
        y, height = self._inside(area).y(), area.viewport().height()
        edge = min(EDGE, height // 4)
        near = max(edge - y, y - height + 1 + edge)
        if near <= 0:
            return 0
        speed = SLOWEST + (FASTEST - SLOWEST) * near // max(1, edge)
        return -speed if y < edge else speed

    def _scroll(self, by: int) -> None:
        area = self._area()
        if area is None or not by:
            return
        bar = area.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + by)
        if bar.value() != before:
            self._tell()

    def _tell(self) -> None:
        handle = self._window.windowHandle()
        if self._move is not None and handle is not None:
            self._told = True
            QApplication.sendEvent(handle, _copy(self._move))
            self._told = False


def _copy(event: QDragMoveEvent) -> QDragMoveEvent:
    return QDragMoveEvent(
        event.position().toPoint(), event.possibleActions(), event.mimeData(), event.buttons(), event.modifiers()
    )
