"""Carries out a plan, and finishes a sort that was interrupted (docs/design/sorting.md)."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backend.errors import RequestError, Sentence
from backend.sorting import files, journal, place
from backend.sorting.journal import Entry, Header, Journal
from backend.sorting.modes import Mode, link
from backend.sorting.names import DOT, free_name
from backend.sorting.plan import Plan, check_place
from backend.types import Job, Progress

BATCH = 256
"""Intents that are written before their files are touched."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """``done``: files that were placed, or taken back; ``problems``: a sentence for each that was not."""

    done: int
    problems: tuple[str, ...]


def sort(plan: Plan, mode: Mode) -> Job[Outcome]:
    """Carries ``plan`` out. Stopped or killed at any moment, ``resume`` finishes it and ``undo`` takes it back.

    Raises:
        RequestError: a sort or an undo is at work there or was interrupted there, or the disk is full.
    """
    destination = plan.destination
    if not plan.files:
        check_free(destination)
        return Outcome(0, ())
    check_place(destination)
    levels = place.make_place(destination)
    try:
        with place.held(destination):
            _refuse_unfinished(destination)
            pairs = [(os.path.relpath(p.source, plan.folder), p.target) for p in plan.files]
            inside = plan.folder in (destination, *destination.parents)
            above = os.path.relpath(plan.folder, destination) if inside else ""
            book = journal.begin(destination, Header(plan.folder, mode, levels, above), pairs)
            return (yield from _carry_out(book))
    except RequestError:
        if levels:
            place.remove_traces(destination, levels)  # where nothing was begun
        raise


def resume(destination: Path) -> Job[Outcome]:
    """Finishes the newest sort, where there is something to finish.

    Raises:
        RequestError: nothing was sorted there; an undo was interrupted; the folder is in use, or the disk full.
    """
    check_place(destination)
    place.last_journal(destination)
    with place.held(destination):
        book = place.last_journal(destination)
        if book.undoing:
            raise _undo_first(destination)
        if book.ended or not book.planned:
            return Outcome(0, ())
        return (yield from _carry_out(book))


def check_free(destination: Path) -> None:
    """Raises RequestError where a sort or an undo is at work or was interrupted, or no folder can be."""
    check_place(destination)
    if (destination / DOT).is_dir():
        with place.held(destination):
            _refuse_unfinished(destination)


def _refuse_unfinished(destination: Path) -> None:
    """A plan that was never whole is thrown away: nothing was touched."""
    book = journal.newest(destination)
    if book is None or (book.ended and not book.undoing):
        return
    if book.undoing:
        raise _undo_first(destination)
    if book.planned:
        what = Sentence("A sort into {0} was interrupted.", destination)
        name = place.quoted(destination)
        raise RequestError("Unfinished sort", what, Sentence("Run fewshot resume {0}, or fewshot undo {1}", name, name))
    book.path.unlink()


def _undo_first(destination: Path) -> RequestError:
    what = Sentence("Taking back a sort into {0} was interrupted.", destination)
    return RequestError("Unfinished undo", what, Sentence("Run fewshot undo {0}", place.quoted(destination)))


def _carry_out(book: Journal) -> Job[Outcome]:
    todo = [k for k, e in book.entries.items() if e.state in ("plan", "intent")]
    done = 0
    with book:
        for start in range(0, len(todo), BATCH):
            batch = todo[start : start + BATCH]
            intents: list[dict[str, Any]] = []
            for k in batch:
                intents += _prepare(book, k)
                done += 1
                yield Progress("sort", done, 2 * len(todo))
            _make_folders(book, intents)
            book.write(*intents)
            book.sync()
            for k in batch:
                if book.entries[k].state == "intent":
                    _place(book, k)
                done += 1
                yield Progress("sort", done, 2 * len(todo))
        book.path.with_suffix(files.PART).unlink(missing_ok=True)
        book.write({"end": True})
        book.sync()
    entries = book.entries.values()
    problems = tuple(f"Not sorted: {book.source(e)}: {e.why}" for e in entries if e.state == "failed")
    return Outcome(sum(e.state == "done" for e in entries), problems)


def _prepare(book: Journal, k: int) -> Sequence[dict[str, Any]]:
    """The intent of entry ``k``; none where an interrupted sort has done it, or it cannot be read."""
    entry = book.entries[k]
    try:
        if entry.state == "intent" and _settled(book, entry):
            book.write({"done": k})
            return ()
        return ({"intent": k, "target": entry.target, **_facts(book, entry)},)
    except OSError as error:
        book.write({"failed": k, "why": _reason(error)})
        return ()


def _settled(book: Journal, entry: Entry) -> bool:
    """Whether the file of an interrupted step is in its place; what is left over of the step is taken away."""
    source, target = book.source(entry), book.target(entry)
    if files.is_empty(target) and os.path.lexists(source):  # the name was claimed, and no more
        target.unlink()
        return False
    if not files.holds(target, entry, entry.text):
        return False
    if book.header.mode is Mode.MOVE and os.path.lexists(source) and files.holds(source, entry, entry.source_text):
        source.unlink()
    return True


def _facts(book: Journal, entry: Entry) -> dict[str, Any]:
    """What the target will hold."""
    source, mode = book.source(entry), book.header.mode
    if mode is Mode.SYMLINK:
        source.stat()  # it is there
        return {"size": 0, "digest": "", "text": str(source)}
    if mode is Mode.MOVE and source.is_symlink():
        text = str(source.readlink())
        return {"size": 0, "digest": "", "text": str(source.parent / text), "source_text": text}
    return {"size": source.stat().st_size, "digest": files.digest_of(source)}


def _make_folders(book: Journal, intents: Sequence[dict[str, Any]]) -> None:
    for name in sorted({str(intent["target"]).partition("/")[0] for intent in intents}):
        if not (book.destination / name).is_dir():
            book.write({"made": name})
            book.sync()
            (book.destination / name).mkdir(exist_ok=True)


def _place(book: Journal, k: int) -> None:
    """Does what was intended; under another name where somebody has taken it meanwhile."""
    entry = book.entries[k]
    try:
        _act(book, entry)
    except FileExistsError:
        folder, _, name = entry.target.partition("/")
        free = free_name(name, {p.name.casefold() for p in (book.destination / folder).iterdir()})
        book.write({"intent": k, "target": f"{folder}/{free}", **_facts(book, entry)})
        book.sync()
        _place(book, k)
        return
    except OSError as error:
        if error.errno in files.FULL:
            raise
        book.write({"failed": k, "why": _reason(error)})
        return
    book.write({"done": k})


def _act(book: Journal, entry: Entry) -> None:
    source, target, mode = book.source(entry), book.target(entry), book.header.mode
    part = book.path.with_suffix(files.PART)
    if mode is Mode.COPY:
        files.copy(source, target, part)
    elif mode is not Mode.MOVE:
        link(mode, source, target)
    elif entry.source_text:
        files.move_link(source, target, entry.text)
    else:
        files.move(source, target, part, entry)


def _reason(error: OSError) -> str:
    return error.strerror or repr(error)
