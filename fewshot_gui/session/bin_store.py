"""The current bins, and their undo history."""

from collections.abc import Callable, Iterable, Mapping
from functools import reduce

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from backend.errors import RequestError
from backend.types import Bins, ImageId
from backend.workspace.state import History, Step, renamed_images
from fewshot_gui.session import bin_state
from fewshot_gui.session.bin_state import Bin, BinState, teaching

MOST_STEPS = 500
"""What can be undone."""


class BinStore(QObject):
    """Holds the bins; every change goes through the undo stack.

    Signals:
        changed(before: BinState, after: BinState): after any change, undo and redo included.
        renamed(ids): the same images have other ids from now on, old → new; ``changed`` follows where bins name some.
    """

    changed = Signal(object, object)
    renamed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo = QUndoStack(self)
        self.undo.setUndoLimit(MOST_STEPS)
        self.read_only, self._why_read_only = False, ""
        self._bins: BinState = ()
        self._owners: dict[ImageId, Bin] = {}
        self._rejected: dict[ImageId, frozenset[str]] = {}
        self._labelling: frozenset[str] = frozenset()
        self._silent = False

    # What there is -----------------------------------------------------------------------------------------------

    def bins(self) -> BinState:
        """All bins, in their order."""
        return self._bins

    def find(self, name: str) -> Bin | None:
        """The bin of that name."""
        return bin_state.find(self._bins, name)

    def owner(self, image: ImageId) -> Bin | None:
        """The bin in which the image is an example."""
        return self._owners.get(image)

    def examples(self) -> Bins:
        """The examples of the bins that have some and are on: what labelling takes."""
        return dict(teaching(self._bins))

    def labelling(self) -> frozenset[str]:
        """The names of these bins."""
        return self._labelling

    def given(self) -> dict[ImageId, str]:
        """Example → its bin's name: the person's own answers."""
        return {image: b.name for image, b in self._owners.items()}

    def answered(self, image: ImageId) -> bool:
        """Whether the person has said where the image belongs: into a bin, or into none of those there are."""
        return image in self._owners or (bool(self._bins) and len(self._rejected.get(image, ())) == len(self._bins))

    def rejected(self) -> Mapping[ImageId, frozenset[str]]:
        """Image → the bins whose label it must not have."""
        return self._rejected

    # What the person does ----------------------------------------------------------------------------------------

    def add(self, images: Iterable[ImageId] = ()) -> str:
        """A new bin with these examples; returns its name. Raises RequestError."""
        name = bin_state.new_name(self._bins)
        bins = bin_state.assigned(bin_state.with_bin(self._bins, name), images, name)
        self._push(self.tr("New bin “{}”").format(name), bins)
        return name

    def delete(self, name: str) -> None:
        """Delete a bin; its images stay in the folder."""
        self._push(self.tr("Delete bin “{}”").format(name), bin_state.without_bin(self._bins, name))

    def rename(self, old: str, new: str) -> None:
        """Rename a bin. Raises RequestError for a name that is empty or taken."""
        if new.strip() != old:
            self._push(self.tr("Rename “{}”").format(old), bin_state.renamed(self._bins, old, new))

    def assign(self, images: Iterable[ImageId], name: str) -> None:
        """Make the images examples of that bin; from another bin they move."""
        ids = tuple(images)
        text = self.tr("Add {n} to “{name}”").format(n=len(ids), name=name)
        self._push(text, bin_state.assigned(self._bins, ids, name))

    def confirm(self, labels: Mapping[ImageId, str]) -> None:
        """These labels are right: each image becomes an example of the bin it is labelled with."""
        groups: dict[str, list[ImageId]] = {}
        for image, name in labels.items():
            groups.setdefault(name, []).append(image)
        after = reduce(lambda bins, item: bin_state.assigned(bins, item[1], item[0]), groups.items(), self._bins)
        self._push(self.tr("Confirm {}").format(len(labels)), after)

    def reject(self, labels: Mapping[ImageId, str]) -> None:
        """These images are never to be labelled so."""
        after = self._bins
        for image, name in labels.items():
            after = bin_state.rejected(after, [image], name)
        names = dict.fromkeys(labels.values())
        self._push(self.tr("Not “{name}”: {n}").format(name="”, “".join(names), n=len(labels)), after)

    def allow(self, images: Iterable[ImageId]) -> None:
        """Forget what these images must not be labelled."""
        ids = tuple(images)
        self._push(self.tr("Allow every label for {}").format(len(ids)), bin_state.allowed(self._bins, ids))

    def take_out(self, images: Iterable[ImageId]) -> None:
        """The images are examples no more."""
        ids = tuple(images)
        self._push(self.tr("Take {} out").format(len(ids)), bin_state.taken_out(self._bins, ids))

    def switch(self, name: str) -> None:
        """Switch a bin off without losing it, or on again."""
        bin_ = self.find(name)
        text = self.tr("Switch “{}” off") if bin_ is not None and bin_.on else self.tr("Switch “{}” on")
        self._push(text.format(name), bin_state.switched(self._bins, name))

    def recolour(self, name: str, colour: int) -> None:
        """Give a bin another colour of the palette."""
        self._push(self.tr("Colour of “{}”").format(name), bin_state.recoloured(self._bins, name, colour))

    def move(self, name: str, by: int) -> None:
        """Move a bin down by so many places, or up."""
        self._push(self.tr("Move “{}”").format(name), bin_state.moved(self._bins, name, by))

    def replace(self, text: str, bins: BinState) -> None:
        """Other bins altogether; the ones before can be had back by undoing."""
        self._push(text, bins)

    # History -----------------------------------------------------------------------------------------------------

    def reset(self, bins: BinState = ()) -> None:
        """Start over with these bins and no history."""
        self.restore(History(bins))

    def restore(self, history: History) -> None:
        """Take over bins and history; nothing of it is done again."""
        self._silent = True
        self.undo.clear()
        before = history.first
        for step in history.steps:
            self.undo.push(_Change(self, step.text, before, step.after))
            before = step.after
        self.undo.setIndex(history.place)
        self._silent = False
        self.put(history.now())

    def history(self) -> History:
        """What the person did, for keeping."""
        changes = self._changes()
        first = changes[0].before if changes else self._bins
        return History(first, tuple(Step(c.text(), c.after) for c in changes), self.undo.index())

    def rename_images(self, ids: Mapping[ImageId, ImageId]) -> None:
        """The same images have other ids now, in the history too."""

        def rename(image: ImageId) -> ImageId:
            return ids.get(image, image)

        for change in self._changes():
            change.before, change.after = (renamed_images(b, rename) for b in (change.before, change.after))
        self.renamed.emit(ids)
        self.put(renamed_images(self._bins, rename))

    def set_read_only(self, read_only: bool, why: str = "") -> None:
        """Refuse changes, with a sentence that says why, or take them again."""
        self.read_only, self._why_read_only = read_only, why

    def put(self, bins: BinState) -> None:
        """Show these bins (undo commands call this; people's changes come through the methods above)."""
        if self._silent:
            return
        before, self._bins = self._bins, bins
        self._owners = {image: b for b in bins for image in b.examples}
        self._labelling = frozenset(b.name for b in bins if b.examples and b.on)
        barred: dict[ImageId, set[str]] = {}
        for b in bins:
            for image in b.rejected:
                barred.setdefault(image, set()).add(b.name)
        self._rejected = {image: frozenset(names) for image, names in barred.items()}
        if before != bins:
            self.changed.emit(before, bins)

    def _changes(self) -> "list[_Change]":
        commands = (self.undo.command(n) for n in range(self.undo.count()))
        return [c for c in commands if isinstance(c, _Change)]

    def _push(self, text: str, after: BinState) -> None:
        if after == self._bins:
            return
        if self.read_only:
            raise RequestError(
                self.tr("This workspace is read-only"),
                self._why_read_only or self.tr("It cannot be changed here."),
                self.tr("Save a copy of it under another name, and change that."),
            )
        self.undo.push(_Change(self, text, self._bins, after))


class _Change(QUndoCommand):
    """One change, as the states before and after it: names and ids, never rows or predictions."""

    def __init__(self, store: BinStore, text: str, before: BinState, after: BinState) -> None:
        super().__init__(text)
        self.before, self.after = before, after
        self._put: Callable[[BinState], None] = store.put

    def redo(self) -> None:
        """Apply."""
        self._put(self.after)

    def undo(self) -> None:
        """Take back."""
        self._put(self.before)
