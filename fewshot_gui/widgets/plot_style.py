"""Plots in the window's dress. Loading this loads pyqtgraph."""

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QSizePolicy

from fewshot_gui.style import theme

LABEL_OVERHANG = 5
"""By so many pixels pyqtgraph lets the words along an axis hang over its edge."""
HALF_A_FIGURE = 8
"""Of the number at an axis' right end, which stands below that end."""


def make_plot(name: str) -> Any:
    """An empty plot with this accessible name: a ``pyqtgraph.PlotWidget`` that nobody can zoom by accident."""
    plot = pg.PlotWidget()
    plot.setAccessibleName(name)
    plot.setMenuEnabled(False)
    plot.hideButtons()
    plot.setMouseEnabled(False, False)
    plot.setAntialiasing(True)
    plot.setFrameShape(plot.Shape.NoFrame)
    plot.plotItem.layout.setContentsMargins(LABEL_OVERHANG, 0, HALF_A_FIGURE, LABEL_OVERHANG)
    plot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
    for side in ("left", "bottom"):
        plot.getAxis(side).setStyle(maxTickLevel=0)
    return plot


def dress(plot: Any, ground: str) -> None:
    """The present colours; ``ground`` is what the plot lies on."""
    now = theme.tokens()
    plot.setBackground(QColor(ground))
    for side in ("left", "bottom"):
        axis = plot.getAxis(side)
        axis.setPen(QColor(now.control))
        axis.setTextPen(QColor(now.muted))
        axis.setTickFont(theme.font(theme.CAPTION))
        axis.label.setFont(theme.font(theme.CAPTION))


def line(colour: str, width: float = 1.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """A pen whose width is in pixels, whatever the plot's scale."""
    pen = QPen(QColor(colour), width, style)
    pen.setCosmetic(True)
    return pen
