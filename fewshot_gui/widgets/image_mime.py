"""What a browser or a clipboard offers: image data first, mere addresses last. Nothing here opens a connection."""

import base64
import binascii
import re
from urllib.parse import unquote_to_bytes

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from backend.images.received import Encoded, Picture, Raw, ending_of

OCTETS = "application/octet-stream"
"""How a browser hands over the file behind an image; its name may follow in the format."""
BEST_FIRST = ("image/png", "image/jpeg", "image/webp", "image/avif", "image/gif", "image/tiff", "image/bmp")
WEB = ("http", "https")
NO_FILES = frozenset((*WEB, "", "about", "blob", "chrome", "data", "javascript", "mailto", "tel", "view-source"))
_Format = QImage.Format
_OPAQUE = {
    _Format.Format_ARGB32: _Format.Format_RGB32,
    _Format.Format_ARGB32_Premultiplied: _Format.Format_RGB32,
    _Format.Format_RGBA8888: _Format.Format_RGBX8888,
    _Format.Format_RGBA8888_Premultiplied: _Format.Format_RGBX8888,
    _Format.Format_RGBA64: _Format.Format_RGBX64,
    _Format.Format_RGBA64_Premultiplied: _Format.Format_RGBX64,
}
"""With alpha → the same bytes without."""
DATA_ADDRESS = re.compile(r"data:image/[\w.+-]+((?:;[\w=.-]+)*),([^\"'\s>]+)", re.IGNORECASE)


def has_picture(mime: QMimeData) -> bool:
    """Whether ``picture`` is likely to find something. Looks at the formats alone, so it is quick."""
    return mime.hasImage() or any(f.startswith(("image/", OCTETS)) for f in mime.formats())


def picture(mime: QMimeData) -> Picture | None:
    """The image that is there as data: encoded if possible, as it is then left as it was, else its pixels."""
    encoded = _encoded(mime)
    if encoded is not None:
        return encoded
    image = mime.imageData() if mime.hasImage() else None
    if isinstance(image, QImage) and not image.isNull():
        return _raw(image)
    return _from_address(mime)


def web_addresses(mime: QMimeData) -> tuple[str, ...]:
    """Addresses of the web."""
    return tuple(url.toString() for url in mime.urls() if url.scheme() in WEB)


def remote_addresses(mime: QMimeData) -> tuple[str, ...]:
    """Addresses of files that only the file manager reaches: on servers, phones and cameras, in the bin, among recent
    files. Each desktop has its own names for these, so what is none of the others counts as one."""
    return tuple(url.toString() for url in mime.urls() if url.scheme() not in NO_FILES and not url.isLocalFile())


def _encoded(mime: QMimeData) -> Encoded | None:
    formats = [f for f in mime.formats() if f.startswith(("image/", OCTETS))]
    formats.sort(key=lambda f: BEST_FIRST.index(f) if f in BEST_FIRST else len(BEST_FIRST))
    for each in formats:
        data = bytes(mime.data(each).data())
        if ending_of(data) is not None:
            return Encoded(data)
    return None


def _raw(image: QImage) -> Raw:
    image = _without_empty_alpha(image)
    channels = 4 if image.hasAlphaChannel() else 3
    wanted = QImage.Format.Format_RGBA8888 if channels == 4 else QImage.Format.Format_RGB888
    plain = image.convertToFormat(wanted)
    return Raw(plain.width(), plain.height(), channels, _bytes(plain).tobytes())


def _without_empty_alpha(image: QImage) -> QImage:
    """Many programs put pixels with four channels on the clipboard and leave the fourth unused: where the alpha is 0
    everywhere there is none. The same bytes are read anew, as a conversion would take the colours for black."""
    if not image.hasAlphaChannel() or _bytes(image.convertToFormat(_Format.Format_Alpha8)).any():
        return image
    if image.format() not in _OPAQUE:
        image = image.convertToFormat(_Format.Format_RGBA64 if image.depth() > 32 else _Format.Format_ARGB32)
    plain = QImage(image)
    return plain if plain.reinterpretAsFormat(_OPAQUE[image.format()]) else image


def _bytes(image: QImage) -> NDArray[np.uint8]:
    """The pixels' bytes [height, width · bytes of one], without what fills up the rows."""
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * image.depth() // 8].copy()  # the image's own memory goes with it


def _from_address(mime: QMimeData) -> Encoded | None:
    """An image that is written out within an address, as many pages have small ones."""
    texts = [url.toString() for url in mime.urls() if url.scheme() == "data"]
    for text in (*texts, mime.html() if mime.hasHtml() else ""):
        found = DATA_ADDRESS.search(text)
        if found is not None:
            data = _decoded(found[2], found[1].lower().endswith(";base64"))
            if ending_of(data) is not None:
                return Encoded(data)
    return None


def _decoded(text: str, is_base64: bool) -> bytes:
    plain = unquote_to_bytes(text)
    try:
        return base64.b64decode(plain) if is_base64 else plain
    except binascii.Error:
        return b""
