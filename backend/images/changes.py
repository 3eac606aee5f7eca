"""Diffs a polled folder: stable, new and removed files.

A file that is still being written changes from one listing to the next, so a new one counts once its size and
modification time have been stable for two seconds.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from backend.types import ImageFile, ImageId, Job, Progress

REST_S = 2.0
STEP_FILES = 4096
"""Compared between two steps."""


@dataclass(frozen=True, slots=True)
class Look:
    """``files``: the folder's images as they are to be shown now, in the order of the listing. ``resting``: how many
    others are waited for. ``changed``: whether that is anything else than what was shown."""

    files: tuple[ImageFile, ...]
    resting: int
    changed: bool


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

    def anew(self) -> "Changes":
        """For another folder."""
        return Changes(self._clock, self._rest_s)

    def look(self, shown: Mapping[ImageId, ImageFile], found: Sequence[ImageFile]) -> Job[Look]:
        """What is to be shown, given what is shown and what was ``found`` just now.

        A new or changed file shows once it has rested. One that is gone goes at once, unless a file of its size has
        just come and does not rest yet: it may have been renamed, and then the one comes as the other goes.
        """
        now = self._clock()
        there: dict[ImageId, ImageFile] = {}
        fresh: list[ImageFile] = []
        for start in range(0, len(found), STEP_FILES):
            part = found[start : start + STEP_FILES]
            there |= {f.id: f for f in part}
            fresh += [f for f in part if shown.get(f.id) != f]
            yield Progress("compare", len(there), len(found))
        self._own = {i: f for i, f in self._own.items() if there.get(i) == f}
        fresh = [f for f in fresh if f.id not in self._own]
        self._note(fresh, now)
        rested = {f.id for f in fresh if now - self._seen[f.id][1] >= self._rest_s}
        coming = Counter(f.size for f in fresh if f.id not in rested and f.id not in shown)
        files = [file for f in found if (file := f if f.id in rested else shown.get(f.id)) is not None]
        yield Progress("compare", len(found), len(found))
        held = [f for i, f in shown.items() if i not in there and (i in self._own or _may_come_back(f, coming))]
        after = (*files, *held)
        return Look(after, len(fresh) - len(rested), after != tuple(shown.values()))

    def _note(self, fresh: Iterable[ImageFile], now: float) -> None:
        before, self._seen = self._seen, {}
        for file in fresh:
            known = before.get(file.id)
            self._seen[file.id] = known if known is not None and known[0] == file else (file, now)


def _may_come_back(gone: ImageFile, coming: "Counter[int]") -> bool:
    """Whether a file of that size is coming; each stands for one that is gone."""
    if not coming[gone.size]:
        return False
    coming[gone.size] -= 1
    return True
