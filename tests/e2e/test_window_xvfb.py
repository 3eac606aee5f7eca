"""The real window on a real X server, moved with a real pointer."""

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
from PIL import Image

from backend import cli
from backend.jobs import make_demo
from tests.e2e.xserver import QUIT_ALLOWANCE_S, QUIT_S, Program, until, x_server
from tests.glyph_folders import drain

pytestmark = [pytest.mark.xserver, pytest.mark.timeout(600)]
Row = dict[str, str]


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    with x_server() as name:
        yield name


def tiles(program: Program) -> list[str]:
    """What the visible tiles say, in order."""
    gallery = program.wait_for("Images of the folder")
    return [n["name"] for n in gallery["children"] if n["role"] == "ListItem"]


def in_full_sight(program: Program) -> list[str]:
    """The file names of tiles that nothing covers, in order."""
    gallery = program.wait_for("Images of the folder")
    top, bottom = gallery["rect"][1], gallery["rect"][1] + gallery["rect"][3]
    items = [n for n in gallery["children"] if n["role"] == "ListItem"]
    whole = [n for n in items if n["rect"][1] >= top and n["rect"][1] + n["rect"][3] <= bottom]
    return [n["name"].split(":")[0] for n in whole]


def make_bin(program: Program, images: list[str], name: str) -> None:
    """Select the images with the mouse, drag them onto +, type the name."""
    if len(images) > 1:
        program.select(images)
    program.drag(program.tile(images[0]), program.middle("New bin"))
    program.name_bin(name, len(images))


def rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_main_job_with_the_mouse(display: str, tmp_path: Path) -> None:
    folder = drain(make_demo(tmp_path / "set")).folder
    for extra in sorted(folder.glob("*.png"))[60:]:
        extra.unlink()
    program = Program(display, tmp_path, str(folder))
    try:
        program.settle()
        program.click(program.middle("Keep “photos”", "Button"))  # the drawings look like characters
        program.settle()
        assert tiles(program)[:3] == ["001.png", "002.png", "003.png"]
        make_bin(program, ["001.png"], "cats")
        program.wait_for("Your first bin")
        program.settle()
        others = in_full_sight(program)[6:8]
        make_bin(program, others, "dogs")
        program.settle()
        until(lambda: all(": " in t for t in tiles(program)), "labels on all tiles")
        assert {t.split(": ")[1].split()[0] for t in tiles(program)} <= {"cats", "dogs", "example"}

        program.keys("ctrl+z")  # the renaming
        program.wait_for("Bin Bin 2, examples: 2")
        program.keys("ctrl+shift+z")
        program.wait_for("Bin dogs, examples: 2")

        table = tmp_path / "window.csv"
        program.settle()
        program.keys("ctrl+e")
        program.click(program.middle("File name:", "EditableText"))
        program.keys("ctrl+a")
        program.write(str(table))
        program.keys("Return")
        until(table.exists, "the table")
        program.picture(tmp_path / "window.png")
        code, seconds, errors = program.quit()
    finally:
        program.end()
    assert (code, errors) == (0, "")
    assert seconds < QUIT_S + QUIT_ALLOWANCE_S
    check_table(table, folder, {"cats": ["001.png"], "dogs": others})


def check_table(table: Path, folder: Path, examples: dict[str, list[str]]) -> None:
    """The window's table says what the command line says about the same folder and examples, but that the examples are
    answers; which of the labels are unsure is for the window's line to say."""
    taught, other = table.parent / "examples", table.parent / "cli.csv"
    for name, images in examples.items():
        (taught / name).mkdir(parents=True)
        for image in images:
            shutil.copy2(folder / image, taught / name / image)
    assert cli.main(["classify", str(folder), "--examples", str(taught), "--out", str(other)]) == 0
    window, line = rows(table), rows(other)
    given = {image: name for name, images in examples.items() for image in images}
    assert {r["path"]: r["label"] for r in window if r["status"] == "given"} == given
    below = [float(r["confidence"]) for r in window if r["status"] == "unsure"]
    above = [float(r["confidence"]) for r in window if r["status"] == "ok"]
    assert 0 < len(below) < len(line) and max(below) < min(above, default=1.0)
    assert {r["status"] for r in window} <= {"given", "ok", "unsure"} and {r["status"] for r in line} == {"ok"}
    for ours, theirs in zip(window, line, strict=True):
        assert ours["path"] == theirs["path"] and ours["predicted_label"] == theirs["label"]
        assert float(ours["predicted_confidence"]) == pytest.approx(float(theirs["confidence"]), abs=2e-3)
        if ours["status"] == "given":
            assert (ours["confidence"], ours["second_label"], ours["second_confidence"]) == ("1.0", "", "")
        else:
            assert (ours["label"], ours["second_label"]) == (theirs["label"], theirs["second_label"])
            assert ours["confidence"] == ours["predicted_confidence"]
            assert float(ours["second_confidence"]) == pytest.approx(float(theirs["second_confidence"]), abs=2e-3)


def noise(folder: Path, count: int) -> Path:
    """Images of which no two are alike, so that the cache helps with none."""
    folder.mkdir()
    random = np.random.default_rng(0)
    for n in range(count):
        Image.fromarray(random.integers(0, 256, (96, 96), np.uint8)).save(folder / f"{n:05d}.png", compress_level=0)
    return folder


def test_cancel_in_mid_run_then_quit_while_busy(display: str, tmp_path: Path) -> None:
    program = Program(display, tmp_path, str(noise(tmp_path / "many", 6000)))
    try:
        program.click(program.middle("Cancel", "Button"))
        program.wait_for("Stopped at ")
        program.settle()
        program.click(program.middle("Resume", "Button"))
        program.wait_for("Cancel", "Button")
        code, seconds, errors = program.quit()
    finally:
        program.end()
    assert (code, errors) == (0, "")
    assert seconds < QUIT_S + QUIT_ALLOWANCE_S


def test_the_demonstration_ends_at_once_and_leaves_nothing_behind(display: str, tmp_path: Path) -> None:
    program = Program(display, tmp_path, "--demo")
    try:
        program.settle()
        children = psutil.Process(program.process.pid).children(recursive=True)
        code, seconds, errors = program.quit()
    finally:
        program.end()
    assert (code, errors) == (0, "")
    assert seconds < QUIT_S + QUIT_ALLOWANCE_S
    assert children
    assert psutil.wait_procs(children, timeout=10)[1] == []


def test_sigterm_while_torch_is_loaded_ends_cleanly(display: str, tmp_path: Path) -> None:
    program = Program(display, tmp_path, str(noise(tmp_path / "some", 50)))
    try:
        program.wait_for("Images of the folder")
        program.process.terminate()
        output = program.process.communicate(timeout=60)
    finally:
        program.end()
    assert (program.process.returncode, output) == (0, ("", ""))
