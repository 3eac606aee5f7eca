"""Watches the open folder for new, changed and removed files: by the system's notifications, or else by polling."""

import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QStorageInfo, QTimer, Signal

from backend.errors import RequestError
from backend.images.changes import Changes, Look
from backend.images.sources import Sources
from backend.types import ImageFile, ImageId, Job, Listing, Progress
from fewshot_gui.session.folder.folder_loader import FolderLoader
from fewshot_gui.session.folder.library import Library
from fewshot_gui.session.latest_job import LatestJob
from fewshot_gui.session.worker import Failure, Priority, Worker

POLL_S = 5.0
"""Between two looks where nobody tells of changes."""
SWEEP_S = 60.0
"""Where the system does: it says nothing of files that are written to in place."""
RESTING_S = 1.0
"""While a new file is waited for."""
SHARE = 10
"""Looking takes at most one part in so many of the time: a folder on a slow drive is looked at less often."""
GATHER_S = 0.3
"""Changes come in swarms; they are looked at together."""
MOST_FOLDERS = 4000
"""Systems tell of changes in a limited number of folders (Linux often of 8,192, for all programs together)."""
REMOTE_TYPES = "nfs cifs smb 9p afs afp webdav davfs fuse. ncp ceph glusterfs lustre vboxsf vmhgfs prl_fs drvfs"
"""Beginnings of file system types: what others write there, this machine is not told of."""


class FolderWatcher(QObject):
    """Watches the open folder with all below it, where the person has asked for that.

    It is off unless asked for: rows that come while somebody works, and looking at a network drive again and again, are
    to be wanted.

    Signals:
        changed(): on, off, or watched in another way.
        settled(Listing): images came or went; the library knows of them already.
    """

    changed = Signal()
    settled = Signal(object)

    def __init__(self, worker: Worker, library: Library, loader: FolderLoader, parent: QObject) -> None:
        super().__init__(parent)
        self._library, self._loader = library, loader
        self.changes = Changes()
        """The worker's, while it looks."""
        self.on = self.polls = False
        self._held = self._lost = self._again = False
        self._own: dict[ImageId, ImageFile | None] = {}
        self._job, self._how_job = LatestJob(worker, self), LatestJob(worker, self)
        self._started, self._took = 0.0, 0.0
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._on_told)
        self._due = QTimer(self, singleShot=True)
        self._due.timeout.connect(self._look)
        loader.listed.connect(self._on_listed)
        loader.lost.connect(self._on_lost)
        library.reset.connect(self._on_reset)

    # What the person sees and does -------------------------------------------------------------------------------

    def set_on(self, on: bool) -> None:
        """Watch the open folder, or do not."""
        was, self.on = self.on, on and self._library.root is not None
        if self.on and not was and not self._loader.running():
            self._loader.reload()  # what came since the last listing is there at once
        elif not self.on:
            self._rest()
        self.changed.emit()

    def words(self) -> str:
        """How it is watched; "" where it is not."""
        if not self.on:
            return ""
        return self.tr("Checked every {:.0f} s").format(self._pause()) if self.polls else self.tr("Watched")

    def reason(self) -> str:
        """The same in a sentence."""
        if self.polls:
            return self.tr("The system does not tell of changes in this folder, so it is looked at again and again.")
        return self.tr("New images of this folder show by themselves.")

    # While the program itself moves files ------------------------------------------------------------------------

    def hold(self) -> None:
        """The program is about to move files: look at nothing until ``go_on``."""
        self._held = True
        self._job.cancel()

    def go_on(self, moved: Mapping[ImageId, ImageFile | None]) -> None:
        """It has: ``moved`` says what is at each path now (None: nothing), which is no change."""
        self._held = False
        self._own.update(moved)
        self._wait(GATHER_S)

    # How it is watched -------------------------------------------------------------------------------------------

    def _on_listed(self, listing: Listing) -> None:
        self._lost = False
        sources = self._library.sources()
        if not self.on or sources is None:
            return
        self._stop_looking()
        self._how_job.submit(partial(_is_silent, sources), Priority.LISTING, partial(self._on_how, listing))

    def _on_how(self, listing: Listing, silent: bool) -> None:
        self.polls = silent or not self._be_told(listing)
        if self.polls:
            self._be_told_nothing()
        self._wait(self._pause())
        self.changed.emit()

    def _be_told(self, listing: Listing) -> bool:
        """Have the system tell of changes in every folder; False where it will not, or there are too many."""
        if len(listing.folders) > MOST_FOLDERS:
            return False
        told = set(self._watcher.directories())
        new = [path for folder in listing.folders if (path := str(folder)) not in told]
        return not any(Path(path).is_dir() for path in (self._watcher.addPaths(new) if new else ()))

    def _be_told_nothing(self) -> None:
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())

    # Looking -----------------------------------------------------------------------------------------------------

    def _pause(self) -> float:
        return min(SWEEP_S, max(POLL_S, SHARE * self._took)) if self.polls else SWEEP_S

    def _wait(self, seconds: float) -> None:
        if self.on:
            self._due.start(round(1000 * seconds))

    def _on_told(self) -> None:
        self._again = self._job.running()
        if not self._again and (not self._due.isActive() or self._due.remainingTime() > 1000 * GATHER_S):
            self._wait(max(GATHER_S, self._took))

    def _look(self) -> None:
        listing = self._loader.listing()
        if not self.on or listing is None:
            return
        if self._held or self._loader.running():
            self._wait(RESTING_S)
            return
        self._started, self._again = time.monotonic(), False
        own, self._own = self._own, {}
        job = partial(_looked, listing, self.changes, dict(self._library.files), own)
        self._job.submit(job, Priority.LISTING, self._on_looked, failure=self._on_failed)

    def _on_looked(self, seen: tuple[Listing, Look] | None) -> None:
        self._took = time.monotonic() - self._started
        if seen is None:
            self._loader.check()
            self._wait(self._pause())
        elif self._lost:
            self._loader.reload()
        elif not self._loader.running():
            self._take_over(*seen)

    def _take_over(self, listing: Listing, look: Look) -> None:
        polls = self.polls or not self._be_told(listing)
        self._library.skipped, self._library.lost = listing.skipped, listing.lost
        if look.changed:
            self._library.update(look.files)
            self.settled.emit(listing)
        if polls != self.polls:
            self.polls = polls
            self._be_told_nothing()
            self.changed.emit()
        soon = look.resting or self._again
        self._wait(max(RESTING_S, self._took) if soon else self._pause())

    def _on_failed(self, _: Failure) -> None:
        self._wait(self._pause())

    def _on_lost(self) -> None:
        """It is looked for, and shown again once it is back."""
        self._lost = True
        self._wait(POLL_S)

    def _on_reset(self) -> None:
        self.on = False
        self._rest()
        self.changes, self._own = self.changes.anew(), {}
        self.changed.emit()

    def _stop_looking(self) -> None:
        self._job.cancel()
        self._how_job.cancel()

    def _rest(self) -> None:
        self._stop_looking()
        self._held = self._lost = self.polls = False
        self._took = 0.0
        self._due.stop()
        self._be_told_nothing()


def is_remote(path: Path) -> bool:
    """Whether ``path`` lies on a drive whose changes this machine is not told of. May wait for a slow drive."""
    drive = QStorageInfo(str(path))
    kind = bytes(drive.fileSystemType().data()).decode("ascii", "replace").lower()
    return kind.startswith(tuple(REMOTE_TYPES.split())) or bytes(drive.device().data()).startswith((b"\\\\", b"//"))


def _is_silent(sources: Sources) -> Job[bool]:
    folders = (sources.root, *sources.folders)
    silent = False
    for done, folder in enumerate(folders):
        silent = silent or is_remote(folder)
        yield Progress("drive", done + 1, len(folders))
    return silent


def _looked(
    listing: Callable[[], Job[Listing]],
    changes: Changes,
    shown: Mapping[ImageId, ImageFile],
    own: Mapping[ImageId, ImageFile | None],
) -> Job[tuple[Listing, Look] | None]:
    """A fresh listing and what it changes; None where the folder is gone, of which others tell."""
    changes.ignore(own)
    try:
        listed = yield from listing()
    except RequestError:
        return None
    return listed, (yield from changes.look(shown, listed.files))
