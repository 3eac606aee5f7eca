"""Saves what the gallery shows to the workspace, and restores it."""

from contextlib import suppress
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Signal

from backend.workspace.state import View
from fewshot_gui.bins.panel import BinsPanel
from fewshot_gui.gallery.panel import GalleryPanel
from fewshot_gui.gallery.row_order import RANKED, Filter, Order
from fewshot_gui.session.session import Session


class ViewState(QObject):
    """Captures and restores order, filter, scroll position and the selected image, and which bins are folded.

    The scroll position is the image at the top left, so that it survives another window size and other images. It is
    restored once the folder is listed and, where labels decide about the rows, labelled.

    ``changed``: something of it is different now.
    """

    changed = Signal()

    def __init__(self, session: Session, page: GalleryPanel, bins: BinsPanel) -> None:
        super().__init__(page)
        self._session, self._page, self._bins = session, page, bins
        self._wanted: View | None = None
        self._unranked: View | None = None
        """To be scrolled to once the rows are in their ``RANKED`` order."""
        session.workspace.restored.connect(self._on_restored)
        session.loader.listed.connect(self._on_listed)
        session.labelling.finished.connect(self._on_labelled)
        page.view.viewport().installEventFilter(self)
        page.view.installEventFilter(self)
        page.view.in_sight.connect(self._tell)
        page.view.chosen.connect(self._tell)
        page.model.arranged.connect(self._on_arranged)
        session.threshold.moved.connect(self._on_line_moved)
        bins.folds_changed.connect(self._on_folds)

    def capture(self) -> View:
        """What is shown now; while it is being restored, what will be."""
        watch, folded = self._session.watcher.on, self._bins.folded()
        if self._wanted is not None:
            return replace(self._wanted, watch=watch, folded=folded)
        model, view = self._page.model, self._page.view
        anchor, offset = view.anchor()
        shown = Filter.ALL if model.filter == Filter.CHOSEN else model.filter
        only, errors = model.only or "", self._session.threshold.errors
        return View(model.order, shown, only, model.text, anchor, offset, view.chosen_id(), errors, watch, folded)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whoever moves about in the gallery is not to be taken elsewhere."""
        if event.type() in (QEvent.Type.Wheel, QEvent.Type.MouseButtonPress, QEvent.Type.KeyPress):
            self._wanted = self._unranked = None
        return super().eventFilter(watched, event)

    def _on_restored(self, view: View) -> None:
        self._wanted = view
        self._session.threshold.put(view.errors)
        self._bins.put_folded(view.folded)

    def _on_line_moved(self) -> None:
        if self._wanted is not None:
            self._wanted = replace(self._wanted, errors=self._session.threshold.errors)
        self.changed.emit()

    def _on_folds(self) -> None:
        self.changed.emit()

    def _on_listed(self) -> None:
        if self._wanted is not None:
            self._apply(self._wanted)
            if not self._session.labelling.expected():
                self._end()

    def _on_labelled(self) -> None:
        """Labels may have come in several helpings; the last one counts."""
        library = self._session.library
        if self._wanted is not None and all(i in library.predictions or i in library.unreadable for i in library.files):
            self._apply(self._wanted)
            self._end()

    def _apply(self, wanted: View) -> None:
        page = self._page
        with suppress(ValueError):  # an order or filter that this version does not know
            page.toolbar.restore(Order(wanted.order), Filter(wanted.filter), wanted.only, wanted.text)
        self._unranked = wanted if wanted.order in RANKED else None
        if self._unranked is None:
            self._go_to(wanted)

    def _go_to(self, wanted: View) -> None:
        self._page.view.choose(wanted.current)
        self._page.view.go_to(wanted.anchor, wanted.offset)

    def _end(self) -> None:
        self._wanted = None

    def _on_arranged(self) -> None:
        wanted, self._unranked = self._unranked, None
        if wanted is not None:
            self._go_to(wanted)
        self._tell()

    def _tell(self) -> None:
        if self._wanted is None:
            self.changed.emit()
