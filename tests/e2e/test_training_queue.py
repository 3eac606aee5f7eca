"""``python -m backend.training.queue``: killed, stopped politely, run again."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import torch

from backend import storage
from backend.cli import main
from backend.locks import FileLock
from backend.models.store import read_card, read_tensors
from backend.training.checkpoint import load_checkpoint
from backend.training.queue import QUEUE, read_queue
from tests.glyph_folders import alphabets

LINES = """
[[training]]
model = "first"
method = "prototypical"
way = 5
shot = 1
queries = 2
episodes = 60
checkpoint_every = 0.2

[[training]]
model = "second"
method = "mann"
queries = 9
meta_batch = 2
episodes = 40
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return alphabets(tmp_path_factory.mktemp("alphabets"), groups=3, classes=20, drawings=15)


@pytest.fixture
def command(data: Path, tmp_path: Path) -> list[str]:
    queue = tmp_path / "queue.toml"
    queue.write_text(LINES)
    return [sys.executable, "-m", "backend.training.queue", "--data", str(data), "--queue", str(queue)]


def start_and_send(command: list[str], number: signal.Signals) -> tuple[int, str]:
    """Exit code and output of a queue that gets a signal after its first checkpoint."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    checkpoint, deadline = storage.checkpoints() / "first" / "prototypical.safetensors", time.monotonic() + 120
    while not checkpoint.exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(number)
    output, _ = process.communicate()
    return process.returncode, output


def run(command: list[str]) -> tuple[int, str]:
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    return done.returncode, done.stdout


def curve(name: str) -> list[dict[str, Any]]:
    """Without times."""
    looks = json.loads((storage.user_models() / f"{name}.curve.json").read_text())
    return [{key: value for key, value in look.items() if key != "cpu_seconds"} for look in looks]


def test_a_killed_queue_goes_on_and_its_curves_are_whole(command: list[str], data: Path, tmp_path: Path) -> None:
    assert start_and_send(command, signal.SIGKILL)[0] == -signal.SIGKILL
    assert not (storage.user_models() / "first.safetensors").exists()
    code, output = run(command)
    assert code == 0, output
    assert "first: goes on" in output and "second: begins" in output
    looks = curve("first.prototypical")
    assert [look["step"] for look in looks] == [50, 60]
    assert all(look.keys() >= {"loss", "5w1s", "5w5s"} for look in looks)
    assert curve("second.mann")[-1].keys() >= {"instance 2", "instance 5", "instance 10"}
    assert curve("second.mann")[-1]["step"] == 20

    [line, _] = read_queue(tmp_path / "queue.toml", data)
    by_hand = line.command.replace("--model first", "--model whole").split()[1:]
    torch_threads = torch.get_num_threads()
    torch.set_num_threads(1)
    assert main([*by_hand, "--device", "cpu"]) == 0
    torch.set_num_threads(torch_threads)
    first, whole = (read_tensors(storage.user_models() / f"{name}.safetensors") for name in ("first", "whole"))
    assert all(torch.equal(first[key], whole[key]) for key in whole)
    assert looks == curve("whole.prototypical")
    assert read_card("whole").methods["prototypical"].training["general"]["recipe"]["episodes"] == 60

    code, output = run(command)
    assert code == 0 and output.count("done before") == 2


def test_ctrl_c_keeps_the_state_and_ends_cleanly(command: list[str]) -> None:
    code, output = start_and_send(command, signal.SIGINT)
    assert code == 130 and "first: stopped; it will go on" in output
    assert 0 < load_checkpoint(storage.checkpoints() / "first" / "prototypical.safetensors").step < 60
    assert "second" not in output


def test_lines_that_another_queue_has_or_that_are_refused_are_passed_over(command: list[str], tmp_path: Path) -> None:
    queue = tmp_path / "queue.toml"
    queue.write_text(queue.read_text().replace('method = "mann"', 'method = "mann"\nstart = "nobody"'))
    folder = storage.checkpoints() / "first"
    folder.mkdir(parents=True)
    lock = FileLock(folder / "queue.lock")
    assert lock.take()
    code, output = run(command)
    assert code == 1
    assert "first: another queue is at it" in output and "There is no model 'nobody'" in output
    lock.release()
    assert run([*command, "--minutes", "0"]) == (0, "")


def test_a_line_with_an_unknown_option_is_no_queue(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "queue.toml").write_text('[[training]]\nmodel = "a"\nmethod = "mann"\nsteps = 3\n')
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "unknown: steps" in done.stderr and done.stderr.count("\n") == 1


def test_the_queue_of_the_program_can_be_read(data: Path) -> None:
    orders = read_queue(QUEUE, data)
    assert len({(order.model, order.key) for order in orders}) == len(orders)
    made = {order.model for order in orders}
    for order in orders:  # what another line makes comes before what sets out from it
        assert order.start in {None, "characters"} | made
        assert order.start is None or order.start == "characters" or order.method in {o.method for o in orders}
