"""Suggests a bundled model from the look of a folder's images. Imports no torch, so that it can run before torch loads.

Glyphs are ink on paper: hardly any colour, most pixels at the paper's grey, and many of the others far from it. Most
photographs fail one of the three.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from backend.types import Pixels

SIDE = 64
"""Images are looked at in this size: thumbnails suffice."""
SAMPLE = 48
"""Images of a folder that are looked at, at most."""
MOST_COLOUR = 18.0
LEAST_CONTRAST = 40.0
LEAST_PAPER = 0.55
LEAST_INK = 0.35
NEAR = 0.2
FAR = 0.5
"""Of the contrast: pixels nearer to the paper's grey than ``NEAR`` are paper, farther than ``FAR`` ink."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A model for a folder, with the share of glyph-like images, 0..1, and a sentence that says why."""

    model: str
    glyph_like: float
    reason: str


def colourfulness(pixels: Pixels) -> float:
    """Hasler & Süsstrunk 2003, "Measuring colourfulness in natural images": 0 for grey, more the more colour there is.
    pixels uint8 [h, w, 3]."""
    red, green, blue = (pixels[..., c].astype(np.float64) for c in range(3))
    opponents = red - green, (red + green) / 2 - blue
    spread = np.hypot(*(o.std() for o in opponents))
    return float(spread + 0.3 * np.hypot(*(o.mean() for o in opponents)))


def paper_and_ink(grey: NDArray[np.float64]) -> tuple[float, float, float]:
    """Contrast in grey levels, the share of pixels that are paper, and the share of ink among the rest: grey [h, w].

    Paper is the border's median; the contrast is the 98th percentile of the distances from it.
    """
    border = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    distance = np.abs(grey - np.median(border))
    contrast = float(np.percentile(distance, 98))
    if contrast == 0:
        return 0.0, 1.0, 0.0
    rest = distance[distance >= NEAR * contrast]
    return contrast, 1 - rest.size / distance.size, float((rest >= FAR * contrast).mean())


def is_glyph_like(pixels: Pixels) -> bool:
    """Whether ``pixels`` uint8 [h, w, 3] look like ink on paper, in either polarity."""
    image = Image.fromarray(pixels)
    image.thumbnail((SIDE, SIDE), Image.Resampling.BOX)
    if colourfulness(np.asarray(image)) > MOST_COLOUR:
        return False
    contrast, paper, ink = paper_and_ink(np.asarray(image.convert("L"), dtype=np.float64))
    return contrast >= LEAST_CONTRAST and paper >= LEAST_PAPER and ink >= LEAST_INK


def suggestion_for(images: Sequence[Pixels], available: Sequence[str]) -> Suggestion:
    """``characters`` where most of ``images`` (a sample of the folder, one or more) look like glyphs, else ``photos``.

    Args:
        images: uint8 [h, w, 3] each; some tens suffice, thumbnails too.
        available: names of the models there are; what is not among them is not suggested.

    Raises:
        ValueError: there are no images.
    """
    if not images:
        raise ValueError("no images to look at")
    share = sum(map(is_glyph_like, images)) / len(images)
    wanted = "characters" if share > 0.5 else "photos"
    model = wanted if wanted in available else "characters"
    look = "ink on paper" if wanted == "characters" else "photographs"
    count = round(share * len(images))
    reason = f"{count} of {len(images)} images that were looked at are ink on paper: the folder holds {look}."
    return Suggestion(model, share, reason)
