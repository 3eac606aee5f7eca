"""The journal of a sort: what is planned, what is about to happen, what has happened.

``DEST/.fewshot/<n>.jsonl``, one JSON object a line, only ever appended to. The lines, in this order:

- the header: ``{"fewshot-journal": 1, "folder", "mode", "levels", "above"}``
- the whole plan, ``{"plan": k, "source", "target"}``, closed by ``{"planned": true}``: before it nothing is touched
- of a batch ``{"intent": k, "target", "size", "digest", …}``, fsynced, then ``{"done": k}`` or ``{"failed": k, "why"}``
- ``{"made": folder}`` before a folder is made
- ``{"end": true}``: nothing is left to be done
- ``{"undo": true}``, then ``{"back": k}`` before an original goes back, ``{"undone": k}`` or ``{"stays": k, "why"}``,
  and ``{"taken_back": true}`` where some stayed; otherwise the journal goes

Targets are relative to DEST, so that DEST may be mounted elsewhere. A last line without its end was never finished.
"""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from backend import storage
from backend.errors import RequestError
from backend.sorting.modes import Mode
from backend.sorting.names import DOT

VERSION = 1
EMPTY = {"fewshot-journal": VERSION, "folder": "", "mode": "copy", "levels": 0}
"""What a journal is taken for whose header was never whole: one without a plan."""


@dataclass(frozen=True, slots=True)
class Header:
    """Whence and how.

    ``levels``: how many folders were made for DEST, itself and those above it. ``above``: the way from DEST to the
    folder, where DEST lies in it, so that both may be moved together.
    """

    folder: Path
    mode: Mode
    levels: int = 0
    above: str = ""


@dataclass(slots=True)
class Entry:
    """A file's way from ``source``, relative to the folder, to ``target``, relative to DEST.

    ``digest`` of what it holds is known from the intent on. ``text`` is where the target points if it is a symbolic
    link, and ``source_text`` where the source did if that was one and is moved.
    """

    source: str
    target: str
    size: int = 0
    digest: str = ""
    text: str = ""
    source_text: str = ""
    state: str = "plan"
    """plan, intent, done, failed; when it is taken back: back, undone, stays."""
    why: str = ""


@dataclass(slots=True)
class Journal:
    """What a journal says, and where more is written to."""

    path: Path
    header: Header
    entries: dict[int, Entry] = field(default_factory=dict)
    made: list[str] = field(default_factory=list)
    planned: bool = False
    ended: bool = False
    undoing: bool = False
    taken_back: bool = False
    _file: BinaryIO | None = None

    @property
    def destination(self) -> Path:
        """DEST."""
        return self.path.parent.parent

    @property
    def folder(self) -> Path:
        """Where the sources are."""
        above = self.header.above
        return Path(os.path.normpath(self.destination / above)) if above else self.header.folder

    def source(self, entry: Entry) -> Path:
        """Where ``entry`` came from."""
        return self.folder / entry.source

    def target(self, entry: Entry) -> Path:
        """Where ``entry`` goes."""
        return self.destination / entry.target

    def __enter__(self) -> Self:
        self._file = self.path.open("r+b")
        self._file.seek(self._whole())
        self._file.truncate()  # a line that was cut off
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._file is not None
        self._file.close()

    def _whole(self) -> int:
        """Bytes up to the end of the last whole line."""
        return self.path.read_bytes().rfind(b"\n") + 1

    def write(self, *lines: dict[str, Any]) -> None:
        """Appends ``lines``; they outlive this process, but a power cut only after ``sync``."""
        assert self._file is not None
        self._file.write(b"".join(_line(line) for line in lines))
        self._file.flush()
        for line in lines:
            self.take(line)

    def sync(self) -> None:
        """What was written is on the disk."""
        assert self._file is not None
        os.fsync(self._file.fileno())

    def take(self, line: dict[str, Any]) -> None:
        """Understands one line."""
        kind, value = next(iter(line.items()))
        if kind == "plan":
            self.entries[value] = Entry(line["source"], line["target"])
        elif kind == "intent":
            known = self.entries[value]
            known.target, known.size, known.digest = line["target"], line["size"], line["digest"]
            known.text, known.source_text = line.get("text", ""), line.get("source_text", "")
            known.state = "intent"
        elif kind in ("done", "failed", "back", "undone", "stays"):
            self.entries[value].state, self.entries[value].why = kind, line.get("why", "")
        elif kind == "made":
            self.made.append(value)
        else:
            setattr(self, {"planned": "planned", "end": "ended", "undo": "undoing"}.get(kind, "taken_back"), True)


def _line(line: dict[str, Any]) -> bytes:
    return json.dumps(line).encode("ascii") + b"\n"


def begin(destination: Path, header: Header, plan: Iterable[tuple[str, str]]) -> Journal:
    """A new journal with the whole ``plan``, on the disk. ``destination/.fewshot`` must be there."""
    number = max((n for n, _ in _numbered(destination)), default=0) + 1
    path = destination / DOT / f"{number}.jsonl"
    lines: list[dict[str, Any]] = [{"plan": k, "source": s, "target": t} for k, (s, t) in enumerate(plan)]
    facts = {"folder": str(header.folder), "mode": header.mode.value, "levels": header.levels, "above": header.above}
    with path.open("xb") as file:
        file.write(_line({"fewshot-journal": VERSION, **facts}))
    journal = Journal(path, header)
    with journal:
        journal.write(*lines, {"planned": True})
        journal.sync()
    storage.sync_folder(path.parent)
    return journal


def read(path: Path) -> Journal:
    """The journal at ``path``.

    Raises:
        RequestError: it is none, or of a newer version.
    """
    try:
        whole = path.read_bytes().rpartition(b"\n")[0]
        lines: list[dict[str, Any]] = [json.loads(line) for line in whole.splitlines()]
        head = lines[0] if lines else dict[str, Any](EMPTY)
        if head["fewshot-journal"] > VERSION:
            raise RequestError("Newer journal", "{0} is from a newer Fewshot.", "Use that one.", path)
        journal = Journal(path, _header(head))
        for line in lines[1:]:
            journal.take(line)
        _check_paths(journal)
    except (ValueError, KeyError, TypeError, AttributeError, StopIteration) as error:
        raise RequestError(
            "Damaged journal",
            "{0} is no journal of a sort: {1}.",
            "Move it away; the files stay as they are.",
            path,
            repr(error),
        ) from error
    return journal


def _header(head: dict[str, Any]) -> Header:
    return Header(Path(head["folder"]), Mode(head["mode"]), int(head["levels"]), head.get("above", ""))


def _check_paths(journal: Journal) -> None:
    """ValueError where a path leads out of the folder or of DEST: no sort writes such a one."""
    paths = [p for e in journal.entries.values() for p in (e.source, e.target)]
    for path in map(Path, [*paths, *journal.made]):
        if path.is_absolute() or ".." in path.parts:
            raise ValueError(f"{path} leads elsewhere")


def newest(destination: Path) -> Journal | None:
    """The newest journal of ``destination`` that is not taken back."""
    for _, path in sorted(_numbered(destination), reverse=True):
        journal = read(path)
        if not journal.taken_back:
            return journal
    return None


def placed_before(destination: Path) -> set[Path]:
    """What earlier sorts have placed in ``destination``."""
    journals = [read(path) for _, path in _numbered(destination)]
    return {j.target(e) for j in journals for e in j.entries.values() if e.state in ("done", "stays")}


def _numbered(destination: Path) -> Iterator[tuple[int, Path]]:
    folder = destination / DOT
    for path in folder.glob("*.jsonl") if folder.is_dir() else ():
        if path.stem.isdecimal():
            yield int(path.stem), path
