"""Searches for further folders that are not where they were."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from backend.errors import RequestError
from backend.types import Job, Listing
from backend.workspace import relocation
from backend.workspace.state import Folder
from fewshot_gui import settings
from fewshot_gui.session.folder.library import Library
from fewshot_gui.session.latest_job import LatestJob
from fewshot_gui.session.worker import Priority, Worker

Found = dict[Path, Path | None]


class MissingFolders(QObject):
    """Looks for each further folder that a listing lacks, once, and again when another one comes or goes.

    Args:
        folder: a folder with its landmarks.
        relocate: shows a folder from its new place.

    Signals:
        moved(new): a folder was found at another place, and is shown from there.
        missing(folders): these were not found.
    """

    moved = Signal(object)
    missing = Signal(object)

    def __init__(
        self,
        worker: Worker,
        library: Library,
        folder: Callable[[Path], Folder],
        relocate: Callable[[Path, Path], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._library, self._folder, self._relocate = library, folder, relocate
        self._sought: frozenset[Path] = frozenset()
        self._job = LatestJob(worker, self)
        library.reset.connect(self.look_again)

    def on_listed(self, listing: Listing) -> None:
        """Everything was listed, apart from what was not there."""
        lost = frozenset(listing.lost)
        if lost == self._sought:
            return
        self.look_again()
        self._sought = lost
        if lost:
            wanted = [(self._folder(f), self._hints(f)) for f in listing.lost]
            apart = [f for f in (listing.root, *self._library.folders) if f not in lost]
            self._job.submit(partial(_find_all, wanted, apart), Priority.LISTING, self._on_found)

    def look_again(self) -> None:
        """At the next listing, whatever was looked for before."""
        self._job.cancel()
        self._sought = frozenset()

    def _hints(self, folder: Path) -> list[Path]:
        """Beside the others: folders are often moved together."""
        beside = [f.parent / folder.name for f in (self._library.root, *self._library.folders) if f is not None]
        return [f for f in dict.fromkeys((*beside, *settings.recent_folders())) if f != folder]

    def _on_found(self, found: Found) -> None:
        there = {old: new for old, new in found.items() if old in self._library.folders}
        gone = tuple(old for old, new in there.items() if new is None or not self._goes_on(old, new))
        if gone:
            self._sought = frozenset(gone)  # the listing that follows lacks just these
            self.missing.emit(gone)

    def _goes_on(self, old: Path, new: Path) -> bool:
        """The folder was found; False where another one has been added around it meanwhile."""
        try:
            self._relocate(old, new)
        except RequestError:
            return False
        self.moved.emit(new)
        return True


def _find_all(wanted: Sequence[tuple[Folder, list[Path]]], apart: Sequence[Path]) -> Job[Found]:
    """No two folders are found at the same place."""
    found: Found = {}
    for folder, hints in wanted:
        taken = [*apart, *(new for new in found.values() if new is not None)]
        found[folder.path] = yield from relocation.find(folder, hints, taken)
    return found
