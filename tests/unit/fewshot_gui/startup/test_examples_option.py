"""``--examples``: bins to begin with. Examples that lie in the folder, too, are the folder's own images."""

import shutil
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from backend.workspace import file
from fewshot_gui.main_window.window import MainWindow
from fewshot_gui.startup import launch
from fewshot_gui.startup.application import _open
from fewshot_gui.startup.command_line import Arguments, parse
from tests.windows import Make, Settle, banner, ids
from tests.workspaces import saved


@pytest.fixture
def classes(folder: Path, tmp_path: Path) -> Path:
    """Bins a and b: a copy of 03.png under another name and a stranger; a copy of 05.png."""
    root = tmp_path / "classes"
    for name, source in {"a/first.png": "03.png", "b/only.png": "05.png"}.items():
        (root / name).parent.mkdir(parents=True)
        shutil.copyfile(folder / source, root / name)
    Image.new("RGB", (40, 40), "red").save(root / "a" / "stranger.png")
    return root


def begun(make_window: Make, settle: Settle, *argv: Path | str) -> MainWindow:
    """A window as the command line opens it."""
    window = make_window()
    _open(window.session, parse([str(a) for a in argv]))
    settle(window)
    return window


def bins(window: MainWindow) -> dict[str, list[str]]:
    return {b.name: [Path(i).as_posix() for i in b.examples] for b in window.session.bins.bins()}


def test_the_same_files_inside_the_folder_count_as_examples(
    make_window: Make, settle: Settle, folder: Path, classes: Path
) -> None:
    window = begun(make_window, settle, folder, "--examples", classes)
    stranger = (classes / "a" / "stranger.png").as_posix()
    assert bins(window) == {"a": [(folder / "03.png").as_posix(), stranger], "b": [(folder / "05.png").as_posix()]}
    assert window.session.bins.given()[str(folder / "03.png")] == "a"
    assert len(ids(window)) == 12 and set(window.session.library.guests) == {str(classes / "a" / "stranger.png")}
    assert banner(window) == ""


def test_examples_that_lie_in_the_folder_themselves_are_no_rows(
    make_window: Make, settle: Settle, folder: Path, classes: Path
) -> None:
    inside = folder / "classes"
    shutil.move(classes, inside)
    window = begun(make_window, settle, folder, "--examples", inside)
    assert len(ids(window)) == 12
    assert bins(window)["b"] == [(folder / "05.png").as_posix()]


def test_one_content_in_two_classes_stays_in_the_first_and_is_told(
    make_window: Make, settle: Settle, folder: Path, classes: Path
) -> None:
    shutil.copyfile(folder / "03.png", classes / "b" / "too.png")
    shutil.copyfile(folder / "03.png", classes / "a" / "again.png")
    (classes / "__MACOSX").mkdir()
    shutil.copyfile(folder / "07.png", classes / "__MACOSX" / "thumb.png")
    window = begun(make_window, settle, folder, "--examples", classes)
    given = bins(window)
    assert [len(given[name]) for name in given] == [2, 1] and list(given) == ["a", "b"]
    assert "“too.png” is an example of “a” already" in banner(window)


def test_a_workspace_that_is_not_there_begins_with_the_examples(
    make_window: Make, settle: Settle, folder: Path, classes: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "new.fewshot"
    window = begun(make_window, settle, folder, "--workspace", path, "--examples", classes)
    assert window.session.workspace.autosave.path == path
    saved(window, qtbot)
    assert {b.name: len(b.examples) for b in file.read(path).history.now()} == {"a": 2, "b": 1}
    window.close()
    again = begun(make_window, settle, "--workspace", path)
    assert again.session.library.root == folder and {n: len(e) for n, e in bins(again).items()} == {"a": 2, "b": 1}


def test_a_workspace_that_is_there_keeps_its_bins_and_says_so(
    make_window: Make, settle: Settle, folder: Path, classes: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "mine.fewshot"
    window = begun(make_window, settle, folder, "--workspace", path)
    window.session.bins.add(ids(window)[:1])
    before = bins(window)
    saved(window, qtbot)
    window.close()
    again = begun(make_window, settle, "--workspace", path, "--examples", classes)
    assert bins(again) == before
    assert "there already" in banner(again) and "“classes” were not read" in banner(again)
    again.banner.buttons[0].click()
    settle(again)
    assert list(bins(again)) == ["a", "b"]
    again.session.bins.undo.undo()
    assert bins(again) == before


def test_one_line_says_so_where_the_program_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.fewshot"
    path.touch()
    asked: list[Arguments] = []

    def note(arguments: Arguments) -> int:
        asked.append(arguments)
        return 0

    monkeypatch.setattr(launch, "_run_window", note)
    arguments = ["--workspace", str(path), "--examples", str(tmp_path), "--screenshot", str(tmp_path / "a.png")]
    assert launch.run(arguments) == 0 and asked[0].examples == tmp_path
    out, err = capfd.readouterr()
    assert (
        out == "" and err == f"fewshot-gui: {path} is there already: its own bins are shown, --examples is not read.\n"
    )


def test_a_folder_without_subfolders_says_how_bins_come_about(
    make_window: Make, settle: Settle, folder: Path, tmp_path: Path
) -> None:
    window = make_window()
    empty = tmp_path / "empty"
    empty.mkdir()
    window.session.open_folder(folder, empty)
    settle(window)
    words = "Make one subfolder for each bin, or drag examples into bins here."
    assert banner(window) == f"No examples found. {empty} has no subfolder with images. {words}"
    assert not window.session.bins.bins()
