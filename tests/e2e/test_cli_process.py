"""``fewshot`` as a program: signals, pipes, terminals, what it loads."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import numpy as np
import psutil
import pytest
from PIL import Image

from tests.cli_runs import Sorting, sorting

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and terminals")
PROGRAM = [sys.executable, "-m", "backend.cli"]


@pytest.fixture
def case(tmp_path: Path) -> Sorting:
    return sorting(tmp_path)


def start(case: Sorting, *more: str) -> subprocess.Popen[str]:
    command = [*PROGRAM, *map(str, case.arguments), *more]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_help_loads_no_torch() -> None:
    program = "import sys; from backend.cli import main; main(sys.argv[1:]); sys.exit('torch' in sys.modules)"
    for arguments in (["--help"], ["classify", "--help"], ["classify", "x", "--examples", "y", "--reject", "7"]):
        command = [sys.executable, "-c", program, *arguments]
        assert subprocess.run(command, capture_output=True, timeout=60, check=False).returncode == 0


def test_ctrl_c_in_mid_run(case: Sorting) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (1500, 1500, 3), dtype=np.uint8)
    for number in range(60):
        noise[0, 0] = number
        Image.fromarray(noise).save(case.folder / f"{number}.jpg")
    process = start(case, "--out", str(case.folder.parent / "t.csv"))
    decoders = _decoders_at_work(process)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, "", "fewshot: cancelled\n")
    _, alive = psutil.wait_procs(decoders, timeout=10)
    assert not alive
    assert not list(case.folder.parent.glob("*.csv*"))


def _decoders_at_work(process: "subprocess.Popen[str]") -> list[psutil.Process]:
    for _ in range(1000):
        children = psutil.Process(process.pid).children(recursive=True)
        if children:
            return children
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.05)
    raise AssertionError("no decoder was started")


@pytest.mark.skipif(sys.platform != "linux", reason="only there may a program see what another one has loaded")
def test_ctrl_c_while_it_starts(case: Sorting) -> None:
    process = start(case)
    while "torch" not in "".join(m.path for m in psutil.Process(process.pid).memory_maps()):
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, "", "fewshot: cancelled\n")


def test_a_reader_that_has_enough(case: Sorting) -> None:
    for number in range(1500):  # rows beyond what a pipe holds
        (case.folder / f"{number}{'x' * 60}.png").write_bytes(b"")
    process = start(case)
    assert process.stdout is not None and process.stderr is not None
    assert process.stdout.readline().startswith("path")
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait(60) == 0


def test_an_output_that_takes_no_more() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    with Path("/dev/full").open("w") as full:
        run = subprocess.run([*PROGRAM, "methods"], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert run.returncode == 2 and run.stderr.count("\n") == 1 and "space" in run.stderr


def test_progress_shows_on_a_terminal_only(case: Sorting) -> None:
    import pty
    import termios

    command = [*PROGRAM, *map(str, case.arguments), "--json"]
    plain = subprocess.run(command, capture_output=True, timeout=60, check=False)
    parent, child = pty.openpty()
    termios.tcsetwinsize(child, (24, 80))  # a terminal without columns shows no bar
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=child) as shown:
        os.close(child)
        drawn = _read_terminal(parent)
        out, _ = shown.communicate(timeout=60)
    assert plain.returncode == shown.returncode == 0 and plain.stdout == out
    assert plain.stderr == b"" and b"embed" in drawn


def _read_terminal(descriptor: int) -> bytes:
    drawn = b""
    with os.fdopen(descriptor, "rb", 0) as terminal, suppress(OSError):  # how Linux says that the other end is closed
        while part := terminal.read(4096):
            drawn += part
    return drawn
