"""The person's word wins, and what counts images counts the same ones: bins, map, filters, orders and the table."""

import csv
import json
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from backend.types import NONE_OF_THESE
from fewshot_gui.gallery.row_order import Filter, Order
from fewshot_gui.main_window.window import MainWindow
from fewshot_gui.map.panel import MapPanel
from tests.glyph_folders import sorting_task
from tests.windows import Make, Settle, ids, opened, press

ACTIONS, LOOK_EVERY = 200, 8
METHODS = ("simpleshot", "matching", "bd-cspn", "prototypical")
NAMES = ("a, b", "=1", "猫", "it's")
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(make_window: Make, settle: Settle, tmp_path: Path) -> MainWindow:
    """Four characters, five images of each, and a file that is none; one bin for each, and an empty one."""
    folder, _ = sorting_task(tmp_path, classes=4, examples=1, images=5)
    (folder / "broken.png").write_bytes(b"no image")
    made = opened(make_window, settle, folder)
    for kind in range(4):
        made.session.bins.add([i for i in ids(made) if f"character0{kind + 1}" in i][:1])
    made.session.bins.add()
    settle(made)
    made.gallery.view.setFocus()
    return made


def table(window: MainWindow, qtbot: QtBot, path: Path) -> dict[str, dict[str, str]]:
    """What the export says, by image."""
    with qtbot.waitSignal(window.session.exported):
        window.session.export(path)
    with path.open(newline="", encoding="utf-8") as file:
        return {row["path"]: row for row in csv.DictReader(file)}


# By hand ------------------------------------------------------------------------------------------------------------


def test_who_answers_every_image_by_keys_gets_a_table_of_these_answers(
    window: MainWindow, settle: Settle, qtbot: QtBot, tmp_path: Path
) -> None:
    answers = {image: Random(n).randrange(5) for n, image in enumerate(ids(window))}
    for image, place in answers.items():
        window.gallery.view.choose(image)
        press(window, Qt.Key(Qt.Key.Key_1 + place))
    settle(window)
    named = {Path(i).name: f"Bin {place + 1}" for i, place in answers.items()}
    rows = table(window, qtbot, tmp_path / "labels.csv")
    assert {path: row["label"] for path, row in rows.items()} == named
    assert {(row["status"], row["confidence"]) for row in rows.values()} == {("given", "1.0")}
    guesses = {path: row["predicted_label"] for path, row in rows.items()}
    assert guesses != named and guesses["broken.png"] == ""  # the model would rather say something else
    assert all(float(row["predicted_confidence"]) <= 1 for path, row in rows.items() if path != "broken.png")

    with qtbot.waitSignal(window.session.exported):
        window.session.export(tmp_path / "labels.json")
    told = json.loads((tmp_path / "labels.json").read_text(encoding="utf-8"))
    assert {row["path"]: row["label"] for row in told} == named
    assert {row["confidence"] for row in told} == {1.0}

    model = window.gallery.model
    assert {Path(i).name: model.tile(i).label for i in ids(window)} == named
    assert all(f"example of {named[Path(i).name]}" in model.words(i) for i in ids(window))
    model.arrange(Order.LABEL)
    assert [named[Path(i).name] for i in model.ids()] == sorted(named.values())


# Whatever happens ---------------------------------------------------------------------------------------------------


class Hands:
    """Does at random what a person may do. Names are odd on purpose."""

    def __init__(self, window: MainWindow, seed: int) -> None:
        self.window, self.random = window, Random(seed)

    def act(self) -> None:
        kinds = {
            self.assign: 6, self.confirm: 3, self.reject: 5, self.reject_shown: 4, self.reject_all: 1, self.allow: 1,
            self.take_out: 2, self.undo: 4, self.redo: 2, self.switch: 1, self.rename: 1, self.make: 1, self.delete: 1,
            self.change_method: 1,
        }  # fmt: skip
        [act] = self.random.choices(list(kinds), list(kinds.values()))
        self.window.gallery.toolbar.show_filter(Filter.ALL)
        some = self.random.sample(ids(self.window), self.random.choice((1, 1, 1, 2, 4)))
        self.window.gallery.view.choose_all(some)
        act()

    def assign(self) -> None:
        press(self.window, self._digit())

    def confirm(self) -> None:
        press(self.window, Qt.Key.Key_Return)

    def reject(self) -> None:
        press(self.window, self._digit(), SHIFT)

    def reject_shown(self) -> None:
        press(self.window, Qt.Key.Key_Backspace)

    def reject_all(self) -> None:
        for _ in self.window.session.bins.bins():
            press(self.window, Qt.Key.Key_Backspace)

    def take_out(self) -> None:
        press(self.window, Qt.Key.Key_Delete)

    def allow(self) -> None:
        self.window.labelling_commands.allow()

    def undo(self) -> None:
        press(self.window, Qt.Key.Key_Z, CONTROL)

    def redo(self) -> None:
        press(self.window, Qt.Key.Key_Z, CONTROL | SHIFT)

    def switch(self) -> None:
        self.window.bins.switched.emit(self._bin())

    def rename(self) -> None:
        self.window.bins.renamed.emit(self._bin(), f"{self.random.choice(NAMES)} {self.random.random()}")

    def make(self) -> None:
        if len(self.window.session.bins.bins()) < 9:
            self.window.labelling_commands.new_bin()
            self.window.gallery.view.setFocus()

    def delete(self) -> None:
        if len(self.window.session.bins.bins()) > 4:
            self.window.bins.deleted.emit(self._bin())

    def change_method(self) -> None:
        self.window.session.engine_host.choose(method=self.random.choice(METHODS))

    def _digit(self) -> Qt.Key:
        return Qt.Key(Qt.Key.Key_1 + self.random.randrange(len(self.window.session.bins.bins())))

    def _bin(self) -> str:
        return self.random.choice(self.window.session.bins.bins()).name


def counters(window: MainWindow) -> dict[str, int]:
    """What the bins say; an empty field counts nothing."""
    window.bins.refresh()  # which it does by itself a little later
    cards = [window.bins.card(b.name) for b in window.session.bins.bins()]
    return {c.bin.name: int(c._count.text() or 0) for c in cards if c is not None}


def legend(panel: MapPanel) -> dict[str, int]:
    panel._draw()  # so does this
    rows = (panel.legend.item(n).text().rpartition(": ") for n in range(panel.legend.count()))
    return {name: int(count) for name, _, count in rows}


def filtered(window: MainWindow) -> dict[str, int]:
    """How many tiles the filter of each bin shows."""
    toolbar, model, found = window.gallery.toolbar, window.gallery.model, dict[str, int]()
    for each in window.session.bins.bins():
        toolbar.show_filter(Filter.LABEL, each.name)
        found[each.name] = model.rowCount()
    return found


def shown(window: MainWindow, what: Filter) -> set[str]:
    window.gallery.toolbar.show_filter(what)
    return {Path(i).name for i in window.gallery.model.ids()}


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_the_person_does_all_count_the_same(
    window: MainWindow, settle: Settle, qtbot: QtBot, tmp_path: Path, seed: int
) -> None:
    window.shortcuts.actions["map"].trigger()
    panel = window.middle.panel()
    assert isinstance(panel, MapPanel)
    settle(window)
    qtbot.waitUntil(lambda: panel.work.map is not None and len(panel.work.map.ids) == 20)
    hands, seen = Hands(window, seed), Counter[str]()
    for number in range(1, ACTIONS + 1):
        hands.act()
        tiles = filtered(window)  # at once, while labels are on their way
        assert len(window.session.bins.labelling()) < 2 or counters(window) == tiles
        assert {name: n for name, n in legend(panel).items() if n} == {name: n for name, n in tiles.items() if n}
        if number % LOOK_EVERY == 0:
            settle(window)
            rows = table(window, qtbot, tmp_path / f"{number}.csv")
            look(window, panel, rows)
            seen.update(row["message"] or row["status"] for row in rows.values())
            seen["several bins"] += len(window.session.bins.labelling()) > 1
    assert all(seen[what] for what in ("given", "ok", "unsure", NONE_OF_THESE.message)) and seen["several bins"] > 15


def look(window: MainWindow, panel: MapPanel, rows: dict[str, dict[str, str]]) -> None:
    """Everything at rest says what the table says."""
    bins, model = window.session.bins, window.gallery.model
    counts = Counter(row["label"] for row in rows.values() if row["label"])
    names = {b.name for b in bins.bins()}
    assert counts.keys() <= names
    assert Counter(filtered(window)) == counts
    assert Counter(legend(panel)) == counts
    assert len(bins.labelling()) < 2 or Counter(counters(window)) == counts
    given = {Path(i).name: name for i, name in bins.given().items()}
    assert {path: row["label"] for path, row in rows.items() if row["status"] == "given"} == given
    answered = {Path(i).name for i in ids(window) if bins.answered(i)}
    assert given.keys() <= answered and all(
        rows[path]["message"] == NONE_OF_THESE.message for path in answered - given.keys()
    )
    readable = rows.keys() - {Path(i).name for i in window.session.library.unreadable}
    assert shown(window, Filter.ANSWERED) == answered and shown(window, Filter.OPEN) == readable - answered
    unsure = {path for path, row in rows.items() if row["status"] == "unsure"}
    assert shown(window, Filter.UNSURE) == unsure and window.session.threshold.line().below == len(unsure)
    for image in ids(window):
        tile, row = model.tile(image), rows[Path(image).name]
        assert (tile.label, tile.given) == (row["label"], row["status"] == "given")
        assert tile.none == (row["message"] == NONE_OF_THESE.message)
        assert row["predicted_label"] not in bins.rejected().get(image, ())
