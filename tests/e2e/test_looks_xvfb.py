"""The window in other dresses and on other screens: nothing is cut off. Pictures are kept (``walker.SHOTS``)."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from backend.jobs import make_demo
from backend.jobs.demo_set import Demo
from tests.e2e.walker import SHOTS
from tests.e2e.xserver import Program, x_server
from tests.glyph_folders import drain

pytestmark = [pytest.mark.xserver, pytest.mark.timeout(600)]
LOOKS: dict[str, tuple[tuple[int, int], dict[str, str]]] = {
    "dark": ((1440, 900), {"FEWSHOT_APPEARANCE": "dark"}),
    "small-chinese": ((1024, 640), {"FEWSHOT_LANGUAGE": "zh_CN"}),
    "double": ((3840, 2160), {"QT_SCALE_FACTOR": "2"}),
}
STAGES = {
    "labels": ("Home", "Right", "Right"),
    "unsure": ("ctrl+u",),
    "map": ("ctrl+m",),
    "quality": ("ctrl+g",),
    "comparison": ("ctrl+g", "ctrl+u", "ctrl+shift+c"),
    "everything": ("ctrl+u", "ctrl+m"),
}
"""What is on the screen, and the keys that bring it there from the stage before."""
CONTROLS = {"Button", "ButtonMenu", "CheckBox", "RadioButton", "ComboBox", "EditableText", "Slider", "List", "ListItem"}
CONTROLS |= {"Tree", "Table", "PageTab", "MenuItem"}
"""Roles of what a person uses: each has a name."""


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return drain(make_demo(tmp_path_factory.mktemp("drawn") / "demo", colour=True))


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_is_cut_off(look: str, drawn: Demo, tmp_path: Path) -> None:
    size, environment = LOOKS[look]
    with x_server(*size) as display:
        program = Program(display, tmp_path, str(drawn.folder), "--examples", str(drawn.examples), **environment)
        try:
            program.take_keyboard("Fewshot")
            program.settle()
            for stage, keys in STAGES.items():
                for key in keys:
                    program.keys(key)
                    program.settle()
                picture = _keep(program, tmp_path, f"{look}-{stage}")
                assert _cut(program, size) == [], stage
                assert [n for n in program.nodes() if n["role"] in CONTROLS and not n["name"]] == [], stage
        finally:
            program.end()
    with Image.open(picture) as shown:
        assert shown.size == size


def _keep(program: Program, own: Path, name: str) -> Path:
    folder = Path(os.environ.get(SHOTS, own))
    folder.mkdir(parents=True, exist_ok=True)
    program.picture(folder / f"look-{name}.png")
    return folder / f"look-{name}.png"


def _cut(program: Program, size: tuple[int, int]) -> list[str]:
    """What does not lie in what holds it, or on the screen. What scrolls is meant to hold more than it shows."""
    windows = program.tree()["windows"]
    return [words for window in windows for words in _outside(window, [0, 0, *size])]


def _outside(node: dict[str, Any], room: list[int]) -> Iterator[str]:
    x, y, width, height = node["rect"]
    left, top, wide, high = room
    if width and height and not (left <= x and top <= y and x + width <= left + wide and y + height <= top + high):
        yield f"{node['role']} “{node['name']}” {node['rect']} in {room}"
    if not node["scrolls"]:
        for child in node["children"]:
            yield from _outside(child, node["rect"])
