"""Saves pictures that arrive as data, from a browser or the clipboard, in files named by their content.

The same picture gives the same file, so that dropping it twice is one example, and the example outlives the program.
"""

import hashlib
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from backend.errors import RequestError
from backend.images.decoding import MAX_MEGAPIXELS, MEGA
from backend.images.diagnosis import what_it_is
from backend.images.formats import is_heif
from backend.images.listing import file_of
from backend.storage import write_atomically
from backend.types import ImageFile, Job, Progress

BLOCK_BYTES = 2**20
"""Compressed between two steps: about 20 ms."""
_GREY, _RGB, _RGBA = 1, 3, 4
_PNG_KIND = {_GREY: 0, _RGB: 2, _RGBA: 6}
"""Channels → PNG's colour type."""
_SIGNS = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF8", "gif"),
    (b"II*\0", "tif"),
    (b"MM\0*", "tif"),
    (b"BM", "bmp"),
)


@dataclass(frozen=True, slots=True)
class Encoded:
    """The bytes of an image file."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Raw:
    """uint8 pixels [height, width, channels] in rows, without padding; 1, 3 or 4 channels (grey, RGB, RGBA)."""

    width: int
    height: int
    channels: int
    pixels: bytes


Picture = Encoded | Raw


def ending_of(data: bytes) -> str | None:
    """The ending of the image file that ``data`` is by its first bytes; None where it is none that is read here."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp" and data[8:12] in (b"avif", b"avis"):
        return "avif"
    return "heic" if is_heif(data) else next((ending for sign, ending in _SIGNS if data.startswith(sign)), None)


def keep_pictures(pictures: Sequence[Picture], folder: Path) -> Job[tuple[ImageFile, ...]]:
    """Writes each picture below ``folder``, pixels as PNG and encoded ones as they are; one that is there already is
    not written again.

    Raises:
        RequestError: what came is no image, is larger than what is decoded, or cannot be written.
    """
    kept: list[ImageFile] = []
    for picture in pictures:
        kept.append((yield from _keep(picture, folder)))
        yield Progress("keep", len(kept), len(pictures))
    return tuple(dict.fromkeys(kept))


def _keep(picture: Picture, folder: Path) -> Job[ImageFile]:
    _check(picture)
    path = folder / _name(picture)
    if not path.is_file():
        data = picture.data if isinstance(picture, Encoded) else (yield from encode_png(picture))
        _write(path, data)
    return file_of(path)


def _check(picture: Picture) -> None:
    if isinstance(picture, Encoded):
        if ending_of(picture.data) is None:
            raise RequestError("Not an image", what_it_is(picture.data), "Copy the image itself, then paste it here.")
    elif picture.width * picture.height > MAX_MEGAPIXELS * MEGA:
        raise RequestError(
            "The image is too large",
            "It has {0} megapixels; the limit is {1}.",
            "Scale it down, then try again.",
            f"{picture.width * picture.height / MEGA:.0f}",
            f"{MAX_MEGAPIXELS:g}",
        )


def _name(picture: Picture) -> str:
    if isinstance(picture, Encoded):
        return f"image-{hashlib.blake2b(picture.data, digest_size=8).hexdigest()}.{ending_of(picture.data)}"
    digest = hashlib.blake2b(struct.pack(">III", picture.width, picture.height, picture.channels), digest_size=8)
    digest.update(picture.pixels)
    return f"image-{digest.hexdigest()}.png"


def _write(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, data)
    except OSError as error:
        reason = error.strerror or str(error)
        raise RequestError(
            "The image cannot be kept", f"{path}: {reason}.", "Free the disk, then try again."
        ) from error


def encode_png(raw: Raw) -> Job[bytes]:
    """Pixels as a PNG file, some rows at a time. Pillow would do it in one go, and labels would wait for it."""
    line = raw.width * raw.channels
    rows = max(1, BLOCK_BYTES // line)
    squeeze, packed = zlib.compressobj(1), bytearray()
    for top in range(0, raw.height, rows):
        lines = range(top, min(top + rows, raw.height))
        packed += squeeze.compress(b"".join(b"\0" + raw.pixels[y * line : (y + 1) * line] for y in lines))
        yield Progress("encode", lines.stop, raw.height)
    packed += squeeze.flush()
    head = struct.pack(">IIBBBBB", raw.width, raw.height, 8, _PNG_KIND[raw.channels], 0, 0, 0)
    return _SIGNS[0][0] + _chunk(b"IHDR", head) + _chunk(b"IDAT", bytes(packed)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
