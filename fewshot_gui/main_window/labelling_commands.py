"""Commands that label the selected images, and that change bins."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QObject, Signal

from backend.types import ImageId
from fewshot_gui.bins.panel import BinsPanel
from fewshot_gui.gallery.panel import GalleryPanel
from fewshot_gui.session.session import Session
from fewshot_gui.widgets.message_bar import MessageBar


class LabellingCommands(QObject):
    """Turns gestures into changes of the bins, or says why not.

    ``answered(ids)``: the person has answered about these tiles.
    """

    answered = Signal(object)

    def __init__(
        self, session: Session, panel: BinsPanel, gallery: GalleryPanel, banner: MessageBar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._panel, self._gallery, self._banner = session, panel, gallery, banner
        self._bins = store = session.bins
        for signal, change in (
            (panel.renamed, store.rename),
            (panel.deleted, store.delete),
            (panel.switched, store.switch),
            (panel.recoloured, store.recolour),
            (panel.moved, store.move),
        ):
            signal.connect(partial(self._change, change))
        panel.created.connect(self.new_bin)

    def selection(self) -> tuple[ImageId, ...]:
        """The selected examples where a bin has the keyboard, else what is meant in the gallery."""
        return self._panel.selected_examples() or self._gallery.view.meant_ids()

    # Labels ------------------------------------------------------------------------------------------------------

    def confirm(self, images: Iterable[ImageId] | None = None) -> None:
        """The labels of these images (of the selection) are right."""
        ids = self._asked(images)
        labels = {i: self._gallery.model.label_of(i)[0] for i in ids if self._bins.owner(i) is None}
        known = {i: name for i, name in labels.items() if self._bins.find(name) is not None}
        if known or not labels:  # what is an example already is right, too
            self._answer(ids, partial(self._bins.confirm, known))
        else:
            self._banner.hint(self.tr("Nothing to confirm"), self.tr("These images have no label yet."))

    def assign(self, key: int, images: Iterable[ImageId] | None = None) -> None:
        """They belong into the bin with that number key."""
        name = self._bin_of(key)
        if name:
            self.assign_to(name, images)

    def assign_to(self, name: str, images: Iterable[ImageId] | None = None) -> None:
        """They belong into that bin; "" for a new one."""
        ids = self._asked(images)
        self._answer(ids, partial(self._session.teach, name, ids))

    def reject(self, key: int) -> None:
        """They are not to be labelled with the bin of that number key."""
        name = self._bin_of(key)
        if name:
            self.reject_as(name)

    def reject_as(self, name: str, images: Iterable[ImageId] | None = None) -> None:
        """They are not to be labelled with that bin."""
        ids = self._asked(images)
        self._answer(ids, partial(self._bins.reject, dict.fromkeys(ids, name)))

    def reject_shown(self, images: Iterable[ImageId] | None = None) -> None:
        """The labels that are shown are wrong; an example is not one of its bin."""
        ids = self._asked(images)
        owners = {i: owner.name if (owner := self._bins.owner(i)) else "" for i in ids}
        labels = {i: name or self._gallery.model.label_of(i)[0] for i, name in owners.items()}
        known = {i: name for i, name in labels.items() if self._bins.find(name) is not None}
        if known:
            self._answer(ids, partial(self._bins.reject, known))
        elif labels:
            self._banner.hint(self.tr("Nothing to reject"), self.tr("These images have no label yet."))

    def allow(self) -> None:
        """They may be labelled with any bin again."""
        self._session.attempt(partial(self._bins.allow, [i for i in self.selection() if i in self._bins.rejected()]))

    def take_out(self, images: Iterable[ImageId] | None = None) -> None:
        """They are examples no more."""
        examples = [i for i in self._asked(images) if self._bins.owner(i) is not None]
        self._session.attempt(partial(self._bins.take_out, examples))

    # Bins --------------------------------------------------------------------------------------------------------

    def new_bin(self) -> None:
        """A new bin; the selection goes into it."""
        examples, tiles = self._panel.selected_examples(), self._gallery.view.selected_ids()
        if self._session.attempt(partial(self._session.teach, "", examples or tiles)) and tiles and not examples:
            self.answered.emit(tiles)

    def rename_bin(self) -> None:
        """Rename the bin that has the keyboard, or the one that holds the selected image."""
        name = self._meant()
        if name:
            self._panel.rename(name)
        else:
            self._banner.hint(self.tr("Which bin?"), self.tr("Click a bin first, then press F2."))

    def delete_bin(self) -> None:
        """Delete the bin that has the keyboard."""
        card = self._panel.focused_card()
        if card is not None:
            self._change(self._bins.delete, card.bin.name)

    def switch_bin(self) -> None:
        """Switch the bin that has the keyboard off, or on again."""
        name = self._meant()
        if name:
            self._change(self._bins.switch, name)

    def fold_bin(self) -> None:
        """Fold the bin that has the keyboard to one line, or unfold it."""
        name = self._meant()
        if name:
            self._panel.fold(name)

    def _change(self, change: Callable[..., object], *what: object) -> None:
        self._session.attempt(partial(change, *what))

    def _answer(self, ids: tuple[ImageId, ...], change: Callable[[], object]) -> None:
        """Examples that are picked in a bin are no tiles: the gallery stays where it is."""
        among_tiles = not self._panel.selected_examples()
        if ids and self._session.attempt(change) and among_tiles:
            self.answered.emit(ids)

    def _asked(self, images: Iterable[ImageId] | None) -> tuple[ImageId, ...]:
        return self.selection() if images is None else tuple(images)

    def _meant(self) -> str:
        card = self._panel.focused_card()
        owner = self._bins.owner(self._gallery.view.current_id())
        return card.bin.name if card is not None else owner.name if owner is not None else ""

    def _bin_of(self, key: int) -> str:
        bins = self._bins.bins()
        if key <= len(bins):
            return bins[key - 1].name
        text = self.tr("Drag images onto the tile below the bins to make one.")
        self._banner.hint(self.tr("There is no bin {} yet").format(key), text)
        return ""
