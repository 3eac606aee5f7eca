"""Images dropped beside the bins: shown with the others, or opened with their folder."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication
from pytestqt.qtbot import QtBot

from backend.jobs.demo_set import Demo
from fewshot_gui.importing import folder_sources
from fewshot_gui.main_window.window import MainWindow
from tests.drops import PNG, addresses, drop, octets, pixels
from tests.windows import Make, Settle, banner, ids

pytestmark = pytest.mark.usefixtures("empty_clipboard")


def test_on_the_first_page_an_image_stands_for_its_folder(make_window: Make, qtbot: QtBot, folder: Path) -> None:
    window = make_window()
    drop(window.welcome_page, addresses(folder / "03.png"))
    qtbot.waitUntil(lambda: window.session.library.root == folder)
    other = make_window()
    QGuiApplication.clipboard().setMimeData(pixels())
    other.shortcuts.actions["paste"].trigger()
    assert "Open a folder first" in banner(other)
    drop(other.welcome_page, addresses("smb://nas/photos"))
    assert "only the file manager reaches" in banner(other)
    (folder / "notes.txt").touch()
    drop(other.welcome_page, addresses(folder / "notes.txt"))
    qtbot.waitUntil(lambda: "“notes.txt” is neither an image" in banner(other))


def test_an_image_from_elsewhere_is_shown_with_the_others(
    window: MainWindow, make_window: Make, settle: Settle, drawn: Demo, folder: Path
) -> None:
    for image in ids(window)[:2]:
        window.session.bins.add([image])
    stranger = sorted(drawn.examples.glob("*/*.png"))[0]
    drop(window.gallery.view, addresses(stranger))
    settle(window)
    assert ids(window)[-1] == str(stranger)
    assert window.gallery.model.tile(str(stranger)).label
    assert "Shown with the folder’s images: 1" in banner(window)
    window.close()
    again = make_window()
    again.session.open_folder(folder)
    settle(again)
    assert ids(again)[-1] == str(stranger)
    again.shortcuts.actions["only_folder"].trigger()
    settle(again)
    assert len(ids(again)) == 12


def test_very_many_that_lie_elsewhere_are_asked_about(
    window: MainWindow, settle: Settle, qtbot: QtBot, drawn: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_sources, "MANY", 3)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for source in sorted(drawn.folder.glob("*.png"))[20:24]:
        shutil.copy2(source, elsewhere)
    drop(window.gallery.view, addresses(*elsewhere.iterdir()))
    qtbot.waitUntil(lambda: "Show all 4 images" in banner(window))
    window.banner.buttons[1].click()
    settle(window)
    assert window.session.library.folders == (elsewhere,)
    assert len(ids(window)) == 16
    assert window.gallery.toolbar._title.accessibleName() == "pictures + 1"


def test_an_empty_folder_takes_drops_as_it_says(
    make_window: Make, settle: Settle, qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    window = make_window()
    window.session.open_folder(tmp_path / "empty")
    settle(window)
    keys, button = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    mime = addresses(folder)
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, button, keys)
    assert window.gallery.acceptDrops()
    window.import_commands.landing.eventFilter(window.gallery, event)
    qtbot.waitUntil(lambda: "Open “pictures”?" in banner(window))


def test_an_image_of_the_folder_is_pointed_at(window: MainWindow, qtbot: QtBot) -> None:
    drop(window.gallery.view, addresses(Path(ids(window)[7])))
    qtbot.waitUntil(lambda: window.gallery.view.current_id() == ids(window)[7])
    assert len(ids(window)) == 12


def test_what_is_shown_too_can_be_taken_away_again(window: MainWindow, settle: Settle) -> None:
    drop(window.gallery.view, octets(PNG))
    settle(window)
    assert Path(ids(window)[-1]).read_bytes() == PNG
    window.banner.buttons[0].click()
    settle(window)
    assert len(ids(window)) == 12
