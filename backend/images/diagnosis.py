"""Says in plain words, from a file's bytes, why it cannot be decoded."""

import codecs
import struct
import zlib
from collections.abc import Iterator

from backend.errors import Sentence

CUT_OFF = "The file is cut off: part of the image is missing."
NO_PIXELS = "The image has no pixels."

_SIGNATURES = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x1aE\xdf\xa3", "a video"),
    (b"ID3", "an audio file"),
    (b"OggS", "an audio file"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"8BPS", "a Photoshop drawing"),
    (b"%!PS", "a PostScript drawing"),
)
_IMAGE_SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_RIFF = {b"AVI ": "a video", b"WAVE": "an audio file"}
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
HEAD = 4096
"""Bytes that tell what a file is."""


def png_fault(data: bytes) -> str:
    """What is wrong with the chunks of a PNG, in words, or nothing. Pillow does not check the sums of pixel data."""
    position = len(_PNG_SIGNATURE)
    while position + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, position)
        end = position + 8 + length
        if end + 4 > len(data):
            break
        if zlib.crc32(memoryview(data)[position + 4 : end]) != struct.unpack_from(">I", data, end)[0]:
            return "The image data is damaged: a checksum does not match."
        if kind == b"IEND":
            return ""
        position = end + 4
    return CUT_OFF


def is_cut_off(data: bytes) -> bool:
    """Whether the file announces more bytes than it has. Known of PNG and of WebP only."""
    if data.startswith(_PNG_SIGNATURE):
        return png_fault(data) == CUT_OFF
    return data.startswith(b"RIFF") and (len(data) < 8 or struct.unpack_from("<I", data, 4)[0] + 8 > len(data))


def what_it_is(data: bytes) -> str:
    """A sentence on a file that no image decoder recognised, by its first bytes."""
    head = data[:HEAD]
    named = [name for signature, name in _SIGNATURES if head.startswith(signature)]
    if head.startswith(b"RIFF"):
        named = [_RIFF[head[8:12]]] if head[8:12] in _RIFF else []
    if named:
        return Sentence("This is {0}, not an image.", named[0])
    if head.startswith((*_IMAGE_SIGNATURES, b"RIFF")) or head[4:12] in (b"ftypavif", b"ftypavis"):
        return _faulty_header(data)
    if not head.strip(b"\0"):
        return "The file holds nothing but zeros."
    if head[4:8] == b"ftyp":
        return "This is a video, or an image format that is not supported."
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _is_text(head):
        return _kind_of_text(head)
    return "No image format was recognised."


def _faulty_header(data: bytes) -> str:
    if any(data.startswith(signature) and not all(size) for signature, size in _sizes(data)):
        return NO_PIXELS
    cut_off = "The image's header is damaged: the file is cut off."
    return cut_off if is_cut_off(data) else "The image's header is damaged."


def _sizes(data: bytes) -> Iterator[tuple[bytes, tuple[int, ...]]]:
    """Width and height where the format with this signature has them."""
    for signature, layout, offset in ((b"\x89PNG", ">II", 16), (b"GIF8", "<HH", 6), (b"BM", "<ii", 18)):
        if len(data) >= offset + struct.calcsize(layout):
            yield signature, struct.unpack_from(layout, data, offset)


def _kind_of_text(head: bytes) -> str:
    start = head.lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "This is a web page, not an image."
    if start.startswith((b"<?xml", b"<svg")):
        return "This is an XML or SVG file, not an image of a supported format."
    return "This is a text file, not an image."


def _is_text(head: bytes) -> bool:
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError as error:
        if len(head) < HEAD or error.start < len(head) - 4:
            return False
        text = head[: error.start].decode("utf-8")  # the head ends within a character
    return all(c.isprintable() or c.isspace() for c in text)
