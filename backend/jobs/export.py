"""The job that writes the window's table."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from backend.export import ANSWERED_COLUMNS, rows_of, write_table
from backend.labelling.thresholds import judged
from backend.types import ImageFile, ImageId, Job, Prediction, Progress


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

    Raises:
        RequestError: ``path`` cannot be written.
    """
    yield Progress("export", 0, len(files))
    rows = rows_of(root, files, judged(predictions, threshold), given, name)
    write_table(path, rows, ANSWERED_COLUMNS)
    yield Progress("export", len(files), len(files))
