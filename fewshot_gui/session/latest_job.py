"""A slot for one job of the worker, in which a new job replaces the one before."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from fewshot_gui.session.worker import Failure, Handlers, JobFactory, Priority, Worker, ignore


class LatestJob(QObject):
    """Calls handlers, on the GUI thread, for the job that was submitted last; nothing arrives from any other.

    A job that was replaced or cancelled is closed, and so is the present one when ``owner`` is deleted.
    """

    def __init__(self, worker: Worker, owner: QObject) -> None:
        super().__init__(owner)
        self._worker, self._number = worker, 0
        owner.destroyed.connect(self.cancel)

    def submit(
        self,
        make: JobFactory,
        priority: Priority,
        result: Callable[[Any], None] = ignore,
        *,
        progress: Callable[[Any], None] = ignore,
        failure: Callable[[Failure], None] = ignore,
    ) -> None:
        """Run this job in place of the one before. When ``result`` or ``failure`` is called, it runs no more."""
        self.cancel()
        handlers = Handlers(progress, partial(self._finish, result), partial(self._finish, failure))
        self._number = self._worker.submit(make, priority, handlers)

    def cancel(self) -> None:
        """Drop the job, if there is one."""
        self._worker.cancel(self._number)
        self._number = 0

    def running(self) -> bool:
        """Whether a job is queued or under way."""
        return bool(self._number)

    def _finish(self, handler: Callable[[Any], None], payload: object) -> None:
        self._number = 0
        handler(payload)
