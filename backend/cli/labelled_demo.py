"""The demonstration set, labelled and compared with the truth."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from PIL import Image

from backend import jobs
from backend.cli.labelled_folder import label, list_examples, usable_bins
from backend.cli.terminal import print_table, run_job
from backend.evaluation.evaluate import nearest_pixels
from backend.images import DecoderPool
from backend.jobs.demo import CREATURES, Part, make_demo
from backend.jobs.demo_set import Demo
from backend.types import ImageId, Prediction

COLOUR_SIDE = 32
"""Pixels at which pictures of any shape are compared by their pixels."""


class DemoArguments(Protocol):
    """What ``fewshot demo`` was told."""

    keep: Path | None
    seed: int
    model: str | None
    method: str | None
    device: str
    json: bool


@dataclass(frozen=True, slots=True)
class LabelledPart:
    """One part of the demonstration, labelled; accuracies in per cent."""

    part: Part
    model: str
    method: str
    demo: Demo
    predictions: Mapping[ImageId, Prediction]
    accuracy: float
    raw_pixels: float

    def figures(self) -> dict[str, object]:
        """The JSON object of the command line."""
        return {
            "model": self.model,
            "method": self.method,
            "classes": self.part.classes,
            "images": len(self.demo.truth),
            "accuracy": self.accuracy,
            "raw_pixel_accuracy": self.raw_pixels,
        }

    def show(self, seed: int) -> None:
        """Prints the table and both accuracies."""
        truth = self.demo.truth
        rows = [(name, str(list(truth.values()).count(name)), str(self._right(name))) for name in self._names()]
        print_table([(self.part.kind, "images", "right"), *rows])
        examples = "one example" if self.part.examples == 1 else f"{self.part.examples} examples"
        kinds = f"{len(rows)} {self.part.kind}s nobody has seen, {examples} each"
        print(f"\n{kinds}; {len(truth)} images (seed {seed})")
        print(f"{self.method} on {self.model}:  {self.accuracy:5.1f} % right")
        print(f"raw-pixel nearest neighbour: {self.raw_pixels:5.1f} % right")

    def _names(self) -> list[str]:
        return sorted(set(self.demo.truth.values()))

    def _right(self, name: str) -> int:
        return sum(self.predictions[i].label == name == t for i, t in self.demo.truth.items())


def label_part(folder: Path, part: Part, arguments: DemoArguments, model: str | None) -> LabelledPart:
    """Draws ``part`` into ``folder`` and labels it. RequestError where the model or the method is unknown."""
    with DecoderPool() as pool:
        engine = run_job(jobs.open_engine(pool, model, arguments.method, arguments.device))
        try:
            demo = run_job(make_demo(folder.absolute(), arguments.seed, part is CREATURES))
            listing = run_job(jobs.list_folder(demo.folder))
            bins, _ = usable_bins(engine, list_examples(demo.examples)[0])
            predictions = label(engine, bins, listing, 0.0)
        finally:
            engine.close()
    return LabelledPart(part, engine.model, engine.method, demo, predictions, *_accuracies(demo, predictions))


def _accuracies(demo: Demo, predictions: Mapping[ImageId, Prediction]) -> tuple[float, float]:
    """The accuracy of ``predictions``, and that of the nearest example by raw pixels on the same images."""
    images = sorted(demo.truth)
    examples = sorted(demo.examples.glob("*/example*"))
    nearest = nearest_pixels(_pixels(examples), _pixels([Path(i) for i in images])).tolist()
    by_pixels = [examples[n].parent.name == demo.truth[i] for i, n in zip(images, nearest, strict=True)]
    by_method = [predictions[i].label == demo.truth[i] for i in images]
    return 100 * float(np.mean(by_method)), 100 * float(np.mean(by_pixels))


def _pixels(paths: list[Path]) -> torch.Tensor:
    """Grey drawings as they are, coloured pictures as squares of ``COLOUR_SIDE``."""
    return torch.stack([torch.from_numpy(np.array(_square(Image.open(p)))).flatten() for p in paths])


def _square(picture: Image.Image) -> Image.Image:
    return picture if picture.mode == "L" else picture.convert("RGB").resize((COLOUR_SIDE, COLOUR_SIDE))
