"""Bar chart of the most likely bins."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from fewshot_gui.style import theme
from fewshot_gui.style.theme import GRID
from fewshot_gui.translation.confidence_text import figure

ROW = 4 * GRID
NO_BIN = -1
"""Stands for a palette slot where there is no bin."""


class ClassBars(QWidget):
    """Name, bar and per cent of the likeliest classes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, float, int]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: list[tuple[str, float, int]]) -> None:
        """Show (name, probability 0..1, palette slot or ``NO_BIN``), the likeliest first."""
        self._rows = rows
        words = ", ".join(f"{name} {figure(p, None)}" for name, p, _ in rows)
        self.setAccessibleName(self.tr("Likeliest bins: {}").format(words))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """One row each."""
        return QSize(20 * GRID, ROW * len(self._rows))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Text above a thin bar, row by row."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, (name, share, slot) in enumerate(self._rows):
            self._paint_row(painter, QRect(0, place * ROW, self.width(), ROW), name, share, slot)

    def _paint_row(self, painter: QPainter, row: QRect, name: str, share: float, slot: int) -> None:
        now = theme.tokens()
        words = row.adjusted(0, 0, 0, -GRID)
        painter.setFont(theme.font())
        painter.setPen(QColor(now.muted))
        painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, figure(share, None))
        painter.setPen(QColor(now.text))
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, row.width() - 6 * GRID)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        track = QRectF(row.left(), row.bottom() - GRID + 2, row.width(), 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(now.sunken))
        painter.drawRoundedRect(track, 2, 2)
        painter.setBrush(QColor(now.control) if slot == NO_BIN else theme.bin_colour(slot))
        painter.drawRoundedRect(QRectF(track.left(), track.top(), max(4.0, track.width() * share), 4), 2, 2)
