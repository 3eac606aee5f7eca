"""Plots of the evaluation panel: reliability diagram and learning curve."""

import math
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backend.evaluation.reliability import Band
from backend.explain.reports import ShotsCurve
from fewshot_gui.style import theme
from fewshot_gui.style.theme import GRID
from fewshot_gui.widgets.plot_style import dress, line, make_plot

DASHES = Qt.PenStyle.DashLine
APART = 0.42
"""Doublings between two numbers on the axis at least: closer ones would touch."""


class _Plot(QWidget):
    """A plot that is drawn anew in other colours."""

    def __init__(self, name: str, bottom: str, left: str) -> None:
        super().__init__()
        self.plot = make_plot(name)
        self._bottom, self._left = bottom, left
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.plot)
        self.setMinimumHeight(18 * GRID)

    def redraw(self) -> None:
        """Everything anew."""
        self.plot.clear()
        self.plot.setLabel("bottom", self._bottom)
        self.plot.setLabel("left", self._left)
        dress(self.plot, theme.tokens().surface)
        self.draw()

    def draw(self) -> None:
        """What there is to see."""
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        """A new colour scheme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "plot"):
            self.redraw()


class ReliabilityPlot(_Plot):
    """Two series: left-out examples as filled circles, the person's own answers as hollow squares."""

    def __init__(self) -> None:
        self._series: tuple[Sequence[Band], Sequence[Band]] = ((), ())
        super().__init__("", "", "")
        self.plot.setAccessibleName(self.tr("Reliability plot"))
        self._bottom, self._left = self.tr("Confidence, %"), self.tr("Right, %")
        self.plot.setRange(xRange=(0, 106), yRange=(0, 104), padding=0.03)

    def show_bands(self, left_out: Sequence[Band], given: Sequence[Band]) -> None:
        """These from now on."""
        if self._series == (left_out, given):
            return
        self._series = left_out, given
        pattern = self.tr("Confidence {confidence:.0%}: {right} of {count} right")
        said = [pattern.format(confidence=b.confidence, right=b.right, count=b.count) for b in (*left_out, *given)]
        self.plot.setAccessibleDescription("; ".join(said))
        self.plot.setToolTip("\n".join(said))
        self.redraw()

    def draw(self) -> None:
        """The line of kept promises, and each interval of confidence as a point with its interval."""
        now = theme.tokens()
        self.plot.addItem(pg.PlotCurveItem([0, 100], [0, 100], pen=line(now.control, 1, DASHES)))
        for bands, symbol, colour in zip(self._series, "os", (now.accent, now.text), strict=True):
            if not bands:
                continue
            x, y = (100 * np.array([getattr(b, name) for b in bands]) for name in ("confidence", "share"))
            low, high = (100 * np.array([getattr(b, name) for b in bands]) for name in ("low", "high"))
            bars = pg.ErrorBarItem(x=x, y=y, top=high - y, bottom=y - low, beam=2.0, pen=line(colour, 1))
            fill = QColor(colour) if symbol == "o" else QColor(now.surface)
            points = pg.ScatterPlotItem(x, y, symbol=symbol, size=9, pen=line(colour, 1.5), brush=fill)
            self.plot.addItem(bars)
            self.plot.addItem(points)


class LearningCurvePlot(_Plot):
    """Accuracy over the number of examples, with the range of 8 in 10 draws."""

    def __init__(self) -> None:
        self._curve = ShotsCurve()
        super().__init__("", "", "")
        self.plot.setAccessibleName(self.tr("Shots curve"))
        self._bottom, self._left = self.tr("Examples of each bin, at most"), self.tr("Right, %")

    def show_curve(self, curve: ShotsCurve) -> None:
        """This one from now on."""
        if curve is self._curve:
            return
        self._curve = curve
        pattern = self.tr("With {shots}: {mean:.0%} ({low:.0%} to {high:.0%})")
        spreads = [(k, curve.at(n)) for n, k in enumerate(curve.shots)]
        said = [pattern.format(shots=k, mean=s.mean, low=s.low, high=s.high) for k, s in spreads]
        self.plot.setAccessibleDescription("; ".join(said))
        self.plot.setToolTip("\n".join(said))
        self.redraw()

    def draw(self) -> None:
        """A line through the means, bars for the draws."""
        curve, now = self._curve, theme.tokens()
        if not curve.shots:
            return
        x = np.log2(curve.shots)
        spreads = [curve.at(n) for n in range(len(curve.shots))]
        y, low, high = (100 * np.array([getattr(s, name) for s in spreads]) for name in ("mean", "low", "high"))
        self.plot.addItem(pg.ErrorBarItem(x=x, y=y, top=high - y, bottom=y - low, beam=0.08, pen=line(now.control, 1)))
        self.plot.addItem(pg.PlotCurveItem(x, y, pen=line(now.accent, 2), antialias=True))
        self.plot.addItem(
            pg.ScatterPlotItem(x, y, symbol="o", size=8, pen=line(now.accent, 1), brush=QColor(now.accent))
        )
        self.plot.getAxis("bottom").setTicks([[(math.log2(k), str(k)) for k in _spaced(curve.shots)]])
        floor = max(0, 10 * math.floor(min(low.min(), 85) / 10))
        self.plot.setRange(xRange=(x[0], max(x[-1], x[0] + 1)), yRange=(floor, 100), padding=0.08)


def _spaced(shots: Sequence[int]) -> list[int]:
    """The last, and those before it that leave room for each other."""
    shown = [shots[-1]]
    for shot in reversed(shots[:-1]):
        if math.log2(shown[-1] / shot) >= APART:
            shown.append(shot)
    return shown
