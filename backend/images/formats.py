"""What a file is: by its ending when a folder is listed, by its bytes when it is decoded."""

import importlib.util
import struct
import zlib
from pathlib import Path

_PLAIN = ("jpg", "jpeg", "jpe", "jfif", "png", "gif", "bmp", "dib", "webp", "tif", "tiff", "avif", "heic", "heif")
RAW_ENDINGS = frozenset(("cr2", "cr3", "nef", "arw", "dng", "orf", "rw2", "raf", "pef", "srw"))
IMAGE_ENDINGS = frozenset(_PLAIN) | (RAW_ENDINGS if importlib.util.find_spec("rawpy") else frozenset())
"""Endings of images, in lower case; those of RAW files only where the extra ``raw`` is installed."""

_KINDS = {
    "video": "mp4 mov avi mkv webm m4v mpg mpeg wmv flv 3gp mts m2ts",
    "audio": "mp3 wav flac ogg m4a aac opus wma aiff",
    "document": "pdf doc docx xls xlsx ppt pptx odt ods odp txt md rtf csv tsv html htm json xml yaml yml tex epub",
    "archive": "zip tar gz bz2 xz 7z rar zst tgz",
    "RAW photograph": " ".join(sorted(RAW_ENDINGS)),
    "drawing": "svg psd ai eps xcf indd cdr",
}
_KIND_OF = {ending: kind for kind, endings in _KINDS.items() for ending in endings.split()}

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
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
HEAD = 4096
"""Bytes that tell what a file is."""


def looks_like_image(path: Path) -> bool:
    """Whether the ending of ``path`` is an image's, in any case."""
    return path.suffix[1:].lower() in IMAGE_ENDINGS


def kind_of(path: Path) -> str:
    """What a file that looks like no image is: video, audio, document, archive, RAW photograph, drawing or other."""
    return _KIND_OF.get(path.suffix[1:].lower(), "other")


def is_heif(data: bytes) -> bool:
    """Whether ``data`` is HEIC or another HEIF, which Pillow leaves to pi-heif. AVIF is not meant."""
    return data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS and b"avif" not in data[8:64]


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
    return "The file is cut off: part of the image is missing."


def what_it_is(data: bytes) -> str:
    """A sentence on a file that no image decoder recognised, by its first bytes."""
    head = data[:HEAD]
    named = [name for signature, name in _SIGNATURES if head.startswith(signature)]
    if head.startswith(b"RIFF"):
        named = [_RIFF[head[8:12]]] if head[8:12] in _RIFF else []
    if named:
        return f"This is {named[0]}, not an image."
    if head.startswith((*_IMAGE_SIGNATURES, b"RIFF")):
        return "The image's header is damaged."
    if not head.strip(b"\0"):
        return "The file holds nothing but zeros."
    if head[4:8] == b"ftyp":
        return "This is a video, or an image format that is not supported."
    return _kind_of_text(head) if _is_text(head) else "No image format was recognised."


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
