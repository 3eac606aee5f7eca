"""What a background worker can do, as generators that yield ``Progress``. Importing this loads no torch.

Each function returns a generator at once; heavy imports happen at its first step, on whatever thread steps it. A job
knows no thread, token or callback: whoever steps it may close it between two steps, and what is done is kept.
"""

from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from backend.images import DecoderPool, list_images
from backend.jobs.demo_set import Demo
from backend.types import (
    Absence,
    AlikeGroup,
    Bins,
    Decoded,
    Doubt,
    Explanation,
    ImageFile,
    ImageId,
    Job,
    Listing,
    Pixels,
    Prediction,
    Progress,
    Rejected,
    RestsOn,
)

if TYPE_CHECKING:
    from backend.embedding.feature_map import FeatureMap
    from backend.explain.reports import Quality, ShotsCurve
    from backend.jobs.engine import Engine
    from backend.pretrained.catalogue import TrunkOffer
    from backend.pretrained.install import Source
    from backend.selection.best_method import Choice
    from backend.selection.scores import MethodScore
    from backend.selection.suggestion import Suggestion


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


def give_back_memory() -> Job[None]:
    """Gives memory that nothing needs any more to the system: after ``change``, what the engine before it held."""
    yield Progress("memory", 0, 1)
    from backend.embedding.memory import give_back_memory

    give_back_memory()


def close_engine(engine: "Engine") -> Job[None]:
    """Closes the cache. The engine is not used afterwards."""
    yield Progress("close", 0, 1)
    engine.close()


def fetch_model(name: str) -> Job[Path]:
    """Downloads and installs a model such as ``torchvision:resnet50``; yields bytes. Stopped, it goes on the next time.
    RequestError where there is no such model, no connection, no room, or another file than expected."""
    from backend.pretrained.install import fetch

    return (yield from fetch(name))


def trunk_offers() -> "Job[list[TrunkOffer]]":
    """The trunks that can be fetched, and how far each is. Makes no connection."""
    yield Progress("load", 0, 1)
    from backend.pretrained.catalogue import trunk_offers

    return trunk_offers()


def find_source(name: str) -> "Job[Source]":
    """Where the weights of ``name`` lie: the first third of ``fetch_model``, for callers that download on a thread of
    their own. Makes no connection. RequestError where there is no such model, or its extra is not installed."""
    yield Progress("load", 0, 1)
    from backend.pretrained.install import source_of

    return source_of(name)


def download_weights(name: str, source: "Source") -> Job[None]:
    """The second third: receives and checks the file; computes nothing, and a step may wait for the network. Yields
    bytes."""
    from backend.pretrained.install import download_weights

    yield from download_weights(name, source)


def install_weights(name: str, source: "Source") -> Job[Path]:
    """The last third: makes a model of the file."""
    from backend.pretrained.install import install_weights

    return (yield from install_weights(name, source))


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
    from backend.jobs.labelling import relabel

    return (yield from relabel(engine.fitting, bins, ids, reject, folder, rejected or {}))


def add_views(engine: "Engine", bins: Bins, files: Sequence[ImageFile]) -> Job[bool]:
    """Makes views of the examples, whose ``files`` are given, where the method reads any; True where ``relabel`` then
    gives other labels than before. What was made once costs nothing."""
    from backend.jobs.labelling import add_views

    return (yield from add_views(engine.fitting, bins, files))


def calibrate(engine: "Engine", bins: Bins, folder: Sequence[ImageId] = ()) -> Job[bool]:
    """Moves the temperature towards the bins' own leave-one-out estimate, once for the same bins; True where it moved.

    ``relabel`` then gives other confidences, and the same labels. ``folder`` is what a transductive method reads, the
    same as in ``relabel``.
    """
    from backend.jobs.labelling import calibrate

    return (yield from calibrate(engine.fitting, bins, folder))


def ask_first(engine: "Engine", uncertainty: Mapping[ImageId, float]) -> Job[list[ImageId]]:
    """Images in the order in which answers are worth most: uncertain (0..1) and unlike each other. Those without
    features are left out."""
    from backend.jobs.finding import ask_first

    return (yield from ask_first(engine.store, uncertainty))


def ask_where_methods_differ(
    engine: "Engine", bins: Bins, labels: Mapping[ImageId, str], uncertainty: Mapping[ImageId, float]
) -> Job[list[ImageId]]:
    """As ``ask_first``; what counts is how much unlike methods would rather give other labels than these (names of
    bins), and ``uncertainty`` where they agree. Nothing where fewer than two bins have a usable example."""
    from backend.jobs.finding import ask_where_methods_differ

    return (yield from ask_where_methods_differ(engine.store, engine.method, bins, labels, uncertainty))


def propose_bins(engine: "Engine", bins: Bins, unsure: Sequence[ImageId]) -> Job[list[AlikeGroup]]:
    """Groups of alike images among ``unsure``, the least sure first, that belong to none of ``bins``; the largest group
    first. None where fewer than two bins have a usable example. Images without features are left out."""
    from backend.jobs.finding import propose_bins

    return (yield from propose_bins(engine.store, bins, unsure))


def find_twins(engine: "Engine", files: Sequence[ImageFile]) -> Job[list[tuple[ImageId, ...]]]:
    """Groups of ``files`` with the same content. Those without features are left out."""
    from backend.jobs.finding import find_twins

    return (yield from find_twins(engine.store, files))


def explain(engine: "Engine", bins: Bins, image: ImageId, rejected: Rejected | None = None) -> Job[Explanation]:
    """Why ``image`` has its label; bins that are ``rejected`` for it are not ranked. RequestError where it has no
    features or there are fewer than two usable bins."""
    from backend.jobs.questions import explain

    return (yield from explain(engine.fitting, bins, image, rejected or {}))


def rests_on(engine: "Engine", bins: Bins, image: ImageId, rejected: Rejected | None = None) -> Job[RestsOn]:
    """Which examples the label of ``image`` rests on: without one of them it would be another. A fit for each example
    that is tried, so few where ``engine.costly``. RequestErrors as for ``explain``."""
    from backend.jobs.questions import rests_on

    return (yield from rests_on(engine.fitting, bins, image, rejected or {}))


def absence(
    engine: "Engine",
    bins: Bins,
    example: ImageId,
    labels: Mapping[ImageId, str],
    rejected: Rejected | None = None,
) -> Job[Absence]:
    """Which images would change their label, now one of ``labels``, if ``example`` were left out: one fit, then the
    images with features are labelled. RequestErrors as for ``explain``."""
    from backend.jobs.questions import absence

    return (yield from absence(engine.fitting, bins, example, labels, rejected or {}))


def doubts(engine: "Engine", bins: Bins, rejected: Rejected | None = None) -> Job[dict[ImageId, Doubt]]:
    """The examples that their own bins would not claim, by leave-one-out; what ``calibrate`` has asked is reused.
    Nothing where there are fewer than two usable bins."""
    from backend.jobs.questions import doubts

    return (yield from doubts(engine.fitting, bins, rejected or {}))


def quality(engine: "Engine", bins: Bins) -> "Job[Quality]":
    """Leaves each example out in turn and asks the bins whose it is. Nothing is left out where there are fewer than two
    usable bins, or none has two examples."""
    from backend.jobs.questions import quality

    return (yield from quality(engine.fitting, bins))


def shots_curve(engine: "Engine", bins: Bins) -> "Job[ShotsCurve]":
    """How accurate the bins are with 1, 2, 3 … of their examples; without points where that cannot be told."""
    from backend.jobs.questions import shots_curve

    return (yield from shots_curve(engine.fitting, bins))


def feature_map(engine: "Engine", ids: Sequence[ImageId], umap: bool = False) -> "Job[FeatureMap]":
    """``ids`` in a plane, by principal components or by UMAP; those without features are left out. RequestError where
    UMAP is wanted and not installed, or there are too few images for it."""
    from backend.embedding.projection import pca_map, umap_map

    return (yield from (umap_map if umap else pca_map)(engine.store, engine.store.known(ids)))


def umap_installed() -> bool:
    """Whether ``feature_map`` can use UMAP. Imports nothing."""
    return find_spec("umap") is not None


def best_for_bins(
    engine: "Engine", bins: Bins, files: Sequence[ImageFile], models: Sequence[str] = ()
) -> "Job[Choice]":
    """Scores every method of ``models`` (by default of all on this machine) by leave-one-out on ``bins``, whose
    examples' ``files`` are given; best first, and why. RequestError where fewer than two bins have a readable example,
    where none has two, or where a model is unknown."""
    from backend.jobs.trials import best_for_bins

    return (yield from best_for_bins(engine, bins, files, models))


def compare_methods(
    engine: "Engine",
    bins: Bins,
    examples: Sequence[ImageFile],
    folder: Sequence[ImageFile],
    rejected: Rejected | None = None,
) -> "Job[list[MethodScore]]":
    """Tries every method of the engine's model on ``bins``, the one in use first and those that adapt last; yields a
    ``MethodScore`` after each.

    ``examples`` are the files of the bins, ``folder`` those of the images to label, of which a part is read where there
    are many. RequestError where fewer than two bins have a readable example, or none has two.
    """
    from backend.jobs.trials import compare_methods
    from backend.selection.comparison import Task

    return (yield from compare_methods(engine, Task(bins, examples, folder, rejected or {})))


def set_steps(engine: "Engine", steps: int | None) -> Job[None]:
    """An adapting method stops after so many steps from now on (0: it does not adapt at all; None: all steps).
    ``relabel`` then gives other labels. Nothing changes for other methods."""
    yield Progress("steps", 0, 1)
    engine.fitting.set_steps(steps)


def all_steps(engine: "Engine", bins: Bins) -> Job[int]:
    """The steps that the method takes on ``bins`` where it is not stopped on the way; 0 where it does not adapt or
    there are fewer than two usable bins."""
    yield Progress("steps", 0, 1)
    return engine.fitting.all_steps(bins)


def look_for_models(engine: "Engine") -> Job[None]:
    """Brings ``engine.models`` up to what lies on this machine now."""
    yield Progress("load", 0, 1)
    engine.look_for_models()


def suggest_model(pool: DecoderPool, files: Sequence[ImageFile], available: Sequence[str]) -> "Job[Suggestion | None]":
    """Which of ``available`` models suits a folder of ``files``, by the look of some of them. None where none of these
    can be read. Loads no torch."""
    from backend.selection.suggestion import SAMPLE, SIDE, suggest_model

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
    threshold: float = 0.0,
    name: Callable[[Path], str] | None = None,
) -> Job[None]:
    """Writes the window's table, atomically: what the person has ``given`` (image → bin), and of the rest the label,
    which is unsure below ``threshold``. ``name`` says what images are called, else it is their path below ``root``.
    RequestError where ``path`` cannot be written."""
    from backend.export import ANSWERED_COLUMNS, rows_of, write_table
    from backend.labelling.thresholds import judged

    yield Progress("export", 0, len(files))
    rows = rows_of(root, files, judged(predictions, threshold), given, name)
    write_table(path, rows, ANSWERED_COLUMNS)
    yield Progress("export", len(files), len(files))


def make_demo(folder: Path, seed: int = 0, colour: bool = False) -> Job[Demo]:
    """Draws the demonstration set, or its part in ``colour``, into ``folder``, which must be empty or missing."""
    from backend.jobs.demo import CHARACTERS, CREATURES, draw_demo

    return (yield from draw_demo(folder, seed, CREATURES if colour else CHARACTERS))
