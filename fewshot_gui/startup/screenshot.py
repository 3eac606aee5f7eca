"""Takes a screenshot of the window once nothing is running any more."""

import time
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from fewshot_gui.session.session import Session
from fewshot_gui.startup.command_line import print_error

LOOK_MS = 60
CALM_LOOKS = 4
"""So many looks in a row must find nothing on its way."""
PATIENCE_S = 180.0


class Screenshot(QObject):
    """Waits, writes the picture, closes the window. ``code`` is the exit code then."""

    def __init__(self, window: QWidget, session: Session, path: Path) -> None:
        super().__init__(window)
        self._window, self._session, self._path = window, session, path
        self._calm = 0
        self._deadline = time.monotonic() + PATIENCE_S
        self.code = 0
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        rests = not self._session.waiting_for()
        self._calm = self._calm + 1 if rests else 0
        late = time.monotonic() > self._deadline
        if self._calm >= CALM_LOOKS or late:
            self._timer.stop()
            self._take(late)

    def _take(self, late: bool) -> None:
        if late:
            print_error(f"The window did not come to rest in {PATIENCE_S:.0f} s.")
            self.code = 1
        if not self._window.grab().save(str(self._path), "PNG"):
            print_error(f"Cannot write: {self._path}. Name a file in a folder you can write to.")
            self.code = 2
        self._window.close()
