"""What ``fewshot sort``, ``undo`` and ``resume`` share."""

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from backend.cli.arguments import Parser, Subparsers, add_json, path
from backend.cli.terminal import complain, run_job

if TYPE_CHECKING:
    from backend.sorting import Outcome
    from backend.types import Job


class DestinationArguments(Protocol):
    """What the parser of ``add_destination_parser`` parses."""

    destination: Path
    json: bool


def add_destination_parser(subparsers: "Subparsers[Parser]", name: str, text: str) -> Parser:
    """Adds a command about a folder that was sorted into."""
    p = subparsers.add_parser(name, help=text)
    p.add_argument("destination", type=path, metavar="DEST", help="the folder that was sorted into")
    add_json(p)
    return p


def real(path: Path) -> Path:
    """The same folder, without links on the way: paths in it are compared with those of images."""
    return Path(os.path.realpath(path))


def run_sort(job: "Job[Outcome]", destination: Path) -> "Outcome":
    """Where Ctrl-C stops it, what can be done about it is said."""
    try:
        return run_job(job)
    except KeyboardInterrupt:
        where = shlex.quote(str(destination))
        complain(f"Stopped in mid-sort. To finish: fewshot resume {where}; to take it back: fewshot undo {where}")
        raise


def files(count: int) -> str:
    """How many, in words."""
    return "1 file" if count == 1 else f"{count} files"


def tell(outcome: "Outcome") -> None:
    """What could not be done, on standard error."""
    for problem in outcome.problems:
        complain(problem)
