"""A bin and a kind of images go together; menus count, and call bins by their names; one selection in the window."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from backend.types import AlikeGroup
from fewshot_gui.bins.menu import BinsMenu
from fewshot_gui.gallery.row_order import Filter
from fewshot_gui.main_window.window import MainWindow
from tests.windows import Make, Settle, ids, press, shown, with_two_bins


@pytest.fixture
def window(make_window: Make, settle: Settle, folder: Path) -> MainWindow:
    return with_two_bins(make_window, settle, folder)


def entry(menu: QMenu, text: str) -> QAction:
    menu.aboutToShow.emit()
    return next(a for a in menu.actions() if a.text().startswith(text))


def show(window: MainWindow, text: str) -> None:
    entry(window.gallery.toolbar._filter_menu, text).trigger()


def test_not_confirmed_yet_goes_with_a_bin(window: MainWindow) -> None:
    model, bins = window.gallery.model, window.session.bins
    mine = [i for i in ids(window) if shown(window, i) == "Bin 1" and bins.owner(i) is None]
    show(window, "Not confirmed yet")
    show(window, "Bin 1")
    assert model.ids() == mine
    assert "Bin 1, unconfirmed" in window.gallery.toolbar._filter.text()
    assert entry(window.gallery.toolbar._filter_menu, "Not confirmed yet").isChecked()
    assert entry(window.gallery.toolbar._filter_menu, "Bin 1").isChecked()
    show(window, "Bin 2")
    assert set(model.ids()).isdisjoint(mine)
    show(window, "Bin 2")  # lets the bin go
    assert len(model.ids()) == 10
    show(window, "Bin 1")
    show(window, "Confirmed")
    assert model.ids() == ids(window)[:1]
    show(window, "All images")
    assert len(model.ids()) == 12
    assert not entry(window.gallery.toolbar._filter_menu, "Bin 1").isChecked()


def test_the_commands_of_the_kinds_keep_the_bin(window: MainWindow) -> None:
    model, actions = window.gallery.model, window.shortcuts.actions
    window.bins.filtered.emit("Bin 1")
    for name, kind in (("show_open", Filter.OPEN), ("show_unsure", Filter.UNSURE), ("show_answered", Filter.ANSWERED)):
        actions[name].trigger()
        assert (model.filter, model.only) == (kind, "Bin 1")
    actions["show_all"].trigger()
    assert (model.filter, model.only) == (Filter.ALL, None)


def test_the_menu_counts_what_each_entry_would_show(window: MainWindow) -> None:
    menu, model = window.gallery.toolbar._filter_menu, window.gallery.model
    for kind in ("All images", "Not confirmed yet", "Confirmed by you", "Unsure"):
        show(window, kind)
        for name in ("Bin 1", "Bin 2"):
            count = entry(menu, name).text()
            show(window, name)
            assert count == f"{name} ({len(model.ids())})"
            show(window, name)
    show(window, "All images")
    show(window, "Bin 1")
    for kind in ("Not confirmed yet", "Confirmed by you", "Unsure"):
        count = entry(menu, kind).text()
        show(window, kind)
        assert count == f"{kind} ({len(model.ids())})"


def test_kind_and_bin_come_back_with_the_workspace(window: MainWindow, make_window: Make, settle: Settle) -> None:
    show(window, "Not confirmed yet")
    show(window, "Bin 1")
    rows = window.gallery.model.ids()
    root = window.session.library.root
    assert root is not None
    window.close()
    again = make_window()
    again.session.open_folder(root)
    settle(again)
    assert (again.gallery.model.filter, again.gallery.model.only) == (Filter.OPEN, "Bin 1")
    assert again.gallery.model.ids() == rows


def test_a_bin_that_is_deleted_leaves_the_kind(window: MainWindow) -> None:
    show(window, "Not confirmed yet")
    show(window, "Bin 1")
    window.session.bins.delete("Bin 1")
    assert (window.gallery.model.filter, window.gallery.model.only) == (Filter.OPEN, None)


def test_add_to_lists_the_bins_by_name(window: MainWindow) -> None:
    window.session.bins.rename("Bin 1", "cats & dogs")
    menus = window.findChildren(BinsMenu)
    add, never = (next(m for m in menus if title in m.title()) for title in ("Add to", "Never"))
    add.aboutToShow.emit()
    assert [a.text() for a in add.actions()][:2] == ["cats && dogs\t1", "Bin 2\t2"]
    assert not add.actions()[0].icon().isNull()
    window.gallery.view.choose(ids(window)[5])
    entry(add, "cats").trigger()
    assert window.session.bins.given()[ids(window)[5]] == "cats & dogs"
    window.gallery.view.choose(ids(window)[6])
    entry(never, "Bin 2").trigger()
    assert window.session.bins.rejected()[ids(window)[6]] == frozenset({"Bin 2"})


def test_add_to_lists_bins_beyond_the_keys(full: MainWindow) -> None:
    add = next(m for m in full.findChildren(BinsMenu) if "Add to" in m.title())
    add.aboutToShow.emit()
    texts = [a.text() for a in add.actions()]
    assert (texts[8], texts[9]) == ("character 09\t9", "character 10")
    full.gallery.view.choose(ids(full)[0])
    entry(add, "character 20").trigger()
    assert full.session.bins.given()[ids(full)[0]] == "character 20"


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("by_key", [True, False])
def test_an_alike_group_goes_into_a_bin_that_is_there(window: MainWindow, by_key: bool) -> None:
    group = AlikeGroup(tuple(ids(window)[4:12]))
    window.review.strip.set_open(True)
    window.review.proposing._put((group,))
    card = window.review.shelf.cards()[0]
    if by_key:
        QTest.keyClick(card, Qt.Key.Key_A)
    else:
        QTest.mouseClick(card._add, Qt.MouseButton.LeftButton)
    palette = window.bin_commands.palette
    QTest.keyClicks(palette._field, "bin 2")
    QTest.keyClick(palette._field, Qt.Key.Key_Return)
    bin_ = window.session.bins.find("Bin 2")
    assert bin_ is not None and bin_.examples == (ids(window)[1], *group.images[:5])
    assert len(window.session.bins.bins()) == 2
    assert window.review.proposing.groups == ()


def test_clicking_an_example_moves_the_selection(window: MainWindow, qtbot: QtBot) -> None:
    view = window.gallery.view
    first, second = (c.examples for c in window.bins._cards)

    def click(example: int) -> None:
        examples = (first, second)[example]
        place = examples.visualRect(examples.model().index(0, 0)).center()
        QTest.mouseClick(examples.viewport(), Qt.MouseButton.LeftButton, pos=place)

    view.choose(ids(window)[5])
    click(0)
    assert (view.selected_ids(), first.selected_ids()) == ((), (ids(window)[0],))
    assert "00.png" in window.inspector._name.text()
    click(1)
    assert (first.selected_ids(), second.selected_ids()) == ((), (ids(window)[1],))
    view.choose(ids(window)[6])
    assert (view.selected_ids(), second.selected_ids()) == ((ids(window)[6],), ())
    assert "06.png" in window.inspector._name.text()
    click(1)  # the same once more
    assert (view.selected_ids(), second.selected_ids()) == ((), (ids(window)[1],))
    assert "01.png" in window.inspector._name.text()
    press(window, Qt.Key.Key_Home)
    assert second.selected_ids() == ()
