"""Image formats by file name extension."""

import importlib.util
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
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")


def looks_like_image(path: Path) -> bool:
    """Whether the ending of ``path`` is an image's, in any case."""
    return path.suffix[1:].lower() in IMAGE_ENDINGS


def kind_of(path: Path) -> str:
    """What a file that looks like no image is: video, audio, document, archive, RAW photograph, drawing or other."""
    return _KIND_OF.get(path.suffix[1:].lower(), "other")


def is_heif(data: bytes) -> bool:
    """Whether ``data`` is HEIC or another HEIF, which Pillow leaves to pi-heif. AVIF is not meant."""
    return data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS and b"avif" not in data[8:64]
