"""Evaluation panel: accuracy, confusion matrix, calibration and learning curve."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGraphicsOpacityEffect,
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from backend.evaluation.reliability import reliability
from backend.explain.reports import ShotsCurve
from backend.types import ImageId
from fewshot_gui.evaluation import panel_text
from fewshot_gui.evaluation.confusion_matrix import ConfusionMatrixView
from fewshot_gui.evaluation.controller import EvaluationController
from fewshot_gui.evaluation.plots import LearningCurvePlot, ReliabilityPlot
from fewshot_gui.session.session import Session
from fewshot_gui.session.verdicts import Verdicts
from fewshot_gui.style.theme import GRID
from fewshot_gui.translation.accuracy_text import interval
from fewshot_gui.widgets.empty_state import EmptyState
from fewshot_gui.widgets.image_selection import ImageSelection
from fewshot_gui.widgets.panel_base import Panel
from fewshot_gui.widgets.selection_bar import SelectionBar
from fewshot_gui.widgets.titled_card import Card
from fewshot_gui.widgets.wrapping_label import WrappingLabel

PALE = 0.5
"""Opacity of what is out of date."""
THREE, TWO = 98 * GRID, 62 * GRID
"""From these widths on three cards stand side by side, or two."""


class EvaluationPanel(Panel):
    """Shows what ``EvaluationController`` has found out, or why there is nothing to find out."""

    def __init__(
        self, session: Session, selection: ImageSelection, show_image: Callable[[ImageId], None], verdicts: Verdicts
    ) -> None:
        super().__init__()
        self._session, self._verdicts = session, verdicts
        self.work = EvaluationController(session, self)
        self._empty = EmptyState(self)
        self._title, self._notes = WrappingLabel("", "title", self), WrappingLabel("", "muted", self)
        self._bar, self._start = QProgressBar(self, textVisible=False), QPushButton(self.tr("Work it out"), self)
        self.table, self.reliability, self.shots = (
            ConfusionMatrixView(session.bins),
            ReliabilityPlot(),
            LearningCurvePlot(),
        )
        self._cards = (
            Card(self.tr("WHO CLAIMS WHOSE EXAMPLES"), self.table),
            Card(self.tr("WHAT CONFIDENCES ARE WORTH"), self.reliability),
            Card(self.tr("WHAT MORE EXAMPLES WOULD BUY"), self.shots),
        )
        self.chosen = SelectionBar(session.library, selection, show_image)
        self._pale = tuple(map(_pale, (self._title, *self._cards)))
        self._columns = 0
        self._lay_out()
        self.work.changed.connect(self.refresh)
        self.work.advanced.connect(self._show_progress)
        self._start.clicked.connect(self.work.start)
        self.table.asked.connect(self._on_cell)
        session.bins.changed.connect(self._on_bins)
        self.refresh()

    def _lay_out(self) -> None:
        self._bar.setAccessibleName(self.tr("Progress"))
        self._bar.setFixedWidth(15 * GRID)
        head = QHBoxLayout()
        head.setSpacing(2 * GRID)
        head.addWidget(self._title, 1)
        head.addWidget(self._bar)
        head.addWidget(self._start)
        room = QWidget()  # it holds its place while there are no cards to show
        self._grid = QGridLayout(room)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GRID)
        inside = QWidget()
        inside.setObjectName("ground")
        column = QVBoxLayout(inside)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.setSpacing(GRID)
        column.addLayout(head)
        column.addWidget(self._notes)
        column.addWidget(room, 1)
        column.addWidget(self.chosen)
        self._scroll = QScrollArea()
        self._scroll.setObjectName("ground")
        self._scroll.setWidget(inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setProperty("ring", True)
        self._scroll.setAccessibleName(self.tr("How good are these bins?"))
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._scroll)
        self._pages.addWidget(self._empty)
        self._arrange(THREE)

    def set_active(self, active: bool) -> None:
        """Open, or not."""
        self.work.set_active(active)
        self.refresh()

    def focus_target(self) -> QWidget:
        """The matrix; before there is one, the button."""
        return self._start if self.work.quality is None and self._start.isVisible() else self.table

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many cards side by side as there is room for."""
        super().resizeEvent(event)
        self._arrange(self.width())

    def _arrange(self, width: int) -> None:
        columns = 3 if width >= THREE else 2 if width >= TWO else 1
        if columns == self._columns:
            return
        self._columns = columns
        for card in self._cards:
            self._grid.removeWidget(card)
        for place, card in enumerate(self._cards):
            wide = columns == 2 and place == 0
            row, column = divmod(place + (columns == 2 and place > 0), columns)
            self._grid.addWidget(card, row, column, 1, 2 if wide else 1)
        for column in range(3):
            self._grid.setColumnStretch(column, (6, 4, 4)[column] if column < columns else 0)

    # What it says ------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show how things stand."""
        why = self._why_empty()
        if why is not None:
            self._empty.say("gauge", *why)
        self._pages.setCurrentWidget(self._scroll if why is None else self._empty)
        self._show_progress()
        if why is None:
            self._show_figures()

    def _why_empty(self) -> tuple[str, str] | None:
        examples, quality = self._session.bins.examples(), self.work.quality
        if len(examples) < 2:
            text = self.tr("Make two bins with two examples each: each example is then left out in turn.")
            return self.tr("Nothing to measure yet"), text
        alone = all(len(ids) < 2 for ids in examples.values())
        if alone or (quality is not None and not self.work.stale and not quality.answers):
            text = self.tr("A single example cannot be left out. Add a second one to some bin.")
            return self.tr("Every bin has one example only"), text
        return None

    def _show_progress(self) -> None:
        work = self.work
        progress = work.progress
        self._bar.setVisible(work.running())
        if progress is not None and progress.total:
            self._bar.setRange(0, progress.total)
            self._bar.setValue(progress.done)
        else:
            self._bar.setRange(0, 0 if work.running() else 1)
        self._start.setVisible(work.stale and not work.running() and (work.on_demand() or work.failed))

    def _show_figures(self) -> None:
        quality, work = self.work.quality, self.work
        for card in self._cards:
            card.setVisible(quality is not None)
        self._dim(quality is not None and work.stale)
        if quality is None or not quality.answers:
            self._title.setText(self._waiting())
            self._title.setToolTip("")
            self._notes.setText(self._why_waiting())
            return
        self._title.setText(panel_text.headline(quality))
        self._title.setToolTip(interval(quality.right, len(quality.answers)))
        picked = self._session.workspace.remarks.picked()
        self._notes.setText(self._out_of_date() if work.stale else panel_text.notes(quality, picked))
        self.table.show_quality(quality)
        self._cards[0].words.setText(panel_text.confusions(quality))
        self._show_reliability()
        curve = work.curve
        self.shots.show_curve(curve or ShotsCurve())
        self._cards[2].words.setText(
            panel_text.advice(curve) if curve and curve.shots else self.tr("Being worked out…")
        )

    def _dim(self, stale: bool) -> None:
        """What is out of date is paler, headline included, and stays legible."""
        for effect in self._pale:
            effect.setEnabled(stale)

    def _show_reliability(self) -> None:
        quality, given = self.work.quality, self._verdicts.answers()
        if quality is not None and quality.answers:
            left_out = [(a.confidence, a.right) for a in quality.answers]
            self.reliability.show_bands(reliability(left_out), reliability(given))
            self._cards[1].words.setText(panel_text.confidence(left_out, given))

    def _waiting(self) -> str:
        return self.tr("How good are these bins?") if self._start.isVisibleTo(self) else self.tr("Being worked out…")

    def _why_waiting(self) -> str:
        if not self.work.on_demand():
            return self.tr("Each example is left out in turn, behind everything else.")
        return self.tr("This method adapts to the examples, so that asking it without some of them takes a moment.")

    def _out_of_date(self) -> str:
        if self._start.isVisibleTo(self):
            return self.tr("The bins or the method have changed since. This method takes a moment to ask again.")
        return self.tr("The bins or the method have changed since; it is being worked out again.")

    # What happens ------------------------------------------------------------------------------------------------

    def _on_bins(self) -> None:
        if self.work.quality is not None and self.isVisible():
            self._show_reliability()

    def _on_cell(self, own: str, claimed: str) -> None:
        quality = self.work.quality
        if quality is None:
            return
        if claimed:
            title = self.tr("“{own}”, claimed by “{claimed}”").format(own=own, claimed=claimed)
            self.chosen.select(quality.cell(own, claimed), title)
        else:
            ids = [a.image for a in quality.answers if a.bin == own]
            self.chosen.select(ids, self.tr("“{}”, left out in turn").format(own))


def _pale(shown: QWidget) -> QGraphicsOpacityEffect:
    """What makes it paler; off."""
    effect = QGraphicsOpacityEffect(shown)
    effect.setOpacity(PALE)
    effect.setEnabled(False)
    shown.setGraphicsEffect(effect)
    return effect
