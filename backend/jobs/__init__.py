"""What a background worker can do, as generators that yield ``Progress``. Importing this loads no torch.

Each function returns a generator at once; heavy imports happen at its first step, on whatever thread steps it. A job
knows no thread, token or callback: whoever steps it may close it between two steps, and what is done is kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from backend.images import DecoderPool, list_images
from backend.types import (
    Bins,
    Decoded,
    Explanation,
    ImageFile,
    ImageId,
    Job,
    Listing,
    Pixels,
    Prediction,
    Progress,
    Rejected,
)

if TYPE_CHECKING:
    from backend.classify.choice import Choice
    from backend.classify.suggestion import Suggestion
    from backend.jobs.engine import Engine


@dataclass(frozen=True, slots=True)
class Demo:
    """A demonstration set: ``folder`` of images to label, ``examples`` with one subfolder per class, and the
    ``truth``."""

    folder: Path
    examples: Path
    truth: Mapping[ImageId, str]


def list_folder(root: Path, leave_out: Sequence[Path] = ()) -> Job[Listing]:
    """Lists the images below ``root``; yields ``Found``. RequestError where there is no such folder, or it vanishes."""
    return list_images(root, leave_out)


def open_engine(
    pool: DecoderPool, model: str | None = None, method: str | None = None, device: str = "auto"
) -> "Job[Engine]":
    """Loads torch, the model and the cache. None stands for the defaults. RequestError where the names are unknown."""
    yield Progress("load", 0, 2)
    from backend.jobs.engine import load_engine

    yield Progress("load", 1, 2)
    return load_engine(pool, model, method, device)


def change(
    engine: "Engine", model: str | None = None, method: str | None = None, device: str | None = None
) -> "Job[Engine]":
    """An engine with another model, method or device that shares the cache and, on the same device, all features made
    so far. RequestError where the names are unknown, or there is no such device."""
    yield Progress("load", 0, 1)
    return engine.changed(model, method, device)


def close_engine(engine: "Engine") -> Job[None]:
    """Closes the cache. The engine is not used afterwards."""
    yield Progress("close", 0, 1)
    engine.close()


def fetch_model(name: str) -> Job[Path]:
    """Downloads and installs a model such as ``torchvision:resnet50``; yields bytes. Stopped, it goes on the next time.
    RequestError where there is no such model, no connection, no room, or another file than expected."""
    from backend.models.fetch import fetch

    return (yield from fetch(name))


def embed(engine: "Engine", files: Sequence[ImageFile]) -> Job[None]:
    """Makes features for ``files``; yields ``Embedded``. Known images cost nothing."""
    return engine.store.embed(files)


def relabel(
    engine: "Engine",
    bins: Bins,
    ids: Sequence[ImageId],
    reject: float = 0.0,
    folder: Sequence[ImageId] | None = None,
    rejected: Rejected | None = None,
) -> Job[None]:
    """Labels ``ids`` by ``bins``; yields ``Labelled``. Images without features are left out. No image gets a label that
    is ``rejected`` for it.

    One usable bin ranks by similarity. From two on, confidences are as good as ``calibrate`` has made them so far.
    ``folder`` is what a transductive method reads besides the examples, ``ids`` unless it is given. RequestError where
    no bin has a usable example.
    """
    return engine.relabel(bins, ids, reject, folder, rejected or {})


def add_views(engine: "Engine", bins: Bins, files: Sequence[ImageFile]) -> Job[bool]:
    """Makes views of the examples, whose ``files`` are given, where the method reads any; True where ``relabel`` then
    gives other labels than before. What was made once costs nothing."""
    return engine.add_views(bins, files)


def calibrate(engine: "Engine", bins: Bins, folder: Sequence[ImageId] = ()) -> Job[bool]:
    """Moves the temperature towards the bins' own leave-one-out estimate, once for the same bins; True where it moved.

    ``relabel`` then gives other confidences, and the same labels. ``folder`` is what a transductive method reads, the
    same as in ``relabel``.
    """
    return engine.calibrate(bins, folder)


def ask_first(engine: "Engine", uncertainty: Mapping[ImageId, float]) -> Job[list[ImageId]]:
    """Images in the order in which answers are worth most: uncertain (0..1) and unlike each other. Those without
    features are left out."""
    return engine.ask_first(uncertainty)


def find_twins(engine: "Engine", files: Sequence[ImageFile]) -> Job[list[tuple[ImageId, ...]]]:
    """Groups of ``files`` with the same content. Those without features are left out."""
    return engine.find_twins(files)


def explain(engine: "Engine", bins: Bins, image: ImageId) -> Job[Explanation]:
    """Why ``image`` has its label. RequestError where it has no features or there are fewer than two usable bins."""
    return engine.explain(bins, image)


def best_for_bins(
    engine: "Engine", bins: Bins, files: Sequence[ImageFile], models: Sequence[str] = ()
) -> "Job[Choice]":
    """Scores every method of ``models`` (by default of all on this machine) by leave-one-out on ``bins``, whose
    examples' ``files`` are given; best first, and why. RequestError where fewer than two bins have a readable example,
    where none has two, or where a model is unknown."""
    return engine.best_for_bins(bins, files, models)


def suggest_model(pool: DecoderPool, files: Sequence[ImageFile], available: Sequence[str]) -> "Job[Suggestion | None]":
    """Which of ``available`` models suits a folder of ``files``, by the look of some of them. None where none of these
    can be read. Loads no torch."""
    from backend.classify.suggestion import SAMPLE, SIDE, suggest_model

    sample = files[:: -(-len(files) // SAMPLE)] if files else []
    waiting = [pool.decode(file.path, SIDE) for file in sample]
    pixels: list[Pixels] = []
    try:
        for done, future in enumerate(waiting):
            decoded = future.result()
            pixels += [decoded.pixels] if isinstance(decoded, Decoded) else []
            yield Progress("suggest", done + 1, len(waiting))
    finally:
        for future in waiting:
            future.cancel()
    return suggest_model(pixels, available) if pixels else None


def export_csv(
    path: Path,
    root: Path,
    files: Sequence[ImageFile],
    predictions: Mapping[ImageId, Prediction],
    given: Mapping[ImageId, str],
) -> Job[None]:
    """Writes the window's table, atomically. RequestError where ``path`` cannot be written."""
    from backend.export import COLUMNS, GIVEN, rows_of, write_table

    yield Progress("export", 0, len(files))
    write_table(path, rows_of(root, files, predictions, given), (*COLUMNS, GIVEN))
    yield Progress("export", len(files), len(files))


def make_demo(folder: Path, seed: int = 0) -> Job[Demo]:
    """Draws the demonstration set into ``folder``, which must be empty or missing."""
    from backend.jobs.demo import draw_demo

    return (yield from draw_demo(folder, seed))
