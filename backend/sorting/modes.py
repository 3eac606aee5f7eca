"""Copy, move, hard link and symbolic link, and whether the file systems support them."""

import os
from collections.abc import Collection, Sequence
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from backend.errors import RequestError, Sentence


class Mode(StrEnum):
    """What is done with a file."""

    COPY = "copy"
    MOVE = "move"
    HARDLINK = "hardlink"
    SYMLINK = "symlink"


def check_mode(mode: Mode, destination: Path, sources: Sequence[Path]) -> None:
    """Tries ``mode`` out above ``destination``, which may not be there yet; nothing of the trial stays. What is moved
    must be able to leave its folder.

    Raises:
        RequestError: the file system cannot do it, or nothing can be written there.
    """
    if mode is Mode.MOVE:
        _refuse_fixed({source.parent for source in sources})
    place = next(p for p in (destination, *destination.absolute().parents) if p.is_dir())
    trial = place / f".fewshot-trial-{os.getpid()}"
    try:
        if mode in (Mode.COPY, Mode.MOVE):
            trial.touch(exist_ok=False)
        for source in _one_of_each_disk(sources) if mode in (Mode.HARDLINK, Mode.SYMLINK) else ():
            link(mode, source, trial)
            trial.unlink()
    except OSError as error:
        raise _refusal(mode, place, error) from error
    finally:
        with suppress(OSError):
            trial.unlink()


def _refuse_fixed(folders: Collection[Path]) -> None:
    for folder in sorted(folders):
        if not os.access(folder, os.W_OK):
            what = Sentence("Nothing can be moved out of {0}: it cannot be written.", folder)
            raise RequestError("Mode not possible", what, "Choose --mode copy.")


def link(mode: Mode, source: Path, target: Path) -> None:
    """Makes ``target`` a link to ``source``; FileExistsError where it is there."""
    if mode is Mode.SYMLINK:
        target.symlink_to(source)
    else:
        os.link(os.path.realpath(source), target)


def _one_of_each_disk(sources: Sequence[Path]) -> list[Path]:
    disks: dict[int, Path] = {}
    for source in sources:
        with suppress(OSError):  # gone meanwhile: said when its turn comes
            disks.setdefault(source.stat().st_dev, source)
    return list(disks.values())


def _refusal(mode: Mode, place: Path, error: OSError) -> RequestError:
    reason = error.strerror or repr(error)
    if mode in (Mode.COPY, Mode.MOVE):
        return RequestError(
            "Cannot write", "Nothing can be written in {0}: {1}.", "Choose another folder.", place, reason
        )
    return RequestError(
        "Mode not possible",
        "{0} does not work from there to {1}: {2}.",
        "Choose --mode copy or move.",
        mode.value,
        place,
        reason,
    )
