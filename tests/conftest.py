"""What every test gets: its own home, no network, and failure on log errors, leaked threads and child processes."""

import logging
import os
import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from tqdm import tqdm

THREADS = "1"
"""More would fight with decoders, the window and whatever else runs, and small networks gain nothing from them."""
GRACE_SECONDS = 3.0
"""How long threads and processes that were told to end may take."""
TESTS = Path(__file__).parent
SLOW_FOLDERS = ("e2e", "gpu")

# Before anything loads torch, numpy or Qt.
os.environ.setdefault("OMP_NUM_THREADS", THREADS)
os.environ.setdefault("MKL_NUM_THREADS", THREADS)
os.environ.setdefault("OPENBLAS_NUM_THREADS", THREADS)
os.environ["QT_QPA_PLATFORM"] = "offscreen"
tqdm.monitor_interval = 0  # its watching thread would live on after the test


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks as slow what runs whole programs or opens the whole window, about a second each."""
    for item in items:
        opens_window = "make_window" in getattr(item, "fixturenames", ()) and not item.get_closest_marker("fast")
        if opens_window or item.path.relative_to(TESTS).parts[0] in SLOW_FOLDERS or item.get_closest_marker("xserver"):
            item.add_marker("slow")


@pytest.fixture(scope="session", autouse=True)
def _isolated_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """For fixtures that outlive a test."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        _move_home(tmp_path_factory.mktemp("session-home"), monkeypatch)
        yield


@pytest.fixture(autouse=True)
def isolated_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder; nothing of the machine's user is read or written."""
    home = tmp_path_factory.mktemp("home")
    _move_home(home, monkeypatch)
    return home


def _move_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("FEWSHOT_HOME", str(home / "fewshot"))
    for kind in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
    runtime = home / "run"
    runtime.mkdir(mode=0o700)  # Qt insists on the mode
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection that leaves this machine fails the test."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def check(address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else "local"
        if host not in ("local", "localhost", "::1") and not str(host).startswith("127."):
            pytest.fail(f"the test connects to {address}")

    def guarded_connect(self: socket.socket, address: Any) -> None:
        check(address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        check(address)
        return connect_ex(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_connect_ex)


@pytest.fixture(autouse=True)
def screen(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt draws offscreen, but for tests marked ``xserver``, and for the programs that they start."""
    if request.node.get_closest_marker("xserver"):
        monkeypatch.delenv("QT_QPA_PLATFORM")


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def no_unexpected_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """A record of WARNING or above fails the test, unless ``@pytest.mark.allow_log(pattern)`` expects it."""
    allowed = [mark.args[0] for mark in request.node.iter_markers("allow_log")]
    collector = _Collector()
    logging.getLogger().addHandler(collector)
    yield
    logging.getLogger().removeHandler(collector)
    messages = [f"{r.levelname} {r.name}: {r.getMessage()}" for r in collector.records]
    unexpected = [m for m in messages if not any(re.search(pattern, m) for pattern in allowed)]
    assert not unexpected, f"unexpected log records: {unexpected}"


@pytest.fixture(autouse=True)
def no_leaks() -> Iterator[None]:
    """Threads and child processes that a test starts must end with it."""
    threads, processes = set(threading.enumerate()), set(_children())
    yield
    leaked_processes = _still_running(set(_children()) - processes)
    leaked_threads = [t for t in set(threading.enumerate()) - threads if not _ends(t)]
    for process in leaked_processes:
        process.kill()
    assert not leaked_processes, f"leaked child processes: {leaked_processes}"
    assert not leaked_threads, f"leaked threads: {leaked_threads}"


def _children() -> list[psutil.Process]:
    return psutil.Process().children(recursive=True)


def _still_running(processes: set[psutil.Process]) -> list[psutil.Process]:
    _, alive = psutil.wait_procs([p for p in processes if not _is_resource_tracker(p)], timeout=GRACE_SECONDS)
    return list(alive)


def _is_resource_tracker(process: psutil.Process) -> bool:
    """Python's own helper for shared memory, one for the life of the program."""
    try:
        return "multiprocessing.resource_tracker" in " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return False


def _ends(thread: threading.Thread) -> bool:
    if isinstance(thread, threading._DummyThread):  # Python's note of a thread that Qt or torch owns
        return True
    thread.join(GRACE_SECONDS)
    return not thread.is_alive()
