"""Turns a decoded image into the input of a model's trunk. Imports no torch, so that it runs anywhere.

``ink``: grey glyphs, either polarity; 0 is background, 255 is ink. ``photo``: colour images of any size and shape; the
centre is cut out as a square, or the whole image becomes one. ``PREPARATION_VERSION`` is part of every cache key.
"""

import math
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from backend.types import Pixels

PREPARATION_VERSION = 1
MIN_CONTRAST = 12
"""Grey levels between background and the darkest ink; an image with less holds no ink."""


@dataclass(frozen=True, slots=True)
class InputSpec:
    """What a model takes: square images of ``size`` pixels; kind ``ink`` has one channel, kind ``photo`` has three.

    ``crop`` is the share of a photograph's shorter side that its square keeps: 0.875 with torchvision's weights. With
    ``whole`` nothing is cut off: both sides are scaled to ``size``, each by its own factor.
    ``decode_side`` is how large an image is decoded before it is prepared, in pixels of its longer side.

    Raises:
        ValueError: no such kind.
    """

    kind: Literal["ink", "photo"]
    size: int
    crop: float = 1.0
    whole: bool = False

    def __post_init__(self) -> None:
        if self.kind not in ("ink", "photo"):
            raise ValueError(f"no kind of input: {self.kind!r}")

    @property
    def name(self) -> str:
        """Names the preparation, for cache keys: ``ink28``, ``photo96``, ``photo224c0.875``, ``photo224whole``."""
        return f"{self.kind}{self.size}" + ("" if self.crop == 1 else f"c{self.crop:g}") + ("whole" * self.whole)

    @property
    def channels(self) -> int:
        """Channels of a prepared image."""
        return 1 if self.kind == "ink" else 3

    @property
    def decode_side(self) -> int:
        """Ink: four times the size, so that the last reduction sees whole strokes. Photographs: enough that one
        twice as long as wide is not enlarged again; ``whole`` ones, of which little is lost then, one of 4:3. At 224
        pixels that is a quarter of 1280, so that a decoder of JPEG stops there."""
        if self.kind == "ink":
            return 4 * self.size
        return math.ceil(10 * self.size / 7) if self.whole else math.ceil(2 * self.size / self.crop)

    @property
    def shape(self) -> tuple[int, int, int]:
        """Shape of a prepared image, (channels, size, size)."""
        return (self.channels, self.size, self.size)


def prepare(pixels: Pixels, spec: InputSpec) -> NDArray[np.uint8]:
    """Prepares one image, uint8 [h, w, 3] → uint8 [channels, size, size]."""
    if spec.kind == "photo":
        return photo_box(pixels, spec).scaled(Image.fromarray(pixels), spec.size)
    grey = np.asarray(Image.fromarray(pixels).convert("L"), dtype=np.int16)
    ink = Image.fromarray(_square(_ink(grey)))
    small = ink.resize((spec.size, spec.size), Image.Resampling.BILINEAR)
    return np.asarray(small, dtype=np.uint8)[None]


class Box(NamedTuple):
    """A part of an image, in its pixels."""

    left: float
    top: float
    width: float
    height: float

    def part(self, left: float, top: float, side: float) -> "Box":
        """What lies at ``left`` and ``top`` and takes ``side`` of it, all in shares of width and height."""
        return Box(self.left + left * self.width, self.top + top * self.height, side * self.width, side * self.height)

    def scaled(self, image: Image.Image, size: int) -> NDArray[np.uint8]:
        """This part of ``image``, uint8 [3, size, size]."""
        edges = (self.left, self.top, self.left + self.width, self.top + self.height)
        square = image.resize((size, size), Image.Resampling.BILINEAR, box=edges)
        return np.ascontiguousarray(np.asarray(square, dtype=np.uint8).transpose(2, 0, 1))


def photo_box(pixels: Pixels, spec: InputSpec) -> Box:
    """What becomes the square of a photograph, uint8 [h, w, 3]."""
    height, width = pixels.shape[:2]
    if spec.whole:
        return Box(0, 0, width, height)
    side = spec.crop * min(height, width)
    return Box((width - side) / 2, (height - side) / 2, side, side)


def _ink(grey: NDArray[np.int16]) -> NDArray[np.uint8]:
    """Distance from the background, stretched to 0..255. The border's median is the background;
    ink is whatever departs from it furthest, darker or lighter."""
    border = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    background = int(np.median(border))
    darker, lighter = background - int(grey.min()), int(grey.max()) - background
    distance = (background - grey) if darker >= lighter else (grey - background)
    strongest = max(darker, lighter)
    if strongest < MIN_CONTRAST:
        return np.zeros(grey.shape, np.uint8)
    return (distance.clip(0, strongest).astype(np.float32) * (255.0 / strongest)).round().astype(np.uint8)


def _square(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Padded with background to a centred square, so that a glyph keeps its proportions."""
    height, width = ink.shape
    side = max(height, width)
    top, left = (side - height) // 2, (side - width) // 2
    return np.pad(ink, ((top, side - height - top), (left, side - width - left)))
