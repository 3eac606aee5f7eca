"""Four steps through the window, for who sees it for the first time."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtWidgets import QMainWindow, QWidget

from fewshot_gui.help.callout import Bubble


@dataclass(frozen=True, slots=True)
class Step:
    """What is said, and of which control: ``part`` gives the piece of ``target`` that is meant, in its coordinates."""

    title: str
    text: str
    target: QWidget
    part: Callable[[], QRect]


class Tour(QObject):
    """Shows ``steps`` one after the other; ``done`` gets the keyboard when it is over."""

    def __init__(self, window: QMainWindow, steps: list[Step], done: QWidget) -> None:
        super().__init__(window)
        self._window, self._steps, self._done = window, steps, done
        self._at = 0
        self.bubble = Bubble(window)
        self.bubble.next_asked.connect(self._on_next)
        self.bubble.skipped.connect(self.end)
        for watched in {window, *(s.target for s in steps)}:
            watched.installEventFilter(self)

    def start(self) -> None:
        """From the first step."""
        self._at = 0
        self._show()

    def running(self) -> bool:
        """Whether a step is shown."""
        return not self.bubble.isHidden()

    def end(self) -> None:
        """Over, at the end or before."""
        self.bubble.leave()
        self._done.setFocus()

    def _on_next(self) -> None:
        self._at += 1
        if self._at < len(self._steps):
            self._show()
        else:
            self.end()

    def _show(self) -> None:
        step = self._steps[self._at]
        self.bubble.say(step.title, step.text, self._at + 1, len(self._steps))
        self._place()

    def _place(self) -> None:
        step = self._steps[self._at]
        part = step.part()
        self.bubble.point_at(QRect(step.target.mapTo(self._window, QPoint()) + part.topLeft(), part.size()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay beside the control."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and self.running():
            self._place()
        return super().eventFilter(watched, event)
