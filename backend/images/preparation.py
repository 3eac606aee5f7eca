"""From a decoded image to what a model's trunk takes. Without torch, so that it runs anywhere.

``ink``: grey glyphs, either polarity; 0 is background, 255 is ink. ``photo``: colour images of any size and shape; the
shorter side is scaled to fit, the centre is cut out as a square. ``PREPARATION_VERSION`` is part of every cache key.
"""

import math
from dataclasses import dataclass
from typing import Literal

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

    ``crop`` is the share of a photograph's shorter side that its square keeps: 0.875 with torchvision's weights.
    ``decode_side`` is how large an image is decoded before it is prepared, in pixels of its longer side.

    Raises:
        ValueError: no such kind.
    """

    kind: Literal["ink", "photo"]
    size: int
    crop: float = 1.0

    def __post_init__(self) -> None:
        if self.kind not in ("ink", "photo"):
            raise ValueError(f"no kind of input: {self.kind!r}")

    @property
    def name(self) -> str:
        """Names the preparation, for cache keys: ``ink28``, ``photo96``, ``photo224c0.875``."""
        return f"{self.kind}{self.size}" + ("" if self.crop == 1 else f"c{self.crop:g}")

    @property
    def channels(self) -> int:
        """Channels of a prepared image."""
        return 1 if self.kind == "ink" else 3

    @property
    def decode_side(self) -> int:
        """Ink: four times the size, so that the last reduction sees whole strokes. Photographs: enough that one
        twice as long as wide is not enlarged again."""
        return 4 * self.size if self.kind == "ink" else math.ceil(2 * self.size / self.crop)

    @property
    def shape(self) -> tuple[int, int, int]:
        """Shape of a prepared image, (channels, size, size)."""
        return (self.channels, self.size, self.size)


def prepare(pixels: Pixels, spec: InputSpec) -> NDArray[np.uint8]:
    """Prepares one image, uint8 [h, w, 3] → uint8 [channels, size, size]."""
    if spec.kind == "photo":
        return _centre(pixels, spec)
    grey = np.asarray(Image.fromarray(pixels).convert("L"), dtype=np.int16)
    ink = Image.fromarray(_square(_ink(grey)))
    small = ink.resize((spec.size, spec.size), Image.Resampling.BILINEAR)
    return np.asarray(small, dtype=np.uint8)[None]


def centre_box(pixels: Pixels, spec: InputSpec) -> tuple[float, float, float]:
    """Left, top and side of a photograph's square, in pixels of uint8 [h, w, 3]."""
    height, width = pixels.shape[:2]
    side = spec.crop * min(height, width)
    return (width - side) / 2, (height - side) / 2, side


def _centre(pixels: Pixels, spec: InputSpec) -> NDArray[np.uint8]:
    """The centred square of ``crop`` times the shorter side, scaled to ``size``, as [3, size, size]."""
    left, top, side = centre_box(pixels, spec)
    box = (left, top, left + side, top + side)
    square = Image.fromarray(pixels).resize((spec.size, spec.size), Image.Resampling.BILINEAR, box=box)
    return np.ascontiguousarray(np.asarray(square, dtype=np.uint8).transpose(2, 0, 1))


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
