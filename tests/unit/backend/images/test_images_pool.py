"""The decoder pool with real child processes: what becomes of every request, whatever the children do."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import psutil
import pytest
from PIL import Image

from backend.images import DecoderPool
from backend.types import Decoded, Unreadable
from tests.samples import encoded

pytestmark = pytest.mark.slow

PATIENCE = 30.0
"""Seconds, on a busy machine."""
ROOT = Path(__file__).resolve().parents[4]
posix = pytest.mark.skipif(os.name == "nt", reason="stops children by a signal")


@pytest.fixture
def images(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"{number}.png" for number in range(8)]
    for number, path in enumerate(paths):
        path.write_bytes(encoded(Image.new("RGB", (10 + number, 5), (number, 0, 0)), "PNG"))
    return paths


def wait_until(condition: Callable[[], bool]) -> None:
    due, pause = time.monotonic() + PATIENCE, threading.Event()
    while not condition():
        assert time.monotonic() < due, "it did not happen"
        pause.wait(0.005)


def decoders(process: psutil.Process | None = None) -> list[psutil.Process]:
    return [child for child in (process or psutil.Process()).children() if is_decoder(child)]


def is_decoder(process: psutil.Process) -> bool:
    try:
        return "backend.images.child" in " ".join(process.cmdline())
    except psutil.NoSuchProcess:  # it has ended; perhaps nobody has asked for its status yet
        return False


def outcome(future: "Future[Decoded | Unreadable]") -> Decoded | Unreadable:
    return future.result(timeout=PATIENCE)


def is_fine(future: "Future[Decoded | Unreadable]", number: int) -> bool:
    """Whether it is image ``number`` of the fixture, by size and colour."""
    result = outcome(future)
    return isinstance(result, Decoded) and result.original == (10 + number, 5) and result.pixels[0, 0, 0] == number


def reason(future: "Future[Decoded | Unreadable]") -> str:
    result = outcome(future)
    assert isinstance(result, Unreadable)
    return result.reason


@pytest.fixture
def stopped(images: list[Path]) -> Iterator[tuple[DecoderPool, psutil.Process]]:
    """A pool with a single child, which is stopped, so that it is busy for as long as a test wants."""
    with DecoderPool(workers=1, timeout_s=PATIENCE) as pool:
        assert is_fine(pool.decode(images[0], None), 0)
        (child,) = decoders()
        child.suspend()
        yield pool, child


def occupy(pool: DecoderPool, path: Path) -> "Future[Decoded | Unreadable]":
    future = pool.decode(path, None)
    wait_until(future.running)
    return future


def test_single_requests_one_after_the_other_are_all_answered(images: list[Path]) -> None:
    with DecoderPool(workers=2) as pool:
        for turn in range(300):
            assert is_fine(pool.decode(images[turn % 8], None), turn % 8)


def test_requests_from_several_threads_get_their_own_answers(images: list[Path]) -> None:
    wrong: list[int] = []

    def ask(pool: DecoderPool, number: int) -> None:
        wrong.extend(
            number for _ in range(25) if not is_fine(pool.decode(images[number], None, number % 2 == 0), number)
        )

    with DecoderPool(workers=2) as pool:
        threads = [threading.Thread(target=ask, args=(pool, number)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert not wrong


@posix
def test_a_child_that_is_killed_costs_one_file(images: list[Path]) -> None:
    with DecoderPool(workers=2) as pool:
        for future in [pool.decode(path, None) for path in images * 4]:
            outcome(future)
        wait_until(lambda: len(decoders()) >= 1)
        for child in decoders():
            child.suspend()
        futures = [pool.decode(path, None) for path in images]
        wait_until(lambda: sum(future.running() for future in futures) == 2)
        victim, *others = decoders()
        victim.kill()
        for child in others:
            child.resume()
        crashed = [n for n, future in enumerate(futures) if isinstance(outcome(future), Unreadable)]
        assert len(crashed) == 1 and crashed[0] < 2 and "crashed" in reason(futures[crashed[0]])
        assert all(is_fine(future, n) for n, future in enumerate(futures) if n not in crashed)


@posix
def test_a_child_that_is_killed_while_idle_costs_nothing(images: list[Path]) -> None:
    with DecoderPool(workers=1) as pool:
        assert is_fine(pool.decode(images[0], None), 0)
        (child,) = decoders()
        child.kill()
        os.waitid(
            os.P_PID, child.pid, os.WEXITED | os.WNOWAIT
        )  # all its threads have ended; its status is left to read
        assert is_fine(pool.decode(images[1], None), 1)


@posix
def test_a_child_that_hangs_is_replaced(images: list[Path]) -> None:
    with DecoderPool(workers=1, timeout_s=1.0) as pool:
        assert is_fine(pool.decode(images[0], None), 0)
        (child,) = decoders()
        child.suspend()
        hanging, next_one = pool.decode(images[1], None), pool.decode(images[2], None)
        assert "longer than 1 second" in reason(hanging)
        assert is_fine(next_one, 2)
        assert child not in decoders()


@posix
def test_urgent_requests_go_first_and_the_newest_of_them_before(
    images: list[Path], stopped: tuple[DecoderPool, psutil.Process]
) -> None:
    pool, child = stopped
    order: list[int] = []
    futures = [occupy(pool, images[0])]
    futures += [pool.decode(images[n], None, urgent=n >= 3) for n in range(1, 6)]
    for number, future in enumerate(futures):
        future.add_done_callback(lambda _, number=number: order.append(number))  # type: ignore[misc]
    child.resume()
    assert all(is_fine(future, number) for number, future in enumerate(futures))
    wait_until(lambda: len(order) == 6)
    assert order == [0, 5, 4, 3, 1, 2]


@posix
def test_a_cancelled_request_is_skipped(images: list[Path], stopped: tuple[DecoderPool, psutil.Process]) -> None:
    pool, child = stopped
    first = occupy(pool, images[0])
    second, third = pool.decode(images[1], None), pool.decode(images[2], None)
    assert second.cancel() and not first.cancel()
    child.resume()
    assert is_fine(first, 0) and is_fine(third, 2) and second.cancelled()


@posix
def test_close_while_busy_answers_and_cancels(images: list[Path], stopped: tuple[DecoderPool, psutil.Process]) -> None:
    pool, child = stopped
    busy, waiting = occupy(pool, images[0]), pool.decode(images[1], None)
    started = time.monotonic()
    pool.close()
    assert time.monotonic() - started < 2
    assert "closing" in reason(busy) and waiting.cancelled()
    pool.close()
    assert pool.decode(images[2], None).cancelled()
    wait_until(lambda: not child.is_running())


def test_a_pool_that_was_never_used_starts_nothing_and_closes() -> None:
    with DecoderPool():
        assert not decoders()


@posix
@pytest.mark.parametrize("sig", [signal.SIGKILL, signal.SIGINT])
def test_children_end_with_their_parent(tmp_path: Path, sig: signal.Signals) -> None:
    """While they decode, too: the large image takes a second or more."""
    Image.new("L", (13_000, 13_000)).save(tmp_path / "large.png", compress_level=1)
    (tmp_path / "small.png").write_bytes(encoded(Image.new("RGB", (4, 4)), "PNG"))
    program = (
        "import sys, time; from pathlib import Path; from backend.images import DecoderPool\n"
        "if __name__ == '__main__':\n"
        "    pool = DecoderPool(workers=2); folder = Path(sys.argv[1])\n"
        "    pool.decode(folder / 'small.png', 8).result()\n"
        "    futures = [pool.decode(folder / 'large.png', 64) for _ in range(20)]\n"
        "    print('busy', flush=True)\n"
        "    while True:\n"
        "        time.sleep(0.02)  # a single long wait can miss a signal that comes just before it\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert parent.stdout is not None and parent.stdin is not None
    with parent, parent.stdout, parent.stdin:
        assert parent.stdout.readline() == b"busy\n"
        wait_until(lambda: len(decoders(psutil.Process(parent.pid))) == 2)
        children = decoders(psutil.Process(parent.pid))
        parent.send_signal(sig)
        parent.wait(PATIENCE)
    _, alive = psutil.wait_procs(children, timeout=PATIENCE)
    assert not alive


def pool_with_children_that_run(program: str, monkeypatch: pytest.MonkeyPatch) -> DecoderPool:
    monkeypatch.setattr("backend.images.worker.BOOT", program)
    return DecoderPool(workers=1, timeout_s=PATIENCE)


@pytest.mark.allow_log("not understood")
@pytest.mark.parametrize("answer", [b"{}", b"[]", b"no JSON", b'{"key": [1], "shape": [1], "original": [1, 1]}'])
def test_a_child_that_answers_nonsense_leaves_nobody_waiting(
    answer: bytes, images: list[Path], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    program = (
        "import struct, sys\n"
        f"for text in (b'{{}}', {answer!r}):\n"
        "    sys.stdout.buffer.write(struct.pack('>I', len(text)) + text); sys.stdout.buffer.flush()\n"
        "sys.stdin.buffer.read()\n"
    )
    with pool_with_children_that_run(program, monkeypatch) as pool:
        assert "failed" in reason(pool.decode(images[0], None))
        assert "failed" in reason(pool.decode(images[1], None))
    assert [record.levelname for record in caplog.records] == ["ERROR", "ERROR"]


def test_a_child_that_cannot_start_leaves_nobody_waiting(images: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    with pool_with_children_that_run("raise SystemExit(1)", monkeypatch) as pool:
        assert "could not be started" in reason(pool.decode(images[0], None))
        assert "could not be started" in reason(pool.decode(images[1], None))
