"""Paints a picture as large as its box allows."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from fewshot_gui.style import theme

RADIUS = 6.0


def paint_fitted(painter: QPainter, box: QRect, pixmap: QPixmap) -> None:
    """The whole picture, as large as the box allows, in its middle, with soft corners."""
    size = QSize(pixmap.size()).scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
    target = QRect(QPoint(0, 0), size)
    target.moveCenter(box.center())
    clip = QPainterPath()
    clip.addRoundedRect(QRectF(target), RADIUS, RADIUS)
    painter.save()
    painter.setClipPath(clip)
    painter.drawPixmap(target, pixmap)
    painter.restore()
    edge = QColor(theme.tokens().text)
    edge.setAlpha(28)
    painter.setPen(QPen(edge, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(target).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
