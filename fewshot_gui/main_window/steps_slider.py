"""Slider for the number of adaptation steps: at 0 the method has learned nothing from the bins."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from backend import jobs
from fewshot_gui.session.latest_job import LatestJob
from fewshot_gui.session.session import Session
from fewshot_gui.session.worker import Priority
from fewshot_gui.style.theme import GRID

if TYPE_CHECKING:
    from backend.jobs.engine import Engine

SETTLE_MS = 60
"""A slider that moves on sooner asks for nothing."""


class StepsSlider(QWidget):
    """In sight only where the method in use adapts and there are bins to adapt to."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._engine: Engine | None = None
        self._job = LatestJob(session.worker, self)
        self._wanted: int | None = None
        """None: all steps, however many they are."""
        self.slider, self._text = QSlider(Qt.Orientation.Horizontal, self), QLabel(self)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._lay_out()
        self.slider.valueChanged.connect(self._on_moved)
        self._settle.timeout.connect(self._apply)
        session.labelling.finished.connect(self._look)
        session.engine_host.opened.connect(self._on_engine)
        session.library.reset.connect(self.hide)
        self.hide()

    def _lay_out(self) -> None:
        self.slider.setFixedSize(10 * GRID, 3 * GRID)
        self.slider.setPageStep(1)
        self.slider.setAccessibleName(self.tr("Steps of adaptation"))
        self.setToolTip(self.tr("Steps that the method takes on your examples; 0: it has learned nothing from them"))
        self._text.setProperty("role", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self._text)
        row.addWidget(self.slider)

    def go(self, by: int) -> None:
        """So many steps more or fewer; nothing where there is no slider."""
        if not self.isHidden():
            self.slider.setValue(self.slider.value() + by)

    def _on_engine(self, _: bool) -> None:
        """Another method begins with all its steps."""
        self._job.cancel()
        self._settle.stop()
        self._engine, self._wanted = self._session.engine_host.engine, None
        self.hide()

    def _look(self) -> None:
        """How many steps there are on these bins."""
        engine, examples = self._session.engine_host.engine, self._session.bins.examples()
        adapts = engine is not None and any(m.adapts and m.name == engine.method for m in engine.methods)
        if engine is None or not adapts or len(examples) < 2:
            self.hide()
            return
        self._job.submit(partial(jobs.all_steps, engine, examples), Priority.VISIBLE, self._show)

    def _show(self, every: int) -> None:
        self.slider.blockSignals(True)
        self.slider.setRange(0, every)
        self.slider.setValue(every if self._wanted is None else min(self._wanted, every))
        self.slider.blockSignals(False)
        self._say()
        self.setVisible(every > 0)

    def _say(self) -> None:
        text = self.tr("Steps: {taken} of {every}").format(taken=self.slider.value(), every=self.slider.maximum())
        self._text.setText(text)
        self.slider.setToolTip(text)

    def _on_moved(self, value: int) -> None:
        self._wanted = value if value < self.slider.maximum() else None
        self._say()
        self._settle.start()

    def _apply(self) -> None:
        """The newest wish alone: labelling forgets what it was at."""
        engine = self._session.engine_host.engine
        if engine is not None:
            job = partial(jobs.set_steps, engine, self._wanted)
            self._session.worker.submit(job, Priority.LABEL_VISIBLE)
            self._session.labelling.relabel()
