"""One background thread that steps backend jobs (generators), the most urgent first.

The thread calls a job's factory, steps the generator and closes it; nobody else touches it. After each yield the thread
turns to whatever is most urgent. Reports travel to the GUI thread through one signal whose receiver lives there, and
carry the job's id: what arrives for a job that was cancelled, or is over, is dropped.
"""

import heapq
import logging
import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot

from backend.errors import RequestError
from backend.types import Progress

log = logging.getLogger(__name__)

JobFactory = Callable[[], Generator[Progress, None, Any]]
"""Makes the generator. Called on the worker, so that whatever it imports is imported there."""


class Priority(IntEnum):
    """What the worker turns to first."""

    LABEL_VISIBLE = 0
    RELABEL = 1
    VISIBLE = 2
    LISTING = 3
    FOLDER = 4
    LATER = 5


@dataclass(frozen=True, slots=True)
class Failure:
    """A job that could not do its work, in words for the person; ``bug`` where it is our fault."""

    title: str
    sentence: str
    remedy: str
    bug: bool = False


def ignore(_: Any) -> None:
    """A handler for reports that nobody asked for."""


@dataclass(frozen=True, slots=True)
class Handlers:
    """Called on the GUI thread: after each step, with the result, and when the job failed."""

    progress: Callable[[Any], None] = ignore
    result: Callable[[Any], None] = ignore
    failure: Callable[[Failure], None] = ignore


@dataclass(order=True, slots=True)
class _Job:
    priority: int
    number: int
    make: JobFactory = field(compare=False)
    generator: Generator[Progress, None, Any] | None = field(default=None, compare=False)


class Worker(QObject):
    """Runs jobs on one thread. Create it, and call it, on the GUI thread only.

    Signals:
        failed(Failure): a job has failed; its own handler knows already.
    """

    failed = Signal(object)
    _reported = Signal(int, str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._handlers: dict[int, Handlers] = {}
        self._numbers = 0
        self._wake = threading.Condition()
        self._queue: list[_Job] = []
        self._cancelled: set[int] = set()
        self._closing = False
        self.at_end: Callable[[], None] | None = None
        """Called last, on the worker's thread."""
        self._reported.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name="fewshot-worker", daemon=True)
        self._thread.start()

    # On the GUI thread -------------------------------------------------------------------------------------------

    def submit(self, make: JobFactory, priority: Priority, handlers: Handlers | None = None) -> int:
        """Queue a job and return its id."""
        self._numbers += 1
        self._handlers[self._numbers] = handlers or Handlers()
        with self._wake:
            heapq.heappush(self._queue, _Job(priority, self._numbers, make))
            self._wake.notify()
        return self._numbers

    def cancel(self, number: int) -> None:
        """Forget a job: nothing more arrives from it, and it is closed before its next step. Unknown ids are fine."""
        if self._handlers.pop(number, None) is None:
            return
        with self._wake:
            self._cancelled.add(number)
            self._wake.notify()

    def busy(self) -> bool:
        """Whether any job is queued or under way."""
        return bool(self._handlers)

    def close(self, timeout_s: float = 1.5) -> bool:
        """Close every job after its current step and end the thread; False where a step outlasts ``timeout_s``."""
        self._handlers.clear()
        with self._wake:
            self._closing = True
            self._wake.notify()
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    @Slot(int, str, object)
    def _deliver(self, number: int, kind: str, payload: object) -> None:
        handlers = self._handlers.get(number)
        if handlers is None:
            return
        if kind == "progress":
            handlers.progress(payload)
            return
        del self._handlers[number]
        if isinstance(payload, Failure):
            handlers.failure(payload)
            self.failed.emit(payload)
        else:
            handlers.result(payload)

    # On the worker's thread --------------------------------------------------------------------------------------

    def _run(self) -> None:
        while (job := self._next()) is not None:
            if self._step(job):
                with self._wake:
                    heapq.heappush(self._queue, job)
        self._finish()

    def _finish(self) -> None:
        try:
            if self.at_end is not None:
                self.at_end()
        except Exception:
            log.exception("Closing failed")

    def _next(self) -> _Job | None:
        """The most urgent job; None once the worker closes. Cancelled jobs are closed on the way."""
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._queue or self._closing)
                dropped = [j for j in self._queue if self._closing or j.number in self._cancelled]
                self._queue = [j for j in self._queue if j not in dropped]
                heapq.heapify(self._queue)
                self._cancelled.clear()
                job = heapq.heappop(self._queue) if self._queue else None
                closing = self._closing
            for each in dropped:
                self._close_generator(each)
            if job is not None or closing:
                return job

    def _step(self, job: _Job) -> bool:
        """One step; True while the job goes on. The boundary where anything a job raises becomes a report."""
        try:
            if job.generator is None:
                job.generator = job.make()
            self._report(job, "progress", next(job.generator))
        except StopIteration as end:
            self._report(job, "result", end.value)
        except RequestError as error:
            self._report(job, "failure", Failure(error.title, error.sentence, error.remedy))
        except Exception as error:
            log.exception("A job failed")
            self._report(job, "failure", bug(error))
        else:
            return True
        return False

    def _close_generator(self, job: _Job) -> None:
        try:
            if job.generator is not None:
                job.generator.close()
        except Exception:
            log.exception("A job failed while it was closed")

    def _report(self, job: _Job, kind: str, payload: object) -> None:
        if not self._closing:
            self._reported.emit(job.number, kind, payload)


def bug(error: BaseException) -> Failure:
    """What the person reads about an error of ours; the traceback stands in the log."""
    sentence = f"{type(error).__name__}: {error}".strip().splitlines()[0]
    title = QCoreApplication.translate("Worker", "Something went wrong inside Fewshot")
    return Failure(title, sentence, QCoreApplication.translate("Worker", "The rest goes on."), bug=True)
