"""The person's bins as values. Every change is a pure function from one state to the next; undo keeps both."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from backend.errors import RequestError
from backend.sorting.names import UNSURE, folder_names
from backend.types import MAX_BINS, ImageId
from backend.workspace.state import Bin, BinState

RESERVED_NAME = UNSURE


__all__ = ["Bin", "BinState"]


def find(bins: BinState, name: str) -> Bin | None:
    """The bin of that name."""
    return next((b for b in bins if b.name == name), None)


def owner(bins: BinState, image: ImageId) -> Bin | None:
    """The bin in which the image is an example."""
    return next((b for b in bins if image in b.examples), None)


def new_name(bins: BinState) -> str:
    """ "Bin 4" as the fourth bin; the next free number where that, or a higher one, is there already."""
    pattern = QCoreApplication.translate("Bins", "Bin {}")
    numbers = {pattern.format(n).casefold(): n for n in range(1, MAX_BINS + len(bins) + 2)}
    highest = max((numbers.get(b.name.casefold(), 0) for b in bins), default=0)
    return pattern.format(max(highest, len(bins)) + 1)


def with_bin(bins: BinState, name: str) -> BinState:
    """A new, empty bin at the end.

    Raises:
        RequestError: the name is taken or cannot be used, or there are too many bins.
    """
    check_number(len(bins) + 1)
    _check_name(bins, name)
    return (*bins, Bin(name, _free_colour(bins)))


def without_bin(bins: BinState, name: str) -> BinState:
    """The bins without that one."""
    return tuple(b for b in bins if b.name != name)


def renamed(bins: BinState, old: str, new: str) -> BinState:
    """The bin ``old`` called ``new``.

    Raises:
        RequestError: the name is taken or cannot be used.
    """
    new = new.strip()
    _check_name(without_bin(bins, old), new)
    return tuple(replace(b, name=new) if b.name == old else b for b in bins)


def assigned(bins: BinState, images: Iterable[ImageId], name: str) -> BinState:
    """The images as examples of that bin, taken out of any other, so that none is in two. What was rejected there is
    so no more: the person has thought again."""
    target = find(bins, name)
    if target is None:
        return bins
    there = set(target.examples)
    moving = [i for i in dict.fromkeys(images) if i not in there]
    left = allowed(taken_out(bins, moving), moving, name)
    return tuple(replace(b, examples=(*b.examples, *moving)) if b.name == name else b for b in left)


def rejected(bins: BinState, images: Iterable[ImageId], name: str) -> BinState:
    """The images never to be labelled so; where they are examples of that bin, no more."""
    target = find(bins, name)
    if target is None:
        return bins
    out = dict.fromkeys(images)
    examples = tuple(i for i in target.examples if i not in out)
    lasting = (*target.rejected, *(i for i in out if i not in target.rejected))
    return tuple(replace(b, examples=examples, rejected=lasting) if b is target else b for b in bins)


def allowed(bins: BinState, images: Iterable[ImageId], name: str | None = None) -> BinState:
    """The images may be labelled so again (by that bin, or by any)."""
    back = set(images)
    return tuple(
        replace(b, rejected=tuple(i for i in b.rejected if i not in back))
        if name in (None, b.name) and back.intersection(b.rejected)
        else b
        for b in bins
    )


def switched(bins: BinState, name: str) -> BinState:
    """The bin switched off, or on again."""
    return tuple(replace(b, on=not b.on) if b.name == name else b for b in bins)


def recoloured(bins: BinState, name: str, colour: int) -> BinState:
    """The bin with another palette slot; a bin that has it takes the old one."""
    old = next((b.colour for b in bins if b.name == name), colour)
    swap = {colour: old}
    return tuple(
        replace(b, colour=colour) if b.name == name else replace(b, colour=swap.get(b.colour, b.colour)) for b in bins
    )


def moved(bins: BinState, name: str, by: int) -> BinState:
    """The bin so many places further down (or up); it stops at the ends."""
    order = list(bins)
    place = next((n for n, b in enumerate(order) if b.name == name), None)
    if place is None:
        return bins
    order.insert(max(0, place + by), order.pop(place))
    return tuple(order)


def taken_out(bins: BinState, images: Iterable[ImageId]) -> BinState:
    """The bins without these images."""
    out = set(images)
    return tuple(
        replace(b, examples=tuple(i for i in b.examples if i not in out)) if out.intersection(b.examples) else b
        for b in bins
    )


def check_number(count: int) -> None:
    """Refuse more than ``MAX_BINS``.

    Raises:
        RequestError: there would be too many bins.
    """
    if count > MAX_BINS:
        translate = QCoreApplication.translate
        raise RequestError(
            translate("Bins", "Too many bins"),
            translate("Bins", "{:,} bins are more than the {:,} that can be told apart.").format(count, MAX_BINS),
            translate("Bins", "Use fewer, or sort in two steps: coarse bins first."),
        )


def name_problem(others: BinState, name: str) -> str:
    """Why a bin beside ``others`` cannot be called so, in a sentence; "" where it can."""
    translate, name = QCoreApplication.translate, name.strip()
    alike = next((b.name for b in others if b.name.casefold() == name.casefold()), None)
    if not name:
        return translate("Bins", "A bin needs a name.")
    if name.casefold() == RESERVED_NAME:
        return translate("Bins", "“{}” is the folder of unsure images when files are sorted.").format(name)
    if alike == name:
        return translate("Bins", "“{}” is taken.").format(name)
    if alike is not None:
        pattern = translate("Bins", "There is “{}” already. Names that differ only in capitals would be one folder.")
        return pattern.format(alike)
    return ""


def name_advice(others: BinState, name: str) -> str:
    """What becomes of a name that cannot be a folder's on every system, in a sentence; "" where it can."""
    name = name.strip()
    folder = folder_names([*(b.name for b in others), name])[name]
    if folder == name:
        return ""
    pattern = QCoreApplication.translate(
        "Bins", "Not every system takes this as a folder's name. Its folder will be “{}”."
    )
    return pattern.format(folder)


def teaching(bins: BinState) -> list[tuple[str, tuple[ImageId, ...]]]:
    """The bins that labels are worked out by, those that have examples and are on, with their examples."""
    return [(b.name, b.examples) for b in bins if b.examples and b.on]


def _check_name(others: BinState, name: str) -> None:
    reason = name_problem(others, name)
    if reason:
        raise RequestError(
            QCoreApplication.translate("Bins", "That name cannot be used"),
            reason,
            QCoreApplication.translate("Bins", "Choose another name."),
        )


def _free_colour(bins: BinState) -> int:
    taken = {b.colour for b in bins}
    return next(n for n in range(len(bins) + 1) if n not in taken)
