"""What stands where there is nothing to show."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from fewshot_gui.style import icons
from fewshot_gui.style.theme import GRID


class EmptyState(QWidget):
    """An icon, a line, and what to do next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ground")
        self._icon, self._title, self._text = icons.IconLabel(48, self), QLabel(self), QLabel(self)
        self._title.setProperty("role", "title")
        self._text.setProperty("role", "muted")
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        column.addStretch(2)
        for label in (self._icon, self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(label is not self._icon)
            label.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(label)
        self._icon.setTextFormat(Qt.TextFormat.AutoText)
        column.addStretch(3)

    def say(self, icon: str, title: str, text: str) -> None:
        """Show this."""
        self._icon.show_icon(icon, "muted")
        self._title.setText(title)
        self._text.setText(text)
