"""The destination of a sort: its lock, its journals, and the folders that were made for it."""

import shlex
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from backend.errors import RequestError, Sentence
from backend.locks import FileLock
from backend.sorting import journal
from backend.sorting.files import FULL
from backend.sorting.journal import Journal
from backend.sorting.names import DOT

LOCK = "lock"


@contextmanager
def held(destination: Path) -> Iterator[None]:
    """``destination`` under its lock, which dies with its process. ``destination/.fewshot`` must be there.

    Raises:
        RequestError: somebody else holds it, or the disk is full or takes no more.
    """
    lock = FileLock(destination / DOT / LOCK)
    if not lock.take():
        raise RequestError("In use", "Another sort or undo is at work in {0}.", "Wait until it has ended.", destination)
    try:
        yield
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise RequestError(
            "Cannot write",
            f"{destination}: {error.strerror}.",
            Sentence(
                "Make room, then run: fewshot resume {0}, or fewshot undo {1}", quoted(destination), quoted(destination)
            ),
        ) from error
    finally:
        lock.release()


def quoted(path: Path) -> str:
    """As a shell takes it."""
    return shlex.quote(str(path))


def make_place(destination: Path) -> int:
    """Makes ``destination`` with its ``.fewshot``; returns how many folders that took without the latter."""
    missing = [p for p in (destination, *destination.parents) if not p.is_dir()]
    (destination / DOT).mkdir(parents=True, exist_ok=True)
    return len(missing)


def last_journal(destination: Path) -> Journal:
    """The newest that is not taken back.

    Raises:
        RequestError: there is none.
    """
    book = journal.newest(destination)
    if book is None:
        raise RequestError(
            "No journal", "Nothing was sorted into {0}.", "Name the folder that was sorted into.", destination
        )
    return book


def remove_traces(destination: Path, levels: int) -> None:
    """The lock, ``.fewshot`` and the ``levels`` folders that the sort made go, as far as nothing else is in them."""
    if any((destination / DOT).glob("*.jsonl")):
        return
    with suppress(OSError):
        (destination / DOT / LOCK).unlink(missing_ok=True)
        (destination / DOT).rmdir()
        for folder in (destination, *destination.parents)[:levels]:
            folder.rmdir()


def remove_made(book: Journal) -> None:
    """The folders of labels that the sort made go, where they are empty."""
    for name in reversed(book.made):
        with suppress(OSError):
            (book.destination / name).rmdir()
