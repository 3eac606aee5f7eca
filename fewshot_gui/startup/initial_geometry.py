"""Fits a window to the screen at the first start, its frame included."""

from PySide6.QtCore import QEvent, QMargins, QObject, QRect, QSize, QTimer
from PySide6.QtWidgets import QWidget

from fewshot_gui.style.theme import GRID

FRAME = QMargins(GRID // 2, 5 * GRID, GRID // 2, GRID // 2)
"""About what a title bar and edges take, until the window manager has said."""
SAID_MS = 100
"""After so long a window manager has put its frame around a new window."""


def fitted(wanted: QSize, available: QRect, frame: QMargins) -> QRect:
    """A window of the ``wanted`` size, or as large as there is room for, in the middle of what is ``available``: its
    place without the ``frame``."""
    room = available.marginsRemoved(frame)
    place = QRect(room.topLeft(), wanted.boundedTo(room.size()))
    place.moveCenter(room.center())
    return place


def fit_to_screen(window: QWidget) -> None:
    """Put ``window`` where it fits with the frame it is likely to get, and again once it has it."""
    _Fitting(window)


class _Fitting(QObject):
    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window, self._wanted = window, window.size()
        self._fit(FRAME)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window is shown: its frame comes in a moment."""
        if event.type() == QEvent.Type.Show:
            self._window.removeEventFilter(self)
            QTimer.singleShot(SAID_MS, self, self._on_framed)
        return False

    def _on_framed(self) -> None:
        outer, inner = self._window.frameGeometry(), self._window.geometry()
        frame = QMargins(
            inner.left() - outer.left(),
            inner.top() - outer.top(),
            outer.right() - inner.right(),
            outer.bottom() - inner.bottom(),
        )
        if not self._window.screen().availableGeometry().contains(outer):
            self._fit(frame)
        self.deleteLater()

    def _fit(self, frame: QMargins) -> None:
        self._window.setGeometry(fitted(self._wanted, self._window.screen().availableGeometry(), frame))
