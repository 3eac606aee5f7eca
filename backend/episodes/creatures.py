"""A generator of imaginary coloured creatures in front of random backgrounds.

It serves the demonstration and the tests. A creature is defined by its body, pattern, limbs and colours; its pictures
differ in position, size, rotation, light, background and shape of the picture.
"""

import colorsys
import math
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

SUPERSAMPLING = 2
BODIES = ("round", "long", "star", "square", "drop")
PATTERNS = ("plain", "stripes", "dots", "patch")
SHAPES = ((320, 240), (240, 320), (256, 256), (400, 225), (180, 180))
"""Width and height of a picture in pixels."""
CLUTTER = 7
"""Blobs of a background."""

Colour = tuple[int, int, int]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Creature:
    """What all pictures of one creature share; ``limbs`` 0..6."""

    body: str
    pattern: str
    limbs: int
    skin: Colour
    mark: Colour


def invent(rng: np.random.Generator, number: int) -> Creature:
    """A new creature. ``number`` counts those of one set: hues and bodies are spread over the set."""
    hue = (number * 0.381966 + rng.uniform(0, 0.08)) % 1  # the golden ratio keeps neighbours apart
    return Creature(
        body=BODIES[number % len(BODIES)],
        pattern=PATTERNS[int(rng.integers(len(PATTERNS)))],
        limbs=int(rng.integers(0, 7)),
        skin=_colour(hue, rng.uniform(0.55, 0.9), rng.uniform(0.6, 0.95)),
        mark=_colour((hue + rng.uniform(0.3, 0.7)) % 1, rng.uniform(0.4, 0.9), rng.uniform(0.3, 0.95)),
    )


def _colour(hue: float, saturation: float, value: float) -> Colour:
    red, green, blue = colorsys.hsv_to_rgb(hue, saturation, value)
    return round(255 * red), round(255 * green), round(255 * blue)


def photograph(creature: Creature, rng: np.random.Generator) -> Image.Image:
    """One picture of ``creature``, RGB, of a random shape."""
    width, height = SHAPES[int(rng.integers(len(SHAPES)))]
    picture = _background(rng, width, height)
    side = round(min(width, height) * rng.uniform(0.6, 0.95))
    figure = _figure(creature, side).rotate(float(rng.normal(0, 15)), Image.Resampling.BICUBIC)
    if rng.random() < 0.5:
        figure = figure.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    place = (round(rng.uniform(0.2, 0.8) * (width - side)), round(rng.uniform(0.2, 0.8) * (height - side)))
    picture.paste(figure, place, figure)
    lit = ImageEnhance.Brightness(picture).enhance(float(rng.uniform(0.75, 1.2)))
    return ImageEnhance.Contrast(lit).enhance(float(rng.uniform(0.8, 1.2)))


def _background(rng: np.random.Generator, width: int, height: int) -> Image.Image:
    """Blurred blobs of muted colours on one more."""

    def muted() -> Colour:
        return _colour(rng.random(), rng.uniform(0.05, 0.5), rng.uniform(0.3, 0.9))

    picture = Image.new("RGB", (width, height), muted())
    pen = ImageDraw.Draw(picture)
    for _ in range(CLUTTER):
        centre, radius = (rng.uniform(0, width), rng.uniform(0, height)), rng.uniform(0.1, 0.4) * min(width, height)
        pen.circle(centre, radius, muted())
    return picture.filter(ImageFilter.GaussianBlur(float(rng.uniform(2, 8))))


def _figure(creature: Creature, side: int) -> Image.Image:
    """The creature alone, RGBA [side, side], transparent around it."""
    full = side * SUPERSAMPLING
    outline = Image.new("L", (full, full), 0)
    ImageDraw.Draw(outline).polygon([(x * full, y * full) for x, y in _body(creature.body)], fill=255)
    skin = Image.new("RGB", (full, full), creature.skin)
    _pattern(ImageDraw.Draw(skin), creature, full)
    figure = Image.new("RGBA", (full, full), (0, 0, 0, 0))
    pen = ImageDraw.Draw(figure)
    for i in range(creature.limbs):
        angle = math.pi * (i + 0.5) / creature.limbs  # below the body
        end = ((0.5 + 0.46 * math.cos(angle)) * full, (0.5 + 0.46 * math.sin(angle)) * full)
        pen.line(((0.5 * full, 0.5 * full), end), fill=creature.mark, width=full // 18)
    figure.paste(skin, (0, 0), outline)
    for x in (0.43, 0.57):
        pen.circle((x * full, 0.42 * full), 0.045 * full, "white")
        pen.circle((x * full, 0.42 * full), 0.022 * full, "black")
    return figure.resize((side, side), Image.Resampling.LANCZOS)


def _body(kind: str) -> list[Point]:
    """An outline in the unit square."""
    wide, tall = {"long": (1.35, 0.7), "drop": (0.9, 1.2)}.get(kind, (1.0, 1.0))
    corners = []
    for i in range(72):
        angle = 2 * math.pi * i / 72
        x, y = math.cos(angle), math.sin(angle)
        radius = {
            "star": 0.27 + 0.07 * math.cos(5 * angle),
            "drop": 0.24 + 0.08 * y,
            "square": 0.25 / max(abs(x), abs(y), 0.8),
        }.get(kind, 0.29)
        corners.append((0.5 + wide * radius * x, 0.5 + tall * radius * y))
    return corners


def _pattern(pen: ImageDraw.ImageDraw, creature: Creature, full: int) -> None:
    step = full // 9
    if creature.pattern == "stripes":
        for x in range(0, full, 2 * step):
            pen.rectangle((x, 0, x + step // 1.5, full), fill=creature.mark)
    elif creature.pattern == "dots":
        for row, y in enumerate(range(0, full, step)):
            for x in range((row % 2) * step // 2, full, step):
                pen.ellipse((x, y, x + step // 2, y + step // 2), fill=creature.mark)
    elif creature.pattern == "patch":
        pen.ellipse((0.35 * full, 0.5 * full, 0.65 * full, 0.9 * full), fill=creature.mark)
