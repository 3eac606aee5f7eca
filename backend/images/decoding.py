"""Decoding one image: uint8 [h, w, 3], RGB, upright, alpha over white, scaled down while it is read."""

import io
import warnings
from typing import Any

import numpy as np
import PIL
from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from backend.errors import Sentence
from backend.images.diagnosis import CUT_OFF, NO_PIXELS, is_cut_off, png_fault, what_it_is
from backend.images.formats import is_heif
from backend.images.pixel_modes import eight_bit, over_white, to_srgb, without_empty_alpha
from backend.types import Pixels

# Importing a plugin registers it. Pillow's others are left out: one starts programs (EPS), each widens what a file can
# attack.
_PLUGINS = (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)
_FORMATS = ("JPEG", "PNG", "GIF", "BMP", "DIB", "WEBP", "TIFF", "AVIF")
MAX_MEGAPIXELS = 200.0
MEGA = 1_000_000
ORIENTATION = 0x0112
"""EXIF's tag: 1..8."""
FIRST_SIDEWAYS = 5
"""From this orientation on, width and height change places."""
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIGNS_OF_A_CUT = (
    "truncated",
    "not processed",
    "end of file",
    "unexpected end",
    "premature",
    "incomplete",
    "no idat",
    "insufficient",
    "cannot read full",
)


class UnreadableImage(Exception):  # noqa: N818  (it names the state of a file, not a fault of the program)
    """An image that cannot be read, and the ``reason``, in words a person understands."""

    def __init__(self, reason: str, *values: object) -> None:
        self.reason = Sentence(reason, *values)
        super().__init__(self.reason)


def decode_bytes(
    data: bytes, side: int | None, max_megapixels: float = MAX_MEGAPIXELS
) -> tuple[Pixels, tuple[int, int]]:
    """Decodes ``data`` in this process: for data that is trusted. Other files go through ``DecoderPool``.

    Pillow's own limit on pixels stands here too, and its warnings are silenced for the whole process meanwhile.

    Returns:
        Pixels uint8 [h, w, 3], fitted within ``side`` × ``side`` (None keeps the size; an image never grows), and the
        original (width, height) of the upright image.

    Raises:
        UnreadableImage: with the reason.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return decode_unguarded(data, side, max_megapixels)


def decode_unguarded(data: bytes, side: int | None, max_megapixels: float) -> tuple[Pixels, tuple[int, int]]:
    """``decode_bytes`` for a process that has made its own arrangements with Pillow's warnings and limits."""
    if not data:
        raise UnreadableImage("The file is empty.")
    try:
        return _decode(data, side, max_megapixels)
    except UnreadableImage:
        raise
    except PIL.UnidentifiedImageError as error:
        raise UnreadableImage(what_it_is(data)) from error
    except Image.DecompressionBombError as error:
        raise UnreadableImage("The image is too large: it has more pixels than this program opens.") from error
    except MemoryError as error:
        raise UnreadableImage("The image needs too much memory.") from error
    except Exception as error:  # the boundary to decoders, which raise anything on damaged data
        raise UnreadableImage(_in_words(error, data)) from error


def _in_words(error: Exception, data: bytes) -> str:
    text = str(error).strip()
    if isinstance(error, EOFError) or any(sign in text.lower() for sign in _SIGNS_OF_A_CUT):
        return CUT_OFF
    if is_cut_off(data):
        return CUT_OFF
    if "could not create decoder" in text:  # WebP and AVIF, of what breaks off within their first bytes
        return "The image's header is damaged."
    return Sentence("The image data is damaged ({0}).", text or type(error).__name__)


def _decode(data: bytes, side: int | None, max_megapixels: float) -> tuple[Pixels, tuple[int, int]]:
    image: Image.Image = _load_heif(data, max_megapixels) if is_heif(data) else _load(data, side, max_megapixels)
    original: tuple[int, int] = image.info["original_size"]
    profile, orientation = image.info.get("icc_profile"), _orientation(image)
    image = without_empty_alpha(eight_bit(image))
    if side is not None:
        image.thumbnail((side, side), Image.Resampling.BILINEAR, reducing_gap=2.0)
    image = over_white(to_srgb(image, profile))
    if orientation >= FIRST_SIDEWAYS:
        original = original[1], original[0]
    turn = _TURNS.get(orientation)
    return np.array(image if turn is None else image.transpose(turn)), original


def _load(data: bytes, side: int | None, max_megapixels: float) -> Image.Image:
    image = Image.open(io.BytesIO(data), formats=_FORMATS)
    _check_size(image.size, max_megapixels)
    if image.format == "PNG" and (fault := png_fault(data)):
        raise UnreadableImage(fault)
    image.info["original_size"] = image.size
    if side is not None and hasattr(image, "draft"):
        image.draft(None, _fitted(image.size, side))  # JPEG decodes to an eighth at little cost; others ignore it
    image.load()
    return image


def _load_heif(data: bytes, max_megapixels: float) -> Image.Image:
    import pi_heif

    file: Any = pi_heif.open_heif(io.BytesIO(data), convert_hdr_to_8bit=True)
    _check_size(file.size, max_megapixels)
    image: Image.Image = file.to_pillow()  # upright already, with EXIF's orientation reset
    image.info["original_size"] = image.size
    return image


def _check_size(size: tuple[int, int], max_megapixels: float) -> None:
    width, height = size
    if width < 1 or height < 1:
        raise UnreadableImage(NO_PIXELS)
    if width * height > max_megapixels * MEGA:
        pixels = f"{width * height / MEGA:.1f}"
        template = "The image is too large: {0} × {1} pixels are {2} megapixels; the limit is {3}."
        raise UnreadableImage(template, width, height, pixels, f"{max_megapixels:g}")


def _fitted(size: tuple[int, int], side: int) -> tuple[int, int]:
    scale = min(1.0, side / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _orientation(image: Image.Image) -> int:
    """EXIF's orientation, 1..8, of a loaded image; 1 where the decoder has turned it already (TIFF, HEIC)."""
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except Exception:  # the boundary to metadata that nobody can parse: it says nothing
        return 1
