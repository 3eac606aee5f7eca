"""Hundreds of bins: a list that scrolls, rows of one line, and cards that are made when they come into sight."""

from pathlib import Path

from PIL import Image
from pytestqt.qtbot import QtBot

from backend.jobs.demo_set import Demo
from backend.types import MAX_BINS
from backend.workspace.state import Bin, BinState
from fewshot_gui.bins.folded_bins import MANY, FoldedBins
from fewshot_gui.main_window.window import MainWindow
from fewshot_gui.session.initial_bins import take_bins
from fewshot_gui.style import theme
from tests.windows import Make, Settle, banner, ids, opened

HUNDREDS = 300


def numbered(count: int) -> BinState:
    return tuple(Bin(f"kind {n:04}", n) for n in range(count))


def test_hundreds_of_bins_come_folded_and_only_those_in_sight_are_made(window: MainWindow, qtbot: QtBot) -> None:
    window.session.bins.replace("many", numbered(HUNDREDS))
    panel, bar = window.bins, window.bins.list_area.verticalScrollBar()
    qtbot.waitUntil(lambda: panel._cards[0].is_built and bar.maximum() > 0)
    assert len(panel.folded()) == HUNDREDS
    assert sum(card.is_built for card in panel._cards) < HUNDREDS / 4
    bar.setValue(bar.maximum())
    assert panel._cards[-1].is_built
    assert panel._cards[-1]._name.accessibleName() == "kind 0299"
    assert all(card.accessibleName() for card in panel._cards)


def test_a_blank_card_is_as_high_as_the_whole_one(window: MainWindow, qtbot: QtBot) -> None:
    images = ids(window)
    window.session.bins.replace("many", tuple(Bin(str(n), n, tuple(images[n : n + 1])) for n in range(2 * MANY)))
    window.bins.put_folded(())
    last = window.bins._cards[9]
    qtbot.waitUntil(lambda: window.bins.list_area.verticalScrollBar().maximum() > 0)
    assert not last.is_built
    before = last.height()
    last.build()
    qtbot.waitUntil(lambda: last.sizeHint().height() > 0)
    assert abs(last.sizeHint().height() - before) <= 8


def test_fifteen_folded_bins_fit_in_a_window_of_900_pixels(full: MainWindow, qtbot: QtBot) -> None:
    full.resize(1440, 900)
    assert full.bins.folded() == ()
    full.bins.fold_all()
    room = full.bins.list_area.viewport()
    qtbot.waitUntil(lambda: all(c.height() < 40 for c in full.bins._cards))
    cards = full.bins._cards
    assert len(cards) >= 15
    qtbot.waitUntil(lambda: cards[14].geometry().bottom() <= room.height())
    assert not cards[0].examples.isVisible()
    full.bins.fold_all()
    assert full.bins.folded() == ()


def test_what_is_folded_is_so_after_the_next_start(
    make_window: Make, settle: Settle, folder: Path, qtbot: QtBot
) -> None:
    first = opened(make_window, settle, folder)
    for _ in range(3):
        first.session.bins.add()
    first.bins.fold("Bin 2")
    first.session.bins.rename("Bin 2", "cats")
    assert first.bins.folded() == ("cats",)
    first.session.bins.undo.undo()
    assert first.bins.folded() == ("Bin 2",)
    first.close()
    second = opened(make_window, settle, folder)
    assert second.bins.folded() == ("Bin 2",)
    second.labelling_commands.fold_bin()  # no bin has the keyboard
    card = second.bins.card("Bin 2")
    assert card is not None
    card.fold_asked.emit("Bin 2")
    assert second.bins.folded() == ()


def test_few_new_bins_are_not_folded() -> None:
    assert FoldedBins().follow((), numbered(MANY)) == frozenset()
    assert FoldedBins().follow(numbered(MANY), numbered(MANY + 1)) == frozenset()
    assert len(FoldedBins().follow((), numbered(MANY + 1))) == MANY + 1


def test_two_hundred_and_one_example_folders_are_two_hundred_and_one_bins(
    make_window: Make, settle: Settle, drawn: Demo, folder: Path, tmp_path: Path
) -> None:
    with Image.open(sorted(drawn.examples.glob("*/*.png"))[0]) as source:
        for n in range(201):  # none of them the same, or it would be one example
            (tmp_path / "kinds" / f"{n:03}").mkdir(parents=True)
            source.resize((105 + n, 105)).save(tmp_path / "kinds" / f"{n:03}" / "a.png")
    window = make_window()
    window.session.open_folder(folder, tmp_path / "kinds")
    settle(window)
    assert len(window.session.bins.bins()) == 201
    assert len(window.session.library.predictions) == 12
    assert banner(window) == ""


def test_more_than_a_thousand_are_refused_in_a_sentence_that_names_the_remedy(window: MainWindow) -> None:
    window.session.attempt(lambda: take_bins("kinds", numbered(MAX_BINS + 1), window.session.bins))
    assert window.session.bins.bins() == ()
    assert "1,001 bins are more than the 1,000" in banner(window)
    assert "Use fewer" in banner(window)
    window.session.attempt(lambda: take_bins("kinds", numbered(MAX_BINS), window.session.bins))
    assert len(window.session.bins.bins()) == MAX_BINS


def test_the_palette_finds_one_of_hundreds_by_typing(window: MainWindow) -> None:
    palette = window.bin_commands.palette
    palette._bins = numbered(HUNDREDS)  # popups cannot take the keyboard off the screen
    palette._field.setText("0287")
    assert palette.names() == ["kind 0287"]


def test_colours_repeat_and_none_is_black_or_white() -> None:
    colours = [theme.bin_colour(slot) for slot in range(MAX_BINS)]
    assert colours[: theme.COLOURS] == colours[theme.COLOURS : 2 * theme.COLOURS]
    assert len({c.name() for c in colours}) == theme.COLOURS
    assert all(0.02 < theme.relative_luminance(c) < 0.95 for c in colours)
