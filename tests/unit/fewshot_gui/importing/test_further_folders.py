"""Several folders in one window."""

import csv
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from pytestqt.qtbot import QtBot

from backend.jobs.demo_set import Demo
from backend.workspace import file
from fewshot_gui.main_window.window import MainWindow
from fewshot_gui.widgets.drag_data import unpack
from tests.windows import Make, Settle, banner, ids


@pytest.fixture
def second(drawn: Demo, tmp_path: Path) -> Path:
    """Another folder of the same name, with files of the same names."""
    target = tmp_path / "other" / "pictures"
    target.mkdir(parents=True)
    for number, source in enumerate(sorted(drawn.folder.glob("*.png"))[40:44]):
        shutil.copy2(source, target / f"{number:02d}.png")
    return target


def drop_folder(window: MainWindow, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    window.gallery.view.dropped.emit(unpack(mime))


def test_a_second_folder_that_is_dropped_is_opened_or_added(
    window: MainWindow, settle: Settle, qtbot: QtBot, second: Path
) -> None:
    drop_folder(window, second)
    qtbot.waitUntil(lambda: "Open “pictures”?" in banner(window))
    assert [window.banner.buttons[1].text(), window.banner.buttons[0].text()] == ["Add", "Open"]
    window.banner.buttons[1].click()
    settle(window)
    assert len(ids(window)) == 16
    drop_folder(window, second.parent)
    qtbot.waitUntil(lambda: "Open “other”?" in banner(window))
    window.banner.buttons[0].click()
    settle(window)
    assert window.session.library.root == second.parent
    assert len(ids(window)) == 4


def test_both_are_labelled_kept_and_exported_by_names_that_tell_them_apart(
    window: MainWindow, make_window: Make, settle: Settle, qtbot: QtBot, folder: Path, second: Path, tmp_path: Path
) -> None:
    window.import_commands.beside.add_folder(second)
    settle(window)
    mine, theirs = ids(window)[0], str(second / "00.png")
    window.session.bins.add([mine])
    window.session.bins.add([theirs])
    settle(window)
    assert all(window.gallery.model.tile(i).label for i in ids(window))
    assert window.session.library.relative(theirs) == "other/pictures/00.png"
    with qtbot.waitSignal(window.session.exported):
        window.session.export(tmp_path / "labels.csv")
    with (tmp_path / "labels.csv").open(newline="") as table:
        rows = {row["path"]: row["label"] for row in csv.DictReader(table)}
    assert len(rows) == 16
    assert rows["other/pictures/00.png"] == "Bin 2"
    assert rows[f"{folder.parent.name}/pictures/00.png"] == "Bin 1"
    path = window.session.workspace.autosave.path
    window.close()
    assert path is not None
    assert [f.path for f in file.read(path).folders] == [folder, second]
    again = make_window()
    again.session.open_folder(folder)
    settle(again)
    assert len(ids(again)) == 16
    assert again.session.bins.given() == {mine: "Bin 1", theirs: "Bin 2"}


def test_a_second_folder_that_is_unplugged_has_a_message_of_its_own(
    window: MainWindow, settle: Settle, qtbot: QtBot, second: Path, tmp_path: Path
) -> None:
    window.import_commands.beside.add_folder(second)
    settle(window)
    second.rename(tmp_path / ".unplugged")
    window.session.reload()
    settle(window)
    assert "An added folder is gone" in banner(window)
    assert str(second) in banner(window)
    assert len(ids(window)) == 12
    assert not window.session.library.unreadable
    (tmp_path / ".unplugged").rename(second)
    window.banner.buttons[0].click()
    settle(window)
    assert len(ids(window)) == 16
    second.rename(tmp_path / ".unplugged")
    window.session.reload()
    settle(window)
    window.banner.buttons[1].click()
    settle(window)
    assert window.session.library.folders == ()


def test_no_image_is_there_twice(window: MainWindow, settle: Settle, folder: Path) -> None:
    (folder / "sub").mkdir()
    window.import_commands.beside.add_folder(folder / "sub")
    assert "It is there already" in banner(window)
    window.import_commands.beside.add_folder(folder.parent)
    assert "It would be there twice" in banner(window)
    assert window.session.library.folders == ()


def test_the_first_folder_alone_again(window: MainWindow, settle: Settle, second: Path) -> None:
    window.import_commands.beside.add_folder(second)
    settle(window)
    window.shortcuts.actions["only_folder"].trigger()
    settle(window)
    assert len(ids(window)) == 12
