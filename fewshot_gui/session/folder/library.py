"""The images that are known to the window and what is known about each. Plain data with signals; jobs write to it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from backend.images.sources import Sources, namer
from backend.types import Doubt, ImageFile, ImageId, Listing, Prediction


class Library(QObject):
    """The open folder.

    Signals:
        reset(): another folder, or none; everything before is void.
        added(ids): more images were found.
        relisted(): the listing is complete; order and membership may have changed.
        removed(ids): these are not in the folder any more.
        arrived(): while the folder is watched, images were added; rows are not in order any more.
        labelled(ids): labels of these images changed (all, where ids is None).
        failed(ids): these turned out unreadable, or readable after all.
        doubted(): other examples than before are ones that their own bins would not claim.
    """

    reset = Signal()
    added = Signal(object)
    relisted = Signal()
    removed = Signal(object)
    arrived = Signal()
    labelled = Signal(object)
    failed = Signal(object)
    doubted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.root: Path | None = None
        self.folders: tuple[Path, ...] = ()
        """Further folders, beside the root."""
        self.loose: tuple[Path, ...] = ()
        """Single images from elsewhere that are shown, too."""
        self.lost: tuple[Path, ...] = ()
        """Further folders that could not be listed."""
        self.files: dict[ImageId, ImageFile] = {}
        self.guests: dict[ImageId, ImageFile] = {}
        """Examples from outside the folder."""
        self.embedded: set[ImageId] = set()
        self.predictions: dict[ImageId, Prediction] = {}
        self.unreadable: dict[ImageId, str] = {}
        self.missing: frozenset[ImageId] = frozenset()
        """Images with answers that are not to be found; their answers wait."""
        self.duplicates: dict[ImageId, tuple[ImageId, ...]] = {}
        """Image → the others with the same content."""
        self.doubts: Mapping[ImageId, Doubt] = {}
        """Examples that their own bins would not claim."""
        self.skipped: Counter[str] = Counter()
        self._name: Callable[[Path], str] = Path.as_posix

    def file(self, image: ImageId) -> ImageFile | None:
        """The file of that id, from the folder or a guest."""
        return self.files.get(image) or self.guests.get(image)

    def relative(self, image: ImageId) -> str:
        """What the image is called: see ``namer``."""
        return self._name(Path(image))

    def sources(self) -> Sources | None:
        """Where images come from; None where no folder is open."""
        return None if self.root is None else Sources(self.root, self.folders, self.loose)

    def set_sources(self, sources: Sources | None) -> None:
        """Images come from there; the next listing brings them."""
        self.root, self.lost = sources.root if sources is not None else None, ()
        self.folders, self.loose = (sources.folders, sources.loose) if sources is not None else ((), ())
        self._name = namer(sources) if sources is not None else Path.as_posix

    def open(self, sources: Sources | None) -> None:
        """Forget everything; these are the new folder and what stands beside it."""
        self.set_sources(sources)
        for known in (self.files, self.guests, self.embedded, self.predictions, self.unreadable, self.duplicates):
            known.clear()
        self.skipped, self.missing, self.lost, self.doubts = Counter(), frozenset(), (), {}
        self.reset.emit()

    def add(self, files: Sequence[ImageFile]) -> None:
        """More of the folder's images. One that changed under its name is as good as new."""
        new = [f.id for f in files if f.id not in self.files]
        for file in files:
            self._forget_if_changed(file)
            self.files[file.id] = file
        if new:
            self.added.emit(tuple(new))

    def add_guests(self, files: Iterable[ImageFile]) -> None:
        """Examples that lie outside the folder."""
        self.guests.update({f.id: f for f in files if f.id not in self.files})

    def complete(self, listing: Listing) -> None:
        """The listing is over: its order counts, and what it lacks is gone."""
        for file in listing.files:
            self._forget_if_changed(file)
        self.files = {f.id: f for f in listing.files}
        self.skipped, self.lost = listing.skipped, listing.lost
        self.unreadable = {i: reason for i, reason in self.unreadable.items() if self.file(i)}
        self.relisted.emit()

    def update(self, files: Sequence[ImageFile]) -> None:
        """The folder is being watched, and these are its images now, in their order. Rows of new ones come last."""
        before = self.files
        changed = tuple(f.id for f in files if (old := before.get(f.id, f)) is not f and old != f)
        for file in files:
            if before.get(file.id) is not file:
                self._forget_if_changed(file)
        self.files = {f.id: f for f in files}
        self.unreadable = {i: reason for i, reason in self.unreadable.items() if self.file(i)}
        gone = tuple(i for i in before if i not in self.files)
        new = tuple(i for i in self.files if i not in before)
        for signal, ids in ((self.removed, gone), (self.added, new), (self.failed, changed)):
            if ids:
                signal.emit(ids)
        if new:
            self.arrived.emit()

    def set_embedded(self, ids: Iterable[ImageId]) -> None:
        """These have features now."""
        ids = tuple(ids)
        self.embedded.update(ids)
        cured = tuple(i for i in ids if self.unreadable.pop(i, None) is not None)
        if cured:
            self.failed.emit(cured)

    def set_unreadable(self, reasons: Mapping[ImageId, str]) -> None:
        """These cannot be read, and why."""
        known = {i: reason for i, reason in reasons.items() if self.file(i) is not None}  # others are gone meanwhile
        new = {i: reason for i, reason in known.items() if self.unreadable.get(i) != reason}
        self.unreadable.update(new)
        if new:
            self.failed.emit(tuple(new))

    def set_missing(self, ids: frozenset[ImageId]) -> None:
        """These have answers, and are not to be found."""
        changed = self.missing ^ ids
        self.missing = ids
        if changed:
            self.failed.emit(tuple(changed))

    def set_duplicates(self, groups: Iterable[Sequence[ImageId]]) -> None:
        """These groups of images have the same content each."""
        self.duplicates = {i: tuple(o for o in group if o != i) for group in groups for i in group}
        self.failed.emit(tuple(self.duplicates))

    def set_doubts(self, doubts: Mapping[ImageId, Doubt]) -> None:
        """These examples' own bins would not claim them."""
        if doubts != self.doubts:
            self.doubts = dict(doubts)
            self.doubted.emit()

    def set_predictions(self, predictions: Mapping[ImageId, Prediction]) -> None:
        """Labels for some images."""
        self.predictions.update(predictions)
        self.labelled.emit(tuple(predictions))

    def forget_features(self) -> None:
        """Another model: features and labels are void, what cannot be read stays so."""
        self.embedded.clear()
        self.clear_predictions()

    def clear_predictions(self) -> None:
        """No labels any more."""
        self.predictions.clear()
        self.labelled.emit(None)

    def rename_label(self, old: str, new: str) -> None:
        """A bin has another name: show it at once, before labels are worked out again."""
        for image, prediction in self.predictions.items():
            if old in (prediction.label, prediction.second_label):
                label = new if prediction.label == old else prediction.label
                second = new if prediction.second_label == old else prediction.second_label
                self.predictions[image] = replace(prediction, label=label, second_label=second)
        self.labelled.emit(None)

    def settled(self) -> bool:
        """Whether every image has features or a reason why not."""
        return all(i in self.embedded or i in self.unreadable for i in self.files)

    def _forget_if_changed(self, file: ImageFile) -> None:
        old = self.file(file.id)
        if old is not None and old != file:
            self.embedded.discard(file.id)
            self.predictions.pop(file.id, None)
            self.unreadable.pop(file.id, None)
