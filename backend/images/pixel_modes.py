"""Converts any Pillow mode to RGB: high bit depths scaled, colour profiles applied, transparency over white."""

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from backend.types import Pixels

BLOCK_PIXELS = 1 << 20
"""Deep pixels that are scaled at once, so that a large image needs little memory besides its own."""
BITS_PER_SAMPLE = 258
"""TIFF's tag."""
_PLAIN = ("L", "LA", "RGB", "RGBA", "CMYK")

Values = NDArray[np.generic]


def eight_bit(image: Image.Image) -> Image.Image:
    """``image`` as L, LA, RGB, RGBA or CMYK. Deep grey is scaled by value; Pillow's own conversion would clip it.

    Raises:
        ValueError: a grey image without a single finite value.
    """
    if image.mode == "F" or image.mode.startswith("I"):
        return _grey(image)
    if image.mode == "LAB":
        return _from_lab(image)
    if image.mode in ("P", "PA", "La", "RGBa") or "transparency" in image.info:
        return image.convert("RGBA")
    return image if image.mode in _PLAIN else image.convert("RGB")


def without_empty_alpha(image: Image.Image) -> Image.Image:
    """``image`` (see ``eight_bit``) without its alpha where that is 0 everywhere and hides something: many programs
    write four channels and leave the fourth unused. An image that is empty altogether stays transparent."""
    if image.mode not in ("RGBA", "LA") or image.getchannel("A").getextrema() != (0, 0):
        return image
    colours = image.convert(image.mode.removesuffix("A"))
    return colours if colours.getbbox() else image


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """``image`` (L, LA, RGB, RGBA or CMYK) with the colours of its embedded ``profile`` turned to sRGB.

    A profile that cannot be read or does not fit is ignored: the plain values are then the best guess.
    """
    if not profile:
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "srgb" in ImageCms.getProfileDescription(source).lower():
            return image
        return _turned(image, source)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image


def over_white(image: Image.Image) -> Image.Image:
    """RGB; transparent parts show white."""
    if image.mode not in ("RGBA", "LA"):
        return image.convert("RGB")
    rgba = image.convert("RGBA")
    white = Image.new("RGBA", rgba.size, "white")
    return Image.alpha_composite(white, rgba).convert("RGB")


def _turned(image: Image.Image, source: ImageCms.ImageCmsProfile) -> Image.Image:
    """Colours by ``source``; the alpha band is no colour and stays."""
    bands = image.mode.removesuffix("A")
    colours = image if bands == image.mode else image.convert(bands)
    turned = ImageCms.profileToProfile(colours, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    if turned is None:
        return image
    if bands != image.mode:
        turned.putalpha(image.getchannel("A"))
    return turned


def _from_lab(image: Image.Image) -> Image.Image:
    lab, srgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
    return ImageCms.profileToProfile(image, lab, srgb, outputMode="RGB") or image.convert("L")


def _grey(image: Image.Image) -> Image.Image:
    values = np.asarray(image)
    grey = Image.fromarray(_scaled(values, *_range(values, _declared_bits(image))))
    transparent = image.info.get("transparency")
    if isinstance(transparent, int):
        grey.putalpha(Image.fromarray(np.where(values == transparent, 0, 255).astype(np.uint8)))
    return grey


def _declared_bits(image: Image.Image) -> int:
    """Bits of one sample by a TIFF's own tag (12 is usual in microscopy), else 0."""
    tags = getattr(image, "tag_v2", {})
    bits = tags.get(BITS_PER_SAMPLE, 0)
    return int(bits[0] if isinstance(bits, tuple) else bits)


def _range(values: Values, bits: int) -> tuple[float, float]:
    """The values that mean black and white."""
    finite = values[np.isfinite(values)] if values.dtype.kind == "f" else values
    if finite.size == 0:
        raise ValueError("it holds no finite value")
    low, high = min(0.0, float(finite.min())), float(finite.max())
    if values.dtype.kind == "f":
        return low, high if high > 1.0 else 1.0
    if 8 < bits < 16:
        return low, max(high, 2.0**bits - 1)
    if values.dtype.itemsize > 2 and high <= 255:
        return low, 255.0
    return low, max(high, 65535.0)


def _scaled(values: Values, low: float, high: float) -> Pixels:
    """``low``..``high`` → 0..255, rounded; what is no number becomes black. [h, w] → uint8 [h, w]."""
    scaled = np.empty(values.shape, np.uint8)
    rows = max(1, BLOCK_PIXELS // max(1, values.shape[1]))
    for top in range(0, values.shape[0], rows):
        block = np.nan_to_num(values[top : top + rows].astype(np.float64), nan=low, posinf=high, neginf=low)
        scaled[top : top + rows] = ((block - low) * (255.0 / (high - low))).round().clip(0, 255)
    return scaled
