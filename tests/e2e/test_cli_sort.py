"""``fewshot sort``, ``undo``, ``resume`` and ``data``, through the real command line."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli_runs import CommandLine, Sorting, sorting


@pytest.fixture
def fewshot(capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(capsys)


@pytest.fixture
def case(tmp_path: Path) -> Sorting:
    made = sorting(tmp_path)
    made.add("sub/again.png", "b")
    (made.folder / "broken.png").write_bytes(b"no image")
    return made


def below(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() and ".fewshot" not in p.parts}


def test_sort_undo_and_the_way_back_to_nothing(case: Sorting, fewshot: CommandLine, tmp_path: Path) -> None:
    dest = tmp_path / "sorted"
    before = bytes_of(case.folder)
    run = fewshot("sort", *case.arguments[1:], "--into", dest, "--mode", "move")
    assert (run.code, run.err) == (0, "")
    assert "4 files filed in" in run.out and "1 file cannot be read and stayed" in run.out
    assert below(dest) == {"a/a.png", "b/b.png", "b/again.png", "c/c.png"} and below(case.folder) == {"broken.png"}
    run = fewshot("resume", dest)
    assert (run.code, run.out.startswith("There is nothing to finish")) == (0, True)
    run = fewshot("undo", dest, "--json")
    assert (run.code, json.loads(run.out)) == (0, {"taken_back": 4, "stays": []})
    assert bytes_of(case.folder) == before and not dest.exists()
    for command in ("undo", "resume"):
        run = fewshot(command, dest)
        assert run.code == 2 and run.err.count("\n") == 1 and "Nothing was sorted" in run.err


def bytes_of(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {n: ((folder / n).read_bytes(), (folder / n).stat().st_mtime_ns) for n in below(folder)}


def test_a_dry_run_touches_nothing_and_says_all(case: Sorting, fewshot: CommandLine, tmp_path: Path) -> None:
    before = below(tmp_path)
    run = fewshot("sort", *case.arguments[1:], "--into", tmp_path / "sorted", "--dry-run", "--json", "--reject", 1)
    told = json.loads(run.out)
    assert run.code == 0 and told["dry_run"] and told["placed"] == 0 and told["unreadable"] == 1
    assert told["folders"] == {"_unsure": 4}
    rows = {row["path"]: row for row in told["images"]}
    assert rows["a.png"]["target"] == "_unsure/a.png" and rows["a.png"]["label"] == "a"
    assert rows["broken.png"]["target"] is None and rows["broken.png"]["message"]
    assert below(tmp_path) == before and not (tmp_path / "sorted").exists()


def test_what_a_sort_has_placed_is_not_listed_again(case: Sorting, fewshot: CommandLine) -> None:
    arguments = ("sort", *case.arguments[1:], "--into", case.folder, "--json")
    assert json.loads(fewshot(*arguments, "--mode", "move").out)["placed"] == 4
    again = json.loads(fewshot(*arguments, "--mode", "move").out)
    assert again["placed"] == 0 and [row["path"] for row in again["images"]] == ["broken.png"]


def test_requests_that_cannot_be_met(case: Sorting, fewshot: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    examples = Path(str(case.arguments[3]))
    for into, what in ((tmp_path / "file", "is no folder"), (examples / "x", "lies among the examples")):
        run = fewshot("sort", *case.arguments[1:], "--into", into)
        assert (run.code, run.out, run.err.count("\n")) == (2, "", 1) and what in run.err
    assert fewshot("sort", *case.arguments[1:], "--into", tmp_path / "x", "--mode", "teleport").code == 2


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_kill_9_in_mid_sort_then_both_ways(case: Sorting, fewshot: CommandLine, tmp_path: Path) -> None:
    for n in range(400):
        shutil.copy2(case.folder / "a.png", case.folder / f"more {n}.png")
    before = bytes_of(case.folder)
    for way in ("resume", "undo"):
        dest = tmp_path / way
        kill_in_mid_sort(case, dest)
        placed = bytes_of(dest)
        assert 0 < len(placed) < 404
        assert {data for data, _ in before.values()} <= {d for d, _ in (bytes_of(case.folder) | placed).values()}
        if way == "resume":
            assert fewshot("resume", dest).code == 0
            assert below(case.folder) == {"broken.png"} and len(below(dest)) == 404
        assert fewshot("undo", dest).code == 0
        assert bytes_of(case.folder) == before and not dest.exists()


def kill_in_mid_sort(case: Sorting, dest: Path) -> None:
    program = [sys.executable, "-m", "backend.cli", "sort", *map(str, case.arguments[1:])]
    process = subprocess.Popen([*program, "--into", str(dest), "--mode", "move"], stdout=subprocess.DEVNULL)
    while not (dest / "a").is_dir() or len(list((dest / "a").iterdir())) < 20:
        assert process.poll() is None
        time.sleep(0.001)
    process.kill()
    process.wait()


def test_data_names_every_folder_and_clears_one(case: Sorting, fewshot: CommandLine) -> None:
    fewshot(*case.arguments)
    told = {row["kind"]: row for row in json.loads(fewshot("data", "--json").out)["data"]}
    home = os.environ["FEWSHOT_HOME"]
    assert all(row["folder"].startswith(home) and row["purpose"] for row in told.values())
    assert told["cache"]["bytes"] > 0
    assert json.loads(fewshot("data", "--clear", "cache", "--json").out)["bytes"] == told["cache"]["bytes"]
    after = {row["kind"]: row for row in json.loads(fewshot("data", "--json").out)["data"]}
    assert after["cache"]["bytes"] == 0
    run = fewshot("data", "--clear", "everything")
    assert run.code == 2 and "cache" in run.err
    assert fewshot(*case.arguments).code == 0
