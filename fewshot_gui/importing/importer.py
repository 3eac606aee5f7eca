"""Imports dropped or pasted files, folders and image data as examples of a bin."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from backend import storage
from backend.images.received import keep_pictures
from backend.types import ImageFile, ImageId, Job, Progress
from backend.workspace.gathering import Gathered, gather
from fewshot_gui.session.latest_job import LatestJob
from fewshot_gui.session.session import Session
from fewshot_gui.session.worker import Priority
from fewshot_gui.widgets.drag_data import Dropped

MANY = 200
"""Of more images at once it is asked whether they are meant: a handful teaches as well, and is far quicker."""
SLOW_MS = 700
"""What is gathered longer than that is told, with how many were found so far."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a drop: ``images`` are examples of the bin ``name`` now. ``moved``: image → the bin that it was
    an example of before; ``refused`` and ``same`` as in ``Gathered``."""

    name: str
    images: tuple[ImageId, ...]
    moved: dict[ImageId, str]
    gathered: Gathered


class Importer(QObject):
    """Turns drops into examples.

    Signals:
        slow(count): a drop is still being looked at; so many images were found in it so far.
        rested(): nothing is being looked at any more.
        many(name, count, folder, go_on): more than MANY images; ``go_on`` adds them. ``folder`` where it was just one.
        added(Added): they are examples now.
        nothing(Gathered): there was no image in it.
        unreadable(ids): examples that were just added cannot be read.
    """

    slow = Signal(int)
    rested = Signal()
    many = Signal(str, int, object, object)
    added = Signal(object)
    nothing = Signal(object)
    unreadable = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._bins, self._library = session, session.bins, session.library
        self._found: dict[LatestJob, int] = {}
        """Of each drop that is looked at, how many images were found in it so far."""
        self._fresh: set[ImageId] = set()
        """Examples of which it is to be told if they cannot be read."""
        self._slow = QTimer(self, interval=SLOW_MS)
        self._slow.timeout.connect(self._on_slow)
        self._library.failed.connect(self._on_failed)
        self._library.reset.connect(self._forget)

    def into_bin(self, name: str, what: Dropped) -> None:
        """Make what was dropped examples of that bin, or for the name "" of a new one."""
        strangers = tuple(Path(i) for i in what.ids if self._library.file(i) is None)
        if strangers or what.paths or what.pictures:
            self.take_in(what, strangers, partial(self._on_gathered, name, what))
        else:
            self._teach(name, what.ids, Gathered(()))

    def take_in(self, what: Dropped, strangers: tuple[Path, ...], then: Callable[[Gathered], None]) -> None:
        """Look at what was dropped on the worker, where a slow disk holds nothing up."""
        known = self._library.guests | self._library.files
        drop = LatestJob(self._session.worker, self)
        self._found[drop] = 0
        drop.submit(
            partial(_take_in, what, strangers, known),
            Priority.RELABEL,
            partial(self._on_taken, drop, then),
            progress=partial(self._on_step, drop),
            failure=lambda _: self._end(drop),
        )
        self._slow.start()

    def cancel(self) -> None:
        """Forget what is being looked at."""
        for drop in list(self._found):
            drop.cancel()
            self._end(drop)

    def _end(self, drop: LatestJob) -> None:
        del self._found[drop]
        drop.deleteLater()
        if not self._found:
            self._slow.stop()
            self.rested.emit()

    def _on_step(self, drop: LatestJob, step: Progress) -> None:
        if step.stage == "gather":
            self._found[drop] = step.done

    def _on_slow(self) -> None:
        self.slow.emit(sum(self._found.values()))

    def _on_taken(self, drop: LatestJob, then: Callable[[Gathered], None], gathered: Gathered) -> None:
        self._end(drop)
        then(gathered)

    def _on_gathered(self, name: str, what: Dropped, gathered: Gathered) -> None:
        known = [i for i in what.ids if self._library.file(i) is not None]
        images = tuple(dict.fromkeys((*known, *(f.id for f in gathered.files))))
        go_on = partial(self._take, name, images, gathered)
        if not images:
            self.nothing.emit(gathered)
        elif len(images) > MANY:
            folder = what.paths[0] if len(what.paths) == 1 else None
            self.many.emit(name, len(images), folder, go_on)
        else:
            go_on()

    def _take(self, name: str, images: tuple[ImageId, ...], gathered: Gathered) -> None:
        self._library.add_guests(gathered.files)
        self._teach(name, images, gathered)

    def _teach(self, name: str, images: tuple[ImageId, ...], gathered: Gathered) -> None:
        owners = {i: owner.name for i in images if (owner := self._bins.owner(i)) is not None}
        self._session.attempt(partial(self._session.teach, name, images))
        target = next((owner.name for i in images if (owner := self._bins.owner(i)) is not None), "")
        if self._bins.read_only or not target or (name and target != name):
            return  # refused, and said so
        moved = {i: before for i, before in owners.items() if before != target}
        self._fresh.update(images)
        self.added.emit(Added(target, images, moved, gathered))
        self._on_failed(images)

    def _on_failed(self, images: tuple[ImageId, ...]) -> None:
        broken = tuple(i for i in images if i in self._fresh and i in self._library.unreadable)
        self._fresh.difference_update(broken)
        if broken:
            self.unreadable.emit(broken)

    def _forget(self) -> None:
        self._fresh.clear()
        self.cancel()


def _take_in(what: Dropped, strangers: tuple[Path, ...], known: dict[ImageId, ImageFile]) -> Job[Gathered]:
    kept = yield from keep_pictures(what.pictures, storage.received_images())
    return (yield from gather((*strangers, *what.paths, *(f.path for f in kept)), known))
