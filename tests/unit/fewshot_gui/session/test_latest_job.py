import threading
from collections.abc import Callable, Generator, Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from backend.errors import RequestError
from backend.types import Progress
from fewshot_gui.session.latest_job import LatestJob
from fewshot_gui.session.worker import Failure, Priority, Worker

Steps = Generator[Progress, None, str]


@pytest.fixture
def worker(qtbot: QtBot) -> Iterator[Worker]:
    made = Worker()
    yield made
    assert made.close()


@pytest.fixture
def owner() -> QObject:
    return QObject()


@pytest.fixture
def slot(worker: Worker, owner: QObject) -> LatestJob:
    return LatestJob(worker, owner)


def short(name: str, done: threading.Event | None = None) -> Callable[[], Steps]:
    """A job of one step; ``done`` is set once its result is on its way."""

    def job() -> Steps:
        yield Progress(name, 1)
        if done is not None:
            done.set()
        return name

    return job


def endless(closed: list[str]) -> Callable[[], Steps]:
    def job() -> Steps:
        try:
            while True:
                yield Progress("endless", 0)
        finally:
            closed.append("closed")

    return job


def test_handlers_are_called_on_the_gui_thread_when_the_job_is_over(slot: LatestJob, qtbot: QtBot) -> None:
    seen: list[tuple[object, bool, threading.Thread]] = []

    def note(what: object) -> None:
        seen.append((what, slot.running(), threading.current_thread()))

    slot.submit(short("a"), Priority.FOLDER, note, progress=note)
    assert slot.running()
    qtbot.waitUntil(lambda: not slot.running())
    here = threading.main_thread()
    assert seen == [(Progress("a", 1), True, here), ("a", False, here)]


def test_a_new_job_replaces_the_one_before_even_where_its_result_is_on_its_way(slot: LatestJob, qtbot: QtBot) -> None:
    seen: list[object] = []
    done = threading.Event()
    slot.submit(short("stale", done), Priority.FOLDER, seen.append, progress=seen.append)
    assert done.wait(10)  # its reports wait in the queue of this thread, which runs no event loop yet
    slot.submit(short("fresh"), Priority.FOLDER, seen.append)
    qtbot.waitUntil(lambda: not slot.running())
    assert seen == ["fresh"]


def test_a_handler_may_submit_the_next_job(slot: LatestJob, qtbot: QtBot) -> None:
    seen: list[object] = []

    def again(name: str) -> None:
        seen.append(name)
        slot.submit(short("second"), Priority.FOLDER, seen.append)

    slot.submit(short("first"), Priority.FOLDER, again)
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == ["first", "second"] and not slot.running()


def test_a_cancelled_job_is_closed_and_says_nothing_more(slot: LatestJob, worker: Worker, qtbot: QtBot) -> None:
    seen, closed = list[object](), list[str]()
    slot.submit(endless(closed), Priority.FOLDER, progress=seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    slot.cancel()
    slot.cancel()  # which may come twice
    count = len(seen)
    assert not slot.running() and not worker.busy()
    qtbot.waitUntil(lambda: closed == ["closed"])
    slot.submit(short("next"), Priority.LATER)
    qtbot.waitUntil(lambda: not worker.busy())
    assert len(seen) == count


def test_an_error_is_told_and_ends_the_job(slot: LatestJob, worker: Worker, qtbot: QtBot) -> None:
    def failing() -> Steps:
        yield Progress("before", 0)
        raise RequestError("No such model", "There is no model 'x'.", "Choose another.")

    failures, results = list[Failure](), list[object]()
    with qtbot.waitSignal(worker.failed):
        slot.submit(failing, Priority.FOLDER, results.append, failure=failures.append)
    assert failures == [Failure("No such model", "There is no model 'x'.", "Choose another.")]
    assert not slot.running() and not results


def test_the_job_ends_with_its_owner(slot: LatestJob, owner: QObject, worker: Worker, qtbot: QtBot) -> None:
    seen, closed = list[object](), list[str]()
    slot.submit(endless(closed), Priority.FOLDER, progress=seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    count = len(seen)
    qtbot.waitUntil(lambda: closed == ["closed"])
    assert not worker.busy() and len(seen) == count


def test_slots_do_not_disturb_each_other(slot: LatestJob, worker: Worker, owner: QObject, qtbot: QtBot) -> None:
    seen: list[object] = []
    other = LatestJob(worker, owner)
    slot.submit(short("one"), Priority.FOLDER, seen.append)
    other.submit(short("other"), Priority.FOLDER, seen.append)
    qtbot.waitUntil(lambda: not worker.busy())
    assert seen == ["one", "other"]
