"""Images from the clipboard."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fewshot_gui.main_window.window import MainWindow
from fewshot_gui.widgets.image_mime import _OPAQUE
from tests.drops import REMOTE, addresses, examples, paste, pixels
from tests.windows import banner, ids

pytestmark = pytest.mark.usefixtures("empty_clipboard")


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


@pytest.mark.parametrize("form", list(_OPAQUE), ids=[f.name for f in _OPAQUE])
def test_a_picture_whose_alpha_is_zero_everywhere_has_none(
    window: MainWindow, qtbot: QtBot, form: QImage.Format
) -> None:
    picture = QImage(21, 20, _OPAQUE[form])
    picture.fill(QColor(0xAA, 0x55, 0))
    four = np.frombuffer(picture.constBits(), np.uint16 if picture.depth() == 64 else np.uint8).reshape(-1, 4).copy()
    four[:, 3] = 0
    data = four.tobytes()  # the same bytes, but for the fourth channel
    unused = QImage(data, 21, 20, picture.bytesPerLine(), form).copy()
    mime = QMimeData()
    mime.setImageData(unused)
    paste(window, mime)
    qtbot.waitUntil(lambda: len(examples(window)) == 1)
    [[image]] = examples(window)
    with Image.open(image) as kept:
        assert (kept.mode, kept.getpixel((5, 5))) == ("RGB", (0xAA, 0x55, 0))


def test_a_picture_with_holes_keeps_its_alpha(window: MainWindow, qtbot: QtBot) -> None:
    mime = pixels()
    holed = mime.imageData()
    holed.setPixel(3, 3, 0)
    mime.setImageData(holed)
    paste(window, mime)
    qtbot.waitUntil(lambda: len(examples(window)) == 1)
    with Image.open(examples(window)[0][0]) as kept:
        assert (kept.mode, kept.getpixel((3, 3)), kept.getpixel((5, 5))) == ("RGBA", (0,) * 4, (0xAA, 0x55, 0, 0xFF))


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
    palette = window.bin_commands.palette
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
    assert "no image in what was dropped or pasted" in banner(window)


@pytest.mark.parametrize("address", REMOTE)
def test_files_that_only_the_file_manager_reaches_are_explained(window: MainWindow, address: str) -> None:
    paste(window, addresses(address))
    assert "only the file manager reaches" in banner(window) and "Copy them to a folder" in banner(window)
    assert examples(window) == []


def test_in_a_field_paste_is_for_the_text(window: MainWindow) -> None:
    window.gallery.toolbar.start_finding()
    text = QMimeData()
    text.setText("07")
    paste(window, text, window.gallery.toolbar._find)
    assert window.gallery.toolbar._find.text() == "07"
    assert banner(window) == ""
