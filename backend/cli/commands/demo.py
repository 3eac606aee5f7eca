"""``fewshot demo``."""

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from backend import jobs
from backend.cli.commands.classify import label, list_examples, usable_bins
from backend.cli.terminal import complain, print_json, print_table, run_job
from backend.errors import RequestError
from backend.images import DecoderPool
from backend.jobs.demo import CHARACTERS, COLOUR_FOLDER, CREATURES, DemoScore, Part, draw_demo, score
from backend.jobs.demo_set import Demo
from backend.models.model import runnable
from backend.models.store import default_model, read_card
from backend.types import ImageId, Prediction


def run_demo(arguments: argparse.Namespace) -> int:
    """Draws the demonstration set, classifies it, prints table and accuracy."""
    if arguments.seed < 0:
        raise RequestError("Out of range", f"--seed is {arguments.seed}.", "Give a number from 0 on.")
    if arguments.keep is not None:
        return _demo_in(arguments.keep, arguments)
    with TemporaryDirectory(prefix="fewshot-demo-") as folder:
        return _demo_in(Path(folder), arguments)


def _demo_in(folder: Path, arguments: argparse.Namespace) -> int:
    done = [_run(folder, CHARACTERS, arguments, arguments.model or CHARACTERS.model)]
    photos = arguments.model or default_model()
    card = read_card(photos)
    if card.input.kind == "photo" and arguments.method in (None, *runnable(card)):
        done.append(_run(folder / COLOUR_FOLDER, CREATURES, arguments, photos))
    elif card.input.kind == "photo":
        complain(f"Without the part in colour: model {photos} has no method {arguments.method!r}.")
    if arguments.json:
        first, *colour = [d.figures() for d in done]
        print_json(first | {"seed": arguments.seed} | ({"colour": colour[0]} if colour else {}))
        return 0
    for number, part in enumerate(done):
        if number:
            print()
        part.show(arguments.seed)
    return 0


@dataclass(frozen=True, slots=True)
class _Done:
    """One part of the demonstration, labelled."""

    part: Part
    model: str
    method: str
    demo: Demo
    predictions: Mapping[ImageId, Prediction]
    score: DemoScore

    def figures(self) -> dict[str, object]:
        """The JSON object of the command line."""
        return {
            "model": self.model,
            "method": self.method,
            "classes": self.part.classes,
            "images": len(self.demo.truth),
            "accuracy": self.score.accuracy,
            "raw_pixel_accuracy": self.score.raw_pixels,
        }

    def show(self, seed: int) -> None:
        """Prints the table and both accuracies."""
        truth = self.demo.truth
        rows = [(name, str(list(truth.values()).count(name)), str(self._right(name))) for name in self._names()]
        print_table([(self.part.kind, "images", "right"), *rows])
        examples = "one example" if self.part.examples == 1 else f"{self.part.examples} examples"
        kinds = f"{len(rows)} {self.part.kind}s nobody has seen, {examples} each"
        print(f"\n{kinds}; {len(truth)} images (seed {seed})")
        print(f"{self.method} on {self.model}:  {self.score.accuracy:5.1f} % right")
        print(f"raw-pixel nearest neighbour: {self.score.raw_pixels:5.1f} % right")

    def _names(self) -> list[str]:
        return sorted(set(self.demo.truth.values()))

    def _right(self, name: str) -> int:
        return sum(self.predictions[i].label == name == t for i, t in self.demo.truth.items())


def _run(folder: Path, part: Part, arguments: argparse.Namespace, model: str | None) -> _Done:
    with DecoderPool() as pool:
        engine = run_job(jobs.open_engine(pool, model, arguments.method, arguments.device))
        try:
            demo = run_job(draw_demo(folder.absolute(), arguments.seed, part))
            listing = run_job(jobs.list_folder(demo.folder))
            bins, _ = usable_bins(engine, list_examples(demo.examples)[0])
            predictions = label(engine, bins, listing, 0.0)
        finally:
            engine.close()
    return _Done(part, engine.model, engine.method, demo, predictions, score(demo, predictions))
