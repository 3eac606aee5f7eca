"""Small class folders of colour images that a network can learn to tell apart within seconds."""

import colorsys
from pathlib import Path

import numpy as np
from PIL import Image


def photographs(root: Path, classes: int, images: int, size: tuple[int, int] = (48, 40), first: int = 0) -> Path:
    """Writes root/class00/00.png …: each class has a hue and stripes of its own, each image noise and a shift."""
    for c in range(first, first + classes):
        folder = root / f"class{c:02d}"
        folder.mkdir(parents=True)
        rng = np.random.default_rng(c)
        for i in range(images):
            Image.fromarray(_image(c, rng, size)).save(folder / f"{i:02d}.png")
    return root


def _image(c: int, rng: np.random.Generator, size: tuple[int, int]) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    width, height = size
    colour = np.array(colorsys.hsv_to_rgb((c * 0.381966) % 1, 0.8, 0.9))
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    wave = np.sin((x * (c % 3) + y * (c % 4)) * 0.5 + rng.uniform(0, 6))[..., None] * 0.15
    picture = 0.5 * colour + 0.25 + wave + rng.normal(0, 0.05, (height, width, 3))
    return np.asarray(picture.clip(0, 1) * 255, dtype=np.uint8)
