"""Gallery panel: toolbar, and below it the tiles, the list of unreadable images or an empty state."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from backend.types import ImageId
from fewshot_gui.gallery.model import GalleryModel
from fewshot_gui.gallery.row_order import Filter
from fewshot_gui.gallery.tile_size import TileSize
from fewshot_gui.gallery.toolbar import UNREADABLE, GalleryToolbar
from fewshot_gui.gallery.unreadable_list import UnreadableList
from fewshot_gui.gallery.view import GalleryView
from fewshot_gui.session.session import Session
from fewshot_gui.widgets.empty_state import EmptyState


class GalleryPanel(QWidget):
    """Chooses between the tiles, the list and the empty state; an ``ImageSelection``.

    ``unsure_only(bool)``: whether the unsure images are shown alone from now on.
    """

    selection_changed = Signal()
    unsure_only = Signal(bool)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ground")
        self._session = session
        self.model = GalleryModel(session.library, session.bins, session.threshold)
        self.tile_size = TileSize(self)
        self.toolbar = GalleryToolbar(session, self.model, self.tile_size, self)
        self.view = GalleryView(self.model, session.thumbnails, self.tile_size, self)
        self.unreadable = UnreadableList(session.library, self)
        self._empty = EmptyState(self)
        self._pages = QStackedWidget(self)
        self._wants_list = self._lost = False
        for page in (self.view, self.unreadable, self._empty):
            self._pages.addWidget(page)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.toolbar)
        column.addWidget(self._pages, 1)
        self.toolbar.page.connect(self._on_page)
        self.model.arranged.connect(self._tell_filter)
        self.toolbar.page.connect(self._tell_filter)
        self.model.rows_changed.connect(self.refresh)
        self.model.begun.connect(self.view.begin)
        self.view.selectionModel().selectionChanged.connect(self.selection_changed)
        session.library.failed.connect(self.refresh)
        session.loader.advanced.connect(self.refresh)
        session.loader.lost.connect(self._on_lost)
        session.library.reset.connect(self._on_found)
        session.library.relisted.connect(self._on_found)

    def add_bar(self, bar: QWidget) -> None:
        """A bar between the toolbar and the tiles."""
        self._column.insertWidget(1, bar)

    def add_foot(self, foot: QWidget) -> None:
        """What stands below the tiles."""
        self._column.addWidget(foot)

    def show_chosen(self, ids: Sequence[ImageId], title: str, claims: Mapping[ImageId, str] | None = None) -> None:
        """Show just these images, the first of them selected (see ``GalleryModel.show_chosen``)."""
        self.toolbar.show_chosen(ids, title, claims or {})
        self.view.choose(ids[0])
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_unsure_only(self, alone: bool) -> None:
        """Show the unsure images alone, or all again, of the bin that is chosen already."""
        self.toolbar.show_kind(Filter.UNSURE if alone else Filter.ALL)

    def selected_ids(self) -> tuple[ImageId, ...]:
        """See ``ImageSelection``."""
        return self.view.selected_ids()

    def select(self, ids: Sequence[ImageId], title: str) -> None:
        """See ``ImageSelection``."""
        shown = self.view.isVisible() and all(self.model.index_of(i).isValid() for i in ids)
        if ids and not shown:
            self.toolbar.show_chosen(ids, title, {})
        self.view.choose_all(ids)

    def show_only(self, ids: Sequence[ImageId], title: str) -> None:
        """See ``ImageSelection``."""
        self.show_chosen(ids, title)
        self.view.choose_all(ids)

    def take_focus(self) -> None:
        """The keyboard comes to what is in sight: tiles, list, or the words where there is neither."""
        page = self._pages.currentWidget()
        if page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Show the page that has something to show."""
        if self._wants_list:
            broken = any(i in self._session.library.files for i in self._session.library.unreadable)
            self._empty.say("check", self.tr("Every image can be read"), self.tr("Nothing is listed here."))
            self._pages.setCurrentWidget(self.unreadable if broken else self._empty)
        elif self.model.rowCount():
            self._show_tiles()
        else:
            self._say_why_empty()
            self._pages.setCurrentWidget(self._empty)

    def _show_tiles(self) -> None:
        """The tiles get the keyboard as they appear, unless somebody is typing."""
        if self._pages.currentWidget() is not self.view:
            self._pages.setCurrentWidget(self.view)
            if not isinstance(QApplication.focusWidget(), QLineEdit):
                self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_why_empty(self) -> None:
        if self.model.filter == Filter.LABEL:
            text = self.tr("Show all images, or add examples to the bin.")
            self._empty.say("image", self.tr("No image is labelled “{}”").format(self.model.only), text)
        elif self.model.text or self.model.filter != Filter.ALL:
            text = self.tr("Choose “All images” under “Show”, or clear what you look for.")
            self._empty.say("image", self.tr("No image fits"), text)
        elif self._session.loader.running():
            self._empty.say("image", self.tr("Looking for images…"), "")
        elif self._lost:
            text = self.tr("Try again once it is back, or open another one.")
            self._empty.say("alert", self.tr("This folder cannot be read"), text)
        else:
            text = self.tr("Open another folder, or drop one here.")
            self._empty.say("folder-open", self.tr("There are no images in this folder"), text)

    def _tell_filter(self) -> None:
        self.unsure_only.emit(self.model.filter == Filter.UNSURE)

    def _on_lost(self) -> None:
        self._lost = True
        self.refresh()

    def _on_found(self) -> None:
        self._lost = False
        self.refresh()

    def _on_page(self, page: str) -> None:
        self._wants_list = page == UNREADABLE
        self.refresh()
