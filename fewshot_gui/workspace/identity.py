"""Sees to it that answers follow what files hold: hashes answered images, and looks for those that have moved."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from backend.types import ImageId, Listing, Progress
from backend.workspace import contents, relocation
from backend.workspace.contents import UNKNOWN, Hashed, Resolution, lost_id
from backend.workspace.state import Content, Folder, Landmark, images_in
from fewshot_gui.bins.store import BinStore
from fewshot_gui.folder.library import Library
from fewshot_gui.worker import Handlers, Priority, Worker


class Identity(QObject):
    """Knows the content of every image that an answer is about.

    Signals:
        changed(): more is known; it wants to be saved.
        resolved(missing): every answer has been looked for; ``missing`` is how many images are not in the folder.
    """

    changed = Signal()
    resolved = Signal(int)

    def __init__(self, worker: Worker, library: Library, bins: BinStore, parent: QObject) -> None:
        super().__init__(parent)
        self._worker, self._library, self._bins = worker, library, bins
        self._contents: dict[ImageId, Content] = {}
        self._hashing: set[ImageId] = set()
        self._job = self._landmark_job = 0
        self.landmarks: tuple[Landmark, ...] = ()
        bins.changed.connect(self._on_bins)

    def begin(self, folder: Folder | None, known: Mapping[ImageId, Content]) -> None:
        """Start over with what a workspace says."""
        for job in (self._job, self._landmark_job):
            self._worker.cancel(job)
        self._contents = dict(known)
        self._hashing.clear()
        self.landmarks = folder.landmarks if folder is not None else ()

    def contents(self) -> dict[ImageId, Content]:
        """What every image of the history holds, as far as it is known."""
        return {i: self._content(i) for i in images_in(self._bins.history())}

    def on_listed(self, listing: Listing) -> None:
        """The folder was listed: find out where answered images are now."""
        self._set_apart()
        answers = self.contents()
        if answers:
            self._worker.cancel(self._job)
            job = partial(contents.resolve, answers, dict(self._library.files))
            self._job = self._worker.submit(job, Priority.LISTING, Handlers(result=self._on_resolved))
        self._worker.cancel(self._landmark_job)
        files = listing.files
        if self._library.folders or self._library.loose:
            files = tuple(f for f in files if f.path.is_relative_to(listing.root))
        marking = partial(relocation.take_landmarks, listing.root, files)
        self._landmark_job = self._worker.submit(marking, Priority.LATER, Handlers(result=self._on_landmarks))

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

    def _on_resolved(self, found: Resolution) -> None:
        self._library.add_guests(found.files)
        self._rename(found.moved)
        self._contents.update(found.contents)
        self._library.set_missing(found.missing)
        self.changed.emit()
        self.resolved.emit(len(found.missing))
        self._hash(images_in(self._bins.history()))

    def _on_landmarks(self, marks: tuple[Landmark, ...]) -> None:
        if marks and marks != self.landmarks:
            self.landmarks = marks
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
