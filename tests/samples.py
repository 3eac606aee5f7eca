"""Image files of every format that is read, whole and broken, for tests and measurements."""

import base64
import io
import os
import random
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

ORIENTATION = 0x0112
SIDE = 48
CHOICES = 6
"""Different drawings of one format: encoded once, written many times."""

# Two bands, red (200, 40, 40) over blue (40, 60, 200), 32 × 16. Pillow writes no HEIC, so the bytes stand here.
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAXxtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAAAA"
    "AERAAAEAAQAAAAABoAABAAAAAAAAAD0AAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAAAA5waXRtAAAAAAABAAAA/GlwcnAAAADc"
    "aXBjbwAAAHVodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQApQgEBA3AAAAMAkAAAAwAA"
    "AwAeoCCBBZbqrprm4CGgwIAAAAyAAAADAIRiAAEABkQBwXPBiQAAABNjb2xybmNseAABAA0ABoAAAAAUaXNwZQAAAAAAAABAAAAAQAAAAChjbGFw"
    "AAAAIAAAAAEAAAAQAAAAAf///+AAAAAC////0AAAAAIAAAAQcGl4aQAAAAADCAgIAAAAGGlwbWEAAAAAAAAAAQABBYECAwWEAAAARW1kYXQAAAA5"
    "KAGvEyFwo0DlNVP9KpdSAWAzy4fxQRa//fmZdZ+SIZ5Q99tMrMwoqDWi+oLVTTFLV2Ygj7zN9b0+"
)
# The same, turned clockwise by the file, which says so twice: as HEIF does (irot) and in EXIF.
HEIC_TURNED = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAcdtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAADRpbG9jAAAA"
    "AERAAAIAAQAAAAAB6wABAAAAAAAAAD0AAgAAAAACKAABAAAAAAAAACQAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAAAAABAABodmMxAAAAABVpbmZl"
    "AgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAABBmlwcnAAAADlaXBjbwAAAHVodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH/"
    "/wNwAAADAJAAAAMAAAMAHroCQGEAAQApQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbqrprm4CGgwIAAAAyAAAADAIRiAAEABkQBwXPBiQAAABNjb2xy"
    "bmNseAABAA0ABoAAAAAUaXNwZQAAAAAAAABAAAAAQAAAAChjbGFwAAAAIAAAAAEAAAAQAAAAAf///+AAAAAC////0AAAAAIAAAAQcGl4aQAAAAAD"
    "CAgIAAAACWlyb3QDAAAAGWlwbWEAAAAAAAAAAQABBoECAwWEhgAAABppcmVmAAAAAAAAAA5jZHNjAAIAAQABAAAAaW1kYXQAAAA5KAGvEyFwo0Dl"
    "NVP9KpdSAWAzy4fxQRa//fmZdZ+SIZ5Q99tMrMwoqDWi+oLVTTFLV2Ygj7zN9b0+AAAABkV4aWYAAE1NACoAAAAIAAEBEgADAAAAAQAGAAAAAAAA"
)

Draw = Callable[[Image.Image], bytes]


def encoded(image: Image.Image, form: str, **options: object) -> bytes:
    """``image`` as a file of format ``form``, in Pillow's name for it."""
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def drawing(seed: int, side: int = SIDE) -> Image.Image:
    """A few dark strokes on light ground, RGB; the same for the same ``seed``."""
    chance = random.Random(seed)
    image = Image.new("RGB", (side, side), (chance.randrange(215, 256),) * 3)
    pen = ImageDraw.Draw(image)
    for _ in range(3):
        points = [(chance.randrange(side), chance.randrange(side)) for _ in range(3)]
        pen.line(points, fill=tuple(chance.randrange(90) for _ in range(3)), width=max(2, side // 16))
    return image


def turned_jpeg(image: Image.Image, orientation: int) -> bytes:
    """A JPEG whose EXIF says how to turn it."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    return encoded(image, "JPEG", exif=exif.tobytes(), quality=90)


def png_chunk(kind: bytes, data: bytes) -> bytes:
    """One chunk of a PNG, with its checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_claiming(width: int, height: int) -> bytes:
    """A PNG whose header announces a size that nothing in the file bears out."""
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + png_chunk(b"IDAT", zlib.compress(b"\0" * 64)) + png_chunk(b"IEND", b"")


def _grey16(image: Image.Image) -> Image.Image:
    return Image.fromarray(np.asarray(image.convert("L")).astype(np.uint16) * 257)


def _with_alpha(image: Image.Image) -> Image.Image:
    copy = image.convert("RGBA")
    copy.putalpha(image.convert("L").point(lambda value: 255 if value < 200 else 0))
    return copy


FORMATS: dict[str, tuple[str, Draw]] = {
    "JPEG": ("jpg", lambda image: encoded(image, "JPEG", quality=90)),
    "JPEG grey": ("jpeg", lambda image: encoded(image.convert("L"), "JPEG", quality=90)),
    "JPEG CMYK": ("jpe", lambda image: encoded(image.convert("CMYK"), "JPEG", quality=90)),
    "JPEG progressive": ("jfif", lambda image: encoded(image, "JPEG", quality=90, progressive=True)),
    "JPEG turned": ("JPG", lambda image: turned_jpeg(image, 6)),
    "PNG": ("png", lambda image: encoded(image, "PNG")),
    "PNG 16 bit": ("PNG", lambda image: encoded(_grey16(image), "PNG")),
    "PNG palette": ("png", lambda image: encoded(image.quantize(16), "PNG")),
    "PNG alpha": ("png", lambda image: encoded(_with_alpha(image), "PNG")),
    "WebP": ("webp", lambda image: encoded(image, "WEBP", quality=90)),
    "GIF": ("gif", lambda image: encoded(image, "GIF")),
    "BMP": ("bmp", lambda image: encoded(image, "BMP")),
    "TIFF": ("tiff", lambda image: encoded(image, "TIFF", compression="tiff_lzw")),
    "AVIF": ("avif", lambda image: encoded(image, "AVIF", quality=90, speed=10)),
    "HEIC": ("heic", lambda _: HEIC),
}
"""Name → (ending, how to write it)."""

_JPEG = encoded(drawing(0, 96), "JPEG", quality=90)
_PNG = encoded(drawing(0, 96), "PNG")


def _wrong_checksum() -> bytes:
    data = bytearray(_PNG)
    data[data.index(b"IDAT") + 20] ^= 0xFF
    return bytes(data)


BROKEN: dict[str, tuple[str, bytes, str]] = {
    "empty": ("jpg", b"", "The file is empty"),
    "truncated JPEG": ("jpg", _JPEG[: len(_JPEG) // 2], "cut off"),
    "truncated PNG": ("png", _PNG[: len(_PNG) // 2], "cut off"),
    "text": ("jpg", b"Dear reader,\nthis is no picture.\n", "This is a text file"),
    "PDF": ("png", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "This is a PDF document"),
    "zeros": ("gif", bytes(4096), "nothing but zeros"),
    "header only": ("webp", encoded(drawing(0), "WEBP")[:16], "cut off"),
    "wrong checksum": ("png", _wrong_checksum(), "checksum"),
    "over-large": ("png", png_claiming(100_000, 100_000), "10000.0 megapixels"),
    "HEIC without its body": ("heic", HEIC[:-60] + bytes(60), "cut off"),
}
"""Kind of breakage → (ending, bytes, words of the reason). A dangling link is the eleventh."""
DANGLING = "dangling link"

_ODD_NAMES = ("with space {}", "印章 {}", "line\nbreak {}", "-dash {}", "%41 'quoted' {}", "é{}", 'a,b;"c" {}')
_FOLDERS = ("", "a", "a/b", "spaced folder", "文件夹", "a.png")


def write_mixed_folder(root: Path, count: int, broken: int, seed: int) -> dict[str, str]:
    """Writes ``count`` image files of mixed formats below ``root``, some in subfolders, some with odd names.

    Of them ``broken`` cannot be read, in eleven ways taken in turn.

    Returns:
        Relative path, with forward slashes → kind of breakage, or "" for a whole file. The same for the same ``seed``.
    """
    chance = random.Random(seed)
    kinds = list(BROKEN) if os.name == "nt" else [*BROKEN, DANGLING]
    what = [kinds[number % len(kinds)] for number in range(broken)] + [""] * (count - broken)
    chance.shuffle(what)
    images = [drawing(chance.randrange(1 << 30)) for _ in range(CHOICES)]
    whole = [(ending, write(image)) for image in images for ending, write in FORMATS.values()]
    made: dict[str, str] = {}
    for number, kind in enumerate(what):
        ending, data = BROKEN.get(kind, ("jpg", b"", ""))[:2] if kind else whole[number % len(whole)]
        name = _name(number, ending, chance)
        _write(root / name, None if kind == DANGLING else data)
        made[name] = kind
    return made


def _name(number: int, ending: str, chance: random.Random) -> str:
    pattern = chance.choice(_ODD_NAMES) if os.name != "nt" and chance.random() < 0.15 else "image {}"
    folder = chance.choice(_FOLDERS)
    return f"{folder}/{pattern.format(number)}.{ending}".removeprefix("/")


def _write(path: Path, data: bytes | None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if data is None:
        path.symlink_to("nothing-here.jpg")
    else:
        path.write_bytes(data)
