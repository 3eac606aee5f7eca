"""Tracks images that have answers by their content: hashes them, and finds those that have moved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from backend.types import ImageId, Listing, Progress
from backend.workspace import contents, relocation
from backend.workspace.contents import UNKNOWN, Hashed, Resolution, last_path, lost_id
from backend.workspace.state import Content, Folder, Landmark, images_in
from fewshot_gui.session.bin_store import BinStore
from fewshot_gui.session.folder.library import Library
from fewshot_gui.session.latest_job import LatestJob
from fewshot_gui.session.worker import Handlers, Priority, Worker


class ContentTracker(QObject):
    """Knows the content of every image that an answer is about.

    Signals:
        changed(): more is known; it wants to be saved.
        resolved(missing): every answer has been looked for; ``missing`` are the images that are not to be found. Those
            of a further folder that is gone itself are left out.
    """

    changed = Signal()
    resolved = Signal(object)

    def __init__(self, worker: Worker, library: Library, bins: BinStore, parent: QObject) -> None:
        super().__init__(parent)
        self._worker, self._library, self._bins = worker, library, bins
        self._contents: dict[ImageId, Content] = {}
        self._hashing: set[ImageId] = set()
        self._job, self._landmark_job = LatestJob(worker, self), LatestJob(worker, self)
        self._landmarks: dict[Path, tuple[Landmark, ...]] = {}
        bins.changed.connect(self._on_bins)

    def begin(self, folders: Sequence[Folder], known: Mapping[ImageId, Content]) -> None:
        """Start over with what a workspace says."""
        self._cancel()
        self._contents = dict(known)
        self._hashing.clear()
        self._landmarks = {f.path: f.landmarks for f in folders}

    def folder(self, path: Path) -> Folder:
        """An open folder with what it is known again by."""
        return Folder(path, self._landmarks.get(path, ()))

    def relocate(self, old: Path, new: Path, ids: Mapping[ImageId, ImageId]) -> None:
        """The folder ``old`` is at ``new``; a listing follows. ``ids``: its images' names before → from now on."""
        self._cancel()
        self._landmarks[new] = self._landmarks.pop(old, ())
        self._rename(ids)

    def contents(self) -> dict[ImageId, Content]:
        """What every image of the history holds, as far as it is known."""
        return {i: self._content(i) for i in images_in(self._bins.history())}

    def on_listed(self, listing: Listing) -> None:
        """The folder was listed: find out where answered images are now. Those of a further folder that is not there
        wait for it: no twin in another folder gets their answers."""
        self._cancel()
        self._set_apart()
        answers = self.contents()
        away = frozenset(i for i in answers if any(last_path(i).is_relative_to(f) for f in listing.lost))
        if answers:
            there = {i: c for i, c in answers.items() if i not in away}
            job = partial(contents.resolve, there, dict(self._library.files))
            self._job.submit(job, Priority.LISTING, partial(self._on_resolved, away))
        roots = [f for f in (listing.root, *self._library.folders) if f not in listing.lost]
        marking = partial(relocation.take_all, roots, listing.files)
        self._landmark_job.submit(marking, Priority.LATER, self._on_landmarks)

    def _cancel(self) -> None:
        self._job.cancel()
        self._landmark_job.cancel()

    def _content(self, image: ImageId) -> Content:
        known = self._contents.get(image)
        if known is None:
            file = self._library.file(image)
            known = Content(file.size, file.mtime_ns) if file is not None else UNKNOWN
        return known

    def _set_apart(self) -> None:
        """Where another size or time shows another content, the answer is not shown on it, not for a moment."""
        files = self._library.files
        changed = {
            i: lost_id(i, c)
            for i, c in self._contents.items()
            if (f := files.get(i)) is not None and c not in (UNKNOWN, replace(c, size=f.size, mtime_ns=f.mtime_ns))
        }
        self._rename(changed)

    def _rename(self, ids: Mapping[ImageId, ImageId]) -> None:
        if ids:
            self._contents = {ids.get(i, i): c for i, c in self._contents.items()}
            self._bins.rename_images(ids)

    def _on_resolved(self, away: frozenset[ImageId], found: Resolution) -> None:
        self._library.add_guests(found.files)
        self._rename(found.moved)
        self._contents.update(found.contents)
        self._library.set_missing(found.missing | away)
        self.changed.emit()
        self.resolved.emit(found.missing)
        self._hash(images_in(self._bins.history()))

    def _on_landmarks(self, marks: Mapping[Path, tuple[Landmark, ...]]) -> None:
        new = {f: m for f, m in marks.items() if m and m != self._landmarks.get(f)}
        if new:
            self._landmarks |= new
            self.changed.emit()

    def _on_bins(self) -> None:
        named = {i for b in self._bins.bins() for i in (*b.examples, *b.rejected)}
        self._hash(named)

    def _hash(self, images: Iterable[ImageId]) -> None:
        """Read those whose content is not known yet."""
        new = [i for i in images if not self._content(i).hash and i not in self._hashing]
        files = [f for i in new if (f := self._library.file(i)) is not None]
        if files:
            self._hashing.update(f.id for f in files)
            handlers = Handlers(progress=self._on_hashed, result=self._on_all_hashed)
            self._worker.submit(partial(contents.hash_files, files), Priority.VISIBLE, handlers)

    def _on_hashed(self, step: Progress) -> None:
        if isinstance(step, Hashed):
            self._contents.update({i: c for i, c in step.contents.items() if i in self._hashing})

    def _on_all_hashed(self, _: object) -> None:
        self._hashing.clear()
        self.changed.emit()
