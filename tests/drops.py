"""What is dragged or pasted, and where it is let go."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from fewshot_gui.main_window.window import MainWindow
from fewshot_gui.widgets import drag_data
from tests.samples import drawing, encoded

PNG = encoded(drawing(3, 64), "PNG")
HTML = '<meta charset="utf-8"><img src="https://example.org/cat.png" alt="cat">'

REMOTE = (
    "smb://nas/photos/cat.jpg",
    "sftp://user@host/home/cat.jpg",
    "mtp://Google_Pixel/Internal/DCIM/cat.jpg",
    "mtp:/Pixel/Internal storage/DCIM/cat.jpg",
    "trash:///cat.jpg",
    "recent:///0123456789abcdef",
    "ftp://host/cat.jpg",
    "afp://host/cat.jpg",
    "dav://host/cat.jpg",
    "davs://host/cat.jpg",
    "admin:///root/cat.jpg",
    "google-drive://me@gmail.com/0AB/1cd",
    "computer:///",
    "gphoto2://Canon_EOS/DCIM/cat.jpg",
)
"""What file managers give for files that are none of this machine's."""


def examples(window: MainWindow) -> list[tuple[str, ...]]:
    return [b.examples for b in window.session.bins.bins()]


def addresses(*urls: str | Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(u)) if isinstance(u, Path) else QUrl(u) for u in urls])
    return mime


def drop(target: QWidget, mime: QMimeData) -> None:
    """What Qt sends when something is let go over ``target``, which takes it."""
    assert drag_data.accepts(mime)
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
