"""The whole job over five hundred images on a real X server: once by mouse and keys, once by the keyboard alone."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.methods import METHODS
from backend.models.model import runnable
from backend.models.store import read_card
from tests.e2e.walker import Walker, keyboard, saved
from tests.e2e.xserver import until, x_server
from tests.walk_images import five_hundred

pytestmark = [pytest.mark.xserver, pytest.mark.timeout(600)]
ANSWERS = 20
FIGURE = re.compile(r"\d+ of \d+")
"""How many examples a method labels right."""
OFFERED = {METHODS[name].title for name in runnable(read_card("photos"))}
"""What there is to compare."""
OTHER = "Siamese Network"
"""The method that is adopted after the comparison."""


@pytest.fixture(scope="module")
def images(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    folder = tmp_path_factory.mktemp("images")
    return folder, five_hundred(folder)


@pytest.fixture
def walker(request: pytest.FixtureRequest, tmp_path: Path, images: tuple[Path, dict[str, str]]) -> Iterator[Walker]:
    source, truth = images
    folder = shutil.copytree(source, tmp_path / "Holiday pictures")
    with x_server() as display:
        walker = Walker(display, folder, truth, request.node.name.removeprefix("test_"))
        try:
            yield walker
        finally:
            walker.program.end()


def test_by_mouse(walker: Walker, tmp_path: Path) -> None:
    program = walker.program
    for name in sorted(set(walker.truth.values())):
        drag_into_new_bin(walker, name)
    walker.picture("four-bins")
    walker.do("ctrl+shift+a")
    program.click(program.tile(walker.open_images()[0]))
    wrong = walker.answer_some(ANSWERS)
    walker.picture("answered")
    look_at_the_unsure(walker)
    ask_why(walker)
    adopt_another_method(walker)
    lasso(walker)
    table = walker.export(tmp_path / "before.csv")
    assert len(answers(table)) == 12 + ANSWERS, f"{wrong} of {ANSWERS} labels were wrong"
    kill_and_go_on(walker, table, tmp_path / "after.csv")


def drag_into_new_bin(walker: Walker, name: str) -> None:
    """Three images, selected by clicks, dragged as a group."""
    program, images = walker.program, walker.find_three(name)
    program.select(images)
    program.drag(program.tile(images[0]), program.middle("New bin"))
    walker.name_bin(name, 3)


def look_at_the_unsure(walker: Walker) -> None:
    """Open the tray, move the line, see one group of alike images, see all again."""
    program = walker.program
    program.click(program.middle("Unsure", "CheckBox"))
    program.wait_for("Alike images among the unsure")
    line = program.wait_for("How many labels may be wrong", "Slider")
    x, y, width, height = line["rect"]
    program.drag((x + round(0.46 * width), y + height // 2), (x + width - 2, y + height // 2))
    program.settle()
    assert program.wait_for("How many labels may be wrong", "Slider")["name"] != line["name"]
    walker.do(*["ctrl+bracketleft"] * 10)
    walker.picture("unsure")
    program.click(program.middle("Show only the unsure images"))
    program.settle()
    assert walker.tiles() and not any("example of" in words for words in walker.tiles().values())
    program.click(program.middle("Show only the unsure images"))
    program.settle()
    program.click(program.middle("Unsure", "CheckBox"))
    until(lambda: program.find("Alike images among the unsure") is None, "the tray to close")


def ask_why(walker: Walker) -> None:
    """Select an image; the example that decided most leads to that example."""
    program = walker.program
    program.click(program.tile(next(iter(walker.open_images()))))
    reasons = program.wait_for("Because of: ")
    program.wait_for("IF ONE EXAMPLE WERE LEFT OUT: ")
    program.settle()
    walker.picture("why")
    first = reasons["children"][0]["name"]
    program.click(program.middle(first))
    program.wait_for(f"Picture of {first.split(',')[0]}")


def adopt_another_method(walker: Walker) -> None:
    """Compare all on the bins, then take one with a click."""
    program = walker.program
    walker.do("ctrl+shift+c")
    walker.picture("comparison")
    assert compared(walker) == OFFERED
    program.click(program.middle(OTHER, "TreeItem"))
    program.click(program.middle("Use this method", "Button"))
    program.wait_for(f"Method: {OTHER}")
    walker.do("Escape")


def compared(walker: Walker) -> set[str]:
    """The methods with figures in the whole table, of which a part is in sight; it ends as it began, at the top."""
    methods = compared_in_sight(walker)
    walker.do("End")
    methods |= compared_in_sight(walker)
    walker.do("Home")
    return methods


def compared_in_sight(walker: Walker) -> set[str]:
    """Those of the rows in sight."""
    rows: dict[int, list[str]] = {}
    for node in walker.program.nodes():
        if node["role"] == "TreeItem":
            rows.setdefault(node["rect"][1], []).append(node["name"])
    return {title.removesuffix(" (in use)") for title, right, *_ in rows.values() if FIGURE.fullmatch(right)}


def lasso(walker: Walker) -> None:
    """Round the left half of the map."""
    program = walker.program
    walker.do("ctrl+m")
    x, y, width, height = program.wait_for("Map of the folder")["rect"]
    corners = [(0.02, 0.02), (0.5, 0.02), (0.5, 0.98), (0.02, 0.98), (0.02, 0.1)]
    words: list[str | int] = []
    for place, (right, down) in enumerate(corners):
        words += ["mousemove", round(x + right * width), round(y + down * height), "sleep", "0.1"]
        words += ["mousedown", 1] if place == 0 else []
    program.tool(*words, "mouseup", 1)
    until(lambda: any("selected in the gallery" in n["name"] for n in program.nodes()), "the lasso to select")
    program.settle()
    walker.picture("map")
    program.click(program.middle("Show only these", "Button"))
    program.settle()
    program.click(program.middle("Close the panel", "Button"))
    walker.do("ctrl+1")


def kill_and_go_on(walker: Walker, table: list[dict[str, str]], path: Path) -> None:
    """Nothing is lost: answers, labels, method, order, and what can be undone."""
    answered = answers(table)
    assert len(answered) == 3 * len(walker.bins) + ANSWERS
    until(lambda: len(examples()) == len(answered), "the workspace to be saved")
    walker.kill()
    walker.start_again()
    program = walker.program
    until(lambda: walker.tiles() and all(walker.tiles().values()), "labels on all tiles")
    program.settle()
    for name in walker.bins:
        assert program.find(f"Bin {name}, examples: {list(answered.values()).count(name)}"), name
    assert program.find(f"Method: {OTHER}") and program.find("Sort: ask me first")
    walker.picture("again")
    assert walker.export(path) == table
    walker.do("ctrl+z")
    until(lambda: len(examples()) == len(answered) - 1, "the last answer to be taken back")
    program.keys("ctrl+q")
    _, errors = program.process.communicate(timeout=60)
    assert (program.process.returncode, errors) == (0, "")


def answers(table: list[dict[str, str]]) -> dict[str, str]:
    """Of a table, by path."""
    return {row["path"]: row["label"] for row in table if row["status"] == "given"}


def examples() -> list[str]:
    """Of all bins, as the workspace file has them."""
    workspace = saved()
    return [i for b in workspace.history.now() for i in b.examples] if workspace is not None else []


def test_by_keyboard(walker: Walker, tmp_path: Path) -> None:
    program = walker.program
    walker.do("Home")
    for name in sorted(set(walker.truth.values()))[:-1]:  # the last kind stays for a group of alike images
        select_into_new_bin(walker, name)
    walker.do("ctrl+shift+a", "Home")
    walker.answer_some(ANSWERS // 2)
    with keyboard(program, "fr"):
        walker.answer_some(ANSWERS // 2, "fr")
    look_at_the_unsure_by_keys(walker)
    ask_why_by_keys(walker)
    adopt_another_method_by_keys(walker)
    walk_the_map(walker)
    table = walker.export(tmp_path / "before.csv")
    assert len(answers(table)) == 9 + ANSWERS
    kill_and_go_on(walker, table, tmp_path / "after.csv")


def select_into_new_bin(walker: Walker, name: str) -> None:
    """Three images: one reached with the arrow keys, two added with Ctrl held."""
    first, *others = walker.find_three(name)
    walker.step_to(first)
    for image in others:
        walker.reach(image)
    walker.program.keys("ctrl+b")
    walker.name_bin(name, 3)


def look_at_the_unsure_by_keys(walker: Walker) -> None:
    """Move the line, see a group of alike images, dismiss it, see all again."""
    program = walker.program
    line = program.wait_for("How many labels may be wrong", "Slider")["name"]
    walker.do(*["ctrl+bracketright"] * 3)
    assert program.wait_for("How many labels may be wrong", "Slider")["name"] != line
    walker.do(*["ctrl+bracketleft"] * 3)
    assert program.wait_for("How many labels may be wrong", "Slider")["name"] == line
    walker.do(*["ctrl+bracketleft"] * 10)  # nearly all are unsure now
    walker.do("ctrl+shift+b")
    group = until(lambda: next((n for n in program.nodes() if n["focused"] and "alike" in n["name"]), None), "a group")
    walker.picture("unsure")
    walker.do("space")
    count = group["name"].split()[0]
    assert len(walker.tiles()) == int(count) or len(walker.tiles()) > 5
    walker.do("ctrl+1", "ctrl+3")
    assert walker.open_images() == list(walker.tiles())
    walker.do("ctrl+u", "ctrl+1")
    walker.do(*["ctrl+bracketright"] * 10)


def ask_why_by_keys(walker: Walker) -> None:
    """From the tile by F6 to the reason, by Tab to the examples that decided, and from one of them to its bin."""
    program = walker.program
    walker.do("Home")
    walker.step_to(walker.next_open())
    walker.do("F6")
    walker.tab_to("of the decision")
    first = next(n["name"] for n in program.nodes() if n["focused"] and "of the decision" in n["name"])
    walker.do("space")
    program.wait_for(f"Picture of {first.split(',')[0]}")
    walker.do("F6")
    until(lambda: walker.focus() or None, "the tiles to have the keyboard")


def adopt_another_method_by_keys(walker: Walker) -> None:
    """The table of methods has the keyboard: an arrow key, then Enter."""
    program = walker.program
    walker.do("ctrl+shift+c")
    assert next(n["name"] for n in program.nodes() if n["role"] == "TreeItem") == OTHER
    program.keys("Down", "Up", "Return")
    program.wait_for(f"Method: {OTHER}")
    walker.do("Escape")


def walk_the_map(walker: Walker) -> None:
    """From group to group with the arrow keys; Enter selects its images."""
    program = walker.program
    walker.do("ctrl+m")
    walker.do("Right", "Left")
    said = until(lambda: next((n["name"] for n in program.nodes() if n["name"].startswith("Group ")), None), "a group")
    walker.do("Return")
    count = said.split(":")[1].split()[0]
    program.wait_for(f"On the map: {count} selected in the gallery")
    walker.picture("map")
    walker.do("ctrl+m")
