"""The loop at the speed of a keyboard on a real X server, through kill -9 and a second start."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.jobs import make_demo
from backend.workspace import file, places
from backend.workspace.state import BinState
from tests.e2e.test_window_xvfb import in_full_sight, make_bin, tiles
from tests.e2e.xserver import Program, until, x_server
from tests.glyph_folders import drain

pytestmark = [pytest.mark.xserver, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    with x_server() as name:
        yield name


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = drain(make_demo(tmp_path / "set")).folder
    for extra in sorted(made.glob("*.png"))[40:]:
        extra.unlink()
    return made


def saved() -> BinState:
    """The bins in the only workspace file there is; () before there is one."""
    paths = list(places.workspaces().glob("*.fewshot"))
    return file.read(paths[0]).history.now() if paths else ()


def says(program: Program, image: str) -> str:
    """What the image's tile says."""
    return next((t for t in tiles(program) if t.startswith(f"{image}:")), "")


def label(program: Program, image: str) -> str:
    return says(program, image).split(": ")[1].split()[0]


def test_the_loop_by_keys_then_kill_and_go_on(display: str, tmp_path: Path, folder: Path) -> None:
    program = Program(display, tmp_path, str(folder))
    try:
        program.settle()
        make_bin(program, ["001.png"], "cats")
        program.settle()
        make_bin(program, in_full_sight(program)[7:8], "dogs")
        program.settle()
        answer_by_keys(program)
        program.picture(tmp_path / "loop.png")
        until(lambda: any(b.rejected for b in saved()) or None, "the workspace file")
        before = saved()
        program.process.kill()
        program.process.communicate()
        again = Program(display, tmp_path)
        try:
            go_on(again, before)
        finally:
            again.end()
    finally:
        program.end()


def answer_by_keys(program: Program) -> None:
    """Confirm one, correct one, reject one for good, look at one closely; all without the mouse but for the first."""
    names = [image for image in in_full_sight(program) if "example" not in says(program, image)]
    first, second, third = names[:3]
    program.click(program.tile(first))
    program.keys("Return")
    until(lambda: "example of" in says(program, first), "the label to be confirmed")
    step_to(program, second)
    right = "2" if label(program, second) == "cats" else "1"
    program.keys(right)
    until(lambda: "example of" in says(program, second), "the label to be corrected")
    program.settle()
    step_to(program, third)
    before = label(program, third)
    program.keys("shift+1" if before == "cats" else "shift+2")
    until(lambda: f"not {before}" in says(program, third), "the label to be rejected")
    program.settle()
    assert label(program, third) != before
    step_to(program, third)  # the keyboard has gone on
    program.keys("space")
    program.wait_for(f"Preview of {third}")
    program.keys("plus", "z", "Right", "Escape")
    until(lambda: program.find("Preview of") is None, "the preview to close")
    french(program)


def step_to(program: Program, image: str) -> None:
    """Move with the arrow keys until that tile has the focus."""

    def focus() -> int | None:
        items = [n for n in program.wait_for("Images of the folder")["children"] if n["role"] == "ListItem"]
        return next((place for place, n in enumerate(items) if n["focused"]), None)

    here = until(focus, "a tile with the focus")
    there = [t.split(":")[0] for t in tiles(program)].index(image)
    program.keys(*["Right" if there > here else "Left"] * abs(there - here))
    until(lambda: focus() == there, image)


def french(program: Program) -> None:
    """The first key of the upper row is 1 where it types an ampersand."""
    subprocess.run(["setxkbmap", "-display", program.display, "fr"], check=True)
    try:
        target = next(i for i in reversed(in_full_sight(program)) if "example" not in says(program, i))
        program.click(program.tile(target))
        program.keys("ampersand")
        until(lambda: "example of cats" in says(program, target), "the French 1")
        program.keys("ctrl+z")
        until(lambda: "example" not in says(program, target), "the undoing")
    finally:
        subprocess.run(["setxkbmap", "-display", program.display, "us"], check=True)


def go_on(program: Program, before: BinState) -> None:
    """Everything is there; the history of undo, too."""
    program.settle()
    until(lambda: all(": " in t for t in tiles(program)), "labels on all tiles")
    for each in before:
        assert program.find(f"Bin {each.name}, examples: {len(each.examples)}")
    assert any("; not " in t for t in tiles(program))
    program.click(program.tile(in_full_sight(program)[0]))  # without a window manager the keyboard follows a click
    program.keys("ctrl+z")
    until(lambda: not any("; not " in t for t in tiles(program)), "the rejection to be taken back")
    code, _, errors = program.quit()
    assert (code, errors) == (0, "")
    assert not any(b.rejected for b in saved())
