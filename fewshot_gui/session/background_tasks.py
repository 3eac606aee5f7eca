"""Comparisons and downloads that run in the background. The status bar shows one at a time."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True, slots=True)
class BackgroundTask:
    """What is under way, in words, how far it is (``total`` 0 while nobody knows), and what ends it."""

    text: str
    cancel: Callable[[], object]
    done: int = 0
    total: int = 0


class BackgroundTasks(QObject):
    """Holds what is under way, by name. ``changed`` tells of every step."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks: dict[str, BackgroundTask] = {}

    def begin(self, name: str, text: str, cancel: Callable[[], object]) -> None:
        """Show this from now on."""
        self._tasks[name] = BackgroundTask(text, cancel)
        self.changed.emit()

    def step(self, name: str, done: int, total: int, text: str | None = None) -> None:
        """It is so far. Nothing where it has ended."""
        task = self._tasks.get(name)
        if task is not None:
            self._tasks[name] = replace(task, done=done, total=total, text=task.text if text is None else text)
            self.changed.emit()

    def end(self, name: str) -> None:
        """It is over."""
        if self._tasks.pop(name, None) is not None:
            self.changed.emit()

    def current(self) -> BackgroundTask | None:
        """What began last and is still under way."""
        return next(reversed(self._tasks.values()), None)
