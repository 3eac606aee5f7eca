"""What a drag holds: ids, files, image data, or mere addresses."""

import base64
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent, QImage

from backend.images.received import Encoded, Raw
from fewshot_gui.main_window.window import MainWindow
from fewshot_gui.widgets import drag_data
from fewshot_gui.widgets.drag_data import Dropped
from tests.drops import HTML, PNG, addresses, octets


@pytest.mark.parametrize("kind", ['application/octet-stream;name="cat.png"', "image/png"])
def test_image_data_counts_before_addresses(kind: str) -> None:
    assert drag_data.unpack(octets(PNG, kind)) == Dropped(pictures=(Encoded(PNG),))


def test_files_count_before_image_data(tmp_path: Path) -> None:
    mime = addresses(tmp_path / "a.png")
    mime.setData("image/png", PNG)
    assert drag_data.unpack(mime) == Dropped(paths=(tmp_path / "a.png",))


def test_pixels_without_padding() -> None:
    image = QImage(3, 2, QImage.Format.Format_RGB32)  # rows of nine bytes, padded to twelve by Qt
    image.fill(0xFF102030)
    mime = QMimeData()
    mime.setImageData(image)
    [found] = drag_data.unpack(mime).pictures
    assert found == Raw(3, 2, 3, bytes((0x10, 0x20, 0x30)) * 6)


def test_an_image_within_an_address() -> None:
    mime = QMimeData()
    mime.setHtml(f'<img src="data:image/png;base64,{base64.b64encode(PNG).decode()}">')
    assert drag_data.unpack(mime) == Dropped(pictures=(Encoded(PNG),))
    mime.setHtml('<img src="data:image/png;base64,AAA">')
    assert drag_data.unpack(mime).is_empty()


def test_mere_addresses_are_told_apart() -> None:
    mime = addresses("https://example.org/cat.png")
    mime.setHtml(HTML)
    found = drag_data.unpack(mime)
    assert found.is_empty()
    assert found.addresses == ("https://example.org/cat.png",)


def test_what_claims_to_be_an_image_and_is_none_is_no_picture() -> None:
    assert drag_data.unpack(octets(b"<html>not found</html>")).pictures == ()


def test_a_drop_is_never_a_move(window: MainWindow, folder: Path) -> None:
    """After a move some file managers delete the file."""
    actions = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    for target in (window.bins._new, window.gallery.view, window.welcome_page):
        mime = addresses(folder / "00.png")
        button, shift = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier
        event = QDropEvent(QPointF(5, 5), actions, mime, button, shift)
        assert event.proposedAction() == Qt.DropAction.MoveAction
        target.dropEvent(event)
        assert event.isAccepted()
        assert event.dropAction() == Qt.DropAction.CopyAction
