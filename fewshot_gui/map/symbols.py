"""Symbols of the map: colour and shape by bin, size for examples, outline for unsure labels."""

from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPixmap, QTransform

from backend.types import ImageId
from fewshot_gui.session.session import Session
from fewshot_gui.style import theme
from fewshot_gui.style.theme import GRID
from fewshot_gui.widgets.plot_style import line

SHAPES = ("o", "s", "t1", "d", "star", "+", "x")
"""Seven, and eight colours: the first 56 bins differ in one of the two, and neighbours in both."""
SMALL, LARGE, DOT = 8, 14, 4
UNLABELLED = -1


@dataclass(frozen=True, slots=True)
class Symbol:
    """What some points have in common: the bin's colour ``slot`` or UNLABELLED, examples or not, unsure or not."""

    slot: int
    example: bool = False
    unsure: bool = False


def symbol_of(session: Session, image: ImageId) -> Symbol:
    """What an image is at present."""
    label = session.bins.find(session.current_labels.label(image))
    if label is None:
        return Symbol(UNLABELLED)
    example = session.bins.owner(image) is not None
    return Symbol(label.colour, example=example, unsure=session.threshold.is_unsure(image))


def scatter(points: NDArray[np.float32], kind: Symbol) -> pg.ScatterPlotItem:
    """Points [n, 2] that look alike."""
    now = theme.tokens()
    x, y = points[:, 0], points[:, 1]
    if kind.slot == UNLABELLED:
        return pg.ScatterPlotItem(x, y, symbol="o", size=DOT, pen=None, brush=QColor(now.control))
    colour = theme.bin_colour(kind.slot)
    edge = now.text if kind.example else rim(colour).name()
    brush = None if kind.unsure else QColor(colour)
    size = LARGE if kind.example else SMALL
    pen = line(edge, 1.5 if kind.example or kind.unsure else 1.0)
    return pg.ScatterPlotItem(x, y, symbol=SHAPES[kind.slot % len(SHAPES)], size=size, pen=pen, brush=brush)


def rim(colour: QColor) -> QColor:
    """The colour, as far darker or lighter as it takes to be seen on the ground."""
    ground = QColor(theme.tokens().surface)
    darker = theme.relative_luminance(ground) > 0.5
    for _ in range(8):
        if theme.contrast(colour, ground) >= 3:
            break
        colour = colour.darker(115) if darker else colour.lighter(115)
    return colour


def shape_icon(slot: int) -> QIcon:
    """The bin's shape in its colour."""
    pixmap = QPixmap(4 * GRID, 4 * GRID)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = theme.bin_colour(slot)
    path: QPainterPath = Symbols[SHAPES[slot % len(SHAPES)]]
    painter.setPen(line(rim(colour).name(), 1))
    painter.setBrush(colour)
    centre = QPointF(GRID, GRID)
    painter.drawPath(QTransform().translate(centre.x(), centre.y()).scale(12, 12).map(path))
    painter.end()
    return QIcon(pixmap)
