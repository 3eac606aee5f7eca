"""Downloads pretrained models, one at a time, on a thread of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from backend import jobs
from backend.types import Progress
from fewshot_gui.session.latest_job import LatestJob
from fewshot_gui.session.session import Session
from fewshot_gui.session.worker import Failure, JobFactory, Priority, Worker

if TYPE_CHECKING:
    from backend.models.public import Source
    from backend.pretrained.catalogue import TrunkOffer

TASK = "fetch"
CLOSE_S = 0.4
"""A read that waits for the network may hold up the end of the program no longer."""


@dataclass(frozen=True, slots=True)
class DownloadStage:
    """How far a download is: finding, download, check or install, and bytes of how many (0: unknown)."""

    name: str
    stage: str
    done: int = 0
    total: int = 0


class DownloadController(QObject):
    """Downloads on a thread of its own, so that a dead network delays no labels; what is computed before and after runs
    on the worker. No connection is made before ``get`` is called.

    Signals:
        listed(offers): what there is to download, and what is installed, is known.
        changed(): a download began, advanced, ended or failed.
        installed(name): that model is installed now.
    """

    listed = Signal(object)
    changed = Signal()
    installed = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._receiver: Worker | None = None
        self._list_job, self._job, self._models_job = (LatestJob(session.worker, self) for _ in range(3))
        self._download: LatestJob | None = None
        self.stage: DownloadStage | None = None
        self.failures: dict[str, Failure] = {}
        session.closing.connect(self._close)

    def look(self) -> None:
        """Find out what there is."""
        self._list_job.submit(jobs.trunk_offers, Priority.VISIBLE, self.listed.emit)

    def get(self, offer: "TrunkOffer") -> None:
        """Fetch it; what came of it before is used. Another download is stopped."""
        self.stop()
        name = offer.name
        self.failures.pop(name, None)
        self.stage = DownloadStage(name, "finding")
        text = self.tr("Fetching {}…").format(offer.title)
        self._session.tasks.begin(TASK, text, self.stop)
        self._run(self._job, partial(jobs.find_source, name), partial(self._on_source, name))

    def stop(self) -> None:
        """Leave it; what has come is kept for the next time."""
        self._job.cancel()
        if self._download is not None:
            self._download.cancel()
        self._end()

    def _run(self, slot: LatestJob, make: JobFactory, then: Callable[[Any], None]) -> None:
        slot.submit(make, Priority.FOLDER, then, progress=self._on_step, failure=self._on_failed)
        self.changed.emit()

    def _end(self) -> None:
        if self.stage is not None:
            self.stage = None
            self._session.tasks.end(TASK)
            self.changed.emit()
            self.look()

    def _close(self) -> None:
        if self._receiver is not None:
            self._receiver.close(CLOSE_S)

    def _on_source(self, name: str, source: "Source") -> None:
        if self._receiver is None or self._download is None:
            self._receiver = Worker(self)
            self._download = LatestJob(self._receiver, self)
        self.stage = DownloadStage(name, "download")
        job = partial(jobs.download_weights, name, source)
        self._run(self._download, job, partial(self._on_received, name, source))

    def _on_received(self, name: str, source: "Source", _: object) -> None:
        self.stage = DownloadStage(name, "install")
        job = partial(jobs.install_weights, name, source)
        self._run(self._job, job, partial(self._on_installed, name))

    def _on_installed(self, name: str, _: Path) -> None:
        engine = self._session.engine_host.engine
        self._end()
        if engine is not None:
            job = partial(jobs.look_for_models, engine)
            self._models_job.submit(job, Priority.VISIBLE, partial(self._on_models, name))

    def _on_models(self, name: str, _: object) -> None:
        self._session.engine_host.changed.emit()
        self.installed.emit(name)

    def _on_step(self, progress: Progress) -> None:
        if self.stage is not None and progress.stage in ("download", "check", "install"):
            self.stage = DownloadStage(self.stage.name, progress.stage, progress.done, progress.total or 0)
            self._session.tasks.step(TASK, progress.done, progress.total or 0)
            self.changed.emit()

    def _on_failed(self, failure: Failure) -> None:
        if self.stage is not None:
            self.failures[self.stage.name] = failure
        self._end()
