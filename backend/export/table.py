"""Labels as CSV or JSON (docs/design/tables.md)."""

import csv
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile

from backend.errors import RequestError
from backend.storage import write_atomically
from backend.types import ImageFile, ImageId, Prediction, Status

COLUMNS = ("path", "label", "confidence", "second_label", "second_confidence", "status", "message")
ANSWERED_COLUMNS = (*COLUMNS, "predicted_label", "predicted_confidence")
"""Where a person may have answered: behind what holds stands the model's own guess."""
GIVEN = "given"
"""The status of an answer."""
ENDINGS = (".csv", ".json")

Row = dict[str, str | float | None]


def rows_of(
    root: Path,
    files: Iterable[ImageFile],
    predictions: Mapping[ImageId, Prediction],
    given: Mapping[ImageId, str] | None = None,
    name: Callable[[Path], str] | None = None,
) -> list[Row]:
    """One row per file, sorted by code point of the path relative to ``root``, or of what ``name`` calls it.

    Columns are COLUMNS, or ANSWERED_COLUMNS with ``given``, the person's own answers: these are labels, and certain.
    """
    rows = []
    for file in files:
        prediction = predictions.get(file.id, Prediction(Status.ERROR, message="not labelled yet"))
        row: Row = {"path": name(file.path) if name else file.path.relative_to(root).as_posix(), **_told(prediction)}
        if given is not None:
            row |= _answer(given[file.id], predictions.get(file.id)) if file.id in given else {}
            row |= {"predicted_label": prediction.label, "predicted_confidence": prediction.confidence}
        rows.append(row)
    return sorted(rows, key=lambda row: str(row["path"]))


def _told(p: Prediction) -> Row:
    values = (p.label, p.confidence, p.second_label, p.second_confidence, p.status.value, p.message)
    return dict(zip(COLUMNS[1:], values, strict=True))


def _answer(label: str, p: Prediction | None) -> Row:
    """The answer ``label``; that an image cannot be read stays worth a message."""
    message = p.message if p is not None and p.status is Status.ERROR else ""
    return _told(Prediction(Status.OK, label, 1.0, message=message)) | {"status": GIVEN}


def write_table(path: Path, rows: Sequence[Row], columns: Sequence[str] = COLUMNS) -> None:
    """Writes ``rows`` to ``path``, CSV or JSON by its ending, whole or not at all.

    Raises:
        RequestError: another ending, or the file cannot be written; a device or a pipe is not replaced.
    """
    check_ending(path)
    _check_replaceable(path)
    text = _csv(rows, columns) if path.suffix.lower() == ".csv" else json.dumps(list(rows), indent=1) + "\n"
    try:
        write_atomically(Path(os.path.realpath(path)), text.encode("utf-8", "surrogateescape"))
    except OSError as error:
        raise unwritable(path, error) from error


def check_ending(path: Path) -> None:
    """Raises RequestError unless ``path`` ends in .csv or .json."""
    if path.suffix.lower() not in ENDINGS:
        raise RequestError(
            "Unknown file format", "{0} ends in neither .csv nor .json.", "Choose one of these endings.", path
        )


def check_writable(path: Path) -> None:
    """Tries early what ``write_table`` will do, so that no work is lost.

    Raises:
        RequestError: another ending, or no file can be made there.
    """
    check_ending(path)
    try:
        _check_replaceable(path)
        if path.exists() and not os.access(path, os.W_OK):
            raise PermissionError(13, "is write-protected")
        with NamedTemporaryFile(dir=path.parent, prefix=".fewshot-"):
            pass
    except OSError as error:
        raise unwritable(path, error) from error


def _check_replaceable(path: Path) -> None:
    """Writing puts a new file in the place of what is there: a device (through a link) would be gone for everybody."""
    if path.is_dir():
        raise unwritable(path, IsADirectoryError(21, "is a folder"))
    if path.exists() and not path.is_file():
        raise unwritable(path, OSError(22, "is a device or a pipe, not a file"))


def unwritable(path: Path, error: OSError) -> RequestError:
    """The error a person sees when ``path`` cannot be written."""
    return RequestError("Cannot write", f"{path}: {error.strerror or error}.", "Choose another place, or free it.")


def _csv(rows: Sequence[Row], columns: Sequence[str]) -> str:
    out = _Lines()
    writer = csv.DictWriter(out, columns, lineterminator=_Lines.ENDING)
    writer.writeheader()
    writer.writerows(rows)
    return "".join(out.lines)


class _Lines:
    """Takes the writer's rows and ends them with a line feed alone.

    The writer quotes only the line ends that are its own, and a reader takes a bare carriage return for one.
    """

    ENDING = "\r\n"

    def __init__(self) -> None:
        self.lines: list[str] = []

    def write(self, row: str) -> None:
        self.lines.append(row.removesuffix(self.ENDING) + "\n")
