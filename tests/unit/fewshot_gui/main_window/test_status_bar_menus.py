"""Model, method and device: menus in the status strip, and what is refused."""

import re
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QToolButton

from backend import storage
from backend.methods import METHODS
from backend.models.model import runnable
from backend.models.store import read_card
from fewshot_gui.main_window.window import MainWindow
from tests.windows import Make, Settle


@pytest.fixture
def window(make_window: Make, settle: Settle, folder: Path) -> MainWindow:
    """A window with the folder open and two bins, at rest."""
    made = make_window()
    made.session.open_folder(folder)
    settle(made)
    images = list(made.session.library.files)
    made.session.teach("", images[:1])
    made.session.teach("", images[1:2])
    settle(made)
    made.status_bar.refresh()
    return made


def marked(button: QToolButton) -> list[str]:
    return [a.data() for a in button.menu().actions() if a.isChecked()]


def pick(button: QToolButton, name: str) -> None:
    next(a for a in button.menu().actions() if a.data() == name).trigger()


def labels(window: MainWindow) -> list[str]:
    return [window.gallery.model.tile(i).label for i in window.session.library.files]


def test_each_of_the_three_is_a_menu_with_what_is_at_work_marked(window: MainWindow) -> None:
    engine = window.session.engine_host.engine
    assert engine is not None
    assert marked(window.status_bar._model) == ["characters"]
    assert marked(window.status_bar._method) == [engine.method]
    assert marked(window.status_bar._device) == [engine.device]
    assert "cpu" in engine.devices


def test_the_methods_say_what_they_do_how_well_and_how_fast(window: MainWindow) -> None:
    heading, *actions = window.status_bar._method.menu().actions()
    assert not heading.isEnabled() and "5 bins of 1 example" in heading.text()
    lines = {a.data(): a for a in actions if a.data()}  # below them stand commands
    assert list(lines) == list(METHODS)
    card = read_card("characters")
    for name, action in lines.items():
        method, right = METHODS[name], action.text().split("\t")[1]
        assert action.text().startswith(f"{method.title} – {method.summary[:20]}")
        assert action.isEnabled() == (name in runnable(card))
        if name in runnable(card):
            assert right.endswith("takes a moment" if method.adapts else "at once")
            measured = re.match(r"\d\d\.\d %  ·  ", right) and "20 bins × 5: " in action.toolTip()
            assert bool(measured) == (name in card.methods and bool(card.methods[name].training))
        else:
            assert right == "no weights in this model"
    assert window.status_bar._method.text() == f"{METHODS[card.default_method].title} ▾"


def test_another_method_labels_everything_again(window: MainWindow, settle: Settle) -> None:
    library = window.session.library
    before = dict(library.predictions)
    pick(window.status_bar._method, "matching")
    settle(window)
    window.status_bar.refresh()
    assert marked(window.status_bar._method) == ["matching"]
    assert library.predictions.keys() == before.keys()
    assert library.predictions != before
    pick(window.status_bar._method, "prototypical")
    settle(window)
    assert library.predictions == before


def test_another_device_labels_everything_again(window: MainWindow, settle: Settle) -> None:
    before, old = labels(window), window.session.engine_host.engine
    pick(window.status_bar._device, "cpu")
    settle(window)
    assert window.session.engine_host.engine is not old
    assert window.session.engine_host.engine is not None
    assert window.session.engine_host.engine.device == "cpu"
    assert labels(window) == before


def test_a_device_that_is_not_there_is_refused_and_the_old_one_goes_on(window: MainWindow, settle: Settle) -> None:
    engine = window.session.engine_host.engine
    assert engine is not None
    absent = next(d for d in ("mps", "cuda") if d not in engine.devices)
    window.session.engine_host.choose(device=absent)
    settle(window)
    assert "on this machine" in window.banner.accessibleName()
    assert all(labels(window))


@pytest.mark.parametrize("card", ["", "[]", "{}", '{"name": 3}', "\udcff"])
def test_a_damaged_model_is_in_the_menu_and_choosing_it_changes_nothing(
    make_window: Make, settle: Settle, folder: Path, card: str
) -> None:
    storage.user_models().mkdir(parents=True)
    (storage.user_models() / "mine.safetensors").write_bytes(b"no weights")
    (storage.user_models() / "mine.json").write_bytes(card.encode("utf-8", "surrogateescape"))
    window = make_window()
    window.session.open_folder(folder)
    settle(window)
    window.status_bar.refresh()
    pick(window.status_bar._model, "mine")
    settle(window)
    window.status_bar.refresh()
    assert "Damaged model" in window.banner.accessibleName()
    assert "mine" in window.banner.accessibleName()
    assert marked(window.status_bar._model) == ["characters"]


def test_damaged_weights_with_a_good_card_are_refused(make_window: Make, settle: Settle, folder: Path) -> None:
    storage.user_models().mkdir(parents=True)
    shutil.copy(storage.bundled_models() / "characters.json", storage.user_models() / "mine.json")
    weights = (storage.bundled_models() / "characters.safetensors").read_bytes()
    (storage.user_models() / "mine.safetensors").write_bytes(weights[: len(weights) // 2])
    window = make_window()
    window.session.open_folder(folder)
    settle(window)
    window.session.engine_host.choose(model="mine")
    settle(window)
    assert "Damaged model" in window.banner.accessibleName()


def test_a_button_does_not_look_pointed_at_after_its_menu(window: MainWindow) -> None:
    for button in (window.status_bar._method, window.gallery.toolbar._filter):
        QCursor.setPos(window.mapToGlobal(QPoint(700, 400)))
        button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)  # as Qt leaves it when the menu opens
        button.menu().aboutToHide.emit()
        assert not button.underMouse()
