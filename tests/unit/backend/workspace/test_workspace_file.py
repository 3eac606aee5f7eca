"""The workspace file: nothing is lost on the way, and what is damaged, newer or locked is refused in words."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from backend.errors import RequestError
from backend.locks import FileLock
from backend.workspace import file, form, places
from backend.workspace.state import (
    Bin,
    Content,
    Folder,
    History,
    Landmark,
    Step,
    View,
    Workspace,
    images_in,
    relocated,
)

ROOT = Path("/pictures")
A, B, C, ELSEWHERE = "/pictures/a.png", "/pictures/sub/b.png", "/pictures/\udcff.png", "/other/c.png"


def case() -> Workspace:
    """A workspace with something of everything."""
    first = (Bin("cats", 0, (A,)),)
    second = (Bin("cats", 0, (A, ELSEWHERE)), Bin("dogs", 3, (B,), on=False, rejected=(C,)))
    history = History((), (Step("New bin", first), Step("More", second), Step("Delete", ())), 2)
    contents = {i: Content(n + 1, 10**18 + n, f"{n:064x}") for n, i in enumerate((A, B, C, ELSEWHERE))}
    view = View("confident", "class", "cats", "b.", B, 17, A, 70)
    folders = (Folder(ROOT, (Landmark("a.png", 1, "f" * 32),)),)
    return Workspace(folders, history, contents, view, "characters", "matching")


def test_everything_comes_back() -> None:
    before = case()
    assert form.decode(form.encode(before), "x") == before
    assert before.history.now()[1].name == "dogs"


def test_the_file_is_plain_json_and_holds_relative_paths() -> None:
    plain = json.loads(form.encode(case()))
    assert plain["format"] == "fewshot-workspace"
    assert plain["version"] == 1
    assert {i["path"] for i in plain["images"]} == {"a.png", "sub/b.png", "\udcff.png", ELSEWHERE}
    assert len(plain["history"]["bins"]) == 3  # shared between the states


def test_further_folders_single_images_and_watching_come_back() -> None:
    before = case()
    more = replace(before, folders=(*before.folders, Folder(Path("/other"))), loose=(Path("/x/\udcff.png"),))
    more = replace(more, view=replace(before.view, watch=True))
    assert form.decode(form.encode(more), "x") == more
    images = json.loads(form.encode(more))["images"]
    assert {(i["folder"], i["path"]) for i in images} >= {(1, "c.png"), (0, "a.png")}


def test_files_from_before_there_were_such_are_read() -> None:
    plain = json.loads(form.encode(case()))
    del plain["checksum"], plain["view"]["watch"]
    assert "loose" not in plain
    assert form.decode(json.dumps(plain).encode(), "x") == case()


def test_a_folder_that_was_moved_takes_its_images_along() -> None:
    after = relocated(case(), Path("/new"))
    assert after.folders[0].path == Path("/new")
    assert set(images_in(after.history)) == {"/new/a.png", "/new/sub/b.png", "/new/\udcff.png", ELSEWHERE}
    assert after.view.anchor == "/new/sub/b.png"
    assert form.decode(form.encode(after), "x") == after


def test_two_contents_that_had_one_path_stay_two() -> None:
    before = case()
    apart = f"{A}\0{'9' * 64}"
    state = (Bin("cats", 0, (A,)), Bin("dogs", 1, (apart,)))
    contents = {A: Content(1, 2, "1" * 64), apart: Content(1, 2, "9" * 64)}
    again = form.decode(form.encode(replace(before, history=History(state), contents=contents)), "x")
    assert again.history.now() == state
    assert again.contents == contents


def damaged(change: str) -> bytes:
    """A workspace whose JSON is whole but whose content is not, without the checksum that would tell."""
    plain = json.loads(form.encode(case()))
    del plain["checksum"]
    exec(change, {"w": plain})
    return json.dumps(plain).encode()


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{}",
        b"[1, 2]",
        b"\xff\xfe",
        b"[" * 100_000,
        form.encode(case())[:-40],
        form.encode(case()).replace(b'"cats"', b'"cows"', 1),
        damaged("w['history']['place'] = 9"),
        damaged("w['history']['place'] = True"),
        damaged("w['history']['states'][1] = [77]"),
        damaged("w['history']['bins'][0]['examples'] = [-1]"),
        damaged("w['history']['bins'][0]['name'] = 3"),
        damaged("w['history']['states'][1] = [0, 0]"),
        damaged("w['history']['texts'].pop()"),
        damaged("w['images'][0]['folder'] = 5"),
        damaged("w['images'][0].pop('hash')"),
        damaged("w['folders'] = ['x']"),
        damaged("w['view']['offset'] = '1'"),
        damaged("w['version'] = '1'"),
    ],
)
def test_what_is_damaged_is_refused(text: bytes) -> None:
    with pytest.raises(RequestError, match="Damaged workspace: mine"):
        form.decode(text, "mine")


def test_without_a_checksum_a_sound_file_is_read() -> None:
    assert form.decode(damaged("pass"), "x") == case()


def test_a_file_from_before_the_line_between_sure_and_unsure_is_read() -> None:
    assert form.decode(damaged("del w['view']['errors']"), "x") == replace(case(), view=replace(case().view, errors=0))


def test_a_file_from_before_photos_was_another_model_goes_on_with_the_one_it_was_begun_with() -> None:
    now = replace(case(), model="photos", method="maml")
    assert form.decode(form.encode(now), "x").model == "photos"
    plain = json.loads(form.encode(now))
    del plain["models"], plain["checksum"]
    before = form.decode(json.dumps(plain).encode(), "x")
    assert (before.model, before.method) == ("photos-small", "maml")


def test_a_newer_version_is_refused_by_name() -> None:
    with pytest.raises(RequestError, match=r"newer Fewshot.*version 2"):
        form.decode(damaged("w['version'] = 2"), "mine")


def test_the_previous_version_is_kept_and_can_be_gone_back_to(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "w.fewshot"
    first, second = form.encode(case()), form.encode(replace(case(), model="other"))
    file.write(path, first)
    assert not file.previous_of(path).exists()
    file.write(path, second)
    assert (path.read_bytes(), file.previous_of(path).read_bytes()) == (second, first)
    path.write_bytes(b"nonsense")
    aside = file.step_back(path)
    assert file.read(path) == case()
    assert aside.read_bytes() == b"nonsense"
    assert {p.name for p in path.parent.iterdir()} == {path.name, aside.name, file.previous_of(path).name}


def test_without_a_sound_previous_version_nothing_is_touched(tmp_path: Path) -> None:
    path = tmp_path / "w.fewshot"
    path.write_bytes(b"nonsense")
    file.previous_of(path).write_bytes(b"nonsense, too")
    with pytest.raises(RequestError, match="Damaged"):
        file.step_back(path)
    assert path.read_bytes() == b"nonsense"


def test_where_there_are_no_links_the_previous_version_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(1, "not permitted")

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "w.fewshot"
    file.write(path, b"one")
    file.write(path, b"two")
    assert file.previous_of(path).read_bytes() == b"one"


def test_on_a_full_disk_the_present_and_the_previous_version_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "w.fewshot"
    file.write(path, b"one")
    file.write(path, b"two")
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="No space"):
        file.write(path, b"three")
    assert (path.read_bytes(), file.previous_of(path).read_bytes()) == (b"two", b"one")
    assert len(list(tmp_path.iterdir())) == 2


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match=r"none\.fewshot"):
        file.read(tmp_path / "none.fewshot")


def test_one_lock_excludes_another_and_dies_with_its_process(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    lock, other = FileLock(path), FileLock(path)
    assert lock.take()
    assert lock.take()
    assert not other.take()
    lock.release()
    code = (
        "import sys, time; from pathlib import Path; from backend.locks import FileLock\n"
        f"lock = FileLock(Path({str(path)!r})); print(lock.take(), flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        assert not other.take()
        process.kill()
    assert other.take()
    other.release()


WRITER = """
import itertools, sys
from dataclasses import replace
from pathlib import Path
from backend.workspace import file, form
path = Path(sys.argv[1])
workspace = file.read(path)
print("ready", flush=True)
for n in itertools.count():
    file.write(path, form.encode(replace(workspace, method="x" * (n % 7 * 20_000))))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_killed_at_any_moment_a_whole_version_stands(tmp_path: Path) -> None:
    path = tmp_path / "w.fewshot"
    file.write(path, form.encode(case()))
    with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        for pause in (0.01, 0.02, 0.05):  # what a reader finds while somebody writes
            time.sleep(pause)
            assert file.read(path).history == case().history
        process.send_signal(signal.SIGKILL)
    assert file.read(path).history == case().history
    assert file.read(file.previous_of(path)).history == case().history


def test_each_folder_has_a_file_of_its_own(tmp_path: Path) -> None:
    one, other = tmp_path / "a" / "pictures", tmp_path / "b" / "pictures"
    assert places.path_for(one) != places.path_for(other)
    assert places.path_for(one).parent == places.workspaces()
    assert places.path_for(Path("/")).name.startswith("folder-")
