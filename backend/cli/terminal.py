"""Progress bars, tables and JSON on a terminal."""

import json
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar
from unicodedata import combining, east_asian_width

from tqdm import tqdm

from backend.errors import escape_controls

if TYPE_CHECKING:  # it loads numpy, and --help must not wait for that
    from backend.types import Job, Progress

T = TypeVar("T")


def run_job(job: "Job[T]", seen: "Callable[[Progress], None] | None" = None) -> T:
    """Steps ``job`` to its end, with a progress bar on standard error where that is a terminal."""
    with tqdm(file=sys.stderr, disable=not sys.stderr.isatty(), leave=False) as bar:
        try:
            while True:
                progress = next(job)
                if seen is not None:
                    seen(progress)
                _show(bar, progress)
        except StopIteration as stop:
            result: T = stop.value
            return result
        finally:
            job.close()


def _show(bar: "tqdm[Any]", progress: "Progress") -> None:
    if bar.disable:
        return
    if bar.desc != f"{progress.stage}: ":
        bar.reset()
        bar.total = progress.total
        bar.set_description(progress.stage)  # drawn at once: a short stage may have no second step
    bar.total = progress.total
    bar.update(progress.done - bar.n)


def complain(text: str) -> None:
    """One line on standard error."""
    tqdm.write(f"fewshot: {escape_controls(text)}", file=sys.stderr)


def print_json(value: Any) -> None:
    """One JSON object on standard output."""
    print(json.dumps(value, allow_nan=False))


def print_table(rows: Sequence[Sequence[str]]) -> None:
    """Columns padded to their widest cell; the first row is the heading."""
    cells = [[escape_controls(c) for c in row] for row in rows]
    widths = [max(_width(row[i]) for row in cells) for i in range(len(cells[0]))]
    for row in cells:
        print("  ".join(c + " " * (w - _width(c)) for c, w in zip(row, widths, strict=True)).rstrip())


def _width(text: str) -> int:
    """Columns that a terminal takes for ``text``: two for a wide character (汉), none for a mark upon another one."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)
