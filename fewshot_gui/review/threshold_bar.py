"""Bar with the slider for the acceptance threshold, set as the share of labels that may be wrong."""

from bisect import bisect_left

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSlider, QToolButton, QVBoxLayout, QWidget

from backend.labelling.thresholds import Line
from fewshot_gui.review.calibration_state import CalibrationState, Trust
from fewshot_gui.review.cluster_controller import ClusterController
from fewshot_gui.review.panel_text import basis_in_words, counts_in_words, errors_in_words, limit_in_words
from fewshot_gui.session.acceptance_threshold import AcceptanceThreshold
from fewshot_gui.style import icons, theme
from fewshot_gui.style.theme import GRID
from fewshot_gui.translation import sentences
from fewshot_gui.widgets.elided_label import LineLabel

STOPS = (1, 2, 5, 10, 20, 30, 50, 70, 100, 150, 200, 300, 500, 1000)
"""Where the slider rests: errors in 1,000."""
ROOMY = 110 * GRID
"""A strip of this width has room for a long slider."""


class ThresholdBar(QFrame):
    """Shows the line and moves it.

    Signals:
        opened(bool): the groups of alike images are to be seen, or hidden.
        unsure_only_asked(bool): the unsure images are to be shown alone, or all again.
    """

    opened = Signal(bool)
    unsure_only_asked = Signal(bool)

    def __init__(
        self,
        threshold: AcceptanceThreshold,
        calibration: CalibrationState,
        proposing: ClusterController,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("unsureStrip")
        self._threshold, self._calibration, self._proposing = threshold, calibration, proposing
        self._toggle, self._show = QToolButton(self), QToolButton(self)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self._errors, self._counts = LineLabel(theme.BODY, self), LineLabel(theme.CAPTION, self, muted=True)
        self.limit = QLabel(self)
        self._set_up()
        self._lay_out()
        self._connect()
        self.refresh()

    def _set_up(self) -> None:
        self._toggle.setText(self.tr("Unsure"))
        self._toggle.setToolTip(self.tr("Show alike images among the unsure, each group as a bin to be made"))
        self._toggle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._show.setText(self.tr("Show"))
        self._show.setToolTip(self.tr("Show only the unsure images, or all again"))
        for button in (self._toggle, self._show):
            button.setCheckable(True)
            button.setProperty("kind", "toggle")
        self._show.setAccessibleName(self.tr("Show only the unsure images"))
        self.slider.setRange(0, len(STOPS) - 1)
        self.slider.setPageStep(2)
        self.slider.setFixedHeight(3 * GRID)
        self.limit.setFont(theme.font())
        metrics = QFontMetrics(theme.font())
        self.limit.setFixedWidth(max(metrics.horizontalAdvance(limit_in_words(stop)) for stop in STOPS) + 2)
        self.slider.setToolTip(self.tr("To the left fewer labels are wrong, and more images are unsure"))

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._errors)
        words.addWidget(self._counts)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID // 2, 2 * GRID, GRID // 2)
        row.setSpacing(GRID)
        row.addWidget(self._toggle)
        row.addWidget(self.slider)
        row.addWidget(self.limit)
        row.addSpacing(GRID)
        row.addLayout(words, 1)
        row.addWidget(self._show)
        self.setFixedHeight(6 * GRID)

    def _connect(self) -> None:
        self.slider.valueChanged.connect(self._on_slider)
        self._toggle.toggled.connect(self._on_toggled)
        self._show.clicked.connect(self.unsure_only_asked)
        for signal in (self._threshold.changed, self._calibration.changed, self._proposing.changed):
            signal.connect(self.refresh)

    def set_open(self, is_open: bool) -> None:
        """Whether the groups are in sight."""
        self._toggle.setChecked(is_open)
        self._on_toggled(is_open)

    def is_open(self) -> bool:
        """Whether they are."""
        return self._toggle.isChecked()

    def step(self, by: int) -> None:
        """Move the line so many stops to the right."""
        self.slider.setValue(self.slider.value() + by)

    def set_unsure_only(self, alone: bool) -> None:
        """Whether the unsure images are shown alone."""
        self._show.setChecked(alone)

    def refresh(self) -> None:
        """Show how things stand."""
        line, trust = self._threshold.line(), self._calibration.trust()
        waiting = trust in (Trust.WAITING, Trust.ANSWERED)
        words = self._say_errors(line, trust)
        self._counts.set_full_text("" if waiting else counts_in_words(line, len(self._proposing.groups)))
        for widget in (self._counts, self.slider, self.limit, self._show):
            widget.setHidden(waiting)
        self._place_handle()
        name = self.tr("How many labels may be wrong: {}").format(sentences(f"{self.limit.text()}.", words))
        if self.slider.accessibleName() != name:
            self.slider.setAccessibleName(name)

    def _say_errors(self, line: Line, trust: Trust) -> str:
        """How many are wrong, in words; what that rests on stands in the tool tip."""
        check, following = self._threshold.check(), None if line.above else self._threshold.next_line(STOPS)
        words = errors_in_words(line, trust, self._calibration.tells_strangers(), check, following)
        self._errors.set_full_text(words)
        known = trust in (Trust.KNOWN, Trust.UNKNOWN)
        self._errors.setToolTip("\n".join([words, basis_in_words(line, check)]) if known else words)
        return words

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The slider's length depends on the room alone, so that no change of figures moves it."""
        super().resizeEvent(event)
        self.slider.setFixedWidth(18 * GRID if self.width() >= ROOMY else 10 * GRID)

    def changeEvent(self, event: QEvent) -> None:
        """A new colour scheme: the icon is drawn anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "limit"):
            self._show_icon()

    def _place_handle(self) -> None:
        """Where the line is; a number between two stops rests at the higher."""
        self.slider.blockSignals(True)
        self.slider.setValue(bisect_left(STOPS, self._threshold.errors))
        self.slider.blockSignals(False)
        self.limit.setText(limit_in_words(self._threshold.errors))

    def _show_icon(self) -> None:
        self._toggle.setIcon(icons.icon("chevron-down" if self.is_open() else "chevron-up"))

    def _on_slider(self, place: int) -> None:
        self._threshold.move(STOPS[place])

    def _on_toggled(self, is_open: bool) -> None:
        self._show_icon()
        self.opened.emit(is_open)
