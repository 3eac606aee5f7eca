"""Undoes a sort: files that are still as the sort left them go back to where they were."""

import os
from pathlib import Path

from backend.errors import RequestError, Sentence
from backend.sorting import files, place
from backend.sorting.journal import Entry, Journal
from backend.sorting.modes import Mode
from backend.sorting.plan import check_place
from backend.sorting.sort import Outcome
from backend.types import Job, Progress


def undo(destination: Path) -> Job[Outcome]:
    """Takes the newest sort into ``destination`` back; interrupted, it is run again.

    Files that have changed since stay, each with a sentence in the outcome; so do originals whose place is taken.

    Raises:
        RequestError: nothing was sorted there; the folder is in use, or a disk full.
    """
    check_place(destination)
    place.last_journal(destination)
    with place.held(destination):
        book = place.last_journal(destination)
        _check_folder(book)
        done, stays = yield from _take_all_back(book)
        if not stays:
            book.path.unlink()
    if not stays:
        place.remove_traces(destination, book.header.levels)
    return Outcome(done, tuple(stays))


def _check_folder(book: Journal) -> None:
    """A disk that is not connected must not get a folder of its name."""
    if book.header.mode is Mode.MOVE and not book.folder.is_dir():
        what = Sentence("The images came from {0}, which is not there.", book.folder)
        raise RequestError("Folder is gone", what, "Connect the disk, or move the folder back; then run undo again.")


def _take_all_back(book: Journal) -> Job[tuple[int, list[str]]]:
    todo = [k for k, e in reversed(book.entries.items()) if e.state in ("done", "intent", "back")]
    with book:
        book.write({"undo": True})
        book.sync()
        book.path.with_suffix(files.PART).unlink(missing_ok=True)
        for n, k in enumerate(todo, 1):
            why = _take_back(book, k)
            book.write({"stays": k, "why": why} if why else {"undone": k})
            yield Progress("undo", n, len(todo))
        place.remove_made(book)
        entries = book.entries.values()
        stays = [f"Stays: {book.target(e)}: {e.why}" for e in entries if e.state == "stays"]
        if stays:
            book.write({"taken_back": True})
            book.sync()
    return sum(e.state == "undone" for e in entries), stays


def _take_back(book: Journal, k: int) -> str:
    """Why it stays as it is, or nothing."""
    try:
        return _step_back(book, k)
    except OSError as error:
        if error.errno in files.FULL:
            raise
        return error.strerror or repr(error)


def _step_back(book: Journal, k: int) -> str:
    entry, moved = book.entries[k], book.header.mode is Mode.MOVE
    source, target = book.source(entry), book.target(entry)
    _clear_up(entry, source, target)
    if not os.path.lexists(target):
        lost = moved and not os.path.lexists(source)
        return "it is not there any more" if lost else ""
    if not files.holds(target, entry, entry.text):
        return "" if entry.state == "intent" and os.path.lexists(source) else "it has changed since"
    if not moved or (os.path.lexists(source) and files.holds(source, entry, entry.source_text)):
        target.unlink()
        return ""
    if os.path.lexists(source):
        return f"another file is where it came from: {source}"
    book.write({"back": k})
    _put_back(target, source, entry)
    return ""


def _clear_up(entry: Entry, source: Path, target: Path) -> None:
    """What an interrupted step has left: a name that was claimed and no more, a copy that is not whole."""
    if entry.state == "intent" and entry.size and files.is_empty(target):
        target.unlink()
    if entry.state == "back":
        _part(source, entry).unlink(missing_ok=True)
        if os.path.lexists(target) and files.is_empty(source):
            source.unlink()


def _put_back(target: Path, source: Path, entry: Entry) -> None:
    source.parent.mkdir(parents=True, exist_ok=True)
    if entry.source_text:
        files.move_link(target, source, entry.source_text)
    else:
        files.move(target, source, _part(source, entry), entry)


def _part(source: Path, entry: Entry) -> Path:
    """Where a file that goes back to another disk is not whole yet."""
    return source.with_name(f".{entry.digest}{files.PART}")
