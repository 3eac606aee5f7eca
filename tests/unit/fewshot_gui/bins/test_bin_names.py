"""Names that cannot be used are refused where they are typed, with the reason; new bins are numbered on."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from backend.errors import RequestError
from backend.workspace.state import Bin, BinState
from fewshot_gui.main_window.window import MainWindow
from fewshot_gui.session.bin_state import name_advice, name_problem, new_name, renamed
from tests.windows import banner

TWO: BinState = (Bin("Cats", 0), Bin("dogs", 1))


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "needs a name"),
        ("dogs", "is taken"),
        ("cats", "differ only in capitals"),
        ("DOGS", "There is “dogs” already"),
        ("_Unsure", "folder of unsure images"),
    ],
)
def test_a_name_is_refused_with_the_reason(name: str, reason: str) -> None:
    assert reason in name_problem(TWO, name)
    with pytest.raises(RequestError, match=reason):
        renamed((*TWO, Bin("x", 2)), "x", name)


@pytest.mark.parametrize(
    ("name", "folder"), [("a/b", "a_b"), ("..", "_"), ("con", "_con"), ("what?", "what_"), ("ends.", "ends")]
)
def test_a_name_that_is_no_folders_is_taken_and_explained(name: str, folder: str) -> None:
    assert name_problem(TWO, name) == ""
    assert f"“{folder}”" in name_advice(TWO, name)
    assert name_advice(TWO, "birds") == ""
    assert "“what_ (2)”" in name_advice((Bin("what*", 0),), "what?")


def test_a_bin_may_change_its_own_capitals() -> None:
    assert renamed(TWO, "dogs", "Dogs")[1].name == "Dogs"


def test_new_bins_are_numbered_on() -> None:
    assert new_name(()) == "Bin 1"
    assert new_name(TWO) == "Bin 3"
    assert new_name((Bin("Bin 1", 0), Bin("bin 7", 1))) == "Bin 8"


def test_the_editor_stays_open_and_says_what_is_wrong(window: MainWindow, qtbot: QtBot) -> None:
    first, second = window.session.bins.add(), window.session.bins.add()
    card = window.bins.card(second)
    assert card is not None
    card.start_renaming()
    qtbot.waitUntil(card._edit.isVisible)
    card._edit.setText(first.upper())
    QTest.keyClick(card._edit, Qt.Key.Key_Return)
    assert card._edit.isVisible()
    assert "differ only in capitals" in card._hint.text()
    window.bins.refresh()  # labels stream in meanwhile
    assert "differ only in capitals" in card._hint.text()
    card._edit.setText("a/b")
    assert "“a_b”" in card._hint.text()
    QTest.keyClick(card._edit, Qt.Key.Key_Return)
    assert not card._edit.isVisible()
    assert [b.name for b in window.session.bins.bins()] == [first, "a/b"]
    assert "a_b" not in card._hint.text()
    assert banner(window) == ""


def test_a_folded_bin_shows_what_is_wrong_while_it_is_renamed(window: MainWindow, qtbot: QtBot) -> None:
    first, second = window.session.bins.add(), window.session.bins.add()
    window.bins.fold_all()
    card = window.bins.card(second)
    assert card is not None
    card.start_renaming()
    qtbot.waitUntil(card._edit.isVisible)
    card._edit.setText(first.lower())
    assert card._hint.isVisible()
    QTest.keyClick(card._edit, Qt.Key.Key_Escape)
    assert not card._hint.isVisible()
    assert card.maximumHeight() < 40
