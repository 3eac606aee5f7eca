"""What the gallery shows, in which order; images fetched by the score, and how many of them are right."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from fewshot_gui.gallery.model import TILE
from fewshot_gui.gallery.precision_check import count
from fewshot_gui.gallery.row_order import Filter, Order
from fewshot_gui.gallery.sampling import COUNT, SampleKind
from fewshot_gui.main_window.window import MainWindow
from tests.windows import Make, Settle, banner, ids, press, with_two_bins


@pytest.fixture
def window(make_window: Make, settle: Settle, folder: Path) -> MainWindow:
    return with_two_bins(make_window, settle, folder)


def test_filters_show_what_they_say(window: MainWindow) -> None:
    model, toolbar = window.gallery.model, window.gallery.toolbar
    toolbar.show_filter(Filter.ANSWERED)
    assert model.ids() == ids(window)[:2]
    toolbar.show_filter(Filter.OPEN)
    assert model.ids() == ids(window)[2:]
    toolbar.show_filter(Filter.UNSURE)
    sure, threshold = (
        {i: model.label_of(i)[1] or 0.0 for i in ids(window)[2:]},
        window.session.threshold.line().threshold,
    )
    assert set(model.ids()) == {i for i, c in sure.items() if c < threshold}
    toolbar.show_filter(Filter.ALL)
    toolbar._find.setText("1")
    assert [Path(i).name for i in model.ids()] == ["01.png", "10.png", "11.png"]
    toolbar._find.setText("nothing like it")
    assert model.rowCount() == 0
    assert "No image fits" in window.gallery._empty._title.text()


def test_what_is_answered_stays_in_sight_until_asked(window: MainWindow) -> None:
    model = window.gallery.model
    window.gallery.toolbar.show_filter(Filter.OPEN)
    before = model.ids()
    window.labelling_commands.confirm(before[:1])
    assert model.ids() == before
    assert window.gallery.toolbar._pill.isVisible()
    window.gallery.toolbar._pill.click()
    assert model.ids() == before[1:]


def test_ask_me_first_puts_doubtful_unlike_images_in_front(full: MainWindow, settle: Settle) -> None:
    full.gallery.toolbar.set_order(Order.ASK)
    settle(full)
    model, predictions = full.gallery.model, full.session.library.predictions
    first = model.ids()[0]

    def margin(image: str) -> float:
        return (predictions[image].confidence or 0) - (predictions[image].second_confidence or 0)

    assert margin(first) == min(margin(i) for i in ids(full))
    assert sorted(model.ids()) == sorted(ids(full))
    by_doubt = sorted(ids(full), key=margin)
    assert model.ids()[:20] != by_doubt[:20]  # diversity has a say
    full.labelling_commands.confirm([first])
    settle(full)
    assert model.ids()[0] == first
    full.gallery.model.arrange()
    settle(full)
    assert model.ids()[-1] == first


def test_twenty_are_fetched_and_the_next_twenty_are_others(full: MainWindow, settle: Settle) -> None:
    model = full.gallery.model
    seen: set[str] = set()
    for kind in (SampleKind.RANDOM, SampleKind.RANDOM, SampleKind.UNSURE):
        full.sampling.fetch(kind)
        settle(full)
        assert len(model.ids()) == COUNT
        assert seen.isdisjoint(model.ids())
        seen |= set(model.ids())
    label = model.label_of(model.ids()[0])[0]
    full.sampling.fetch(SampleKind.LABEL, label)
    assert {model.label_of(i)[0] for i in model.ids()} == {label}
    full.labelling_commands.confirm(ids(full))
    full.sampling.fetch(SampleKind.RANDOM)
    assert "Nothing to fetch" in banner(full)


def test_precision_is_estimated_from_the_persons_verdicts(full: MainWindow, settle: Settle) -> None:
    label = "character 05"
    full.bins.checked.emit(label)
    sample = full.gallery.model.ids()
    assert len(sample) >= 4
    assert {full.gallery.model.index_of(i).data(TILE).label for i in sample} == {label}
    press(full, Qt.Key.Key_Return)
    full.gallery.view.choose(sample[1])
    press(full, Qt.Key.Key_Backspace)
    full.gallery.view.choose(sample[2])
    press(full, Qt.Key.Key_1)
    settle(full)
    now = full.precision.verdicts()
    assert (now.right, now.judged, now.sample) == (1, 3, len(sample))
    low, high = now.interval()
    assert 0 < low < 1 / 3 < high < 1
    assert "1 of 3 right: 33%" in full.precision._text.text()
    assert full.gallery.model.tile(sample[3]).label == label  # it stays what it was when it was drawn
    full.session.bins.undo.undo()
    assert full.precision.verdicts().judged == 2
    full.precision._done.click()
    assert not full.precision.isVisible()
    assert len(full.gallery.model.ids()) == 200
    assert count(full.session.bins, sample, label).judged == 2


def test_a_check_ends_where_something_else_is_shown(full: MainWindow) -> None:
    full.bins.checked.emit("character 05")
    assert full.precision.isVisible()
    full.shortcuts.actions["show_all"].trigger()
    assert not full.precision.isVisible()
    full.labelling_commands.confirm(ids(full))
    full.bins.checked.emit("character 05")
    assert "Nothing to fetch" in banner(full)
