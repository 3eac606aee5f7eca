"""``fewshot classify``: examples in, one row per image out."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from backend.cli.arguments import LabellingArguments, Parser, Subparsers, add_json, add_labelling, check_share, path
from backend.cli.terminal import print_json, print_table

if TYPE_CHECKING:
    from backend.cli.labelled_folder import LabelledFolder


class Arguments(LabellingArguments, Protocol):
    out: Path | None
    json: bool


def add_parser(subparsers: "Subparsers[Parser]") -> None:
    p = subparsers.add_parser("classify", help="label every image of a folder by examples")
    add_labelling(p)
    p.add_argument(
        "--out", type=path, metavar="FILE", help="write a table that ends in .csv or .json instead of printing one"
    )
    add_json(p)
    p.set_defaults(run=run)


def run(arguments: Arguments) -> int:
    """Runs the command; exit code 1 where an example or a subfolder could not be used."""
    from backend.cli.labelled_folder import label_folder, report_problems
    from backend.export import check_writable

    check_share("--reject", arguments.reject)
    if arguments.out is not None:
        check_writable(arguments.out)
    found = label_folder(arguments)
    _report(arguments, found)
    report_problems(found)
    return 1 if found.problems else 0


def _report(arguments: Arguments, found: "LabelledFolder") -> None:
    from backend.export import rows_of, write_table
    from backend.types import Status

    rows = rows_of(found.listing.root, found.listing.files, found.predictions)
    counts = {s.value: sum(row["status"] == s.value for row in rows) for s in Status}
    if arguments.out is not None:
        write_table(arguments.out, rows)
    if arguments.json:
        shown = {} if arguments.out is not None else {"images": rows}
        print_json(
            {
                "model": found.model,
                "method": found.method,
                "counts": counts,
                "skipped": dict(found.listing.skipped),
                **shown,
            }
        )
    elif arguments.out is not None:
        print(f"{len(rows)} images: {_summary(counts)} → {arguments.out}")
    else:
        print_table([("path", "label", "confidence", "status", "message"), *map(_cells, rows)])


def _summary(counts: Mapping[str, int]) -> str:
    return f"{counts['ok']} labelled, {counts['unsure']} unsure, {counts['error']} unreadable"


def _cells(row: Mapping[str, str | float | None]) -> tuple[str, ...]:
    confidence = row["confidence"]
    shown = f"{confidence:.2f}" if isinstance(confidence, float) else ""
    return (str(row["path"]), str(row["label"]), shown, str(row["status"]), str(row["message"]))
