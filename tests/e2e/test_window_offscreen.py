"""``fewshot-gui`` where there is no screen."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import fewshot_gui
from backend.jobs import make_demo
from backend.workspace import file, form
from backend.workspace.state import Bin, History
from tests.glyph_folders import drain

PROGRAM = [sys.executable, "-c", "import sys; from fewshot_gui import main; sys.exit(main())"]


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {k: v for k, v in os.environ.items() if k not in hidden}
    environment["PYTHONPATH"] = str(Path(fewshot_gui.__file__).parent.parent)  # for a checkout that is not installed
    return subprocess.run(
        [*PROGRAM, *arguments], cwd=folder, env=environment, capture_output=True, text=True, timeout=240, check=False
    )


def check_picture(path: Path) -> None:
    """The right size, with pictures and words on it."""
    with Image.open(path) as picture:
        assert picture.size == (1440, 900)
        grey = np.asarray(picture.convert("L"))
    menu, status = grey[4:24, 8:200], grey[868:892, 8:120]
    assert menu.min() < 100, "no words in the menu bar"
    assert status.min() < 100, "no words in the status strip"
    assert (grey[90:850, 280:1100] < 60).mean() > 0.01, "no strokes in the gallery"


def test_the_demo_prints_its_figures_and_draws_the_window(tmp_path: Path) -> None:
    done = run(tmp_path, "--demo")
    assert (done.returncode, done.stderr) == (0, "")
    assert "raw-pixel nearest neighbour" in done.stdout
    check_picture(tmp_path / "fewshot-demo.png")
    assert [p.name for p in tmp_path.iterdir()] == ["fewshot-demo.png"]


def test_a_screenshot_needs_no_screen(tmp_path: Path) -> None:
    done = run(tmp_path, "--demo", "--screenshot", "window.png")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    check_picture(tmp_path / "window.png")


def test_a_workspace_is_begun_and_found_again(tmp_path: Path) -> None:
    made = drain(make_demo(tmp_path / "set"))
    done = run(tmp_path, "set/images", "--workspace", "mine.fewshot", "--screenshot", "one.png")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    path = tmp_path / "mine.fewshot"
    workspace = file.read(path)
    assert workspace.folders[0].path == made.folder
    image = str(made.folder / "001.png")
    taught = History((Bin("cats", 0, (image,)), Bin("dogs", 1, (str(made.folder / "002.png"),))))
    file.write(path, form.encode(replace(workspace, history=taught)))
    made.folder.rename(tmp_path / "set" / "renamed")
    done = run(tmp_path, "--workspace", "mine.fewshot", "--screenshot", "two.png")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    check_picture(tmp_path / "two.png")
    again = file.read(path)
    assert again.folders[0].path == tmp_path / "set" / "renamed"
    assert [b.name for b in again.history.now()] == ["cats", "dogs"]
    assert all(c.hash for c in again.contents.values())


@pytest.mark.parametrize("arguments", [[], ["."]])
def test_without_a_screen_there_is_no_window(tmp_path: Path, arguments: list[str]) -> None:
    done = run(tmp_path, *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
