"""``fewshot data``: what is kept on this machine, and where."""

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from backend import storage
from backend.cli.arguments import Parser, Subparsers, add_json
from backend.cli.terminal import print_json, print_table
from backend.errors import RequestError

UNITS = ("B", "KiB", "MiB", "GiB", "TiB")


class Arguments(Protocol):
    clear: str | None
    json: bool


@dataclass(frozen=True, slots=True)
class Kind:
    """Something that is kept in a folder of its own, or in a file."""

    name: str
    folder: Path
    purpose: str


def add_parser(subparsers: "Subparsers[Parser]") -> None:
    p = subparsers.add_parser("data", help="what is kept on this machine, where and how much; clear a part of it")
    p.add_argument("--clear", metavar="KIND", help="empty the folder of that kind")
    add_json(p)
    p.set_defaults(run=run)


def kinds() -> tuple[Kind, ...]:
    """All that is kept. ``FEWSHOT_HOME`` moves every one of them."""
    from backend.workspace.places import workspaces

    return (
        Kind("workspaces", workspaces(), "bins, answers and undo history of each folder"),
        Kind("received", storage.received_images(), "images that were pasted or dropped as data"),
        Kind("models", storage.user_models(), "models trained here"),
        Kind("public-models", storage.public_models(), "models that were fetched"),
        Kind("checkpoints", storage.checkpoints(), "unfinished trainings"),
        Kind("cache", storage.cache_folder(), "embeddings of images, made again when needed"),
        Kind("settings", storage.data_folder() / "window.ini", "sizes and choices of the window, recent folders"),
        Kind("log", storage.log_folder(), "what went wrong"),
    )


def run(arguments: Arguments) -> int:
    """Runs the command.

    Raises:
        RequestError: there is no such kind, or it cannot be cleared.
    """
    if arguments.clear is not None:
        return _clear(arguments.clear, arguments.json)
    rows = [(kind, *_measure(kind.folder)) for kind in kinds()]
    if arguments.json:
        known = [
            {"kind": k.name, "bytes": b, "files": n, "folder": str(k.folder), "purpose": k.purpose} for k, b, n in rows
        ]
        print_json({"data": known})
    else:
        cells = [(k.name, _size(b), str(n), k.purpose, str(k.folder)) for k, b, n in rows]
        print_table([("kind", "size", "files", "purpose", "folder"), *cells])
    return 0


def _clear(name: str, as_json: bool) -> int:
    kind = next((k for k in kinds() if k.name == name), None)
    if kind is None:
        known = ", ".join(k.name for k in kinds())
        raise RequestError("No such kind", f"Nothing of the kind {name!r} is kept.", f"Name one of {known}.")
    size, count = _measure(kind.folder)
    try:
        for path in list(kind.folder.iterdir()) if kind.folder.is_dir() else [kind.folder]:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
    except OSError as error:
        reason = f"{error.filename}: {error.strerror}"
        raise RequestError(
            "Not cleared", f"Cannot clear {kind.folder}: {reason}.", "Close Fewshot, then try again."
        ) from error
    if as_json:
        print_json({"cleared": kind.name, "bytes": size, "files": count})
    else:
        print(f"{kind.name}: {_size(size)} in {count} files cleared")
    return 0


def _measure(folder: Path) -> tuple[int, int]:
    """Bytes and files below ``folder``; links are counted as themselves."""
    below = (Path(root) / name for root, _, names in os.walk(folder) for name in names)
    size = count = 0
    for path in below if folder.is_dir() else [folder]:
        with suppress(OSError):  # gone meanwhile, or never made
            size += path.lstat().st_size
            count += 1
    return size, count


def _size(size: float) -> str:
    unit = 0
    while size >= 1024 and unit < len(UNITS) - 1:
        size /= 1024
        unit += 1
    return f"{size:.0f} B" if unit == 0 else f"{size:.1f} {UNITS[unit]}"
