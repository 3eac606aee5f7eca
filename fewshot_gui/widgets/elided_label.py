"""One line of plain text that is shortened where there is no room; the whole stands in its tool tip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from fewshot_gui.style import theme
from fewshot_gui.style.theme import GRID


class ElidedLabel(QLabel):
    """A label that shortens a long text with an ellipsis and tells the whole in its tool tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._full = ""
        self.setMinimumWidth(4 * GRID)
        self.setFont(theme.font(strong=True))

    def set_full_text(self, text: str) -> None:
        """The text, however long."""
        self._full = text
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """As much of the text as there is room for."""
        painter = QPainter(self)
        painter.setFont(theme.font(strong=True))
        painter.setPen(QColor(theme.tokens().text))
        text = painter.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def one_line(name: str) -> str:
    """A file name may hold line breaks; a tile has one line for it."""
    return " ".join(name.split())


class LineLabel(ElidedLabel):
    """An elided label in one of the four sizes, bold or muted."""

    def __init__(self, size: int, parent: QWidget, *, strong: bool = False, muted: bool = False) -> None:
        super().__init__(parent)
        self._look, self._muted = theme.font(size, strong=strong), muted
        self.setFixedHeight(size + 6)

    def text(self) -> str:
        """All of it."""
        return self._full

    def sizeHint(self) -> QSize:
        """Room for all of it."""
        self.ensurePolished()
        return QSize(self.fontMetrics().horizontalAdvance(self._full), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """As much of the text as there is room for."""
        painter, now = QPainter(self), theme.tokens()
        painter.setFont(self._look)
        painter.setPen(QColor(now.muted if self._muted else now.text))
        text = painter.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
