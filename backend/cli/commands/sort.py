"""``fewshot sort``, ``undo`` and ``resume``: files into folders by their labels, and back."""

import argparse
import os
import shlex
from collections import Counter
from pathlib import Path
from typing import Any

from backend import sorting
from backend.cli.argument_checks import check_share
from backend.cli.commands.classify import LabelledFolder, label_folder, report_problems
from backend.cli.terminal import complain, print_json, print_table, run_job
from backend.errors import RequestError
from backend.sorting import Mode, Outcome, Plan
from backend.types import Job, Status


def sort_folder(arguments: argparse.Namespace) -> int:
    """``fewshot sort``; exit code 1 where an example could not be used or a file not be placed."""
    check_share("--reject", arguments.reject)
    destination, mode = real(arguments.into), Mode(arguments.mode)
    arguments.folder = real(arguments.folder)
    _refuse_examples(arguments, destination)
    sorting.check_free(destination)
    found = label_folder(arguments, sorting.placed_before(destination))
    plan = sorting.make_plan(found.listing.root, found.listing.files, found.predictions, found.classes, destination)
    outcome = Outcome(0, ())
    if not arguments.dry_run:
        sorting.check_mode(mode, destination, [p.source for p in plan.files])
        outcome = _run(sorting.sort(plan, mode), destination)
    _report(arguments, found, plan, outcome)
    report_problems(found)
    _tell(outcome)
    return 1 if found.problems or outcome.problems else 0


def undo_sort(arguments: argparse.Namespace) -> int:
    """``fewshot undo``; exit code 1 where something stays."""
    destination = real(arguments.destination)
    outcome = run_job(sorting.undo(destination))
    if arguments.json:
        print_json({"taken_back": outcome.done, "stays": list(outcome.problems)})
    else:
        print(f"{_files(outcome.done)} taken back from {destination}")
    _tell(outcome)
    return 1 if outcome.problems else 0


def resume_sort(arguments: argparse.Namespace) -> int:
    """``fewshot resume``; exit code 1 where a file could not be placed."""
    destination = real(arguments.destination)
    outcome = _run(sorting.resume(destination), destination)
    if arguments.json:
        print_json({"placed": outcome.done, "problems": list(outcome.problems)})
    elif outcome.done:
        print(f"{_files(outcome.done)} filed in {destination}")
    else:
        print(f"There is nothing to finish in {destination}")
    _tell(outcome)
    return 1 if outcome.problems else 0


def real(path: Path) -> Path:
    """The same folder, without links on the way: paths in it are compared with those of images."""
    return Path(os.path.realpath(path))


def _refuse_examples(arguments: argparse.Namespace, destination: Path) -> None:
    if destination.is_relative_to(real(arguments.examples)):
        what = f"{destination} lies among the examples: what is sorted would become examples."
        raise RequestError("Among the examples", what, "Sort into another folder.")


def _run(job: Job[Outcome], destination: Path) -> Outcome:
    """Where Ctrl-C stops it, what can be done about it is said."""
    try:
        return run_job(job)
    except KeyboardInterrupt:
        where = shlex.quote(str(destination))
        complain(f"Stopped in mid-sort. To finish: fewshot resume {where}; to take it back: fewshot undo {where}")
        raise


def _report(arguments: argparse.Namespace, found: LabelledFolder, plan: Plan, outcome: Outcome) -> None:
    counts = Counter(planned.target.partition("/")[0] for planned in plan.files)
    if arguments.json:
        facts = {"model": found.model, "method": found.method, "mode": arguments.mode, "into": str(plan.destination)}
        facts |= {"dry_run": arguments.dry_run, "folders": dict(sorted(counts.items())), "there": len(plan.there)}
        print_json({**facts, "placed": outcome.done, "unreadable": len(plan.unreadable), "images": _rows(found, plan)})
    elif arguments.dry_run:
        cells = [(row["path"], row["confidence"], row["target"], row["message"]) for row in _rows(found, plan)]
        shown = [(p, "" if c is None else f"{c:.2f}", t or "", m) for p, c, t, m in cells]
        print_table([("path", "confidence", "target", "message"), *shown])
    else:
        print(_summary(plan, outcome, counts))


def _rows(found: LabelledFolder, plan: Plan) -> list[dict[str, Any]]:
    """One for each image; ``target`` is None where it stays."""
    targets = {planned.image: planned.target for planned in plan.files}
    rows = []
    for file in found.listing.files:
        p = found.predictions[file.id]
        path, stays = file.path.relative_to(plan.folder).as_posix(), file.id not in targets
        message = "lies there already" if stays and p.status is not Status.ERROR else p.message
        known = {"label": p.label, "confidence": p.confidence, "status": p.status.value}
        rows.append({"path": path, **known, "target": targets.get(file.id), "message": message})
    return rows


def _summary(plan: Plan, outcome: Outcome, counts: Counter[str]) -> str:
    lines = [f"{_files(outcome.done)} filed in {plan.destination}"]
    lines += [f"  {count} in {name}" for name, count in sorted(counts.items())]
    if plan.there:
        lines.append(f"{_files(len(plan.there))} lay there already")
    if plan.unreadable:
        lines.append(f"{_files(len(plan.unreadable))} cannot be read and stayed where they are")
    if outcome.done:
        lines.append(f"To take it back: fewshot undo {shlex.quote(str(plan.destination))}")
    return "\n".join(lines)


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"


def _tell(outcome: Outcome) -> None:
    for problem in outcome.problems:
        complain(problem)
