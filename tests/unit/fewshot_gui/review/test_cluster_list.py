"""Alike images among the unsure become a bin with one key, and a group that is not wanted stays away."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from backend.jobs.demo_set import Demo
from backend.types import AlikeGroup
from fewshot_gui import settings
from fewshot_gui.main_window.window import MainWindow
from fewshot_gui.review.cluster_controller import steady
from fewshot_gui.review.panel import EXAMPLES
from tests.windows import Make, Settle, with_ten_bins


@pytest.fixture
def window(make_window: Make, settle: Settle, drawn: Demo, tmp_path: Path) -> MainWindow:
    return with_ten_bins(make_window, settle, drawn, tmp_path / "examples")


def test_groups_keep_their_places() -> None:
    a, b, c = (AlikeGroup(tuple(s)) for s in ("123", "456", "789"))
    grown, other = AlikeGroup(tuple("9780")), AlikeGroup(tuple("xyz"))
    assert steady((a, b, c), (other, grown, a)) == (a, grown, other)
    assert steady((), (b, a)) == (b, a)


def test_alike_images_become_a_bin_with_one_key_and_undo_takes_it_back(
    window: MainWindow, settle: Settle, drawn: Demo
) -> None:
    session, tray = window.session, window.review
    assert not tray.shelf.isVisible()
    window.shortcuts.actions["alike_bin"].trigger()
    settle(window)
    cards = tray.shelf.cards()
    assert len(cards) > 1 and tray.shelf.isVisible() and cards[0].hasFocus()
    assert f"{len(cards)} alike groups" in tray.strip._counts.text()
    first, second = cards[0].group, cards[1].group
    assert cards[0].accessibleName() == f"{len(first.images)} alike images"
    assert len({drawn.truth[i] for i in first.images}) == 1
    QTest.keyClick(cards[0], Qt.Key.Key_Return)
    assert session.bins.undo.count() == 1
    made = session.bins.bins()[-1]
    assert made.examples == first.images[:EXAMPLES] and len(session.bins.bins()) == 11
    assert tray.proposing.groups[0] == second  # the rest stays where it is while labels change
    settle(window)
    assert all(set(first.images).isdisjoint(g.images) for g in tray.proposing.groups)
    session.bins.undo.undo()
    settle(window)
    assert set(first.images) in [set(g.images) for g in tray.proposing.groups]


def test_a_group_that_is_dismissed_stays_away(window: MainWindow, settle: Settle) -> None:
    session, tray = window.session, window.review
    tray.toggle()
    gone, kept = (c.group for c in tray.shelf.cards()[:2])
    tray.shelf.cards()[0]._close.click()
    assert tray.shelf.cards()[0].group == kept
    tray.shelf.cards()[0].setFocus()
    QTest.keyClick(tray.shelf.cards()[0], Qt.Key.Key_Right)
    assert tray.shelf.cards()[1].hasFocus()
    QTest.keyClick(tray.shelf.cards()[1], Qt.Key.Key_Delete)
    assert session.bins.undo.count() == 0 and tray.shelf.cards()[1].hasFocus()
    for _ in range(2):  # other labels, and the same again
        session.bins.switch(session.bins.bins()[0].name)
        settle(window)
    assert tray.proposing.groups
    assert all(set(gone.images).isdisjoint(g.images) for g in tray.proposing.groups)


def test_a_group_can_be_looked_at(window: MainWindow) -> None:
    window.review.toggle()
    card = window.review.shelf.cards()[0]
    QTest.keyClick(card, Qt.Key.Key_Space)
    assert window.gallery.model.ids() == list(card.group.images)
    assert window.gallery.model.title == f"{len(card.group.images)} alike images"
    assert settings.SHELF_OPEN.get()


def test_where_there_is_no_group_the_shelf_says_why(window: MainWindow, settle: Settle, qtbot: QtBot) -> None:
    window.review.toggle()
    window.session.threshold.move(1000)
    qtbot.waitUntil(lambda: not window.review.shelf.cards())
    assert "Nothing is unsure" in window.review.shelf._text.text()
    window.session.threshold.move(50)
    qtbot.waitUntil(lambda: bool(window.review.shelf.cards()))
    for each in window.session.bins.bins()[1:]:
        window.session.bins.switch(each.name)
    assert not window.review.shelf.cards()
    assert "offered here" in window.review.shelf._text.text()
    settle(window)


def test_a_search_goes_on_after_a_change_that_brings_no_other_labels(window: MainWindow, qtbot: QtBot) -> None:
    proposing, session = window.review.proposing, window.session
    session.threshold.put(100)
    proposing._look()
    assert proposing.looking()
    session.bins.recolour(session.bins.bins()[0].name, 7)
    assert not proposing.looking()
    qtbot.waitUntil(lambda: proposing._looked_at[1] == tuple(session.threshold.unsure_ids()))
    qtbot.waitUntil(lambda: not proposing.looking())
