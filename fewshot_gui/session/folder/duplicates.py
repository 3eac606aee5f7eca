"""Finds images with the same content, once the folder has been read."""

from functools import partial

from PySide6.QtCore import QObject, QTimer

from backend import jobs
from backend.types import ImageFile
from fewshot_gui.session.folder.embedding_controller import EmbeddingController
from fewshot_gui.session.folder.engine_host import EngineHost
from fewshot_gui.session.folder.library import Library
from fewshot_gui.session.latest_job import LatestJob
from fewshot_gui.session.worker import Priority, Worker

REST_MS = 200


class Duplicates(QObject):
    """Looks whenever the folder has come to rest with other files than the last time."""

    def __init__(
        self, worker: Worker, engine_host: EngineHost, library: Library, embedding: EmbeddingController, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._engine_host, self._library, self._embedding = engine_host, library, embedding
        self._looked_at: tuple[ImageFile, ...] = ()
        self._job = LatestJob(worker, self)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._look)
        embedding.advanced.connect(self._on_advanced)
        library.relisted.connect(self._rest.start)
        library.reset.connect(self._forget)

    def _on_advanced(self) -> None:
        if not self._embedding.running():
            self._rest.start()

    def _look(self) -> None:
        files, engine = tuple(self._library.files.values()), self._engine_host.engine
        done, total = self._embedding.counts()
        if engine is None or self._embedding.running() or done < total or files == self._looked_at:
            return
        self._looked_at = files
        self._job.submit(partial(jobs.find_twins, engine, files), Priority.LATER, self._library.set_duplicates)

    def _forget(self) -> None:
        self._job.cancel()
        self._looked_at = ()
