"""Runs leave-one-out and the learning curve in the background whenever bins or method change."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from backend import jobs
from backend.explain.reports import Quality, ShotsCurve
from backend.types import Progress
from fewshot_gui.session.latest_job import LatestJob
from fewshot_gui.session.session import Session
from fewshot_gui.session.worker import Failure, Priority


class EvaluationController(QObject):
    """While it is ``active``, keeps ``quality`` and ``curve`` up with the bins.

    ``stale`` says that the bins or the method are others than those they were worked out for. A method that adapts is
    asked only by ``start``: that takes a dozen fits.

    Signals:
        changed(): any of this is different now.
        advanced(): ``progress`` is.
    """

    changed = Signal()
    advanced = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.quality: Quality | None = None
        self.curve: ShotsCurve | None = None
        self.progress: Progress | None = None
        self.stale = True
        self.failed = False
        self._active = False
        self._quality_job, self._curve_job = LatestJob(session.worker, self), LatestJob(session.worker, self)
        self._key: object = None
        """What the results, or those under way, are for."""
        session.bins.changed.connect(self.refresh)
        session.labelling.finished.connect(self.refresh)
        session.engine_host.changed.connect(self.refresh)
        session.library.reset.connect(self._forget)

    def running(self) -> bool:
        """Whether results are on their way."""
        return self._quality_job.running() or self._curve_job.running()

    def on_demand(self) -> bool:
        """Whether the method takes so long that it is asked only when the person wants."""
        engine = self._session.engine_host.engine
        return engine is not None and any(m.adapts for m in engine.methods if m.name == engine.method)

    def set_active(self, active: bool) -> None:
        """Somebody looks, or nobody."""
        self._active = active
        if not active:
            self._cancel()
        self.refresh()

    def refresh(self) -> None:
        """Begin anew where what there is belongs to other bins, or to another method."""
        if not self._active:
            return
        if self._key != self._wanted():
            self._cancel()
            self.stale = True
            session = self._session
            if session.engine_host.engine is not None and not session.labelling.busy() and not self.on_demand():
                self.start()
        self.changed.emit()

    def start(self) -> None:
        """Work it out now."""
        engine, examples = self._session.engine_host.engine, self._session.bins.examples()
        self._cancel()
        if engine is None or len(examples) < 2:
            return
        self._key, self.failed = self._wanted(), False
        steps = (
            (self._quality_job, jobs.quality, self._on_quality),
            (self._curve_job, jobs.shots_curve, self._on_curve),
        )
        for slot, job, taken in steps:
            work = partial(job, engine, examples)
            slot.submit(work, Priority.LATER, taken, progress=self._on_step, failure=self._on_failed)
        self.changed.emit()

    def _wanted(self) -> object:
        return self._session.engine_host.engine, tuple(self._session.bins.examples().items())

    def _cancel(self) -> None:
        """What is under way belongs to nobody any more."""
        if self.running():
            self._key = None
        self._quality_job.cancel()
        self._curve_job.cancel()
        self.progress = None

    def _on_step(self, progress: Progress) -> None:
        self.progress = progress
        self.advanced.emit()

    def _on_quality(self, quality: Quality) -> None:
        self.quality, self.curve, self.stale, self.progress = quality, None, False, None
        self.changed.emit()

    def _on_curve(self, curve: ShotsCurve) -> None:
        self.curve, self.progress = curve, None
        self.changed.emit()

    def _on_failed(self, _: Failure) -> None:
        """The banner says why."""
        key = self._key
        self._cancel()
        self._key, self.failed = key, True
        self.changed.emit()

    def _forget(self) -> None:
        self._cancel()
        self.quality = self.curve = None
        self._key, self.stale = None, True
        self.changed.emit()
