"""A sort and its undo, killed before every single step on files: nothing is lost, and both can be finished."""

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from backend import sorting
from backend.sorting import Mode
from tests.glyph_folders import drain
from tests.sorted_folders import Tree, make_folder, plan_of, tree

pytestmark = pytest.mark.slow

STEPS = {
    "os.link",
    "os.remove",
    "os.rename",
    "os.mkdir",
    "os.rmdir",
    "os.symlink",
    "os.utime",
    "shutil.copyfile",
    "open",
}


class Killed(BaseException):
    """As kill -9: nothing runs afterwards."""


class Killer:
    """Ends what runs before the n-th step on files, and blocks all steps that its clearing up would make."""

    def __init__(self) -> None:
        self.left = -1
        self.armed = False

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.armed or event not in STEPS or (event == "open" and not _writes(arguments)):
            return
        if self.left <= 0:
            self.left = 0
            raise Killed
        self.left -= 1

    def run(self, steps: int, action: Callable[[], object]) -> bool:
        """Whether it was killed."""
        self.left, self.armed = steps, True
        try:
            action()
        except Killed:
            return True
        finally:
            self.armed = False
        return False


def _writes(arguments: tuple[Any, ...]) -> bool:
    _, mode, flags = arguments
    return bool(flags & (os.O_WRONLY | os.O_RDWR)) if mode is None else any(c in str(mode) for c in "wxa+")


KILLER = Killer()
sys.addaudithook(KILLER)  # a hook cannot be taken away; it rests unless it is armed


CASES = [
    (m, d)
    for m in Mode
    for d in ("one disk", "two disks", "no hard links")
    if m is not Mode.HARDLINK or d == "one disk"
]
"""File systems as they are; the destination on another one; none that knows hard links."""


@pytest.fixture
def disks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    kind, link = str(request.param), os.link

    def other_link(source: Any, target: Any, **how: Any) -> None:
        if kind == "no hard links":
            raise OSError(errno.EPERM, "no hard links")
        if kind == "two disks" and ("DEST" in str(source)) != ("DEST" in str(target)):
            raise OSError(errno.EXDEV, "another disk")
        link(source, target, **how)

    monkeypatch.setattr(os, "fsync", lambda _: None)  # what a process has written outlives it
    if kind != "one disk":
        monkeypatch.setattr(os, "link", other_link)
    return kind


def every_kill(start: Callable[[], Callable[[], object]], check: Callable[[], None]) -> int:
    """``start`` makes everything anew and returns what is to be killed: at its first step, its second, and so on."""
    steps = 0
    while KILLER.run(steps, start()):
        check()
        steps += 1
    return steps


@pytest.mark.parametrize("way", ["undo", "resume"])
@pytest.mark.parametrize(("mode", "disks"), CASES, indirect=["disks"])
def test_killed_at_any_step_nothing_is_lost_and_both_ways_are_open(
    mode: Mode, way: str, disks: str, tmp_path: Path
) -> None:
    original = tree(make_folder(tmp_path / "original"))
    drain_sort(tmp_path / "whole", mode)
    finished = trees(tmp_path / "whole")
    places = (tmp_path / str(n) for n in range(1000))
    place = tmp_path

    def start() -> Callable[[], object]:
        nonlocal place
        place = next(places)
        plan = plan_of(make_folder(place / "folder"), place / "DEST")
        return lambda: drain(sorting.sort(plan, mode))

    def check() -> None:
        assert contents_of(original) <= contents(place / "folder") | contents(place / "DEST")
        if way == "undo":
            undo_all(place)
            assert tree(place / "folder") == original and not (place / "DEST").exists()
        else:
            resume_all(place, mode)
            assert trees(place) == finished

    assert every_kill(start, check) > 12


@pytest.mark.parametrize(("mode", "disks"), CASES, indirect=["disks"])
def test_an_undo_killed_at_any_step_is_run_again(mode: Mode, disks: str, tmp_path: Path) -> None:
    original = tree(make_folder(tmp_path / "original"))
    places = (tmp_path / str(n) for n in range(1000))
    place = tmp_path

    def start() -> Callable[[], object]:
        nonlocal place
        place = next(places)
        drain_sort(place, mode)
        return lambda: drain(sorting.undo(place / "DEST"))

    def check() -> None:
        assert contents_of(original) <= contents(place / "folder") | contents(place / "DEST")
        undo_all(place)
        assert tree(place / "folder") == original and not (place / "DEST").exists()

    assert every_kill(start, check) > 8


def drain_sort(place: Path, mode: Mode) -> None:
    make_folder(place / "folder")
    drain(sorting.sort(plan_of(place / "folder", place / "DEST"), mode))


def undo_all(place: Path) -> None:
    """Until nothing is left to be taken back: killed early, a sort may have left no journal, or one without a plan."""
    if sorting.newest(place / "DEST") is not None:
        assert drain(sorting.undo(place / "DEST")).problems == ()
    elif (place / "DEST").exists():  # folders alone were made, which are none of undo's business
        assert tree(place / "DEST") == {}
        for path in sorted((place / "DEST").rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        (place / "DEST").rmdir()


def resume_all(place: Path, mode: Mode) -> None:
    """As a person would: finish it, or where nothing was begun sort again."""
    book = sorting.newest(place / "DEST")
    if book is not None and book.planned:
        assert drain(sorting.resume(place / "DEST")).problems == ()
    else:
        drain(sorting.sort(plan_of(place / "folder", place / "DEST"), mode))


def trees(place: Path) -> tuple[Tree, Tree]:
    """Links name the place they are in; here they do not."""
    found = [tree(place / "folder"), tree(place / "DEST")]
    plain = [{k: (v.replace(str(place), ""), t) for k, (v, t) in each.items()} for each in found]
    return plain[0], plain[1]


def contents(folder: Path) -> set[str]:
    return contents_of(tree(folder)) if folder.exists() else set()


def contents_of(found: Tree) -> set[str]:
    """What regular files hold."""
    return {value for value, _ in found.values() if value != "folder" and not value.startswith("→")}
