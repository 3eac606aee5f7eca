"""Decoding one image: uint8 [h, w, 3], RGB, upright, alpha over white, scaled down while it is read."""

import io
import warnings
from collections.abc import Callable

import numpy as np
import PIL
from PIL import Image, ImageCms

from backend.images.formats import what_it_is
from backend.types import Pixels

FORMATS = ("JPEG", "PNG", "GIF", "BMP", "DIB", "WEBP", "TIFF", "AVIF")
"""What Pillow may decode. Its other decoders are left out: one starts programs (EPS), all widen what a file can
attack."""
MEGA = 1_000_000
ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")


class UnreadableImage(Exception):  # noqa: N818  (it names the state of a file, not a fault of the program)
    """An image that cannot be read, and why, in words a person understands."""


def decode_bytes(data: bytes, side: int | None, max_megapixels: float = 200.0) -> tuple[Pixels, tuple[int, int]]:
    """Decodes ``data`` and fits it within ``side`` × ``side`` pixels; None keeps its size, and it never grows.

    Returns:
        Pixels uint8 [h, w, 3] and the original (width, height), before EXIF turns it.

    Raises:
        UnreadableImage: with the reason.
    """
    if not data:
        raise UnreadableImage("The file is empty.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's doubts about sizes and metadata; what matters becomes an error below
        return _guarded(lambda: _decode(data, side, max_megapixels), data)


def _guarded(decode: Callable[[], tuple[Pixels, tuple[int, int]]], data: bytes) -> tuple[Pixels, tuple[int, int]]:
    try:
        return decode()
    except UnreadableImage:
        raise
    except PIL.UnidentifiedImageError as error:
        raise UnreadableImage(what_it_is(data[:4096])) from error
    except Image.DecompressionBombError as error:
        raise UnreadableImage("The image has far too many pixels.") from error
    except MemoryError as error:
        raise UnreadableImage("The image needs too much memory.") from error
    except Exception as error:  # the boundary to decoders, which raise anything on damaged data
        raise UnreadableImage(_in_words(error)) from error


def _in_words(error: Exception) -> str:
    text = str(error).lower()
    if "truncated" in text or "not processed" in text or "end of file" in text or isinstance(error, EOFError):
        return "The file is cut off: part of the image is missing."
    return f"The image data is damaged ({str(error).strip() or type(error).__name__})."


def _decode(data: bytes, side: int | None, max_megapixels: float) -> tuple[Pixels, tuple[int, int]]:
    image = _open(data)
    original = image.size
    _check_size(original, max_megapixels)
    if side is not None and image.format in ("JPEG", "MPO"):
        image.draft(image.mode, (side, side))
    image.load()
    profile = image.info.get("icc_profile")
    orientation = _orientation(image)
    image = _eight_bit(image)
    if side is not None:
        image.thumbnail((side, side), Image.Resampling.BILINEAR, reducing_gap=2.0)
    image = _over_white(_to_srgb(image, profile))
    return np.asarray(_upright(image, orientation)), original


def _open(data: bytes) -> Image.Image:
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        import pi_heif

        heif: Image.Image = pi_heif.open_heif(io.BytesIO(data), convert_hdr_to_8bit=True).to_pillow()
        return heif
    Image.init()  # registers every format; Pillow does so by itself only for the most common
    return Image.open(io.BytesIO(data), formats=FORMATS)


def _check_size(size: tuple[int, int], max_megapixels: float) -> None:
    width, height = size
    if width < 1 or height < 1:
        raise UnreadableImage("The image has no pixels.")
    if width * height > max_megapixels * MEGA:
        megapixels = width * height / MEGA
        raise UnreadableImage(
            f"The image has {width} × {height} pixels, {megapixels:.0f} megapixels; the limit is {max_megapixels:.0f}."
        )


def _eight_bit(image: Image.Image) -> Image.Image:
    """L, LA, RGB, RGBA or CMYK. Deep grey is scaled by value; Pillow's own conversion would clip it."""
    if image.mode == "F" or image.mode.startswith("I"):
        return Image.fromarray(_scaled(np.asarray(image)))
    if image.mode in ("P", "PA") or "transparency" in image.info:
        return image.convert("RGBA")
    if image.mode in ("L", "LA", "RGB", "RGBA", "CMYK"):
        return image
    return image.convert("RGB")


def _scaled(
    values: np.ndarray[tuple[int, ...], np.dtype[np.generic]],
) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    wide = values.astype(np.float64)
    if not np.isfinite(wide).all():
        raise UnreadableImage("The image holds values that are no numbers.")
    low, high = min(0.0, float(wide.min())), float(wide.max())
    if values.dtype.kind == "f":
        top = 1.0 if high <= 1.0 else high
    else:
        top = 255.0 if high <= 255 and values.dtype.itemsize > 2 else max(65535.0, high)
    return ((wide - low) * (255.0 / max(top - low, 1e-12))).round().clip(0, 255).astype(np.uint8)


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if not profile or image.mode not in ("RGB", "RGBA", "CMYK"):
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "srgb" in ImageCms.getProfileDescription(source).lower():
            return image
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        turned = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image  # a profile that fits nothing: the plain values are the best guess
    return turned or image


def _over_white(image: Image.Image) -> Image.Image:
    if image.mode not in ("RGBA", "LA"):
        return image.convert("RGB")
    rgba = image.convert("RGBA")
    white = Image.new("RGBA", rgba.size, "white")
    return Image.alpha_composite(white, rgba).convert("RGB")


def _orientation(image: Image.Image) -> int:
    """EXIF's orientation, 1..8, of a loaded image; decoders that have turned it themselves have removed the tag."""
    if image.format in ("AVIF", "HEIF"):
        return 1
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except Exception:  # metadata that nobody can parse says nothing
        return 1


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    turn = _TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)
