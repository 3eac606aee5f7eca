"""What a change of method leaves behind: nothing in memory, and menus that stay whole."""

import gc
import weakref
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from backend.embedding import memory
from fewshot_gui.main_window.window import MainWindow
from tests.windows import Settle

METHODS = ("relation", "metanet", "maml", "prototypical", "relation", "prototypical")


def chosen(window: MainWindow) -> str:
    engine = window.session.engine_host.engine
    return "" if engine is None else engine.method


def at_work(window: MainWindow, method: str) -> bool:
    return chosen(window) == method and not window.session.engine_host.loading()


def test_nothing_of_a_method_that_was_left_stays_and_memory_is_given_back(
    full: MainWindow, settle: Settle, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_back: list[bool] = []
    real = memory.give_back_memory
    monkeypatch.setattr(memory, "give_back_memory", lambda: given_back.append(real()))
    left: list[weakref.ref[object]] = []
    for name in METHODS:
        engine = full.session.engine_host.engine
        assert engine is not None
        assert engine.fitting._fitted is not None
        left += [weakref.ref(each) for each in (engine, engine.fitting, engine.fitting._fitted.classifier)]
        del engine
        full.session.engine_host.choose(method=name)
        qtbot.waitUntil(partial(at_work, full, name), timeout=60_000)
        settle(full)
    qtbot.waitUntil(lambda: not full.session.worker.busy(), timeout=60_000)
    gc.collect()
    assert [ref() for ref in left if ref() is not None] == []
    assert given_back


def test_a_menu_that_is_open_while_the_model_changes_stays_as_it_is(
    full: MainWindow, settle: Settle, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    button = full.status_bar._method
    menu = button.menu()
    before = [a.text() for a in menu.actions()]
    assert before
    monkeypatch.setattr(menu, "isVisible", lambda: True)  # there are no popups off the screen
    full.session.engine_host.choose(method="siamese")
    qtbot.waitUntil(lambda: chosen(full) == "siamese", timeout=60_000)
    settle(full)
    full.status_bar.refresh()
    assert button.menu() is menu
    assert [a.text() for a in menu.actions()] == before
    assert "Prototypical" in next(a.text() for a in menu.actions() if a.isChecked())
    monkeypatch.undo()
    menu.aboutToHide.emit()
    qtbot.waitUntil(lambda: "Siamese" in next((a.text() for a in menu.actions() if a.isChecked()), ""))
    assert len(menu.actions()) == len(before)
