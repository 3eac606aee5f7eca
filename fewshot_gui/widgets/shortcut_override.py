"""The window's commands while somebody types. Text fields know keys such as Ctrl+E or Ctrl+K, too, and would keep them
from the commands."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

Standard = QKeySequence.StandardKey
OF_TEXT = (
    *(Standard.Copy, Standard.Cut, Standard.Paste, Standard.Undo, Standard.Redo, Standard.SelectAll),
    *(Standard.MoveToNextWord, Standard.MoveToPreviousWord, Standard.SelectNextWord, Standard.SelectPreviousWord),
    *(Standard.DeleteStartOfWord, Standard.DeleteEndOfWord),
)
"""With Ctrl, and yet meant for the text."""


def is_command(event: QKeyEvent) -> bool:
    """Whether the keys mean a command rather than the text."""
    held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return held and not any(event.matches(keys) for keys in OF_TEXT)


class CommandsWhileTyping(QObject):
    """Keeps ``field`` from taking the keys of commands. Keys that no command has are the field's as ever."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """True: the field is not asked."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and is_command(event):
            event.ignore()
            return True
        return False
