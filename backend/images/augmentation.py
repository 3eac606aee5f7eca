"""Augmented views of an example, mirrored and cropped, for methods that learn from several. Imports no torch.

The views are the same for every image, so that they are a function of its content; ``AUGMENTATION_VERSION`` is part of
the cache key of their features. Drawings have none: see docs/methods.md.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from backend.images.preparation import InputSpec, photo_box
from backend.types import Pixels

AUGMENTATION_VERSION = 1


class View(NamedTuple):
    """A part of an image's square, in shares of its side, and whether it is mirrored."""

    left: float
    top: float
    side: float
    mirrored: bool


VIEWS = (View(0.0, 0.0, 1.0, mirrored=True), View(0.15, 0.15, 0.7, mirrored=False))
"""The mirror image and the middle. Corners, colours and more of them gained nothing beyond (docs/methods.md)."""


def view_count(spec: InputSpec) -> int:
    """How many views an example has besides itself."""
    return len(VIEWS) if spec.kind == "photo" else 0


def prepare_views(pixels: Pixels, spec: InputSpec) -> NDArray[np.uint8]:
    """The views of one photograph, uint8 [h, w, 3] → uint8 [v, 3, size, size]; cut from the square that ``prepare``
    scales, before it is scaled."""
    image, box = Image.fromarray(pixels), photo_box(pixels, spec)
    made = [box.part(view.left, view.top, view.side).scaled(image, spec.size) for view in VIEWS]
    return np.stack([m[:, :, ::-1] if v.mirrored else m for m, v in zip(made, VIEWS, strict=True)])
