"""The demonstration: characters nobody has seen, one example each, and how well that goes."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from backend.episodes.glyphs import draw, invent
from backend.errors import RequestError
from backend.evaluation.evaluate import nearest_pixels
from backend.jobs import Demo
from backend.types import ImageId, Job, Prediction, Progress

CLASSES = 20
DRAWINGS = 10
"""Drawings of each character to label, besides the example."""


def draw_demo(folder: Path, seed: int) -> Job[Demo]:
    """Draws folder/examples/<character>/example.png and folder/images/NNN.png in mixed order, with folder/truth.csv.

    Raises:
        RequestError: ``folder`` is not empty or cannot be written.
    """
    _check_empty(folder)
    images, examples = folder / "images", folder / "examples"
    images.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    order = rng.permutation(CLASSES * DRAWINGS)
    truth: dict[ImageId, str] = {}
    for c in range(CLASSES):
        name = f"character {c + 1:02d}"
        glyph = invent(rng)
        (examples / name).mkdir(parents=True)
        Image.fromarray(draw(glyph, rng)).save(examples / name / "example.png")
        for number in order[c * DRAWINGS : (c + 1) * DRAWINGS]:
            path = images / f"{number + 1:03d}.png"
            Image.fromarray(draw(glyph, rng)).save(path)
            truth[str(path)] = name
        yield Progress("draw", c + 1, CLASSES)
    _write_truth(folder / "truth.csv", truth)
    return Demo(images, examples, truth)


def _check_empty(folder: Path) -> None:
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise RequestError(
                "Folder not empty", f"{folder} exists and is not an empty folder.", "Name a new or an empty one."
            )
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RequestError(
            "Cannot write", f"{folder}: {error.strerror}.", "Name a folder that can be written."
        ) from error


def _write_truth(path: Path, truth: Mapping[ImageId, str]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["path", "character"])
        writer.writerows((Path(image).name, name) for image, name in sorted(truth.items()))


@dataclass(frozen=True, slots=True)
class DemoScore:
    """Accuracies in per cent on the demonstration set."""

    accuracy: float
    raw_pixels: float


def score(demo: Demo, predictions: Mapping[ImageId, Prediction]) -> DemoScore:
    """The accuracy of ``predictions``, and that of the nearest example by raw pixels on the same images."""
    images = sorted(demo.truth)
    examples = sorted(demo.examples.glob("*/example.png"))
    nearest = nearest_pixels(_pixels(examples), _pixels([Path(i) for i in images])).tolist()
    by_pixels = [examples[n].parent.name == demo.truth[i] for i, n in zip(images, nearest, strict=True)]
    by_method = [predictions[i].label == demo.truth[i] for i in images]
    return DemoScore(100 * float(np.mean(by_method)), 100 * float(np.mean(by_pixels)))


def _pixels(paths: list[Path]) -> torch.Tensor:
    return torch.stack([torch.from_numpy(np.array(Image.open(p))) for p in paths])
