"""Line edit for a bin's name."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid

from fewshot_gui.widgets.shortcut_override import CommandsWhileTyping

LONGEST = 80


class NameEdit(QLineEdit):
    """A line edit that ends once. Enter does not end it while the name cannot be used.

    Signals:
        finished(name): the new name, or "" where the person gave up.
        judged(text, refused): what is to be said of the name as it stands; "" where there is nothing to say.
    """

    finished = Signal(str)
    judged = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Name of the bin"))
        self.setMaxLength(LONGEST)
        self._open = False
        self._before: QWidget | None = None
        CommandsWhileTyping(self)
        self.problem: Callable[[str], str] = _nothing
        """Why a name cannot be used, "" where it can."""
        self.advice: Callable[[str], str] = _nothing
        """What is worth knowing about a name that can."""
        self.textChanged.connect(self.judge)

    def start(self, name: str) -> None:
        """Begin with this name, all of it selected, and take the keyboard until it ends."""
        self._open, self._before = True, QApplication.focusWidget()
        self.setText(name)
        self.selectAll()
        self.judge()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the name, Escape leaves it; then the keyboard goes back to the bin, or else to the gallery."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self.problem(self.text()):
                self._end(self.text().strip())
                self._go_back()
        elif event.key() == Qt.Key.Key_Escape:
            self._end("")
            self._go_back()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Clicking elsewhere takes the name."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._end(self.text().strip())

    def finish(self) -> None:
        """Take the name as it stands; nothing where it has ended already."""
        self._end(self.text().strip())

    def _go_back(self) -> None:
        """From elsewhere the person did not come to stay: a button there would be pressed by the next Enter."""
        card, before = self.parentWidget(), self._before
        if card is None or before is None or not isValid(before) or not (before is card or card.isAncestorOf(before)):
            before = self.window()
        before.setFocus(Qt.FocusReason.OtherFocusReason)

    def judge(self) -> None:
        """Tell what is to be said of the name as it stands."""
        if self._open:
            problem = self.problem(self.text())
            self.judged.emit(problem or self.advice(self.text()), bool(problem))

    def _end(self, name: str) -> None:
        if self._open:
            self._open = False
            self.judged.emit("", False)
            self.finished.emit(name)


def _nothing(_: str) -> str:
    return ""
