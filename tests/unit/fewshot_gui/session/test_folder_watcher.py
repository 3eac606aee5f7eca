"""A folder that is watched, on a real disk; rest and pauses are short here."""

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from backend.images import file_of
from backend.images.changes import Changes
from backend.jobs.demo_set import Demo
from fewshot_gui.main_window.window import MainWindow
from fewshot_gui.session.folder import folder_watcher
from tests.windows import Make, Settle, banner, ids

PATIENCE_MS = 20_000


@pytest.fixture
def window(make_window: Make, settle: Settle, folder: Path, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """A window that watches the folder, with two bins, everything labelled."""
    for name in ("RESTING_S", "GATHER_S"):
        monkeypatch.setattr(folder_watcher, name, 0.05)
    made = make_window()
    made.session.watcher.changes = Changes(rest_s=0.1)
    made.session.open_folder(folder)
    settle(made)
    for image in ids(made)[:2]:
        made.session.bins.add([image])
    made.shortcuts.actions["watch"].trigger()
    settle(made)
    return made


@pytest.fixture
def new(drawn: Demo) -> Path:
    """A drawing that is not in the folder."""
    return sorted(drawn.folder.glob("*.png"))[60]


def strip(window: MainWindow) -> str:
    window.status_bar.refresh()
    return window.status_bar._watched.text() if window.status_bar._watched.isVisible() else ""


def test_a_new_file_shows_last_and_is_labelled(window: MainWindow, settle: Settle, qtbot: QtBot, new: Path) -> None:
    assert strip(window) == "Watched"
    before, root = window.gallery.model.ids(), window.session.library.root
    assert root is not None
    target = root / "04b.png"
    shutil.copyfile(new, target)
    qtbot.waitUntil(lambda: str(target) in window.session.library.predictions, timeout=PATIENCE_MS)
    settle(window)
    assert window.gallery.model.ids() == [*before, str(target)]  # nothing else has moved
    assert window.gallery.model.stale
    assert ids(window).index(str(target)) == 5
    window.gallery.model.arrange()
    assert window.gallery.model.ids() == ids(window)


def test_new_folders_are_watched_too(window: MainWindow, qtbot: QtBot, folder: Path, new: Path) -> None:
    (folder / "sub").mkdir()
    inside = folder / "sub" / "deeper"
    qtbot.waitUntil(lambda: str(folder / "sub") in window.session.watcher._watcher.directories(), timeout=PATIENCE_MS)
    inside.mkdir()
    qtbot.waitUntil(lambda: str(inside) in window.session.watcher._watcher.directories(), timeout=PATIENCE_MS)
    shutil.copyfile(new, inside / "x.png")
    qtbot.waitUntil(lambda: str(inside / "x.png") in ids(window), timeout=PATIENCE_MS)


def test_what_vanishes_goes_quietly_and_answers_wait(
    window: MainWindow, settle: Settle, qtbot: QtBot, folder: Path
) -> None:
    example, other = ids(window)[1], ids(window)[8]
    Path(other).unlink()
    qtbot.waitUntil(lambda: other not in ids(window), timeout=PATIENCE_MS)
    settle(window)
    assert banner(window) == ""
    assert len(window.gallery.model.ids()) == 11
    Path(example).unlink()
    qtbot.waitUntil(lambda: example in window.session.library.missing, timeout=PATIENCE_MS)
    assert window.session.bins.bins()[1].examples == (example,)


def test_a_renamed_example_is_known_again(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    example, renamed = ids(window)[1], folder / "zz.png"
    Path(example).rename(renamed)
    qtbot.waitUntil(lambda: window.session.bins.bins()[1].examples == (str(renamed),), timeout=PATIENCE_MS)
    assert window.session.library.missing == frozenset()
    assert example not in ids(window)


def test_a_drive_that_tells_nothing_is_looked_at_and_that_is_said(
    window: MainWindow, qtbot: QtBot, folder: Path, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_watcher, "is_remote", lambda _: True)
    monkeypatch.setattr(folder_watcher, "POLL_S", 0.1)
    window.session.reload()
    qtbot.waitUntil(lambda: strip(window).startswith("Checked every"), timeout=PATIENCE_MS)
    assert window.session.watcher._watcher.directories() == []
    shutil.copyfile(new, folder / "new.png")
    qtbot.waitUntil(lambda: str(folder / "new.png") in ids(window), timeout=PATIENCE_MS)


def test_too_many_folders_are_looked_at(
    window: MainWindow, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_watcher, "MOST_FOLDERS", 1)
    (folder / "sub").mkdir()
    qtbot.waitUntil(lambda: strip(window) == "Checked every 5 s", timeout=PATIENCE_MS)


def test_the_programs_own_moves_are_ignored(window: MainWindow, qtbot: QtBot, folder: Path, new: Path) -> None:
    taken, placed, foreign = Path(ids(window)[9]), folder / "sorted.png", folder / "foreign.png"
    before = ids(window)
    window.session.watcher.hold()
    taken.rename(placed)
    window.session.watcher.go_on({str(taken): None, str(placed): file_of(placed)})
    shutil.copyfile(new, foreign)
    qtbot.waitUntil(lambda: str(foreign) in ids(window), timeout=PATIENCE_MS)
    assert set(ids(window)) == {*before, str(foreign)}


def test_it_is_off_unless_asked_for_and_the_workspace_remembers(
    window: MainWindow, make_window: Make, settle: Settle, folder: Path
) -> None:
    action = window.shortcuts.actions["watch"]
    assert action.isChecked()
    window.close()
    again = make_window()
    assert strip(again) == ""
    again.session.open_folder(folder)
    settle(again)
    assert strip(again) == "Watched"
    again.shortcuts.actions["watch"].trigger()
    assert strip(again) == ""
    assert again.session.watcher._watcher.directories() == []


def test_without_a_folder_there_is_nothing_to_watch(make_window: Make) -> None:
    window = make_window()
    action = window.shortcuts.actions["watch"]
    action.trigger()
    assert not action.isChecked()
    assert "Open a folder first" in banner(window)


def test_a_folder_that_was_lost_comes_back_by_itself(
    window: MainWindow, settle: Settle, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_watcher, "POLL_S", 0.1)
    monkeypatch.setattr(folder_watcher, "SWEEP_S", 0.1)
    away = folder.parent / "away"
    folder.rename(away)
    qtbot.waitUntil(lambda: "gone" in banner(window), timeout=PATIENCE_MS)
    assert len(ids(window)) == 12
    away.rename(folder)
    with qtbot.waitSignal(window.session.loader.listed, timeout=PATIENCE_MS):
        pass
    settle(window)
    assert len(ids(window)) == 12
