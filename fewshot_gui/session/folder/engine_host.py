"""Opens the engine (model, method, device) on the worker, and changes it when the person asks."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from backend import jobs
from backend.images import DecoderPool
from backend.types import Job
from fewshot_gui.session.latest_job import LatestJob
from fewshot_gui.session.torch_preload import load_libraries
from fewshot_gui.session.worker import Failure, JobFactory, Priority, Worker

if TYPE_CHECKING:
    from backend.jobs.engine import Engine


class EngineHost(QObject):
    """Holds the engine once it is open.

    Signals:
        opened(features_kept): an engine is ready; ``features_kept`` where only the method changed.
        changed(): something to show changed: loading began or ended.
    """

    opened = Signal(bool)
    changed = Signal()

    def __init__(self, worker: Worker, pool: DecoderPool, parent: QObject) -> None:
        super().__init__(parent)
        self._worker, self._pool = worker, pool
        self.engine: Engine | None = None
        self._job = LatestJob(worker, self)
        self._failed = False
        self._wish: tuple[str | None, str | None] = (None, None)
        worker.at_end = self._close

    def loading(self) -> bool:
        """Whether an engine is being opened or changed."""
        return self._job.running()

    def due(self) -> bool:
        """Whether an engine is still to come: not opened yet, and not failed either."""
        return self.loading() or (self.engine is None and not self._failed)

    def open(self) -> None:
        """Open the engine that was wished for, else the default one. Loads torch, on the worker."""
        if not self._job.running() and self.engine is None:
            self._submit(partial(_open, self._pool, *self._wish), Priority.FOLDER)

    def wish(self, model: str | None, method: str | None) -> None:
        """A workspace was made with these (None: the default): open them, or change to them."""
        self._wish = model, method
        if self.engine is not None and not self._has(self.engine):
            self.choose(model, method)

    def names(self) -> tuple[str, str]:
        """The model and the method at work; before that, the wished ones; "" for the default."""
        if self.engine is not None and not self._job.running():
            return self.engine.model, self.engine.method
        return self._wish[0] or "", self._wish[1] or ""

    def choose(self, model: str | None = None, method: str | None = None, device: str | None = None) -> None:
        """Change the model, the method or the device."""
        if self.engine is not None:
            self._submit(partial(jobs.change, self.engine, model, method, device), Priority.RELABEL)

    def _submit(self, make: JobFactory, priority: Priority) -> None:
        self._failed = False
        self._job.submit(make, priority, self._on_opened, failure=self._on_failed)
        self.changed.emit()

    def _on_opened(self, engine: "Engine") -> None:
        before, self.engine = self.engine, engine
        wished, fits = self._wish, self._has(engine)
        self._wish = engine.model, engine.method
        self.changed.emit()
        self.opened.emit(before is not None and before.model == engine.model)
        if before is None and not fits:  # wished for while another one was being opened
            self.choose(*wished)
        elif before is not None:
            self._worker.submit(jobs.give_back_memory, Priority.LATER)

    def _has(self, engine: "Engine") -> bool:
        model, method = self._wish
        return model in (None, engine.model) and method in (None, engine.method)

    def _on_failed(self, _: Failure) -> None:
        """Where a wished model is not to be had any more, the default one does the work; the failure is told."""
        wished, self._wish = self._wish != (None, None), (None, None)
        self._failed = self.engine is None and not wished
        if self.engine is None and wished:
            self.open()
            return
        self.changed.emit()

    def _close(self) -> None:
        """On the worker's thread, at the very end."""
        if self.engine is not None:
            for _ in jobs.close_engine(self.engine):
                pass


def _open(pool: DecoderPool, model: str | None, method: str | None) -> "Job[Engine]":
    yield from load_libraries()
    return (yield from jobs.open_engine(pool, model, method))
