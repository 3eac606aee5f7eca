"""One decoder process and the thread that talks to it."""

import io
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from backend.errors import Sentence
from backend.images.wire import Message, read_message, write_message
from backend.types import ContentKey, Decoded, Pixels, Unreadable

CRASHED = "The decoder crashed on this file: it is damaged, or needs too much memory."
NOT_STARTED = "The program that decodes images could not be started."
NOT_UNDERSTOOD = "The decoder failed on this file."
START_SECONDS = 60.0
"""How long a process may take to load, on a busy machine with a cold disk."""

# The package is found where the parent found it, whatever folder the child starts in. -P keeps that folder, which may
# hold anything, out of the search path; everything else is looked up as usual.
BOOT = """import sys
sys.path.insert(0, sys.argv[1])
import backend
del sys.path[0]
from backend.images.child import main
main()"""
PACKAGE_ROOT = str(Path(__file__).resolve().parents[2])

log = logging.getLogger(__name__)

Answer = ContentKey | Decoded | Unreadable


@dataclass(frozen=True, slots=True)
class Task:
    """A request and who waits for its answer."""

    request: Message
    future: "Future[Any]"

    def settle(self, outcome: Answer) -> None:
        """The first outcome counts: a hang may be given up before the process is gone."""
        try:
            self.future.set_result(outcome)
        except InvalidStateError:
            return


class DecoderWorker:
    """Takes tasks from ``next_task`` until it gives None, one at a time, each answered by a child process.

    A child that dies is replaced. One that is overdue retires the worker as a whole, since its thread may be stuck with
    it (on a dead network drive a process cannot even be killed).
    """

    def __init__(self, name: str, next_task: Callable[[], Task | None], timeout_s: float) -> None:
        self._next_task, self._timeout_s = next_task, timeout_s
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._task: Task | None = None
        self._deadline = float("inf")
        self._retired = False
        self.thread = threading.Thread(target=self._run, name=name, daemon=True)
        self.thread.start()

    def retire(self, reason: str) -> None:
        """Ends the process at once; the present task is unreadable for ``reason``. Never blocks."""
        with self._lock:
            task = self._end()
        if task is not None:
            task.settle(Unreadable(reason))

    def retire_if_overdue(self) -> bool:
        """Retires if the present file takes longer than allowed; says whether it did."""
        with self._lock:
            if time.monotonic() <= self._deadline:
                return False
            task = self._end()
        if task is not None:
            reason = Sentence("Decoding took longer than {0} seconds and was given up.", f"{self._timeout_s:g}")
            task.settle(Unreadable(reason))
        return True

    def _end(self) -> Task | None:
        self._retired, self._deadline = True, float("inf")
        if self._process is not None:
            self._process.kill()
        return self._task

    def _run(self) -> None:
        while not self._retired and (task := self._next_task()) is not None:
            if task.future.set_running_or_notify_cancel():
                self._serve(task)
        self._discard()

    def _serve(self, task: Task) -> None:
        self._expect(task)
        try:
            outcome = self._ask(task)
        except (OSError, EOFError):
            self._discard()
            outcome = Unreadable(CRASHED)
        except Exception:  # the boundary of the thread: were it to end here, somebody would wait for ever
            log.exception("a decoder's answer was not understood")
            self._discard()
            outcome = Unreadable(NOT_UNDERSTOOD)
        self._expect(None)
        task.settle(outcome)

    def _expect(self, task: Task | None, seconds: float = float("inf")) -> None:
        with self._lock:
            self._task, self._deadline = task, time.monotonic() + seconds

    def _ask(self, task: Task) -> Answer:
        process = self._running(task)
        if process is None:
            return Unreadable(NOT_STARTED)
        self._expect(task, self._timeout_s)
        return _exchange(process, {**task.request, "timeout_s": self._timeout_s})

    def _running(self, task: Task) -> "subprocess.Popen[bytes] | None":
        """The child, a fresh one where the last one died while idle."""
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._discard()
        self._expect(task, START_SECONDS)
        with self._lock:
            if self._retired:
                return None
            try:
                self._process = _start_process()
            except OSError:
                return None
        if not _is_ready(self._process):
            self._discard()
        return self._process

    def _discard(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in _pipes(process):
            _close_quietly(pipe)


def _start_process() -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-P", "-c", BOOT, PACKAGE_ROOT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        start_new_session=True,  # a terminal's Ctrl-C is for the program
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _is_ready(process: "subprocess.Popen[bytes]") -> bool:
    return read_message(_pipes(process)[1]) is not None


def _exchange(process: "subprocess.Popen[bytes]", request: Message) -> Answer:
    requests, answers = _pipes(process)
    write_message(requests, request)
    message = read_message(answers)
    if message is None:
        raise EOFError
    if "reason" in message:
        return Unreadable(Sentence(*message["reason"]))
    key = ContentKey(*message["key"])
    if request["op"] == "identify":
        return key
    width, height = message["original"]
    return Decoded(key, _read_pixels(answers, message["shape"]), (width, height))


def _read_pixels(stream: io.BufferedReader, shape: list[int]) -> Pixels:
    height, width, channels = shape
    pixels = np.empty((height, width, channels), np.uint8)
    wanted = pixels.data.cast("B")
    if stream.readinto(wanted) < len(wanted):
        raise EOFError
    return pixels


def _pipes(process: "subprocess.Popen[bytes]") -> tuple[io.BufferedWriter, io.BufferedReader]:
    requests, answers = process.stdin, process.stdout
    if not (isinstance(requests, io.BufferedWriter) and isinstance(answers, io.BufferedReader)):
        raise TypeError("the decoder was started without pipes")
    return requests, answers


def _close_quietly(pipe: io.BufferedWriter | io.BufferedReader) -> None:
    try:
        pipe.close()
    except OSError:  # what was still buffered for a process that is gone
        return
