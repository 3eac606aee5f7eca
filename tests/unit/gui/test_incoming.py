"""Images from elsewhere: dropped, pasted, from a browser, in any number, and what is no image."""

import base64
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backend import storage
from backend.images.received import Encoded, Raw
from backend.jobs import Demo
from fewshot_gui import dragging
from fewshot_gui.dragging import Dropped
from fewshot_gui.incoming import beside, receiving
from fewshot_gui.window import MainWindow
from tests.samples import drawing, encoded, png_claiming

Make = Callable[[], MainWindow]
Settle = Callable[[MainWindow], None]
PNG = encoded(drawing(3, 64), "PNG")
HTML = '<meta charset="utf-8"><img src="https://example.org/cat.png" alt="cat">'


@pytest.fixture
def window(make_window: Make, settle: Settle, folder: Path) -> MainWindow:
    """A window with the folder open, at rest, without bins."""
    made = make_window()
    made.session.open_folder(folder)
    settle(made)
    return made


@pytest.fixture(autouse=True)
def empty_clipboard() -> None:
    if QGuiApplication.instance() is not None:
        QGuiApplication.clipboard().clear()


def ids(window: MainWindow) -> list[str]:
    return list(window.session.library.files)


def banner(window: MainWindow) -> str:
    return window.banner.accessibleName() if window.banner.isVisible() else ""


def examples(window: MainWindow) -> list[tuple[str, ...]]:
    return [b.examples for b in window.session.bins.bins()]


def addresses(*urls: str | Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(u)) if isinstance(u, Path) else QUrl(u) for u in urls])
    return mime


def drop(target: QWidget, mime: QMimeData) -> None:
    """What Qt sends when something is let go over ``target``, which takes it."""
    assert dragging.accepts(mime)
    keys, button = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    target.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, button, keys))


def on_first(window: MainWindow, mime: QMimeData) -> None:
    card = window.bins.card("Bin 1")
    assert card is not None
    drop(card, mime)


def paste(window: MainWindow, mime: QMimeData, where: QWidget | None = None) -> None:
    QGuiApplication.clipboard().setMimeData(mime)
    QTest.keyClick(where or window.gallery.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def pixels(side: int = 20, colour: int = 0xFFAA5500) -> QMimeData:
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(colour)
    mime = QMimeData()
    mime.setImageData(image)
    return mime


def octets(data: bytes, kind: str = 'application/octet-stream;name="cat.png"') -> QMimeData:
    mime = addresses("https://example.org/cat.png")
    mime.setHtml(HTML)
    mime.setData(kind, data)
    return mime


# What a drag holds --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ['application/octet-stream;name="cat.png"', "image/png"])
def test_image_data_counts_before_addresses(kind: str) -> None:
    assert dragging.unpack(octets(PNG, kind)) == Dropped(pictures=(Encoded(PNG),))


def test_files_count_before_image_data(tmp_path: Path) -> None:
    mime = addresses(tmp_path / "a.png")
    mime.setData("image/png", PNG)
    assert dragging.unpack(mime) == Dropped(paths=(tmp_path / "a.png",))


def test_pixels_without_padding() -> None:
    image = QImage(3, 2, QImage.Format.Format_RGB32)  # rows of nine bytes, padded to twelve by Qt
    image.fill(0xFF102030)
    mime = QMimeData()
    mime.setImageData(image)
    [found] = dragging.unpack(mime).pictures
    assert found == Raw(3, 2, 3, bytes((0x10, 0x20, 0x30)) * 6)


def test_an_image_within_an_address() -> None:
    mime = QMimeData()
    mime.setHtml(f'<img src="data:image/png;base64,{base64.b64encode(PNG).decode()}">')
    assert dragging.unpack(mime) == Dropped(pictures=(Encoded(PNG),))
    mime.setHtml('<img src="data:image/png;base64,AAA">')
    assert dragging.unpack(mime).is_empty()


def test_mere_addresses_are_told_apart() -> None:
    mime = addresses("https://example.org/cat.png")
    mime.setHtml(HTML)
    found = dragging.unpack(mime)
    assert found.is_empty()
    assert found.addresses == ("https://example.org/cat.png",)


def test_what_claims_to_be_an_image_and_is_none_is_no_picture() -> None:
    assert dragging.unpack(octets(b"<html>not found</html>")).pictures == ()


def test_a_drop_is_never_a_move(window: MainWindow, folder: Path) -> None:
    """After a move some file managers delete the file."""
    actions = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    for target in (window.bins._new, window.gallery.view, window.welcome):
        mime = addresses(folder / "00.png")
        button, shift = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier
        event = QDropEvent(QPointF(5, 5), actions, mime, button, shift)
        assert event.proposedAction() == Qt.DropAction.MoveAction
        target.dropEvent(event)
        assert event.isAccepted()
        assert event.dropAction() == Qt.DropAction.CopyAction


# Drops on bins ------------------------------------------------------------------------------------------------------


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
    assert window.banner._act.text() == "Undo"
    window.banner._act.click()
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
    window.banner._act.click()
    assert examples(window) == [(ids(window)[0],)]


def test_very_many_are_asked_about_once(
    window: MainWindow, settle: Settle, qtbot: QtBot, drawn: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "MANY", 19)
    drop(window.bins._new, addresses(drawn.examples))
    qtbot.waitUntil(lambda: "all 20 images" in banner(window))
    assert examples(window) == []
    assert window.banner._other.text() == "Open the folder instead"
    window.banner._act.click()
    [members] = examples(window)
    assert len(members) == 20
    settle(window)


def test_thousands_of_files_are_asked_about_first(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for number in range(1_000):
        (many / f"{number}.png").write_bytes(b"%d" % number)
    drop(window.bins._new, addresses(many))
    qtbot.waitUntil(lambda: "1,000" in banner(window) and window.banner._act.text() == "Add all", timeout=60_000)
    assert examples(window) == []


def test_looking_can_be_cancelled(window: MainWindow, qtbot: QtBot, drawn: Demo) -> None:
    window.incoming.receiving.into_bin("", Dropped(paths=(drawn.folder,)))
    window.incoming.receiving._on_slow()
    assert "Looking at what was dropped" in banner(window)
    window.incoming.receiving._on_slow()
    assert window.banner._act.text() == "Cancel"
    window.banner._act.click()
    qtbot.waitUntil(lambda: not window.session.worker.busy())
    assert examples(window) == []
    assert banner(window) == ""


def test_the_count_stays_closed_and_ends_with_the_drop(window: MainWindow, qtbot: QtBot, drawn: Demo) -> None:
    window.incoming.receiving.into_bin("", Dropped(paths=(drawn.examples,)))
    window.incoming.receiving._on_slow()
    assert "Looking at what was dropped" in banner(window)
    window.banner.hide()
    window.incoming.receiving._on_slow()
    assert banner(window) == ""
    qtbot.waitUntil(lambda: bool(examples(window)))
    assert "Looking" not in banner(window)


def test_two_drops_at_once_both_count(window: MainWindow, qtbot: QtBot, drawn: Demo) -> None:
    one, two = sorted(drawn.examples.glob("*/*.png"))[:2]
    drop(window.bins._new, addresses(one))
    drop(window.bins._new, addresses(two))
    qtbot.waitUntil(lambda: examples(window) == [(str(one),), (str(two),)])


# Pasting ------------------------------------------------------------------------------------------------------------


def test_the_first_paste_makes_a_bin_and_the_next_goes_into_it(window: MainWindow, qtbot: QtBot) -> None:
    paste(window, pixels())
    qtbot.waitUntil(lambda: len(examples(window)) == 1)
    [[image]] = examples(window)
    with Image.open(image) as kept:
        assert kept.convert("RGB").getpixel((5, 5)) == (0xAA, 0x55, 0)
    window.gallery.view.setFocus()
    paste(window, pixels(21))
    qtbot.waitUntil(lambda: len(examples(window)[0]) == 2)
    paste(window, pixels(21))  # the same again changes nothing
    qtbot.waitUntil(lambda: not window.session.worker.busy(), timeout=20_000)
    assert len(examples(window)[0]) == 2
    assert window.session.bins.undo.count() == 2


def test_paste_goes_into_the_bin_with_the_keyboard_or_the_one_used_last(window: MainWindow, qtbot: QtBot) -> None:
    for image in ids(window)[:3]:
        window.session.bins.add([image])
    window.session.bins.assign(ids(window)[4:5], "Bin 2")
    paste(window, pixels(30))
    qtbot.waitUntil(lambda: len(examples(window)[1]) == 3)
    card = window.bins.card("Bin 1")
    assert card is not None
    card.setFocus()
    paste(window, pixels(31), card)
    qtbot.waitUntil(lambda: len(examples(window)[0]) == 2)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_where_no_bin_was_used_last_the_palette_asks(window: MainWindow, qtbot: QtBot) -> None:
    window.session.bins.add(ids(window)[:1])
    window.session.bins.add(ids(window)[1:2])
    window.session.bins.confirm({ids(window)[4]: "Bin 1", ids(window)[5]: "Bin 2"})
    paste(window, pixels(32))
    palette = window.looking.palette
    assert palette.isVisible()
    QTest.keyClick(palette._field, Qt.Key.Key_Down)
    QTest.keyClick(palette._field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [len(e) for e in examples(window)] == [2, 3])


def test_files_are_pasted_as_files_and_text_is_refused(window: MainWindow, qtbot: QtBot) -> None:
    paste(window, addresses(Path(ids(window)[3])))
    qtbot.waitUntil(lambda: examples(window) == [(ids(window)[3],)])
    text = QMimeData()
    text.setText("hello")
    window.gallery.view.setFocus()
    paste(window, text)
    assert "no image on the clipboard" in banner(window)


def test_in_a_field_paste_is_for_the_text(window: MainWindow) -> None:
    window.gallery.toolbar.start_finding()
    text = QMimeData()
    text.setText("07")
    paste(window, text, window.gallery.toolbar._find)
    assert window.gallery.toolbar._find.text() == "07"
    assert banner(window) == ""


# Beside the bins ----------------------------------------------------------------------------------------------------


def test_on_the_first_page_an_image_stands_for_its_folder(make_window: Make, qtbot: QtBot, folder: Path) -> None:
    window = make_window()
    drop(window.welcome, addresses(folder / "03.png"))
    qtbot.waitUntil(lambda: window.session.library.root == folder)
    other = make_window()
    QGuiApplication.clipboard().setMimeData(pixels())
    other.commands.shortcuts.actions["paste"].trigger()
    assert "Open a folder first" in banner(other)
    (folder / "notes.txt").touch()
    drop(other.welcome, addresses(folder / "notes.txt"))
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
    again.commands.shortcuts.actions["only_folder"].trigger()
    settle(again)
    assert len(ids(again)) == 12


def test_very_many_that_lie_elsewhere_are_asked_about(
    window: MainWindow, settle: Settle, qtbot: QtBot, drawn: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside, "MANY", 3)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for source in sorted(drawn.folder.glob("*.png"))[20:24]:
        shutil.copy2(source, elsewhere)
    drop(window.gallery.view, addresses(*elsewhere.iterdir()))
    qtbot.waitUntil(lambda: "Show all 4 images" in banner(window))
    window.banner._other.click()
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
    window.incoming.landing.eventFilter(window.gallery, event)
    qtbot.waitUntil(lambda: "Open “pictures”?" in banner(window))


def test_an_image_of_the_folder_is_pointed_at(window: MainWindow, qtbot: QtBot) -> None:
    drop(window.gallery.view, addresses(Path(ids(window)[7])))
    qtbot.waitUntil(lambda: window.gallery.view.current_id() == ids(window)[7])
    assert len(ids(window)) == 12


def test_what_is_shown_too_can_be_taken_away_again(window: MainWindow, settle: Settle) -> None:
    drop(window.gallery.view, octets(PNG))
    settle(window)
    assert Path(ids(window)[-1]).read_bytes() == PNG
    window.banner._act.click()
    settle(window)
    assert len(ids(window)) == 12
