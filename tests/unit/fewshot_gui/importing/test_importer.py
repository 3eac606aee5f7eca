"""Images dropped on bins: from a browser, in any number, moved between bins, and what is no image."""

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from backend import storage
from backend.jobs.demo_set import Demo
from fewshot_gui.importing import importer
from fewshot_gui.main_window.window import MainWindow
from fewshot_gui.widgets.drag_data import Dropped
from tests.drops import PNG, REMOTE, addresses, drop, examples, octets, on_first
from tests.samples import png_claiming
from tests.windows import Make, Settle, banner, ids


def test_image_data_from_a_browser_outlives_the_window(
    window: MainWindow, make_window: Make, settle: Settle, folder: Path
) -> None:
    drop(window.bins._new, octets(PNG))
    settle(window)
    [[image]] = examples(window)
    assert Path(image).parent == storage.received_images()
    assert Path(image).read_bytes() == PNG
    window.session.bins.add(ids(window)[:1])
    settle(window)
    assert len(window.session.library.predictions) >= 12
    window.close()
    again = make_window()
    again.session.open_folder(folder)
    settle(again)
    assert examples(again)[0] == (image,)
    assert again.session.library.missing == frozenset()


def test_an_address_alone_opens_no_connection_and_says_what_to_do(window: MainWindow) -> None:
    drop(window.bins._new, addresses("https://example.org/cat.png"))
    assert "opens no connection" in banner(window)
    assert "paste" in banner(window)
    assert examples(window) == []


@pytest.mark.parametrize("address", REMOTE)
def test_files_that_only_the_file_manager_reaches_are_explained(window: MainWindow, address: str) -> None:
    for target in (window.bins._new, window.gallery.view):
        window.banner.hide()
        drop(target, addresses(address))
        assert "only the file manager reaches" in banner(window) and "Copy them to a folder" in banner(window)
    assert examples(window) == []


def test_what_is_no_address_of_a_file_holds_no_image(window: MainWindow) -> None:
    drop(window.bins._new, addresses("mailto:somebody@example.org"))
    assert "no image in what was dropped" in banner(window)


def test_one_that_is_in_another_bin_moves_and_undo_brings_it_back(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    first, second = ids(window)[:2]
    window.session.bins.add([first])
    window.session.bins.add([second])
    copy = tmp_path / "copy of it.png"
    shutil.copyfile(second, copy)
    on_first(window, addresses(copy))
    qtbot.waitUntil(lambda: examples(window) == [(first, second), ()])
    assert "Moved here from “Bin 2”: 1" in banner(window)
    assert "“copy of it.png” has the same content as “01.png”" in banner(window)
    assert window.banner.buttons[0].text() == "Undo"
    window.banner.buttons[0].click()
    assert examples(window) == [(first,), (second,)]
    assert banner(window) == ""


def test_the_undo_that_is_offered_is_of_that_drop_alone(window: MainWindow, qtbot: QtBot) -> None:
    first, second, third = ids(window)[:3]
    window.session.bins.add([first])
    window.session.bins.add([second])
    on_first(window, addresses(Path(second)))
    qtbot.waitUntil(lambda: "Moved" in banner(window))
    window.session.bins.assign([third], "Bin 1")
    assert banner(window) == ""


def test_same_name_and_same_content(window: MainWindow, qtbot: QtBot, drawn: Demo, tmp_path: Path) -> None:
    sources = sorted(drawn.examples.glob("*/*.png"))[:2]
    for sub, source in zip("abc", (*sources, sources[0]), strict=True):
        (tmp_path / sub).mkdir()
        shutil.copyfile(source, tmp_path / sub / "x.png")
    drop(window.bins._new, addresses(tmp_path / "a", tmp_path / "b", tmp_path / "c"))
    qtbot.waitUntil(lambda: bool(examples(window)))
    assert examples(window) == [(str(tmp_path / "a/x.png"), str(tmp_path / "b/x.png"))]
    assert "same content" in banner(window)


def test_a_text_file_is_named_and_the_rest_is_taken(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.session.bins.add(ids(window)[:1])
    window.session.bins.add(ids(window)[1:2])
    (tmp_path / "notes.txt").write_text("no image")
    on_first(window, addresses(tmp_path / "notes.txt", Path(ids(window)[5])))
    qtbot.waitUntil(lambda: len(examples(window)[0]) == 2)
    assert "“notes.txt” is neither an image" in banner(window)


@pytest.mark.parametrize(
    ("data", "reason"),
    [(png_claiming(20_000, 15_000), "300.0 megapixels; the limit is 200"), (b"Dear reader,\n", "This is a text file")],
)
def test_an_example_that_cannot_be_read_is_named_with_the_reason(
    window: MainWindow, settle: Settle, qtbot: QtBot, tmp_path: Path, data: bytes, reason: str
) -> None:
    (tmp_path / "big.png").write_bytes(data)
    window.session.bins.add(ids(window)[:1])
    on_first(window, addresses(tmp_path / "big.png"))
    qtbot.waitUntil(lambda: "“big.png” cannot be read" in banner(window), timeout=20_000)
    assert reason in banner(window)
    settle(window)
    window.banner.buttons[0].click()
    assert examples(window) == [(ids(window)[0],)]


def test_very_many_are_asked_about_once(
    window: MainWindow, settle: Settle, qtbot: QtBot, drawn: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importer, "MANY", 19)
    drop(window.bins._new, addresses(drawn.examples))
    qtbot.waitUntil(lambda: "all 20 images" in banner(window))
    assert examples(window) == []
    assert window.banner.buttons[1].text() == "Open the folder instead"
    window.banner.buttons[0].click()
    [members] = examples(window)
    assert len(members) == 20
    settle(window)


def test_thousands_of_files_are_asked_about_first(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for number in range(1_000):
        (many / f"{number}.png").write_bytes(b"%d" % number)
    drop(window.bins._new, addresses(many))
    qtbot.waitUntil(lambda: "1,000" in banner(window) and window.banner.buttons[0].text() == "Add all", timeout=60_000)
    assert examples(window) == []


def test_looking_can_be_cancelled(window: MainWindow, qtbot: QtBot, drawn: Demo) -> None:
    window.import_commands.receiving.into_bin("", Dropped(paths=(drawn.folder,)))
    window.import_commands.receiving._on_slow()
    assert "Looking at what was dropped" in banner(window)
    window.import_commands.receiving._on_slow()
    assert window.banner.buttons[0].text() == "Cancel"
    window.banner.buttons[0].click()
    qtbot.waitUntil(lambda: not window.session.worker.busy())
    assert examples(window) == []
    assert banner(window) == ""


def test_the_count_stays_closed_and_ends_with_the_drop(window: MainWindow, qtbot: QtBot, drawn: Demo) -> None:
    window.import_commands.receiving.into_bin("", Dropped(paths=(drawn.examples,)))
    window.import_commands.receiving._on_slow()
    assert "Looking at what was dropped" in banner(window)
    window.banner.hide()
    window.import_commands.receiving._on_slow()
    assert banner(window) == ""
    qtbot.waitUntil(lambda: bool(examples(window)))
    assert "Looking" not in banner(window)


def test_two_drops_at_once_both_count(window: MainWindow, qtbot: QtBot, drawn: Demo) -> None:
    one, two = sorted(drawn.examples.glob("*/*.png"))[:2]
    drop(window.bins._new, addresses(one))
    drop(window.bins._new, addresses(two))
    qtbot.waitUntil(lambda: examples(window) == [(str(one),), (str(two),)])
