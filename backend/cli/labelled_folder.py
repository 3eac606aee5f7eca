"""A folder's images, labelled by a folder of examples."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from backend import jobs
from backend.cli.arguments import LabellingArguments
from backend.cli.terminal import complain, run_job
from backend.errors import RequestError
from backend.images import DecoderPool
from backend.images.hidden import is_hidden
from backend.types import MAX_BINS, Bins, ImageFile, ImageId, Labelled, Listing, Prediction, Progress, Status

if TYPE_CHECKING:  # it loads torch, and bad examples must not wait for that
    from backend.jobs.engine import Engine


@dataclass(frozen=True, slots=True)
class LabelledFolder:
    """A prediction for each file of ``listing``.

    ``problems``: examples and subfolders that could not be used. ``notes``: what is worth a line, but no exception.
    """

    model: str
    method: str
    classes: tuple[str, ...]
    listing: Listing
    predictions: Mapping[ImageId, Prediction]
    problems: tuple[str, ...]
    notes: tuple[str, ...]


def label_folder(arguments: LabellingArguments, passed_over: Collection[Path] = ()) -> LabelledFolder:
    """Labels the images of ``arguments.folder`` by ``arguments.examples``, without those ``passed_over``.

    Raises:
        RequestError: a folder, the examples, the model, method or device cannot be used.
    """
    examples_root = arguments.examples.absolute()
    examples, problems, notes = list_examples(examples_root)
    folder = arguments.folder.absolute()
    listing = run_job(jobs.list_folder(folder, leave_out=[examples_root]))
    if passed_over:
        listing = replace(listing, files=tuple(f for f in listing.files if f.path not in passed_over))
    if folder.resolve().is_relative_to(examples_root.resolve()):
        notes.append(f"Nothing to label: {folder} lies among the examples, which are left out.")
    with DecoderPool() as pool:
        engine = run_job(jobs.open_engine(pool, arguments.model, arguments.method, arguments.device))
        try:
            bins, unread = usable_bins(engine, examples)
            run_job(jobs.add_views(engine, bins, [f for files in examples.values() for f in files]))
            predictions = label(engine, bins, listing, arguments.reject)
        finally:
            engine.close()
    problems += unread + list(listing.problems)
    return LabelledFolder(engine.model, engine.method, tuple(bins), listing, predictions, tuple(problems), tuple(notes))


def list_examples(root: Path) -> tuple[dict[str, list[ImageFile]], list[str], list[str]]:
    """The example images of every subfolder of ``root``, by class name; what was wrong; and what is worth a line.

    Raises:
        RequestError: no such folder, or it has fewer than two subfolders with images.
    """
    listing = run_job(jobs.list_folder(root))
    classes: dict[str, list[ImageFile]] = {}
    notes: list[str] = []
    for file in listing.files:
        parts = file.path.relative_to(root).parts
        if len(parts) > 1:
            classes.setdefault(parts[0], []).append(file)
        else:
            notes.append(f"Left out, in no class: {file.path}")
    _refuse_empty(root, classes)
    if len(classes) < 2:
        raise RequestError(
            "Too few classes",
            _too_few(root, len(classes), len(notes)),
            "Make one subfolder of example images per class, two or more.",
        )
    if "_unsure" in classes:
        raise RequestError("Reserved name", f"{root / '_unsure'}: _unsure is no class name.", "Rename the folder.")
    return dict(sorted(classes.items())), list(listing.problems), notes


def _too_few(root: Path, classes: int, strays: int) -> str:
    found = f"{root} has {'1 subfolder' if classes else 'no subfolders'} with images"
    return f"{found}; what lies beside subfolders is in no class." if strays else f"{found}."


def _refuse_empty(root: Path, classes: Mapping[str, list[ImageFile]]) -> None:
    """A subfolder without images is a mistake that would otherwise go unseen: its class would get no image."""
    for folder in sorted(root.iterdir()):
        if folder.name in classes or is_hidden(folder.name) or not folder.is_dir():
            continue
        if folder.is_symlink():
            raise RequestError(
                "Class is a link", f"{folder} links to a folder; such links are not followed.", "Copy the folder there."
            )
        raise RequestError(
            "Class without examples", f"{folder} holds no image.", "Put an example in, or remove the folder."
        )


def usable_bins(
    engine: "Engine", examples: Mapping[str, list[ImageFile]]
) -> tuple[dict[str, tuple[ImageId, ...]], list[str]]:
    """Bins of readable examples, each image in one class only, and what was left out.

    Raises:
        RequestError: a class is left without examples, one image is in two classes, or there are too many classes.
    """
    if len(examples) > MAX_BINS:
        sentence = f"The examples have {len(examples):,} classes; at most {MAX_BINS:,} can be told apart."
        raise RequestError("Too many classes", sentence, "Use fewer, or sort in two steps: coarse classes first.")
    run_job(jobs.embed(engine, [f for files in examples.values() for f in files]))
    problems: list[str] = []
    bins: dict[str, tuple[ImageId, ...]] = {}
    for name, files in examples.items():
        readable = [f for f in files if f.id not in engine.store.failures]
        problems += [f"Example not used: {f.path}: {engine.store.failures[f.id]}" for f in files if f not in readable]
        if not readable:
            reason = engine.store.failures[files[0].id]
            raise RequestError(
                "Class without examples",
                f"No example of {name!r} can be read, such as {files[0].path}: {reason}",
                "Give a readable one.",
            )
        bins[name] = tuple(f.id for f in readable)
    _refuse_contradictions(engine, bins)
    return bins, problems


def _refuse_contradictions(engine: "Engine", bins: Bins) -> None:
    owner: dict[tuple[int, str], tuple[str, ImageId]] = {}
    for name, ids in bins.items():
        for image in ids:
            key = engine.store.keys[image]
            first_name, first = owner.setdefault((key.size, key.digest), (name, image))
            if first_name != name:
                raise RequestError(
                    "One image in two classes", f"{first} and {image} are the same image.", "Remove one of them."
                )


def label(engine: "Engine", bins: Bins, listing: Listing, reject: float) -> dict[ImageId, Prediction]:
    """A prediction for every file of ``listing``; unreadable ones get status error and the reason."""
    run_job(jobs.embed(engine, listing.files))
    predictions: dict[ImageId, Prediction] = {}

    def keep(progress: Progress) -> None:
        if isinstance(progress, Labelled):
            predictions.update(progress.predictions)

    ids = [f.id for f in listing.files]
    run_job(jobs.calibrate(engine, bins, ids))
    run_job(jobs.relabel(engine, bins, ids, reject), keep)
    failures = engine.store.failures
    return predictions | {
        f.id: Prediction(Status.ERROR, message=failures[f.id]) for f in listing.files if f.id in failures
    }


def report_problems(found: LabelledFolder) -> None:
    """What could not be used, and what is no image, on standard error; at the end, as a refusal is one line, alone."""
    for text in (*found.notes, *found.problems):
        complain(text)
    listing = found.listing
    if listing.skipped:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(listing.skipped.items()))
        complain(f"Left out, no images: {kinds}")
