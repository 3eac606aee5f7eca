"""A generator of imaginary handwritten characters: random pen strokes, redrawn with a shaky hand.

It serves the demonstration, the tests, and a first meta-training without any download.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from backend.types import Job, Progress

SIDE = 105
"""Pixels, as in Omniglot."""
SUPERSAMPLING = 3
STEPS = 24
"""Points along a stroke."""
INKED = 0.68
"""Share of the square that a character fills before the hand shakes."""

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character: strokes of four cubic Bézier control points each, float64 [4, 2], in a unit square."""

    strokes: tuple[Points, ...]


def invent(rng: np.random.Generator) -> Glyph:
    """A new character of two to four strokes, each beginning near where another one passes."""
    strokes: list[Points] = []
    for _ in range(int(rng.integers(2, 5))):
        start = rng.uniform(0.15, 0.85, 2) if not strokes else _near(rng, strokes)
        end = _far_from(rng, start)
        bend = rng.normal(0, 0.28, (2, 2))
        third = (end - start) / 3
        strokes.append(np.stack([start, start + third + bend[0], end - third + bend[1], end]))
    return Glyph(_centred(strokes))


def _centred(strokes: Sequence[Points]) -> tuple[Points, ...]:
    """The strokes moved and scaled, proportions kept, so that the ink fills ``INKED`` of the square."""
    ink = np.concatenate([curve(s) for s in strokes])
    low, high = ink.min(0), ink.max(0)
    scale = INKED / float((high - low).max())
    return tuple((s - (low + high) / 2) * scale + 0.5 for s in strokes)


def _near(rng: np.random.Generator, strokes: Sequence[Points]) -> Points:
    stroke = strokes[int(rng.integers(len(strokes)))]
    point: Points = curve(stroke)[int(rng.integers(STEPS))] + rng.normal(0, 0.06, 2)
    return point


def _far_from(rng: np.random.Generator, start: Points) -> Points:
    """An end point at least a third of the square away."""
    while True:
        end = rng.uniform(0.1, 0.9, 2)
        if np.hypot(*(end - start)) > 0.33:
            return end


def curve(control: Points) -> Points:
    """Points of a cubic Bézier curve, control [4, 2] → [STEPS, 2]."""
    t = np.linspace(0, 1, STEPS)[:, None]
    weights = np.concatenate([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3], axis=1)
    points: Points = weights @ control
    return points


def draw(glyph: Glyph, rng: np.random.Generator, shake: float = 0.013) -> NDArray[np.uint8]:
    """One drawing of ``glyph``, uint8 [105, 105], black on white.

    Args:
        shake: standard deviation of each control point, in widths of the square. The whole character is also shifted,
            turned, slanted and scaled a little, and the pen's width varies.
    """
    matrix, shift = _hand(rng)
    pen = rng.uniform(2.3, 3.2) * SUPERSAMPLING
    canvas = Image.new("L", (SIDE * SUPERSAMPLING,) * 2, 255)
    pencil = ImageDraw.Draw(canvas)
    for stroke in glyph.strokes:
        points = curve(stroke + rng.normal(0, shake, stroke.shape))
        placed = ((points - 0.5) @ matrix.T + 0.5 + shift) * SIDE * SUPERSAMPLING
        _stroke(pencil, placed, pen)
    return np.asarray(canvas.resize((SIDE, SIDE), Image.Resampling.BOX))


def _hand(rng: np.random.Generator) -> tuple[Points, Points]:
    angle, slant = rng.normal(0, 0.06), rng.normal(0, 0.06)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    matrix: Points = turn @ np.array([[1, slant], [0, 1]]) @ np.diag(rng.uniform(0.85, 1.1, 2))
    return matrix, rng.normal(0, 0.03, 2)


def _stroke(pencil: ImageDraw.ImageDraw, points: Points, width: float) -> None:
    path = [(float(x), float(y)) for x, y in points]
    pencil.line(path, fill=0, width=round(width), joint="curve")
    for x, y in (path[0], path[-1]):
        pencil.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=0)


def write_class_folders(folder: Path, classes: int, drawings: int, seed: int) -> Job[None]:
    """Writes ``classes`` new characters, ``drawings`` drawings each, as folder/character01/01.png …"""
    rng = np.random.default_rng(seed)
    for c in range(classes):
        glyph = invent(rng)
        target = folder / f"character{c + 1:02d}"
        target.mkdir(parents=True)
        for d in range(drawings):
            Image.fromarray(draw(glyph, rng)).save(target / f"{d + 1:02d}.png")
        yield Progress("draw", c + 1, classes)
