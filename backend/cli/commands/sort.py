"""``fewshot sort``: files into folders by their labels."""

import shlex
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from backend.cli.arguments import LabellingArguments, Parser, Subparsers, add_json, add_labelling, check_share, path
from backend.cli.sorted_folder import files, real, run_sort, tell
from backend.cli.terminal import print_json, print_table
from backend.errors import RequestError

if TYPE_CHECKING:
    from backend.cli.labelled_folder import LabelledFolder
    from backend.sorting import Outcome, Plan


class Arguments(LabellingArguments, Protocol):
    into: Path
    mode: str
    dry_run: bool
    json: bool


def add_parser(subparsers: "Subparsers[Parser]") -> None:
    p = subparsers.add_parser("sort", help="label a folder's images and file them into folders by their labels")
    add_labelling(p)
    p.add_argument("--into", type=path, required=True, metavar="DEST", help="gets a folder for each class, and _unsure")
    p.add_argument("--mode", choices=("copy", "move", "hardlink", "symlink"), default="copy")
    p.add_argument("--dry-run", action="store_true", help="say what would be done, and touch nothing")
    add_json(p)
    p.set_defaults(run=run)


def run(arguments: Arguments) -> int:
    """Runs the command; exit code 1 where an example could not be used or a file not be placed."""
    from backend import sorting
    from backend.cli.labelled_folder import label_folder, report_problems

    check_share("--reject", arguments.reject)
    destination, mode = real(arguments.into), sorting.Mode(arguments.mode)
    arguments.folder = real(arguments.folder)
    _refuse_examples(arguments, destination)
    sorting.check_free(destination)
    found = label_folder(arguments, sorting.placed_before(destination))
    plan = sorting.make_plan(found.listing.root, found.listing.files, found.predictions, found.classes, destination)
    outcome = sorting.Outcome(0, ())
    if not arguments.dry_run:
        sorting.check_mode(mode, destination, [p.source for p in plan.files])
        outcome = run_sort(sorting.sort(plan, mode), destination)
    _report(arguments, found, plan, outcome)
    report_problems(found)
    tell(outcome)
    return 1 if found.problems or outcome.problems else 0


def _refuse_examples(arguments: Arguments, destination: Path) -> None:
    if destination.is_relative_to(real(arguments.examples)):
        what = f"{destination} lies among the examples: what is sorted would become examples."
        raise RequestError("Among the examples", what, "Sort into another folder.")


def _report(arguments: Arguments, found: "LabelledFolder", plan: "Plan", outcome: "Outcome") -> None:
    counts = Counter(planned.target.partition("/")[0] for planned in plan.files)
    if arguments.json:
        facts: dict[str, Any] = {
            "model": found.model,
            "method": found.method,
            "mode": arguments.mode,
            "into": str(plan.destination),
        }
        facts |= {"dry_run": arguments.dry_run, "folders": dict(sorted(counts.items())), "there": len(plan.there)}
        print_json({**facts, "placed": outcome.done, "unreadable": len(plan.unreadable), "images": _rows(found, plan)})
    elif arguments.dry_run:
        cells = [(row["path"], row["confidence"], row["target"], row["message"]) for row in _rows(found, plan)]
        shown = [(p, "" if c is None else f"{c:.2f}", t or "", m) for p, c, t, m in cells]
        print_table([("path", "confidence", "target", "message"), *shown])
    else:
        print(_summary(plan, outcome, counts))


def _rows(found: "LabelledFolder", plan: "Plan") -> list[dict[str, Any]]:
    """One for each image; ``target`` is None where it stays."""
    from backend.types import Status

    targets = {planned.image: planned.target for planned in plan.files}
    rows = []
    for file in found.listing.files:
        p = found.predictions[file.id]
        path, stays = file.path.relative_to(plan.folder).as_posix(), file.id not in targets
        message = "lies there already" if stays and p.status is not Status.ERROR else p.message
        known = {"label": p.label, "confidence": p.confidence, "status": p.status.value}
        rows.append({"path": path, **known, "target": targets.get(file.id), "message": message})
    return rows


def _summary(plan: "Plan", outcome: "Outcome", counts: Counter[str]) -> str:
    lines = [f"{files(outcome.done)} filed in {plan.destination}"]
    lines += [f"  {count} in {name}" for name, count in sorted(counts.items())]
    if plan.there:
        lines.append(f"{files(len(plan.there))} lay there already")
    if plan.unreadable:
        lines.append(f"{files(len(plan.unreadable))} cannot be read and stayed where they are")
    if outcome.done:
        lines.append(f"To take it back: fewshot undo {shlex.quote(str(plan.destination))}")
    return "\n".join(lines)
