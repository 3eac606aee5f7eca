"""The current bins, and their undo history."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from backend.types import Bins, ImageId
from fewshot_gui.bins import state
from fewshot_gui.bins.state import Bin, BinState


class BinStore(QObject):
    """Holds the bins; every change goes through the undo stack.

    Signals:
        changed(before: BinState, after: BinState): after any change, undo and redo included.
    """

    changed = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo = QUndoStack(self)
        self._bins: BinState = ()
        self._owners: dict[ImageId, Bin] = {}

    def bins(self) -> BinState:
        """All bins, in their order."""
        return self._bins

    def find(self, name: str) -> Bin | None:
        """The bin of that name."""
        return state.find(self._bins, name)

    def owner(self, image: ImageId) -> Bin | None:
        """The bin in which the image is an example."""
        return self._owners.get(image)

    def examples(self) -> Bins:
        """The examples of the bins that have some: what labelling takes."""
        return {b.name: b.examples for b in self._bins if b.examples}

    def given(self) -> dict[ImageId, str]:
        """Example → its bin's name: the person's own answers."""
        return {image: b.name for image, b in self._owners.items()}

    def reset(self, bins: BinState = ()) -> None:
        """Start over with these bins and no history."""
        self.undo.clear()
        self.put(bins)

    def add(self, images: Iterable[ImageId] = ()) -> str:
        """A new bin with these examples; returns its name. Raises RequestError."""
        name = state.new_name(self._bins)
        bins = state.assigned(state.with_bin(self._bins, name), images, name)
        self._push(self.tr("New bin “{}”").format(name), bins)
        return name

    def delete(self, name: str) -> None:
        """Delete a bin; its images stay in the folder."""
        self._push(self.tr("Delete bin “{}”").format(name), state.without_bin(self._bins, name))

    def rename(self, old: str, new: str) -> None:
        """Rename a bin. Raises RequestError for a name that is empty or taken."""
        if new.strip() != old:
            self._push(self.tr("Rename “{}”").format(old), state.renamed(self._bins, old, new))

    def assign(self, images: Iterable[ImageId], name: str) -> None:
        """Make the images examples of that bin; from another bin they move."""
        ids = tuple(images)
        text = self.tr("Add {n} to “{name}”").format(n=len(ids), name=name)
        self._push(text, state.assigned(self._bins, ids, name))

    def take_out(self, images: Iterable[ImageId]) -> None:
        """The images are examples no more."""
        ids = tuple(images)
        self._push(self.tr("Take {} out").format(len(ids)), state.taken_out(self._bins, ids))

    def put(self, bins: BinState) -> None:
        """Show these bins (undo commands call this; people's changes come through the methods above)."""
        before, self._bins = self._bins, bins
        self._owners = {image: b for b in bins for image in b.examples}
        if before != bins:
            self.changed.emit(before, bins)

    def _push(self, text: str, after: BinState) -> None:
        if after != self._bins:
            self.undo.push(_Change(self, text, after))


class _Change(QUndoCommand):
    """One change, as the states before and after it: names and ids, never rows or predictions."""

    def __init__(self, store: BinStore, text: str, after: BinState) -> None:
        super().__init__(text)
        self._store, self._before, self._after = store, store.bins(), after

    def redo(self) -> None:
        """Apply."""
        self._store.put(self._after)

    def undo(self) -> None:
        """Take back."""
        self._store.put(self._before)
