"""A folder that is looked at again and again: which files have come to rest, which are gone.

A file that is being written grows from one look to the next, so a new one counts once its size and its time have
stayed the same for two seconds.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from backend.types import ImageFile, ImageId

REST_S = 2.0


@dataclass(frozen=True, slots=True)
class Look:
    """``files``: the folder's images as they are to be shown now, in the order of the listing. ``resting``: how many
    others are waited for."""

    files: tuple[ImageFile, ...]
    resting: int


class Changes:
    """Compares what is shown with what a listing found.

    Args:
        clock: seconds that only ever grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, rest_s: float = REST_S) -> None:
        self._clock, self._rest_s = clock, rest_s
        self._seen: dict[ImageId, tuple[ImageFile, float]] = {}
        """New and changed files: as they were seen last, and since when they have been so."""
        self._own: dict[ImageId, ImageFile | None] = {}

    def ignore(self, moved: Mapping[ImageId, ImageFile | None]) -> None:
        """The program itself has written or moved these: what is at each path now (None: nothing) is no change, until
        something else is there."""
        self._own.update(moved)

    def forget(self) -> None:
        """Another folder."""
        self._seen.clear()
        self._own.clear()

    def look(self, shown: Mapping[ImageId, ImageFile], found: Sequence[ImageFile]) -> Look:
        """What is to be shown, given what is shown and what was ``found`` just now.

        A new or changed file shows once it has rested. One that is gone goes at once, unless a file of its size has
        just come and does not rest yet: it may have been renamed, and then the one comes as the other goes.
        """
        now, there = self._clock(), {f.id: f for f in found}
        self._own = {i: f for i, f in self._own.items() if there.get(i) == f}
        fresh = [f for f in found if shown.get(f.id) != f and f.id not in self._own]
        self._note(fresh, now)
        rested = {f.id for f in fresh if now - self._seen[f.id][1] >= self._rest_s}
        coming = Counter(f.size for f in fresh if f.id not in rested and f.id not in shown)
        files = [_version(f, shown, rested) for f in found]
        held = [f for i, f in shown.items() if i not in there and (i in self._own or _may_come_back(f, coming))]
        return Look(tuple(f for f in (*files, *held) if f is not None), len(fresh) - len(rested))

    def _note(self, fresh: Iterable[ImageFile], now: float) -> None:
        before, self._seen = self._seen, {}
        for file in fresh:
            known = before.get(file.id)
            self._seen[file.id] = known if known is not None and known[0] == file else (file, now)


def _version(file: ImageFile, shown: Mapping[ImageId, ImageFile], rested: set[ImageId]) -> ImageFile | None:
    """A file as it is to be shown: as it is, as it was before it was written to, or not at all."""
    return file if file.id in rested else shown.get(file.id)


def _may_come_back(gone: ImageFile, coming: "Counter[int]") -> bool:
    """Whether a file of that size is coming; each stands for one that is gone."""
    if not coming[gone.size]:
        return False
    coming[gone.size] -= 1
    return True
