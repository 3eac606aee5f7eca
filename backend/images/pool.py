"""Decoding in child processes: a native crash or a hang costs one file, and the parent's interpreter lock stays
free (docs/adr/0002-decoding-in-child-processes.md)."""

import os
import threading
import time
from collections import deque
from concurrent.futures import Future
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from backend.images.decoding import MAX_MEGAPIXELS
from backend.images.wire import Message
from backend.images.worker import DecoderWorker, Task
from backend.types import ContentKey, Decoded, Unreadable

CLOSING = "The program is closing."
WATCH_SECONDS = 0.25
CLOSE_SECONDS = 1.0
"""How long ``close`` waits for threads; one that is stuck on a dead drive is left behind."""


class DecoderPool:
    """Child processes that read and decode image files. Thread-safe; a child starts when it is first needed.

    A future's callbacks run on one of the pool's threads, or on the one that calls ``close``.

    Args:
        workers: how many; by default one core is left to the rest of the program, four at most.
        timeout_s: seconds for one file, after which its child is replaced.
        max_megapixels: larger images are unreadable, by their header.
    """

    def __init__(
        self, workers: int | None = None, timeout_s: float = 20.0, max_megapixels: float = MAX_MEGAPIXELS
    ) -> None:
        self._count = workers or max(1, min(4, (os.cpu_count() or 1) - 1))
        self._timeout_s, self._max_megapixels = timeout_s, max_megapixels
        self._changed = threading.Condition()
        self._urgent: deque[Task] = deque()
        self._queue: deque[Task] = deque()
        self._workers: list[DecoderWorker] = []
        self._numbers = count(1)
        self._watch: threading.Thread | None = None
        self._closed = threading.Event()

    def decode(self, path: Path, side: int | None, urgent: bool = False) -> "Future[Decoded | Unreadable]":
        """Decodes ``path``, fitted within ``side`` × ``side`` pixels; None keeps the size.

        Urgent requests go first, the newest of them before older ones. A cancelled request is skipped.
        """
        request = {"op": "decode", "side": side, "max_megapixels": self._max_megapixels}
        return self._submit(path, request, urgent)

    def identify(self, path: Path) -> "Future[ContentKey | Unreadable]":
        """The content key of ``path``."""
        return self._submit(path, {"op": "identify"}, False)

    def close(self) -> None:
        """Ends all children at once and cancels what waits; what is in work is unreadable. May be called again."""
        with self._changed:
            self._closed.set()
            waiting, workers = [*self._urgent, *self._queue], list(self._workers)
            self._urgent.clear()
            self._queue.clear()
            self._changed.notify_all()
        for worker in workers:
            worker.retire(CLOSING)
        for task in waiting:
            task.future.cancel()
        self._join([worker.thread for worker in workers] + ([self._watch] if self._watch else []))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _submit(self, path: Path, request: Message, urgent: bool) -> "Future[Any]":
        future: Future[Any] = Future()
        task = Task({**request, "path": os.fsencode(path).hex()}, future)
        with self._changed:
            if not self._closed.is_set():
                self._start()
                (self._urgent if urgent else self._queue).append(task)
                self._changed.notify()
                return future
        future.cancel()
        return future

    def _start(self) -> None:
        if self._watch is None:
            self._workers = [self._new_worker() for _ in range(self._count)]
            self._watch = threading.Thread(target=self._replace_overdue, name="decoder-watch", daemon=True)
            self._watch.start()

    def _new_worker(self) -> DecoderWorker:
        return DecoderWorker(f"decoder-{next(self._numbers)}", self._next_task, self._timeout_s)

    def _next_task(self) -> Task | None:
        with self._changed:
            self._changed.wait_for(lambda: self._closed.is_set() or self._urgent or self._queue)
            if self._closed.is_set():
                return None
            return self._urgent.pop() if self._urgent else self._queue.popleft()

    def _replace_overdue(self) -> None:
        while not self._closed.wait(WATCH_SECONDS):
            for place, worker in enumerate(self._workers):
                if worker.retire_if_overdue():
                    self._replace(place)

    def _replace(self, place: int) -> None:
        with self._changed:
            if not self._closed.is_set():
                self._workers[place] = self._new_worker()

    @staticmethod
    def _join(threads: list[threading.Thread]) -> None:
        due = time.monotonic() + CLOSE_SECONDS
        for thread in threads:
            if thread is not threading.current_thread():
                thread.join(max(0.0, due - time.monotonic()))
