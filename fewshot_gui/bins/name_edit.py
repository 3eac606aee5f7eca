"""Editing a bin's name in place."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid

from fewshot_gui.shortcuts.typing import CommandsWhileTyping

LONGEST = 80


class NameEdit(QLineEdit):
    """A line edit that ends once: ``finished`` carries the new name, or "" where the person gave up."""

    finished = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Name of the bin"))
        self.setMaxLength(LONGEST)
        self._open = False
        self._before: QWidget | None = None
        CommandsWhileTyping(self)

    def start(self, name: str) -> None:
        """Begin with this name, all of it selected, and take the keyboard until it ends."""
        self._open, self._before = True, QApplication.focusWidget()
        self.setText(name)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the name, Escape leaves it; then the keyboard goes back to the bin, or else to the gallery."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
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

    def _end(self, name: str) -> None:
        if self._open:
            self._open = False
            self.finished.emit(name)
