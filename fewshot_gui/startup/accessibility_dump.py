"""For end-to-end tests: keeps writing the accessibility tree, as JSON, to the file that FEWSHOT_ACCESS_DUMP names."""

import json
import os
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from fewshot_gui.session.session import Session

VARIABLE = "FEWSHOT_ACCESS_DUMP"
EVERY_MS = 200
MOST_ITEMS = 2000
"""Of longer lists the rest is not looked at."""


def start_if_asked(window: QWidget, session: Session) -> None:
    """Begin where the environment names a file."""
    path = os.environ.get(VARIABLE)
    if path:
        _Dump(window, session, Path(path))


class _Dump(QObject):
    def __init__(self, window: QWidget, session: Session, path: Path) -> None:
        super().__init__(window)
        self._session, self._path, self._looks = session, path, 0
        timer = QTimer(self, interval=EVERY_MS)
        timer.timeout.connect(self._write)
        QAccessible.setActive(True)  # as a screen reader does; else views do not tell when rows change places
        timer.start()

    def _write(self) -> None:
        windows = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w.isWindow()]
        trees = [tree(QAccessible.queryAccessibleInterface(w)) for w in windows]
        self._looks += 1
        state = {"look": self._looks, "waiting_for": self._session.waiting_for(), "windows": trees}
        new = self._path.with_suffix(".new")
        new.write_text(json.dumps(state), encoding="utf-8")
        new.replace(self._path)


def tree(node: QAccessibleInterface) -> dict[str, Any]:
    """Name, role, rectangle on the screen (device pixels) and children of everything that is visible."""
    rect = node.rect()
    children = (node.child(n) for n in range(min(node.childCount(), MOST_ITEMS)))
    return {
        "name": node.text(QAccessible.Text.Name),
        "role": node.role().name,
        "rect": [rect.x(), rect.y(), rect.width(), rect.height()],
        "focused": bool(node.state().focused),
        "scrolls": isinstance(node.object(), QAbstractScrollArea),
        "children": [tree(c) for c in children if not c.state().invisible],
    }
