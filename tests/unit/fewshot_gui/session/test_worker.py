import threading
from collections.abc import Callable, Generator, Iterator

import pytest
from pytestqt.qtbot import QtBot

from backend.errors import RequestError
from backend.types import Progress
from fewshot_gui.session.worker import Failure, Handlers, Priority, Worker

Steps = Generator[Progress, None, str]


@pytest.fixture
def worker(qtbot: QtBot) -> Iterator[Worker]:
    made = Worker()
    yield made
    assert made.close()


def counting(name: str, steps: int, log: list[str]) -> Callable[[], Steps]:
    def job() -> Steps:
        try:
            for n in range(steps):
                log.append(f"{name}{n}")
                yield Progress(name, n, steps)
        finally:
            log.append(f"{name} closed")
        return name

    return job


def raising(error: BaseException) -> Callable[[], Steps]:
    def job() -> Steps:
        yield Progress("before", 0)
        raise error

    return job


class Gate:
    """Holds the worker in a step until it is opened."""

    def __init__(self) -> None:
        self.entered, self.open = threading.Event(), threading.Event()

    def job(self) -> Steps:
        self.entered.set()
        assert self.open.wait(10)
        yield Progress("gate", 1)
        return "gate"


def test_a_job_reports_each_step_and_its_result_on_the_gui_thread(worker: Worker, qtbot: QtBot) -> None:
    seen: list[tuple[str, object, threading.Thread]] = []
    handlers = Handlers(
        progress=lambda p: seen.append(("progress", p.done, threading.current_thread())),
        result=lambda r: seen.append(("result", r, threading.current_thread())),
    )
    worker.submit(counting("a", 2, []), Priority.FOLDER, handlers)
    qtbot.waitUntil(lambda: not worker.busy())
    assert [s[:2] for s in seen] == [("progress", 0), ("progress", 1), ("result", "a")]
    assert {s[2] for s in seen} == {threading.main_thread()}


def test_after_a_step_the_most_urgent_job_comes_first(worker: Worker, qtbot: QtBot) -> None:
    gate, log = Gate(), list[str]()
    worker.submit(gate.job, Priority.LATER)
    assert gate.entered.wait(10)
    for name, priority in (("folder", Priority.FOLDER), ("visible", Priority.VISIBLE), ("relabel", Priority.RELABEL)):
        worker.submit(counting(name, 2, log), priority)
    gate.open.set()
    qtbot.waitUntil(lambda: not worker.busy())
    steps = [e for e in log if not e.endswith("closed")]
    assert steps == [
        "relabel0",
        "relabel1",
        "visible0",
        "visible1",
        "folder0",
        "folder1",
    ]


def test_an_urgent_job_interrupts_a_running_one_between_steps(worker: Worker, qtbot: QtBot) -> None:
    log: list[str] = []

    def slow() -> Steps:
        log.append("slow0")
        worker_entered.set()
        assert go_on.wait(10)
        yield Progress("slow", 0)
        log.append("slow1")
        yield Progress("slow", 1)
        return ""

    worker_entered, go_on = threading.Event(), threading.Event()
    worker.submit(slow, Priority.FOLDER)
    assert worker_entered.wait(10)
    worker.submit(counting("urgent", 1, log), Priority.RELABEL)
    go_on.set()
    qtbot.waitUntil(lambda: not worker.busy())
    assert log == ["slow0", "urgent0", "urgent closed", "slow1"]


def test_a_cancelled_job_is_closed_on_the_worker_and_says_nothing_more(worker: Worker, qtbot: QtBot) -> None:
    seen: list[object] = []
    closed: list[str] = []

    def endless() -> Steps:
        try:
            while True:
                yield Progress("endless", 0)
        finally:
            closed.append(threading.current_thread().name)

    number = worker.submit(endless, Priority.FOLDER, Handlers(seen.append, seen.append, seen.append))
    qtbot.waitUntil(lambda: len(seen) > 2)
    worker.cancel(number)
    count = len(seen)
    qtbot.waitUntil(lambda: bool(closed))
    worker.submit(counting("next", 1, []), Priority.LATER)
    qtbot.waitUntil(lambda: not worker.busy())
    assert closed == ["fewshot-worker"]
    assert len(seen) == count


def test_a_report_that_was_on_its_way_when_its_job_was_cancelled_is_dropped(worker: Worker, qtbot: QtBot) -> None:
    seen: list[object] = []
    done = threading.Event()

    def short() -> Steps:
        yield Progress("short", 1)
        done.set()
        return "late"

    number = worker.submit(short, Priority.FOLDER, Handlers(seen.append, seen.append, seen.append))
    assert done.wait(10)  # its reports wait in the queue of this thread, which runs no event loop yet
    worker.cancel(number)
    worker.submit(counting("next", 1, []), Priority.LATER)
    qtbot.waitUntil(lambda: not worker.busy())
    assert seen == []


def test_a_request_error_reaches_the_person_in_its_words(worker: Worker, qtbot: QtBot) -> None:
    error = RequestError("No such model", "There is no model 'x'.", "Choose another.")
    with qtbot.waitSignal(worker.failed) as failed:
        worker.submit(raising(error), Priority.FOLDER)
    assert failed.args == [Failure("No such model", "There is no model 'x'.", "Choose another.")]


@pytest.mark.allow_log("A job failed")
@pytest.mark.parametrize("error", [RuntimeError("CUDA out of memory"), StopIteration("odd"), MemoryError()])
def test_any_other_error_is_a_bug_that_is_told_and_logged(
    worker: Worker, qtbot: QtBot, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    with qtbot.waitSignal(worker.failed) as failed:
        worker.submit(raising(error), Priority.FOLDER)
    failure = failed.args[0] if failed.args else None
    assert isinstance(failure, Failure)
    assert failure.bug
    assert "Traceback" in caplog.text
    worker.submit(counting("next", 1, []), Priority.LATER)
    qtbot.waitUntil(lambda: not worker.busy())


def test_closing_closes_what_waits_and_ends_the_thread(qtbot: QtBot) -> None:
    worker, gate, log = Worker(), Gate(), list[str]()
    ended: list[str] = []
    worker.at_end = lambda: ended.append(threading.current_thread().name)
    worker.submit(counting("begun", 10**9, log), Priority.FOLDER)
    qtbot.waitUntil(lambda: bool(log))
    worker.submit(gate.job, Priority.RELABEL)
    assert gate.entered.wait(10)
    gate.open.set()
    assert worker.close()
    assert log[-1] == "begun closed"
    assert ended == ["fewshot-worker"]


def test_closing_does_not_wait_for_a_step_that_hangs(qtbot: QtBot) -> None:
    worker, gate = Worker(), Gate()
    worker.submit(gate.job, Priority.FOLDER)
    assert gate.entered.wait(10)
    assert not worker.close(timeout_s=0.05)
    gate.open.set()
    assert worker.close()
