"""The steps slider: in sight only where the method adapts, and labels follow it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from fewshot_gui.steps_slider import StepsSlider
from fewshot_gui.window import MainWindow
from tests.glyph_folders import sorting_task
from tests.small_models import part_of_characters

Make = Callable[[], MainWindow]
Settle = Callable[[MainWindow], None]


@pytest.fixture
def window(make_window: Make, settle: Settle, tmp_path: Path) -> MainWindow:
    part_of_characters("small", ["prototypical", "maml"])
    made = make_window()
    made.session.host.wish("small", "maml")
    made.session.open_folder(*sorting_task(tmp_path, classes=2))
    settle(made)
    return made


def steps(window: MainWindow) -> StepsSlider:
    return window.strip._steps


def confidences(window: MainWindow) -> list[float | None]:
    return [window.session.library.predictions[i].confidence for i in window.session.library.files]


def move(window: MainWindow, value: int, settle: Settle) -> None:
    steps(window).slider.setValue(value)
    steps(window)._settle.timeout.emit()  # the finger rests
    steps(window)._settle.stop()
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
    move(window, 1, settle)
    one = confidences(window)
    move(window, 3, settle)
    for value in (0, 2, 1):
        steps(window).slider.setValue(value)
    steps(window)._settle.timeout.emit()
    settle(window)
    assert confidences(window) == one
    window.session.bins.take_out(window.session.bins.bins()[0].examples[1:])
    settle(window)
    assert (steps(window).slider.value(), steps(window).slider.maximum()) == (1, 3)
    window.session.bins.undo.undo()
    settle(window)
    assert confidences(window) == one


def test_only_methods_that_adapt_have_it_and_each_begins_with_all_steps(window: MainWindow, settle: Settle) -> None:
    move(window, 1, settle)
    window.session.host.choose(method="prototypical")
    settle(window)
    assert steps(window).isHidden()
    window.session.host.choose(method="maml")
    settle(window)
    assert not steps(window).isHidden() and steps(window).slider.value() == 3
    window.session.bins.delete(window.session.bins.bins()[0].name)
    settle(window)
    assert steps(window).isHidden()
