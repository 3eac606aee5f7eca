"""From a decoded image to what a model's trunk takes. Without torch, so that it runs anywhere.

``ink``: grey glyphs, either polarity; 0 is background, 255 is ink. ``PREPARATION_VERSION`` is part of every cache key.
"""

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
    """What a model takes: square images of ``size`` pixels; kind ``ink`` has one channel.

    ``decode_side`` is how large an image is decoded before it is prepared, in pixels of its longer side.
    """

    kind: Literal["ink"]
    size: int

    @property
    def channels(self) -> int:
        """Channels of a prepared image."""
        return 1

    @property
    def decode_side(self) -> int:
        """Four times the size: enough that the last reduction sees whole strokes, little enough to travel fast."""
        return 4 * self.size

    @property
    def shape(self) -> tuple[int, int, int]:
        """Shape of a prepared image, (channels, size, size)."""
        return (self.channels, self.size, self.size)


def prepare(pixels: Pixels, spec: InputSpec) -> NDArray[np.uint8]:
    """Prepares one image, uint8 [h, w, 3] → uint8 [channels, size, size]."""
    grey = np.asarray(Image.fromarray(pixels).convert("L"), dtype=np.int16)
    ink = Image.fromarray(_square(_ink(grey)))
    small = ink.resize((spec.size, spec.size), Image.Resampling.BILINEAR)
    return np.asarray(small, dtype=np.uint8)[None]


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
