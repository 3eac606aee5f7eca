"""Sees to it that images get features: examples at once, visible tiles next, then the rest of the folder."""

import time
from collections import deque
from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from backend import jobs
from backend.types import Embedded, ImageFile, ImageId, Progress
from fewshot_gui.session.folder.engine_host import EngineHost
from fewshot_gui.session.folder.library import Library
from fewshot_gui.session.latest_job import LatestJob
from fewshot_gui.session.worker import Failure, Priority, Worker

RATE_WINDOW_S = 3.0
WORTH_TELLING_S = 0.4
"""Examples that take no longer show no progress: it would only flicker."""


class EmbeddingController(QObject):
    """Runs the embed jobs.

    Signals:
        advanced(): counts or state changed.
        made(ids): these have features now.
        suspicious(): images failed; perhaps the folder is gone.
        examples_done(): every example has been tried.
    """

    advanced = Signal()
    made = Signal(object)
    suspicious = Signal()
    examples_done = Signal()

    def __init__(self, worker: Worker, engine_host: EngineHost, library: Library, parent: QObject) -> None:
        super().__init__(parent)
        self._engine_host, self._library = engine_host, library
        self._folder_job, self._sight_job, self._example_job = (LatestJob(worker, self) for _ in range(3))
        self._recent: deque[tuple[float, int]] = deque()
        self._examples: frozenset[ImageId] = frozenset()
        """What the example job is to read, since ``_began``."""
        self._began = 0.0
        self.stopped = False

    # What the status strip shows ---------------------------------------------------------------------------------

    def counts(self) -> tuple[int, int]:
        """Images that are done, and all."""
        files = self._library.files
        done = len(self._library.embedded & files.keys()) + len(self._library.unreadable.keys() & files.keys())
        return min(done, len(files)), len(files)

    def rate(self) -> float:
        """Images a second over the last few seconds; 0 where nothing is known yet."""
        if len(self._recent) < 2:
            return 0.0
        span = self._recent[-1][0] - self._recent[0][0]
        return sum(n for _, n in list(self._recent)[1:]) / span if span > 0 else 0.0

    def example_counts(self) -> tuple[int, int] | None:
        """Examples that are read, and all that are to be; None where that takes no time worth telling."""
        if not self._example_job.running() or time.monotonic() - self._began < WORTH_TELLING_S:
            return None
        left = self._examples - self._library.embedded - self._library.unreadable.keys()
        return len(self._examples) - len(left), len(self._examples)

    def running(self) -> bool:
        """Whether the folder is being worked through."""
        return self._folder_job.running()

    # Jobs --------------------------------------------------------------------------------------------------------

    def start_folder(self) -> None:
        """Work through the whole folder."""
        engine = self._engine_host.engine
        todo = self._missing(self._library.files.values())
        if engine is None or self.running() or not todo:
            return
        self.stopped = False
        self._recent.clear()
        job, done = partial(jobs.embed, engine, todo), partial(self._on_folder_done, todo)
        self._folder_job.submit(job, Priority.FOLDER, done, progress=self._on_step, failure=self._on_folder_failed)
        self.advanced.emit()

    def in_sight(self, ids: Iterable[ImageId]) -> None:
        """These tiles are visible: they come before the rest."""
        engine = self._engine_host.engine
        files = [f for i in ids if (f := self._library.files.get(i)) is not None]
        todo = self._missing(files)
        self._sight_job.cancel()
        if engine is not None and todo and not self.stopped:
            job, done = partial(jobs.embed, engine, todo), partial(self._on_sight_done, todo)
            self._sight_job.submit(job, Priority.VISIBLE, done, progress=self._on_step)

    def examples(self, ids: Iterable[ImageId]) -> bool:
        """See to these examples first; False where there is nothing to do (``examples_done`` follows otherwise)."""
        engine = self._engine_host.engine
        todo = self._missing(f for i in ids if (f := self._library.file(i)) is not None)
        self._example_job.cancel()
        if engine is None or not todo:
            return False
        self._examples, self._began = frozenset(f.id for f in todo), time.monotonic()
        job, done = partial(jobs.embed, engine, todo), partial(self._on_examples_done, todo)
        self._example_job.submit(job, Priority.RELABEL, done, progress=self._on_step, failure=self._on_examples_failed)
        return True

    def stop(self) -> None:
        """Cancelled by the person: what is done is kept."""
        self.halt()
        self.stopped = True
        self.advanced.emit()

    def halt(self) -> None:
        """Drop all jobs (another folder, another model, the folder is gone)."""
        for job in (self._folder_job, self._sight_job, self._example_job):
            job.cancel()

    def _missing(self, files: Iterable[ImageFile]) -> list[ImageFile]:
        known = self._library.embedded
        return [f for f in files if f.id not in known and f.id not in self._library.unreadable]

    def _on_step(self, progress: Progress) -> None:
        if not isinstance(progress, Embedded):
            return
        self._note(len(progress.ids) + len(progress.failed))
        if progress.failed:
            self._library.set_unreadable(progress.failed)
            self.suspicious.emit()
        if progress.ids:
            self._library.set_embedded(progress.ids)
            self.made.emit(progress.ids)
        self.advanced.emit()

    def _note(self, count: int) -> None:
        now = time.monotonic()
        self._recent.append((now, count))
        while now - self._recent[0][0] > RATE_WINDOW_S:
            self._recent.popleft()

    def _settle(self, files: Iterable[ImageFile]) -> None:
        """A job is through with these: those it said nothing of had features before (of another engine's making)."""
        quiet = tuple(f.id for f in self._missing(files))
        if quiet:
            self._library.set_embedded(quiet)
            self.made.emit(quiet)

    def _on_sight_done(self, files: Sequence[ImageFile], _: object) -> None:
        self._settle(files)
        self.advanced.emit()

    def _on_folder_done(self, files: Sequence[ImageFile], _: object) -> None:
        self._settle(files)
        self.advanced.emit()
        self.start_folder()

    def _on_folder_failed(self, _: Failure) -> None:
        self.stopped = True
        self.advanced.emit()

    def _on_examples_done(self, files: Sequence[ImageFile], _: object) -> None:
        self._settle(files)
        self.examples_done.emit()

    def _on_examples_failed(self, _: Failure) -> None:
        self.examples_done.emit()
