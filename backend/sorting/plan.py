"""Plans which file goes where."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from backend.errors import RequestError
from backend.sorting.names import DOT, UNSURE, folder_names, free_name
from backend.types import ImageFile, ImageId, Prediction, Status


@dataclass(frozen=True, slots=True)
class Planned:
    """An image and its place, relative to DEST."""

    image: ImageId
    source: Path
    target: str


@dataclass(frozen=True, slots=True)
class Plan:
    """``files`` are to be filed; ``there`` lie where they belong already; ``unreadable`` stay where they are."""

    folder: Path
    destination: Path
    files: tuple[Planned, ...]
    there: tuple[ImageId, ...]
    unreadable: tuple[ImageId, ...]


def check_place(destination: Path) -> None:
    """Raises RequestError where ``destination`` cannot be a folder of sorted images."""
    for path in (destination, destination / DOT):
        if os.path.lexists(path) and not path.is_dir():
            raise RequestError("Not a folder", "{0} is no folder.", "Choose another place to sort into.", path)
        if path.name == DOT and path.is_symlink():
            raise RequestError("Not a folder", "{0} is a link.", "Choose another place to sort into.", path)


def make_plan(
    folder: Path,
    files: Sequence[ImageFile],
    predictions: Mapping[ImageId, Prediction],
    labels: Iterable[str],
    destination: Path,
) -> Plan:
    """Places for ``files``, which lie below ``folder``: the folder of their label, or that of the unsure.

    A name that is taken gets a number. Nothing is touched.

    Raises:
        RequestError: something that is no folder stands where one would be made.
    """
    names, taken = folder_names(labels), _Taken(destination)
    planned: list[Planned] = []
    there: list[ImageId] = []
    unreadable: list[ImageId] = []
    for file in files:
        prediction = predictions[file.id]
        if prediction.status is Status.ERROR:
            unreadable.append(file.id)
            continue
        place = UNSURE if prediction.status is Status.UNSURE else names[prediction.label]
        if file.path.parent == destination / place:
            there.append(file.id)
        else:
            planned.append(Planned(file.id, file.path, f"{place}/{taken.claim(place, file.path.name)}"))
    return Plan(folder, destination, tuple(planned), tuple(there), tuple(unreadable))


class _Taken:
    """Names in the folders of ``destination``, whether they are there or planned."""

    def __init__(self, destination: Path) -> None:
        self._destination = destination
        self._names: dict[str, set[str]] = {}

    def claim(self, place: str, name: str) -> str:
        if place not in self._names:
            self._names[place] = _casefolded(self._destination / place)
        free = free_name(name, self._names[place])
        self._names[place].add(free.casefold())
        return free


def _casefolded(folder: Path) -> set[str]:
    if not os.path.lexists(folder):
        return set()
    if folder.is_symlink() or not folder.is_dir():
        raise RequestError("Not a folder", "{0} stands where a folder is to be made.", "Rename or move it.", folder)
    return {entry.name.casefold() for entry in folder.iterdir()}
