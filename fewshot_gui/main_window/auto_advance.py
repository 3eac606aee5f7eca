"""After an answer, selects the next image without one; after the last, says what to do next."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject

from backend.types import ImageId
from fewshot_gui import settings
from fewshot_gui.gallery.panel import GalleryPanel
from fewshot_gui.gallery.row_order import Filter
from fewshot_gui.session.bin_state import BinState
from fewshot_gui.session.folder.answer_progress import progress
from fewshot_gui.session.session import Session
from fewshot_gui.widgets.message_bar import MessageBar


class AutoAdvance(QObject):
    """Moves the gallery's selection, unless the person has switched that off.

    Args:
        export: asks where to, and writes the table of labels.
    """

    def __init__(
        self, session: Session, gallery: GalleryPanel, banner: MessageBar, export: Callable[[], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._gallery, self._banner, self._export = session, gallery, banner, export
        self._change: tuple[BinState, BinState] = (), ()
        self.on = settings.GOES_ON.get()
        session.bins.changed.connect(self._on_bins)

    def switch(self) -> None:
        """Switch it off, or on again; kept for the next start."""
        self.on = not self.on
        settings.GOES_ON.set(self.on)

    def on_answered(self, images: Sequence[ImageId]) -> None:
        """The person has answered about these tiles."""
        following = self._gallery.model.next_open(images)
        if following and self.on:
            self._gallery.view.choose(following)
        elif not following and not any(map(self._gallery.model.is_open, images)):
            self._tell_end()

    def on_taken_back(self) -> None:
        """Undo or redo has changed answers: the person wants to see about which images."""
        images = changed_answers(*self._change)
        if self.on and any(self._gallery.model.index_of(i).isValid() for i in images):
            self._gallery.view.choose_all(images)

    def _on_bins(self, before: BinState, after: BinState) -> None:
        self._change = before, after

    def _tell_end(self) -> None:
        """All of the folder has answers, or all that is shown of it."""
        answered, count = progress(self._session.library, self._session.bins)
        if answered == count:
            text = self.tr("Export the table of labels: it holds your answers.")
            self._banner.hint(self._all_answered(count), text, self.tr("Export…"), self._export)
        elif not self._gallery.model.judging():  # a check of precision counts for itself
            title = self.tr("All that is shown here is answered")
            show = partial(self._gallery.toolbar.show_filter, Filter.OPEN)
            self._banner.hint(title, self._left(count - answered), self.tr("Show what is left"), show)

    def _all_answered(self, count: int) -> str:
        return self.tr("All {:,} images are answered").format(count) if count > 1 else self.tr("The image is answered")

    def _left(self, count: int) -> str:
        if count == 1:
            return self.tr("Elsewhere in the folder 1 image has no answer yet.")
        return self.tr("Elsewhere in the folder {:,} images have no answer yet.").format(count)


def changed_answers(before: BinState, after: BinState) -> list[ImageId]:
    """Images about which the person says something else than before; none where bins came, went or were renamed."""
    if [b.name for b in before] != [b.name for b in after]:
        return []
    pairs = list(zip(before, after, strict=True))
    changed = [i for a, b in pairs for i in set(a.examples).symmetric_difference(b.examples)]
    return [*changed, *(i for a, b in pairs for i in set(a.rejected).symmetric_difference(b.rejected))]
