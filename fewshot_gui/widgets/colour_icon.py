"""A bin's colour as an icon."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from fewshot_gui.style import theme
from fewshot_gui.style.theme import GRID


def colour_icon(slot: int) -> QIcon:
    """The palette's colour in that slot, for menus and lists."""
    pixmap = QPixmap(2 * GRID, 2 * GRID)
    pixmap.fill(QColor(0, 0, 0, 0))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.bin_colour(slot))
    painter.drawRoundedRect(1, 1, 14, 14, 4, 4)
    painter.end()
    return QIcon(pixmap)
