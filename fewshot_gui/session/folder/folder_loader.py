"""Opens folders: the listing that streams in, example folders, the demonstration, and a folder that is lost."""

import os
from collections.abc import Callable, Generator, Iterable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QCoreApplication, QFileSystemWatcher, QObject, Signal

from backend import jobs
from backend.errors import RequestError
from backend.images.sources import Sources, list_sources
from backend.types import Found, Job, Listing, Progress
from backend.workspace.gathering import stand_ins
from fewshot_gui.session.folder.library import Library
from fewshot_gui.session.latest_job import LatestJob
from fewshot_gui.session.worker import Failure, Priority, Worker


class FolderLoader(QObject):
    """Runs the listing jobs.

    Signals:
        advanced(): more was found, or listing began or ended.
        listed(Listing): the folder is complete.
        lost(Failure): the folder cannot be read, or is gone.
        examples_found(Listing, same): a folder with one subfolder per class was listed, and the open folder, too.
            ``same``: a file of the listing → the image that stands in its place, as it has the same content.
        drawn(Demo): the demonstration set lies on the disk.
    """

    advanced = Signal()
    listed = Signal(object)
    lost = Signal(object)
    examples_found = Signal(object, object)
    drawn = Signal(object)

    def __init__(self, worker: Worker, library: Library, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self._job, self._check, self._examples_job = (LatestJob(worker, self) for _ in range(3))
        self._examples: Listing | None = None
        """Listed, and to be compared with the folder once that is listed."""
        self._leave_out: tuple[Path, ...] = ()
        self.gone = False
        """The folder that was opened is not there."""
        self._demo_folder: TemporaryDirectory[str] | None = None
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self.check)

    def running(self) -> bool:
        """Whether a listing (or drawing) is under way."""
        return self._job.running() or self._examples_job.running() or self._examples is not None

    def open(self, sources: Sources, leave_out: Sequence[Path] = ()) -> None:
        """Open a folder, with what stands beside it; what was known about another one is forgotten."""
        self._leave_out, self.gone = tuple(leave_out), False
        self._examples_job.cancel()
        self._examples = None
        self._library.open(sources)
        self.reload()

    def reload(self) -> None:
        """List the folder again; images that did not change keep what is known about them."""
        job = self.listing()
        if job is None:
            return
        self._job.submit(job, Priority.LISTING, self._on_listed, progress=self._on_found, failure=self._on_failed)
        self.advanced.emit()

    def listing(self) -> Callable[[], Job[Listing]] | None:
        """The job that lists everything; None where no folder is open."""
        sources = self._library.sources()
        return None if sources is None else partial(list_sources, sources, self._leave_out)

    def read_examples(self, folder: Path) -> None:
        """List a folder with one subfolder per class, and find out which of its images the open folder holds, too."""
        self._examples_job.submit(partial(jobs.list_folder, folder), Priority.LISTING, self._on_examples)

    def draw_demo(self, colour: bool) -> None:
        """Draw the demonstration set, or its part in ``colour``, into a temporary folder."""
        self.remove_demo()
        self._demo_folder = TemporaryDirectory(prefix="fewshot-demo-", ignore_cleanup_errors=True)
        job = partial(jobs.make_demo, Path(self._demo_folder.name), colour=colour)
        self._job.submit(job, Priority.LISTING, self.drawn.emit, failure=self._on_failed)
        self.advanced.emit()

    def is_demo(self, folder: Path) -> bool:
        """Whether that folder is the demonstration's."""
        return self._demo_folder is not None and folder.is_relative_to(self._demo_folder.name)

    def remove_demo(self) -> None:
        """Delete the temporary folder, if there is one."""
        if self._demo_folder is not None:
            self._demo_folder.cleanup()

    def check(self) -> None:
        """Find out whether the folder is still there, and whether further ones came or went."""
        sources = self._library.sources()
        if sources is not None and not self._check.running() and not self._job.running():
            job = partial(_must_exist, sources)
            self._check.submit(job, Priority.RELABEL, self._on_checked, failure=self._on_gone)

    def _on_found(self, progress: Progress) -> None:
        if isinstance(progress, Found):
            self._library.add(progress.files)
            self.advanced.emit()

    def _on_listed(self, listing: Listing) -> None:
        self.gone = False
        self._library.complete(listing)
        self._watch((listing.root, *self._library.folders))
        self._compare_examples()
        self.listed.emit(listing)
        self.advanced.emit()

    def _watch(self, folders: Iterable[Path]) -> None:
        """Be told when a folder vanishes (renaming it only shows in its parent) or comes back. New files wait for *Look
        for new files*."""
        wanted = list(dict.fromkeys(str(p) for f in folders for p in _told_by(f)))
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())
        self._watcher.addPaths(wanted)

    def _on_failed(self, failure: Failure) -> None:
        self.gone = True
        self._compare_examples()
        self.lost.emit(failure)
        self.advanced.emit()

    def _on_examples(self, listing: Listing) -> None:
        self._examples = listing
        self._compare_examples()

    def _compare_examples(self) -> None:
        if self._examples is None or self._job.running():
            return
        listing, self._examples = self._examples, None
        job = partial(stand_ins, listing.files, dict(self._library.files))
        self._examples_job.submit(job, Priority.LISTING, partial(self.examples_found.emit, listing))

    def _on_checked(self, lost: frozenset[Path]) -> None:
        if lost != frozenset(self._library.lost) and not self._job.running():
            self.reload()

    def _on_gone(self, failure: Failure) -> None:
        self.gone = True
        self.lost.emit(failure)


def _told_by(folder: Path) -> Iterable[Path]:
    """The folder and its parent; of one that is not there, what there is above it."""
    there = folder.is_dir()
    return (folder, folder.parent) if there else [p for p in folder.parents if p.is_dir()][:1]


def _must_exist(sources: Sources) -> Generator[Progress, None, frozenset[Path]]:
    """Which further folders cannot be read."""
    root = sources.root
    if not root.is_dir():
        translate = QCoreApplication.translate
        raise RequestError(
            translate("FolderLoader", "The folder is gone"),
            translate("FolderLoader", "{} cannot be found any more.").format(root),
            translate("FolderLoader", "Plug its disk in or put it back, then try again; your bins are kept."),
        )
    yield Progress("check", 1, 1)
    return frozenset(f for f in sources.folders if not (f.is_dir() and os.access(f, os.R_OK)))
