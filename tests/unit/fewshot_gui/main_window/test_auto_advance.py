"""From one answer to the next image without one: by key, by mouse, in the preview, in a check of precision."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from fewshot_gui.gallery.row_order import Filter
from fewshot_gui.gallery.tile_delegate import CONFIRM, REJECT, button_rect
from fewshot_gui.main_window.auto_advance import changed_answers
from fewshot_gui.main_window.window import MainWindow
from tests.windows import Make, Settle, banner, ids, press, shown, with_two_bins

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
ANSWERS = {
    "confirm": (Qt.Key.Key_Return, NONE),
    "digit": (Qt.Key.Key_2, NONE),
    "reject a bin": (Qt.Key.Key_1, SHIFT),
    "not this": (Qt.Key.Key_Backspace, NONE),
}


@pytest.fixture
def window(make_window: Make, settle: Settle, folder: Path) -> MainWindow:
    """Twelve images, the first two of them examples."""
    return with_two_bins(make_window, settle, folder)


def here(window: MainWindow) -> tuple[str, ...]:
    """The selection, and that nothing else has the focus."""
    view = window.gallery.view
    assert view.selected_ids() == (view.current_id(),)
    return view.selected_ids()


def answer_all(window: MainWindow) -> None:
    """One key for each image that is open."""
    for _ in range(len(ids(window))):
        press(window, Qt.Key.Key_1)


@pytest.mark.parametrize("name", ANSWERS)
def test_after_an_answer_the_next_open_image_is_current_and_selected(window: MainWindow, name: str) -> None:
    images = ids(window)
    window.labelling_commands.assign_to("Bin 1", [images[6]])
    window.gallery.view.choose(images[5])
    press(window, *ANSWERS[name])
    assert here(window) == (images[7],)  # the one between has an answer
    window.gallery.view.choose(images[11])
    press(window, *ANSWERS[name])
    assert here(window) == (images[2],)  # from the end to the first that is open


def test_after_several_answers_at_once_it_is_the_one_behind_the_last(window: MainWindow) -> None:
    images = ids(window)
    window.gallery.view.choose_all([images[3], images[8], images[5]])
    press(window, Qt.Key.Key_1)
    assert here(window) == (images[9],)


def test_the_next_one_goes_by_the_order_shown(window: MainWindow) -> None:
    model, view = window.gallery.model, window.gallery.view
    window.shortcuts.actions["ask_first"].trigger()
    window.gallery.toolbar.show_filter(Filter.OPEN)
    rows = model.ids()
    view.choose(rows[4])
    press(window, Qt.Key.Key_2)
    assert here(window) == (rows[5],)
    assert model.ids() == rows  # nothing moves before the person sorts again


def test_an_image_that_is_an_example_already_is_confirmed_by_going_on(window: MainWindow) -> None:
    window.gallery.view.choose(ids(window)[0])
    press(window, Qt.Key.Key_Return)
    assert here(window) == (ids(window)[2],)
    assert window.session.bins.undo.count() == 2


@pytest.mark.parametrize("verdict", [CONFIRM, REJECT])
def test_the_buttons_on_a_tile_go_on_too(window: MainWindow, verdict: str) -> None:
    view, image = window.gallery.view, ids(window)[3]
    place = button_rect(view.visualRect(window.gallery.model.index_of(image)), verdict).center()
    QTest.mouseMove(view.viewport(), place)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert here(window) == (ids(window)[4],)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Backspace, Qt.Key.Key_2])
def test_the_preview_goes_on(window: MainWindow, settle: Settle, key: Qt.Key) -> None:
    viewer = window.preview_commands.viewer
    window.gallery.view.choose(ids(window)[3])
    press(window, Qt.Key.Key_Space)
    QTest.keyClick(viewer, key)
    assert viewer.isVisible()
    assert "04.png" in viewer.accessibleName()
    assert window.session.bins.answered(ids(window)[3]) or window.session.bins.rejected()


def test_a_check_of_precision_goes_from_one_verdict_to_the_next(window: MainWindow) -> None:
    name = shown(window, ids(window)[5])
    assert window.precision.start(name)
    sample = window.gallery.model.ids()
    for place in range(len(sample)):
        assert here(window) == (sample[place],)
        press(window, Qt.Key.Key_Backspace if place % 2 else Qt.Key.Key_Return)
    verdicts = window.precision.verdicts()
    assert (verdicts.judged, verdicts.right) == (len(sample), (len(sample) + 1) // 2)
    assert banner(window) == ""  # the bar above the sample says how it came out


def test_it_can_be_switched_off_and_stays_so(window: MainWindow, make_window: Make) -> None:
    action = window.shortcuts.actions["go_on"]
    assert action.isChecked()
    action.trigger()
    window.gallery.view.choose(ids(window)[3])
    press(window, Qt.Key.Key_2)
    assert here(window) == (ids(window)[3],)
    again = make_window()
    assert not again.shortcuts.actions["go_on"].isChecked()
    assert not again.auto_advance.on


def test_a_key_that_is_held_answers_once(window: MainWindow) -> None:
    for name in ("confirm", "assign_1", "assign_any", "reject_1", "reject_shown"):
        assert not window.shortcuts.actions[name].autoRepeat(), name
    assert window.shortcuts.actions["undo"].autoRepeat()


def test_the_view_follows(full: MainWindow) -> None:
    view = full.gallery.view
    last = view.visible_ids()[-1]
    view.choose(last)
    press(full, Qt.Key.Key_1)
    assert here(full)[0] not in (last, "")
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))


def test_an_image_that_cannot_be_read_wants_no_answer(make_window: Make, settle: Settle, folder: Path) -> None:
    (folder / "04.png").write_bytes(b"no picture")
    window = with_two_bins(make_window, settle, folder)
    window.gallery.view.choose(ids(window)[3])
    press(window, Qt.Key.Key_1)
    assert here(window) == (ids(window)[5],)
    window.status_bar.refresh()
    assert window.status_bar._answered.text() == "·  3 of 11 answered"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_progress_shows_and_the_end_offers_the_export(window: MainWindow, qtbot: QtBot) -> None:
    window.gallery.view.choose(ids(window)[2])
    press(window, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: window.status_bar._answered.text() == "·  3 of 12 answered")
    assert window.status_bar._answered.isVisible()
    answer_all(window)
    assert "All 12 images are answered" in banner(window)
    assert here(window) == (ids(window)[11],)
    qtbot.waitUntil(lambda: window.status_bar._answered.text() == "·  12 of 12 answered")
    QTest.mouseClick(window.banner.buttons[0], Qt.MouseButton.LeftButton)
    dialog = window.findChild(QFileDialog)
    assert dialog is not None and dialog.isVisible()
    dialog.close()


def test_where_a_filter_hides_open_images_the_end_offers_them(window: MainWindow) -> None:
    window.gallery.toolbar.show_page("all", "Bin 1")
    mine = window.gallery.model.ids()
    answer_all(window)
    assert set(mine) <= set(window.session.bins.given())
    left = len(ids(window)) - len(window.session.bins.given())
    assert f"{left} images have no answer yet" in banner(window)
    QTest.mouseClick(window.banner.buttons[0], Qt.MouseButton.LeftButton)
    assert window.gallery.model.filter == Filter.OPEN
    assert len(window.gallery.model.ids()) == left


def test_what_belongs_in_none_of_the_bins_is_answered(window: MainWindow, settle: Settle) -> None:
    image, bins = ids(window)[5], window.session.bins
    window.labelling_commands.reject_as("Bin 1", [image])
    assert not bins.answered(image)
    window.labelling_commands.reject_as("Bin 2", [image])
    assert bins.answered(image)
    window.status_bar.refresh()
    assert window.status_bar._answered.text() == "·  3 of 12 answered"
    window.gallery.toolbar.show_filter(Filter.OPEN)
    assert image not in window.gallery.model.ids()
    bins.add([ids(window)[6]])
    assert not bins.answered(image)  # it may belong into the new one


def test_undo_leads_back_to_what_it_takes_back(window: MainWindow) -> None:
    window.gallery.view.choose(ids(window)[3])
    press(window, Qt.Key.Key_1)
    press(window, Qt.Key.Key_2)
    assert here(window) == (ids(window)[5],)
    window.shortcuts.actions["undo"].trigger()
    assert here(window) == (ids(window)[4],)
    window.shortcuts.actions["undo"].trigger()
    assert here(window) == (ids(window)[3],)
    window.shortcuts.actions["redo"].trigger()
    assert here(window) == (ids(window)[3],)


def test_bins_that_come_go_or_change_their_names_are_no_answers(window: MainWindow) -> None:
    bins = window.session.bins
    before = bins.bins()
    bins.rename("Bin 1", "cats")
    assert changed_answers(before, bins.bins()) == []
    before = bins.bins()
    bins.delete("cats")
    assert changed_answers(before, bins.bins()) == []


def test_examples_that_are_moved_within_the_bins_leave_the_gallery_alone(window: MainWindow) -> None:
    window.gallery.view.choose(ids(window)[7])
    window.bins.go_to(ids(window)[0])
    window.labelling_commands.assign_to("Bin 2")
    assert window.session.bins.given()[ids(window)[0]] == "Bin 2"
    assert window.gallery.view.selected_ids() == ()


def test_a_new_bin_from_the_selection_is_an_answer_too(window: MainWindow) -> None:
    window.gallery.view.choose_all(ids(window)[3:5])
    window.shortcuts.actions["new_bin"].trigger()
    assert window.session.bins.bins()[2].examples == tuple(ids(window)[3:5])
    assert here(window) == (ids(window)[5],)
    window.bins.go_to(ids(window)[0])
    window.shortcuts.actions["new_bin"].trigger()
    assert window.session.bins.bins()[3].examples == (ids(window)[0],)
