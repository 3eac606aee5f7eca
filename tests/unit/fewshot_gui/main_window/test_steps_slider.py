"""The steps slider: in sight only where the method adapts, and labels follow it."""

from pathlib import Path

import pytest

from fewshot_gui.main_window.steps_slider import StepsSlider
from fewshot_gui.main_window.window import MainWindow
from tests.glyph_folders import sorting_task
from tests.small_models import part_of_characters
from tests.windows import Make, Settle


@pytest.fixture
def window(make_window: Make, settle: Settle, tmp_path: Path) -> MainWindow:
    part_of_characters("small", ["prototypical", "maml"])
    made = make_window()
    made.session.engine_host.wish("small", "maml")
    made.session.open_folder(*sorting_task(tmp_path, classes=2))
    settle(made)
    return made


def steps(window: MainWindow) -> StepsSlider:
    return window.status_bar.steps


def confidences(window: MainWindow) -> list[float | None]:
    return [window.session.library.predictions[i].confidence for i in window.session.library.files]


def move(window: MainWindow, value: int, settle: Settle) -> None:
    steps(window).slider.setValue(value)
    rest(window, settle)


def rest(window: MainWindow, settle: Settle) -> None:
    """The finger does not move any more."""
    steps(window)._settle.stop()
    steps(window)._settle.timeout.emit()
    settle(window)


def test_labels_follow_the_slider_and_come_back(window: MainWindow, settle: Settle) -> None:
    slider = steps(window).slider
    assert not steps(window).isHidden() and (slider.value(), slider.maximum()) == (3, 3)
    assert steps(window)._text.text() == "Steps: 3 of 3"
    whole = confidences(window)
    assert all(c is not None and c > 0.5 for c in whole)
    move(window, 0, settle)
    none = confidences(window)
    assert steps(window)._text.text() == "Steps: 0 of 3" and slider.value() == 0
    assert none != whole
    move(window, 3, settle)
    assert confidences(window) == whole


def test_the_newest_wish_wins_and_stays_while_bins_change(window: MainWindow, settle: Settle) -> None:
    move(window, 0, settle)
    none = confidences(window)
    move(window, 3, settle)
    assert confidences(window) != none
    for value in (1, 2, 0):
        steps(window).slider.setValue(value)
    rest(window, settle)
    assert confidences(window) == none
    window.session.bins.take_out(window.session.bins.bins()[0].examples[1:])
    settle(window)
    assert (steps(window).slider.value(), steps(window).slider.maximum()) == (0, 3)
    window.session.bins.undo.undo()
    settle(window)
    assert confidences(window) == none


def test_only_methods_that_adapt_have_it_and_each_begins_with_all_steps(window: MainWindow, settle: Settle) -> None:
    move(window, 1, settle)
    window.session.engine_host.choose(method="prototypical")
    settle(window)
    assert steps(window).isHidden()
    window.session.engine_host.choose(method="maml")
    settle(window)
    assert not steps(window).isHidden() and steps(window).slider.value() == 3
    window.session.bins.delete(window.session.bins.bins()[0].name)
    settle(window)
    assert steps(window).isHidden()


def test_keys_move_it_too(window: MainWindow, settle: Settle) -> None:
    actions = window.shortcuts.actions
    for _ in range(4):
        actions["fewer_steps"].trigger()
    rest(window, settle)
    fewer = confidences(window)
    assert steps(window)._text.text() == "Steps: 0 of 3"
    actions["more_steps"].trigger()
    rest(window, settle)
    assert steps(window)._text.text() == "Steps: 1 of 3" and confidences(window) != fewer
    window.session.engine_host.choose(method="prototypical")
    settle(window)
    before = confidences(window)
    actions["fewer_steps"].trigger()
    rest(window, settle)
    assert confidences(window) == before
