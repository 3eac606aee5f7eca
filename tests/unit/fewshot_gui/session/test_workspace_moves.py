"""Answers find their images again: renamed, replaced, moved with their folder, unplugged."""

import shutil
from pathlib import Path

from pytestqt.qtbot import QtBot

from backend.jobs.demo_set import Demo
from backend.workspace import file
from backend.workspace.state import images_of
from fewshot_gui.main_window.window import MainWindow
from tests.windows import Make, Settle, banner, ids
from tests.workspaces import saved, work


def test_answers_follow_renamed_images_and_leave_replaced_ones(
    window: MainWindow, make_window: Make, settle: Settle, folder: Path, drawn: Demo, qtbot: QtBot
) -> None:
    a, b, c = ids(window)[:3]
    window.session.bins.add([a, b])
    window.session.bins.add([c])
    settle(window)
    (folder / "sub").mkdir()
    Path(a).rename(folder / "sub" / "renamed.png")
    shutil.copyfile(sorted(drawn.folder.glob("*.png"))[60], b)
    window.session.reload()
    settle(window)
    check_followed(window, folder, Path(b), qtbot)
    window.close()
    other = make_window()
    other.session.open_folder(folder)
    settle(other)
    check_followed(other, folder, Path(b), qtbot)


def check_followed(window: MainWindow, folder: Path, replaced: Path, qtbot: QtBot) -> None:
    bins = window.session.bins
    owner = bins.owner(str(folder / "sub" / "renamed.png"))
    assert owner is not None and owner.name == "Bin 1"
    assert bins.owner(str(replaced)) is None
    assert len(owner.examples) == 2  # the one whose image is gone waits
    assert len(window.session.library.missing) == 1
    assert "Answers without their images: 1" in banner(window)
    card = window.bins.card("Bin 1")
    assert card is not None
    qtbot.waitUntil(lambda: "not in the folder" in card._hint.text())
    model = card.examples.model()
    told = [model.data(model.index(n, 0)) for n in range(model.rowCount())]
    assert told == [
        "renamed.png",
        f"{replaced.name}: not in the folder any more; it waits until the same image is back",
    ]


def test_undo_goes_on_with_images_that_have_moved_meanwhile(
    window: MainWindow, make_window: Make, settle: Settle, folder: Path
) -> None:
    window.session.bins.add(ids(window)[:1])
    window.session.bins.take_out(ids(window)[:1])
    settle(window)
    window.close()
    new = Path(ids(window)[0]).rename(folder / "zz.png")
    other = make_window()
    other.session.open_folder(folder)
    settle(other)
    other.session.bins.undo.undo()
    assert other.session.bins.owner(str(new)) is not None


def test_a_folder_that_was_renamed_is_found_and_its_answers_go_along(
    window: MainWindow, make_window: Make, settle: Settle, folder: Path, qtbot: QtBot
) -> None:
    work(window, settle)
    path = saved(window, qtbot)
    window.close()
    new = folder.rename(folder.with_name("another name"))
    other = make_window()
    other.session.open_workspace(path)
    qtbot.waitUntil(lambda: other.session.library.root == new, timeout=20_000)
    settle(other)
    assert {Path(i).parent for i in images_of(other.session.bins.bins())} == {new}
    assert not other.session.library.missing
    assert all(i in other.session.library.files for i in images_of(other.session.bins.bins()))
    assert str(new) in banner(other)
    assert file.read(saved(other, qtbot)).folders[0].path == new


def test_a_folder_that_is_renamed_under_the_window_is_asked_for(
    window: MainWindow, settle: Settle, folder: Path, qtbot: QtBot
) -> None:
    work(window, settle)
    saved(window, qtbot)
    new = folder.rename(folder.with_name("away"))
    window.session.reload()
    qtbot.waitUntil(lambda: window.banner.buttons[2].text() == "Use “away”", timeout=20_000)
    assert [b.text() for b in window.banner.buttons[:2]] == ["Retry", "Locate…"]
    window.banner.buttons[2].click()
    settle(window)
    assert window.session.library.root == new
    assert not window.session.library.missing


def test_an_unplugged_disk_loses_nothing_and_saves_nothing_as_missing(
    window: MainWindow, make_window: Make, settle: Settle, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    work(window, settle)
    path = saved(window, qtbot)
    before = file.read(path)
    away = tmp_path / "deep" / "deeper" / "shelf"
    away.mkdir(parents=True)
    folder.rename(away / "disk")
    window.session.reload()
    settle(window)
    assert window.banner.buttons[0].text() == "Retry"
    window.session.bins.rename("Bin 1", "cats")
    after = file.read(saved(window, qtbot))
    assert after.contents == before.contents
    assert images_of(after.history.now()) == images_of(before.history.now())
    window.close()
    other = make_window()
    other.session.open_workspace(path)
    qtbot.waitUntil(other.banner.isVisible, timeout=20_000)
    assert len(other.session.bins.bins()) == 3
    (away / "disk").rename(folder)
    other.banner.buttons[0].click()
    settle(other)
    assert not other.session.library.missing
    assert other.session.bins.find("cats") is not None
    assert len(ids(other)) == 12


def test_a_workspace_beside_its_folder_travels_with_it(
    make_window: Make, settle: Settle, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    disk = folder.parent
    window = make_window()
    window.session.open_workspace(disk / "mine.fewshot", folder)
    settle(window)
    window.session.bins.add(ids(window)[:1])
    saved(window, qtbot)
    window.close()
    (tmp_path / "a" / "b" / "c").mkdir(parents=True)
    moved = disk.rename(tmp_path / "a" / "b" / "c" / "mount")
    other = make_window()
    other.session.open_workspace(moved / "mine.fewshot")
    qtbot.waitUntil(lambda: other.session.library.root == moved / "pictures", timeout=20_000)
    settle(other)
    assert not other.session.library.missing
    assert other.session.bins.owner(ids(other)[0]) is not None
