"""The demonstration: characters and coloured creatures nobody has seen, a few examples each."""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from backend.episodes import creatures, glyphs
from backend.errors import RequestError
from backend.jobs.demo_set import Demo
from backend.types import ImageId, Job, Progress

Draw = Callable[[np.random.Generator], Image.Image]
"""Draws one more picture of a class."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the demonstration.

    Args:
        kind: what a class is called.
        examples, drawings: of each class: the examples, and the pictures to label besides.
        endings: of the files, in turn.
        invent: makes the drawer of a new class, of which the number in the set is given.
        model: suits the part; None for the default one.
    """

    kind: str
    classes: int
    examples: int
    drawings: int
    endings: tuple[str, ...]
    invent: Callable[[np.random.Generator, int], Draw]
    model: str | None = None


def _character(rng: np.random.Generator, number: int) -> Draw:
    glyph = glyphs.invent(rng)
    return lambda hand: Image.fromarray(glyphs.draw(glyph, hand))


def _creature(rng: np.random.Generator, number: int) -> Draw:
    creature = creatures.invent(rng, number)
    return lambda camera: creatures.photograph(creature, camera)


CHARACTERS = Part("character", 20, 1, 10, (".png",), _character, "characters")
CREATURES = Part("creature", 10, 3, 12, (".jpg", ".png", ".webp"), _creature)
COLOUR_FOLDER = "colour"
"""Where the creatures lie in a demonstration set that is kept."""


def make_demo(folder: Path, seed: int = 0, colour: bool = False) -> Job[Demo]:
    """Draws the demonstration set, or its part in ``colour``, into ``folder``, which must be empty or missing:
    examples/<class>/example….png, images/NNN.png in mixed order, and truth.csv.

    Raises:
        RequestError: ``folder`` is not empty or cannot be written.
    """
    part = CREATURES if colour else CHARACTERS
    _check_empty(folder)
    images, examples = folder / "images", folder / "examples"
    images.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    order = rng.permutation(part.classes * part.drawings)
    truth: dict[ImageId, str] = {}
    for c in range(part.classes):
        name = f"{part.kind} {c + 1:02d}"
        draw = part.invent(rng, c)
        (examples / name).mkdir(parents=True)
        for e in range(part.examples):
            number = "" if part.examples == 1 else f" {e + 1}"
            draw(rng).save(examples / name / f"example{number}{part.endings[e % len(part.endings)]}")
        for number in order[c * part.drawings : (c + 1) * part.drawings]:
            path = images / f"{number + 1:03d}{part.endings[number % len(part.endings)]}"
            draw(rng).save(path)
            truth[str(path)] = name
        yield Progress("draw", c + 1, part.classes)
    _write_truth(folder / "truth.csv", part.kind, truth)
    return Demo(images, examples, truth, part.model)


def _check_empty(folder: Path) -> None:
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise RequestError(
                "Folder not empty", "{0} exists and is not an empty folder.", "Name a new or an empty one.", folder
            )
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RequestError(
            "Cannot write", f"{folder}: {error.strerror}.", "Name a folder that can be written."
        ) from error


def _write_truth(path: Path, kind: str, truth: Mapping[ImageId, str]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["path", kind])
        writer.writerows((Path(image).name, name) for image, name in sorted(truth.items()))
