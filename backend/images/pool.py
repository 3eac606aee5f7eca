"""Decoding in child processes: a native crash or a hang costs one file, and the parent's interpreter lock stays
free."""

import os
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

from backend.images.child import read_message, write_message
from backend.types import ContentKey, Decoded, Unreadable

CRASHED = "The decoder crashed on this file."
HUNG = "Decoding took too long and was given up."
WATCH_SECONDS = 0.25
# -P keeps the current folder out of the child's search path; the package's own place is put there instead.
COMMAND = [sys.executable, "-P", "-m", "backend.images.child"]


@dataclass(frozen=True, slots=True)
class _Task:
    request: dict[str, Any]
    future: "Future[Any]"


class DecoderPool:
    """Child processes that read and decode image files. Thread-safe; children start with the first request.

    Args:
        workers: how many; by default one core is left to the rest of the program, four at most.
        timeout_s: seconds for one file, after which its child is replaced.
        max_megapixels: larger images are unreadable, by their header.
    """

    def __init__(self, workers: int | None = None, timeout_s: float = 20.0, max_megapixels: float = 200.0) -> None:
        self._count = workers or max(1, min(4, (os.cpu_count() or 1) - 1))
        self._timeout_s, self._max_megapixels = timeout_s, max_megapixels
        self._ready = threading.Condition()
        self._urgent: deque[_Task] = deque()
        self._queue: deque[_Task] = deque()
        self._children: list[_Child] = []
        self._threads: list[threading.Thread] = []
        self._closed = False
        self._over = threading.Event()

    def decode(self, path: Path, side: int | None, urgent: bool = False) -> "Future[Decoded | Unreadable]":
        """Decodes ``path``, fitted within ``side`` × ``side`` pixels.

        Urgent requests go first, the newest of them before older ones.
        """
        request = {"op": "decode", "side": side, "max_megapixels": self._max_megapixels}
        return self._submit(path, request, urgent)

    def identify(self, path: Path) -> "Future[ContentKey | Unreadable]":
        """The content key of ``path``."""
        return self._submit(path, {"op": "identify"}, False)

    def close(self) -> None:
        """Ends all children at once and cancels what waits. May be called again."""
        with self._ready:
            self._closed = True
            waiting = [*self._urgent, *self._queue]
            self._urgent.clear()
            self._queue.clear()
            self._ready.notify_all()
        self._over.set()
        for task in waiting:
            task.future.cancel()
        for child in self._children:
            child.kill()
        for thread in self._threads:
            thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _submit(self, path: Path, request: dict[str, Any], urgent: bool) -> "Future[Any]":
        future: Future[Any] = Future()
        task = _Task({**request, "path": os.fsencode(path).hex()}, future)
        with self._ready:
            if self._closed:
                future.cancel()
                return future
            self._start()
            (self._urgent if urgent else self._queue).append(task)
            self._ready.notify_all()  # the watcher waits on it too and would swallow a single call
        return future

    def _start(self) -> None:
        if self._threads:
            return
        self._children = [_Child() for _ in range(self._count)]
        for number, child in enumerate(self._children):
            self._run(f"decoder-{number}", lambda child=child: self._serve(child))  # type: ignore[misc]
        self._run("decoder-watch", self._watch)

    def _run(self, name: str, target: Callable[[], None]) -> None:
        thread = threading.Thread(target=target, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _next(self) -> _Task | None:
        with self._ready:
            while not (self._closed or self._urgent or self._queue):
                self._ready.wait()
            if self._closed:
                return None
            return self._urgent.pop() if self._urgent else self._queue.popleft()

    def _serve(self, child: "_Child") -> None:
        while (task := self._next()) is not None:
            if task.future.set_running_or_notify_cancel():
                task.future.set_result(child.ask(task.request, self._timeout_s))
        child.kill()

    def _watch(self) -> None:
        """Ends children that are over time; their pipe then breaks and the file counts as unreadable."""
        while not self._over.wait(WATCH_SECONDS):
            for child in self._children:
                child.end_if_late()


class _Child:
    """One decoder process, started when it is first asked and again after it died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._deadline = float("inf")
        self._late = False
        self._lock = threading.Lock()
        self._ended = False

    def ask(self, request: dict[str, Any], timeout_s: float) -> ContentKey | Decoded | Unreadable:
        """Sends ``request`` and waits for the answer."""
        process = self._running()
        if process is None:
            return Unreadable("The program is closing.")
        self._late, self._deadline = False, time.monotonic() + timeout_s
        try:
            return _exchange(process, request)
        except (OSError, EOFError, ValueError):
            self._discard()
            return Unreadable(HUNG if self._late else CRASHED)
        finally:
            self._deadline = float("inf")

    def end_if_late(self) -> None:
        """Kills the process if its answer is overdue."""
        if time.monotonic() > self._deadline:
            self._late = True
            with self._lock:
                if self._process is not None:
                    self._process.kill()

    def kill(self) -> None:
        """Ends the process for good."""
        self._ended = True
        self._discard()

    def _running(self) -> "subprocess.Popen[bytes] | None":
        with self._lock:
            if self._process is None and not self._ended:
                self._process = _start_process()
            return self._process

    def _discard(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                _close_quietly(pipe)


def _close_quietly(pipe: Any) -> None:
    try:
        pipe.close()
    except OSError:  # what was still buffered for a process that is gone
        return


def _start_process() -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "PYTHONPATH": _package_root(), "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    return subprocess.Popen(
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    )


def _package_root() -> str:
    """Where ``backend`` lies, before whatever the user has set."""
    own = str(Path(__file__).resolve().parent.parent.parent)
    inherited = os.environ.get("PYTHONPATH")
    return os.pathsep.join([own, inherited]) if inherited else own


def _exchange(process: "subprocess.Popen[bytes]", request: dict[str, Any]) -> ContentKey | Decoded | Unreadable:
    if process.stdin is None or process.stdout is None:
        raise EOFError
    write_message(process.stdin, request)  # type: ignore[arg-type]
    message = read_message(process.stdout)  # type: ignore[arg-type]
    if message is None:
        raise EOFError
    if "reason" in message:
        return Unreadable(message["reason"])
    key = ContentKey(*message["key"])
    if request["op"] == "identify":
        return key
    height, width, channels = message["shape"]
    data = process.stdout.read(height * width * channels)
    if len(data) < height * width * channels:
        raise EOFError
    pixels = np.frombuffer(data, np.uint8).reshape(height, width, channels)
    return Decoded(key, pixels, tuple(message["original"]))
