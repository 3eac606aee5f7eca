"""Confirm, correct, reject: the gestures of the loop, with the real backend and the bundled model."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend.jobs import Demo
from fewshot_gui.gallery.arrangement import Filter, Order
from fewshot_gui.gallery.fetching import COUNT, Kind
from fewshot_gui.gallery.model import TILE
from fewshot_gui.gallery.precision import count
from fewshot_gui.gallery.tile import CONFIRM, REJECT, button_rect
from fewshot_gui.shortcuts.digits import digit_at
from fewshot_gui.window import MainWindow

Make = Callable[[], MainWindow]
Settle = Callable[[MainWindow], None]


@pytest.fixture
def window(make_window: Make, settle: Settle, folder: Path) -> MainWindow:
    """A window with the folder open and two bins, everything labelled."""
    made = make_window()
    made.session.open_folder(folder)
    settle(made)
    images = ids(made)
    made.session.bins.add(images[:1])
    made.session.bins.add(images[1:2])
    settle(made)
    made.gallery.view.setFocus()
    return made


@pytest.fixture
def full(make_window: Make, settle: Settle, drawn: Demo) -> MainWindow:
    """A window on the whole demonstration set."""
    made = make_window()
    made.session.open_folder(drawn.folder, drawn.examples)
    settle(made)
    return made


def ids(window: MainWindow) -> list[str]:
    return list(window.session.library.files)


def shown(window: MainWindow, image: str) -> str:
    return window.gallery.model.label_of(image)[0]


def banner(window: MainWindow) -> str:
    return window.banner.accessibleName() if window.banner.isVisible() else ""


def press(window: MainWindow, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window.gallery.view, key, keys)


def type_at(window: MainWindow, key: Qt.Key, keys: Qt.KeyboardModifier, code: int, text: str = "") -> None:
    """A key as the system's window gets it, with the place of the key on the keyboard."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(window.windowHandle(), QKeyEvent(kind, key, keys, code, 0, 0, text))


def test_enter_confirms_the_label_and_undo_takes_it_back(window: MainWindow) -> None:
    image, bins = ids(window)[5], window.session.bins
    label = shown(window, image)
    window.gallery.view.choose(image)
    press(window, Qt.Key.Key_Return)
    owner = bins.owner(image)
    assert owner is not None and owner.name == label
    assert window.gallery.model.tile(image).given
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
    key = int(before[-1])
    window.gallery.view.choose(image)
    press(window, Qt.Key(Qt.Key.Key_0 + key), Qt.KeyboardModifier.ShiftModifier)
    assert shown(window, image) == other  # at once
    settle(window)
    assert shown(window, image) == other
    found = window.session.library.predictions[image]
    assert found.confidence is not None and found.second_label == ""
    assert 0.5 < found.confidence < 1  # it may belong in no bin at all
    bins.assign(ids(window)[6:9], before)
    settle(window)
    assert shown(window, image) == other
    assert f"Not “{before}”" in window.inspector._verdict.text()
    window.answers.reject_shown([image])
    settle(window)
    assert shown(window, image) == ""
    window.answers.allow()
    settle(window)
    assert shown(window, image) != ""
    assert bins.rejected() == {}


def test_rejecting_an_example_takes_it_out_of_its_bin(window: MainWindow) -> None:
    image = ids(window)[0]
    window.answers.reject_shown([image])
    assert window.session.bins.owner(image) is None
    assert window.session.bins.rejected() == {image: frozenset({"Bin 1"})}


def test_with_one_bin_what_it_is_not_goes_last(make_window: Make, settle: Settle, folder: Path) -> None:
    window = make_window()
    window.session.open_folder(folder)
    settle(window)
    window.session.bins.add(ids(window)[:1])
    settle(window)
    second = window.gallery.model.ids()[1]
    window.answers.reject_shown([second])
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


# The tile under the mouse -------------------------------------------------------------------------------------------


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
    assert view.current_id() == ids(window)[7]  # the selection stays


# Digits -------------------------------------------------------------------------------------------------------------


def test_digits_go_by_their_place_on_the_keyboard(window: MainWindow) -> None:
    view, bins = window.gallery.view, window.session.bins
    none, shift = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
    pad = Qt.KeyboardModifier.KeypadModifier
    view.choose(ids(window)[4])
    type_at(window, Qt.Key.Key_Eacute, none, 11, "é")  # the 2 of a French keyboard
    assert bins.owner(ids(window)[4]) == bins.bins()[1]
    view.choose(ids(window)[5])
    type_at(window, Qt.Key.Key_1, pad, 87, "1")
    assert bins.owner(ids(window)[5]) == bins.bins()[0]
    view.choose(ids(window)[6])
    type_at(window, Qt.Key.Key_End, shift | pad, 87)  # Shift and the keypad's 1
    assert bins.rejected()[ids(window)[6]] == frozenset({"Bin 1"})
    type_at(window, Qt.Key.Key_End, pad, 87)  # without Num Lock it moves about
    assert bins.owner(ids(window)[6]) is None


def test_while_typing_digits_are_digits(window: MainWindow) -> None:
    window.gallery.view.choose(ids(window)[4])
    window.gallery.toolbar.start_finding()
    type_at(window, Qt.Key.Key_Eacute, Qt.KeyboardModifier.NoModifier, 11, "é")
    assert window.session.bins.owner(ids(window)[4]) is None
    assert window.gallery.toolbar._find.text() == "é"


@pytest.mark.parametrize(("platform", "code"), [("linux", 12), ("win32", 4)])
def test_each_platform_has_its_own_codes(platform: str, code: int) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_QuoteDbl, Qt.KeyboardModifier.NoModifier, code, 20, 0, '"')
    assert digit_at(event, platform) == 3
    assert digit_at(event, "darwin") == 3


# Preview ------------------------------------------------------------------------------------------------------------


def test_space_previews_with_zoom_and_the_loop_goes_on(window: MainWindow, settle: Settle) -> None:
    viewer, view = window.looking.viewer, window.gallery.view
    view.choose(ids(window)[3])
    press(window, Qt.Key.Key_Space)
    settle(window)
    assert viewer.isVisible() and "03.png" in viewer.accessibleName()
    fitted = viewer.zoom()
    QTest.keyClick(viewer, Qt.Key.Key_Plus)
    assert viewer.zoom() == pytest.approx(fitted * 1.25)
    QTest.keyClick(viewer, Qt.Key.Key_Z)
    assert viewer.zoom() == pytest.approx(fitted)
    QTest.keyClick(viewer, Qt.Key.Key_Z)
    assert viewer.zoom() == 1.0
    at = QPointF(200, 200)
    wheel = QWheelEvent(
        at, at, QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(viewer, wheel)
    assert viewer.zoom() == pytest.approx(1.25**2)
    QTest.keyClick(viewer, Qt.Key.Key_Right)
    settle(window)
    assert "04.png" in viewer.accessibleName()
    assert viewer.zoom() == pytest.approx(fitted)
    QTest.keyClick(viewer, Qt.Key.Key_Return)
    assert window.session.bins.owner(ids(window)[4]) is not None
    assert "example of" in viewer.accessibleName()
    QTest.keyClick(viewer, Qt.Key.Key_Space)
    assert not viewer.isVisible()
    assert view.hasFocus()


# Palette and shortcuts ----------------------------------------------------------------------------------------------


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_beyond_nine_bins_a_palette_is_filtered_by_typing(full: MainWindow) -> None:
    palette = full.looking.palette
    full.gallery.view.choose(ids(full)[0])
    full.commands.shortcuts.actions["assign_any"].trigger()
    assert len(palette.names()) == 20
    QTest.keyClicks(palette._field, "er 1")
    assert palette.names()[0] == "character 10"
    QTest.keyClick(palette._field, Qt.Key.Key_Down)
    QTest.keyClick(palette._field, Qt.Key.Key_Return)
    owner = full.session.bins.owner(ids(full)[0])
    assert owner is not None and owner.name == "character 11"
    full.commands.shortcuts.actions["reject_any"].trigger()
    QTest.keyClicks(palette._field, "no such bin")
    QTest.keyClick(palette._field, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert full.session.bins.rejected() == {}


# Order, filter, fetch -----------------------------------------------------------------------------------------------


def test_filters_show_what_they_say(window: MainWindow) -> None:
    model, toolbar = window.gallery.model, window.gallery.toolbar
    toolbar.show_filter(Filter.ANSWERED)
    assert model.ids() == ids(window)[:2]
    toolbar.show_filter(Filter.OPEN)
    assert model.ids() == ids(window)[2:]
    toolbar.show_filter(Filter.UNSURE)
    sure, threshold = (
        {i: model.label_of(i)[1] or 0.0 for i in ids(window)[2:]},
        window.session.sureness.line().threshold,
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
    window.answers.confirm(before[:1])
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
    full.answers.confirm([first])
    settle(full)
    assert model.ids()[0] == first
    full.gallery.model.arrange()
    settle(full)
    assert model.ids()[-1] == first


def test_twenty_are_fetched_and_the_next_twenty_are_others(full: MainWindow, settle: Settle) -> None:
    model = full.gallery.model
    seen: set[str] = set()
    for kind in (Kind.RANDOM, Kind.RANDOM, Kind.UNSURE):
        full.fetching.fetch(kind)
        settle(full)
        assert len(model.ids()) == COUNT
        assert seen.isdisjoint(model.ids())
        seen |= set(model.ids())
    label = model.label_of(model.ids()[0])[0]
    full.fetching.fetch(Kind.LABEL, label)
    assert {model.label_of(i)[0] for i in model.ids()} == {label}
    full.answers.confirm(ids(full))
    full.fetching.fetch(Kind.RANDOM)
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
    full.show_all()
    assert not full.precision.isVisible()
    full.answers.confirm(ids(full))
    full.bins.checked.emit("character 05")
    assert "Nothing to fetch" in banner(full)


# Duplicates ---------------------------------------------------------------------------------------------------------


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
    window.answers.assign_to("Bin 1", [a])
    window.answers.assign_to("Bin 2", [str(copy)])
    window.gallery.view.choose(a)
    settle(window)
    assert "Same content as copy.png (in “Bin 2”)" in window.inspector._verdict.text()
    assert window.session.bins.given()[a] == "Bin 1"
