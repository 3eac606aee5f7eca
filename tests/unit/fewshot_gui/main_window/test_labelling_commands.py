"""Confirm, correct, reject: the gestures of the loop, with the real backend and the bundled model."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fewshot_gui.gallery.tile_delegate import CONFIRM, REJECT, button_rect
from fewshot_gui.main_window.window import MainWindow
from tests.windows import Make, Settle, banner, ids, press, shown, with_two_bins


@pytest.fixture
def window(make_window: Make, settle: Settle, folder: Path) -> MainWindow:
    return with_two_bins(make_window, settle, folder)


def test_enter_confirms_the_label_and_undo_takes_it_back(window: MainWindow) -> None:
    image, bins = ids(window)[5], window.session.bins
    label = shown(window, image)
    window.gallery.view.choose(image)
    press(window, Qt.Key.Key_Return)
    owner = bins.owner(image)
    assert owner is not None and owner.name == label
    assert window.gallery.model.tile(image).given
    window.gallery.view.choose(image)
    press(window, Qt.Key.Key_Return)  # a second time changes nothing
    assert bins.undo.count() == 3
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert bins.owner(image) is None


def test_several_are_confirmed_at_once_each_with_its_own_label(window: MainWindow) -> None:
    labels = {i: shown(window, i) for i in ids(window)}
    window.gallery.view.selectAll()
    press(window, Qt.Key.Key_Enter)
    assert window.session.bins.given() == labels | window.session.bins.given()
    assert len(window.session.bins.given()) == 12
    window.session.bins.undo.undo()
    assert len(window.session.bins.given()) == 2


def test_without_labels_enter_says_so(make_window: Make, settle: Settle, folder: Path) -> None:
    window = make_window()
    window.session.open_folder(folder)
    settle(window)
    window.gallery.view.choose(ids(window)[0])
    press(window, Qt.Key.Key_Return)
    assert "Nothing to confirm" in banner(window)
    press(window, Qt.Key.Key_Backspace)
    assert "Nothing to reject" in banner(window)


def test_a_rejected_label_never_comes_back(window: MainWindow, settle: Settle) -> None:
    image, bins = ids(window)[5], window.session.bins
    before = shown(window, image)
    other = "Bin 2" if before == "Bin 1" else "Bin 1"
    key, second = int(before[-1]), window.session.library.predictions[image].second_confidence
    window.gallery.view.choose(image)
    press(window, Qt.Key(Qt.Key.Key_0 + key), Qt.KeyboardModifier.ShiftModifier)
    assert shown(window, image) == other  # at once
    window.gallery.view.choose(image)
    settle(window)
    assert shown(window, image) == other
    found = window.session.library.predictions[image]
    assert (found.confidence, found.second_label) == (second, "")  # the rest is no surer than it was
    bins.assign(ids(window)[6:9], before)
    settle(window)
    assert shown(window, image) == other
    assert f"Not “{before}”" in window.inspector._verdict.text()
    window.labelling_commands.reject_shown([image])
    window.gallery.view.choose(image)  # after the answer the next one is shown
    for _ in range(2):  # at once, and after the labels have come
        assert shown(window, image) == "" and window.gallery.model.tile(image).none
        settle(window)
    inspector = window.inspector
    assert inspector._verdict.text() == "None of these: you have ruled out every bin."
    assert inspector._ranking.accessibleName() == "Likeliest bins: none of these 100%"
    assert inspector._ranking.isVisible() and not inspector._because.isVisible()
    assert window.gallery.model.words(image).endswith(": none of these")
    window.labelling_commands.allow()
    settle(window)
    assert shown(window, image) != ""
    assert bins.rejected() == {}


def test_rejecting_an_example_takes_it_out_of_its_bin(window: MainWindow) -> None:
    image = ids(window)[0]
    window.labelling_commands.reject_shown([image])
    assert window.session.bins.owner(image) is None
    assert window.session.bins.rejected() == {image: frozenset({"Bin 1"})}


def test_with_one_bin_what_it_is_not_goes_last(make_window: Make, settle: Settle, folder: Path) -> None:
    window = make_window()
    window.session.open_folder(folder)
    settle(window)
    window.session.bins.add(ids(window)[:1])
    settle(window)
    second = window.gallery.model.ids()[1]
    window.labelling_commands.reject_shown([second])
    settle(window)
    window.gallery.model.arrange()
    assert window.gallery.model.ids()[-1] == second
    assert window.gallery.model.tile(second).label == ""


def test_a_bin_that_is_off_labels_nothing_and_keeps_its_examples(window: MainWindow, settle: Settle) -> None:
    window.session.bins.add(ids(window)[2:3])
    settle(window)
    window.bins.switched.emit("Bin 1")
    settle(window)
    assert "Bin 1" not in {p.label for p in window.session.library.predictions.values()}
    card = window.bins.card("Bin 1")
    assert card is not None
    assert "Switched off" in card._hint.text()
    assert len(card.bin.examples) == 1


@pytest.mark.parametrize("verdict", [CONFIRM, REJECT])
def test_a_tile_offers_to_confirm_and_reject(window: MainWindow, verdict: str, qtbot: QtBot) -> None:
    view, image = window.gallery.view, ids(window)[3]
    place = button_rect(view.visualRect(window.gallery.model.index_of(image)), verdict).center()
    before = shown(window, image)
    view.choose(ids(window)[7])
    QTest.mouseMove(view.viewport(), place)
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=place + QPoint(60, 0))  # thought better of it
    assert window.session.bins.undo.count() == 2
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    owner = window.session.bins.owner(image)
    if verdict == CONFIRM:
        assert owner is not None and owner.name == before
    else:
        assert window.session.bins.rejected() == {image: frozenset({before})}
    assert view.selected_ids() == (ids(window)[4],)  # the next one that is open


def test_duplicates_are_shown_and_keep_answers_of_their_own(
    window: MainWindow, settle: Settle, folder: Path, qtbot: QtBot
) -> None:
    a, copy = ids(window)[3], folder / "copy.png"
    shutil.copyfile(a, copy)
    window.session.reload()
    settle(window)
    qtbot.waitUntil(lambda: window.gallery.model.tile(a).twin, timeout=20_000)
    assert window.gallery.model.tile(str(copy)).twin
    assert not window.gallery.model.tile(ids(window)[4]).twin
    window.labelling_commands.assign_to("Bin 1", [a])
    window.labelling_commands.assign_to("Bin 2", [str(copy)])
    window.gallery.view.choose(a)
    settle(window)
    assert "Same content as copy.png (in “Bin 2”)" in window.inspector._verdict.text()
    assert window.session.bins.given()[a] == "Bin 1"
