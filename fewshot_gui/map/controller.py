"""Computes the map's projection in the background, and again once there are many more features."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from backend import jobs
from backend.embedding.feature_map import FeatureMap
from backend.types import ImageId
from fewshot_gui.session.latest_job import LatestJob
from fewshot_gui.session.session import Session
from fewshot_gui.session.worker import Failure, Priority

if TYPE_CHECKING:
    from backend.jobs.engine import Engine

GATHER_MS = 300
LEAST = 3


class MapController(QObject):
    """While it is ``active``, keeps ``map`` up with the folder. A map by UMAP stays until the person asks again.

    ``changed``: the map is another one, or its making began or ended.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.map: FeatureMap | None = None
        self.umap = False
        """Which kind is shown, or under way."""
        self._made_by: Engine | None = None
        self._active = False
        self._job = LatestJob(session.worker, self)
        self._gather = QTimer(self, singleShot=True, interval=GATHER_MS)
        self._gather.timeout.connect(self._consider)
        embedding, opened = session.embedding, session.engine_host.opened
        for signal in (embedding.made, embedding.advanced, opened, session.library.relisted, session.bins.changed):
            signal.connect(self._soon)
        session.library.reset.connect(self._forget)

    def running(self) -> bool:
        """Whether a map is on its way."""
        return self._job.running()

    def set_active(self, active: bool) -> None:
        """Somebody looks, or nobody."""
        self._active = active
        if not active:
            self._job.cancel()
        self._consider()

    def make(self, umap: bool) -> None:
        """Draw up a map of that kind now."""
        engine, ids = self._session.engine_host.engine, self.wanted()
        self._job.cancel()
        self.umap = umap
        if engine is not None and len(ids) >= LEAST:
            job = partial(jobs.feature_map, engine, ids, umap)
            self._job.submit(job, Priority.LATER, partial(self._on_made, engine), failure=self._on_failed)
        self.changed.emit()

    def wanted(self) -> list[ImageId]:
        """The images that a map shows: the folder's and the examples, as far as they have features."""
        library, given = self._session.library, self._session.bins.given()
        inside = [i for i in library.files if i in library.embedded]
        return inside + [i for i in given if i in library.guests and i in library.embedded]

    def _soon(self) -> None:
        if self._active and not self._gather.isActive():
            self._gather.start()

    def _consider(self) -> None:
        engine = self._session.engine_host.engine
        if not self._active or engine is None or self.running():
            return
        if self._made_by is not engine or self.map is None:
            self.make(False)
            return
        there, wanted = set(self.map.ids), self.wanted()
        grown = len(wanted) >= 2 * len(there) or not self._session.embedding.running()
        if not self.umap and grown and not there.issuperset(wanted):
            self.make(False)

    def _on_made(self, engine: "Engine", made: FeatureMap) -> None:
        self.map, self._made_by = made, engine
        self.changed.emit()
        self._soon()

    def _on_failed(self, _: Failure) -> None:
        """The banner says why; what was shown stays."""
        self.umap = self.map is not None and self.map.share is None
        self.changed.emit()

    def _forget(self) -> None:
        self._job.cancel()
        self.map, self._made_by, self.umap = None, None, False
        self.changed.emit()
