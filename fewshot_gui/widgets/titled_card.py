"""A card: a heading, something to see, and what it says in words."""

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from fewshot_gui.style import theme
from fewshot_gui.style.theme import GRID
from fewshot_gui.widgets.wrapping_label import WrappingLabel


class Card(QFrame):
    """One of several that stand side by side."""

    def __init__(self, title: str, body: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        heading = QLabel(title, self)
        heading.setProperty("role", "section")
        heading.setFont(theme.font(theme.CAPTION, strong=True))
        self.words = WrappingLabel("", "muted", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.setSpacing(GRID)
        column.addWidget(heading)
        column.addWidget(body, 1)
        column.addWidget(self.words)
