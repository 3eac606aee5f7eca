"""Downloads from a server that behaves, and from one that does not."""

import hashlib
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.errors import RequestError
from backend.pretrained import download as module
from backend.pretrained.download import download
from tests.file_server import FileServer, serving
from tests.glyph_folders import drain

DATA = bytes(range(256)) * 8192  # 2 MB
DIGEST = hashlib.sha256(DATA).hexdigest()[:8]


@pytest.fixture
def server() -> Iterator[FileServer]:
    with serving() as state:
        state.files["/weights.bin"] = DATA
        yield state


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "new" / "weights.bin"


def partial(target: Path) -> Path:
    return target.with_name("weights.bin.partial")


def fetch(server: FileServer, target: Path, digest: str = DIGEST) -> None:
    drain(download(f"{server.url}/weights.bin", target, digest))


def refused(server: FileServer, target: Path, digest: str = DIGEST) -> str:
    with pytest.raises(RequestError) as caught:
        fetch(server, target, digest)
    assert not target.exists()
    return str(caught.value)


def test_a_file_arrives_whole_and_its_progress_is_told(server: FileServer, target: Path) -> None:
    seen = list(download(f"{server.url}/weights.bin", target, DIGEST))
    assert target.read_bytes() == DATA
    assert [p.name for p in target.parent.iterdir()] == ["weights.bin"]
    received = [s for s in seen if s.stage == "download"]
    assert (received[-1].done, received[-1].total) == (len(DATA), len(DATA))
    assert len(received) > 3


def test_a_broken_connection_is_named_and_the_next_run_goes_on(server: FileServer, target: Path) -> None:
    server.stop_after = 900_000
    assert "Download broke off" in refused(server, target)
    assert 0 < partial(target).stat().st_size <= 900_000
    server.stop_after, begun = None, partial(target).stat().st_size
    fetch(server, target)
    assert target.read_bytes() == DATA
    assert server.asked[-1] == ("/weights.bin", f"bytes={begun}-")


def test_a_server_that_cannot_resume_begins_anew(server: FileServer, target: Path) -> None:
    server.stop_after, server.resumes = 900_000, False
    refused(server, target)
    server.stop_after = None
    fetch(server, target)
    assert target.read_bytes() == DATA


def test_a_cancelled_download_installs_nothing_and_goes_on_later(server: FileServer, target: Path) -> None:
    job = download(f"{server.url}/weights.bin", target, DIGEST)
    next(job)
    next(job)
    job.close()
    assert not target.exists() and partial(target).exists()
    fetch(server, target)
    assert target.read_bytes() == DATA
    assert server.asked[-1][1] is not None


def test_another_file_is_refused_and_deleted(server: FileServer, target: Path) -> None:
    message = refused(server, target, "00000000")
    assert "Wrong file" in message and DIGEST in message
    assert not partial(target).exists()


def test_the_rest_of_another_file_does_not_pass(server: FileServer, target: Path) -> None:
    target.parent.mkdir()
    partial(target).write_bytes(b"x" * 1000)
    assert "Wrong file" in refused(server, target)
    fetch(server, target)
    assert target.read_bytes() == DATA


@pytest.mark.parametrize("there", [len(DATA), len(DATA) + 5])
def test_too_much_of_it_is_fetched_anew(server: FileServer, target: Path, there: int) -> None:
    target.parent.mkdir()
    partial(target).write_bytes(b"x" * there)
    fetch(server, target)
    assert target.read_bytes() == DATA


@pytest.mark.parametrize("status", [403, 404, 500])
def test_a_refusal_is_told_with_its_number(server: FileServer, target: Path, status: int) -> None:
    server.refuse = status
    message = refused(server, target)
    assert "Download refused" in message and str(status) in message


def test_no_network_is_said(target: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = FileServer(url=f"http://127.0.0.1:{free.getsockname()[1]}")
        message = refused(nobody, target)
    assert "No connection" in message and "127.0.0.1" in message


def test_a_silent_server_does_not_keep_us_forever(
    server: FileServer, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "TIMEOUT", 0.2)
    server.silent = threading.Event()
    assert "No connection" in refused(server, target)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /dev/full")
def test_a_full_disk_is_said_and_nothing_stays(server: FileServer, target: Path) -> None:
    target.parent.mkdir()
    partial(target).symlink_to("/dev/full")
    assert "Disk full" in refused(server, target)
    assert list(target.parent.iterdir()) == []


def test_a_proxy_is_used(server: FileServer, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", server.url)
    monkeypatch.delenv("no_proxy", raising=False)
    drain(download("http://weights.invalid/weights.bin", target, DIGEST))
    assert target.read_bytes() == DATA
    assert server.asked == [("http://weights.invalid/weights.bin", None)]
