"""Above the gallery: which folder, what is shown of it, in which order."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QPushButton, QToolButton, QWidget

from backend.types import ImageId
from fewshot_gui import icons
from fewshot_gui.bins.card import ElidedLabel
from fewshot_gui.gallery.arrangement import Filter, Order
from fewshot_gui.gallery.model import GalleryModel
from fewshot_gui.gallery.tile_size import TileSize, TileSlider
from fewshot_gui.restyle import give_menu
from fewshot_gui.session import Session
from fewshot_gui.theme import GRID

LONGEST_NAME = 10 * GRID
"""Room for a bin's name in the filter button."""
ROOM_FOR_SLIDER = 70 * GRID
"""Width from which on the slider for the tiles' size is shown; the menu has its commands."""
ALL, UNREADABLE = "all", "unreadable"


class GalleryToolbar(QFrame):
    """Filter and order menus. ``page`` tells which page is wanted: ALL (tiles) or UNREADABLE (the list)."""

    page = Signal(str)

    def __init__(self, session: Session, model: GalleryModel, size: TileSize, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toolStrip")
        self._session, self._model = session, model
        self._title = ElidedLabel(self)
        self._pill = QPushButton(self.tr("Order changed"), self)
        self._pill.setIcon(icons.icon("refresh"))
        self._pill.setToolTip(self.tr("Labels have changed since: sort again"))
        self._pill.hide()
        self._slider = TileSlider(size, self)
        self._filter, self._order, self._find = QToolButton(self), QToolButton(self), QLineEdit(self)
        self._showing = ALL
        self._lay_out()
        self._pill.clicked.connect(self._on_pill)
        self._find.textChanged.connect(model.search)
        model.stale_changed.connect(self._pill.setVisible)
        model.arranged.connect(self.refresh)
        session.bins.changed.connect(self.refresh)
        session.library.reset.connect(self._on_reset)
        session.library.failed.connect(self.refresh)
        self._filter_menu.aboutToShow.connect(self._fill_filter)
        self._order_menu.aboutToShow.connect(self._fill_order)
        self.refresh()

    def _lay_out(self) -> None:
        self._filter_menu, self._order_menu = QMenu(self._filter), QMenu(self._order)
        for button, menu in ((self._filter, self._filter_menu), (self._order, self._order_menu)):
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            give_menu(button, menu)
        self._find.setPlaceholderText(self.tr("Find by name"))
        self._find.setAccessibleName(self.tr("Find images by name"))
        icons.dress_clear_button(self._find)
        self._find.setFixedHeight(4 * GRID)
        self._find.setMinimumWidth(8 * GRID)
        self._find.setMaximumWidth(LONGEST_NAME + 6 * GRID)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        row.setSpacing(GRID)
        row.addWidget(self._title, 1)
        row.addWidget(self._pill)
        row.addWidget(self._slider)
        row.addWidget(self._find)
        row.addWidget(self._filter)
        row.addWidget(self._order)
        self.setFixedHeight(6 * GRID)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the words matter more than the slider."""
        super().resizeEvent(event)
        self._slider.setVisible(self.width() >= ROOM_FOR_SLIDER)

    def show_page(self, page: str, label: str | None = None) -> None:
        """Show all images, those of one bin, or the unreadable list."""
        self._showing = page
        self._model.show_only(label)
        self.page.emit(page)
        self.refresh()

    def show_filter(self, shown: Filter, label: str | None = None) -> None:
        """Show one kind of images as tiles."""
        self._showing = ALL
        self._model.show(shown, label)
        self.page.emit(ALL)
        self.refresh()

    def show_chosen(self, ids: Sequence[ImageId], title: str, claims: Mapping[ImageId, str]) -> None:
        """Show just these images, under a title; ``claims`` stay on them as labels."""
        self._showing = ALL
        self._model.show_chosen(ids, title, claims)
        self.page.emit(ALL)
        self.refresh()

    def restore(self, order: Order, shown: Filter, label: str, text: str) -> None:
        """Show what was shown before; a bin that is gone is not waited for."""
        self._find.setText(text)
        self._model.want(order)
        gone = shown == Filter.LABEL and self._session.bins.find(label) is None
        self.show_filter(Filter.ALL if gone else shown, label)

    def start_finding(self) -> None:
        """Put the cursor into the field."""
        self._find.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._find.selectAll()

    def set_order(self, order: Order) -> None:
        """Sort, now."""
        self._model.arrange(order)
        self.refresh()

    def refresh(self) -> None:
        """Show the present choice."""
        self._title.set_full_text(self._session.title())
        chosen = self._shown_title()
        shown = self.fontMetrics().elidedText(chosen, Qt.TextElideMode.ElideRight, LONGEST_NAME)
        self._filter.setText(self.tr("Show: {} ▾").format(shown.replace("&", "&&")))
        self._filter.setToolTip(chosen)
        self._order.setText(self.tr("Sort: {} ▾").format(self._order_titles()[self._model.order]))
        self._order.setEnabled(self._showing == ALL and self._model.filter != Filter.CHOSEN)
        self._find.setEnabled(self._showing == ALL)

    def _shown_title(self) -> str:
        if self._showing == UNREADABLE:
            return self.tr("unreadable")
        if self._model.filter == Filter.LABEL:
            return self._model.only or ""
        return self._model.title if self._model.filter == Filter.CHOSEN else self._filter_titles()[self._model.filter]

    def _filter_titles(self) -> dict[Filter, str]:
        return {
            Filter.ALL: self.tr("all"),
            Filter.UNSURE: self.tr("unsure"),
            Filter.OPEN: self.tr("unconfirmed"),
            Filter.ANSWERED: self.tr("confirmed"),
        }

    def _order_titles(self) -> dict[Order, str]:
        return {
            Order.NAME: self.tr("by name"),
            Order.LABEL: self.tr("by bin"),
            Order.CONFIDENT: self.tr("surest first"),
            Order.DOUBTFUL: self.tr("least sure first"),
            Order.SIMILAR: self.tr("most similar first"),
            Order.ASK: self.tr("ask me first"),
            Order.DIFFER: self.tr("by disagreement"),
        }

    def _fill_order(self) -> None:
        self._order_menu.clear()
        group = QActionGroup(self._order_menu)
        count = len(self._session.bins.examples())
        fits = {Order.SIMILAR: count == 1, Order.ASK: count > 1, Order.DIFFER: count > 1}
        for order, title in self._order_titles().items():
            if fits.get(order, True):
                self._add(self._order_menu, group, title, order, order == self._model.order)
        group.triggered.connect(self._on_order)

    def _fill_filter(self) -> None:
        self._filter_menu.clear()
        group = QActionGroup(self._filter_menu)
        tiles, model = self._showing == ALL, self._model
        titles = self._filter_titles()
        titles[Filter.ALL] = self.tr("All images")
        titles[Filter.UNSURE] = self.tr("Unsure ({:,})").format(self._session.sureness.line().below)
        titles[Filter.OPEN], titles[Filter.ANSWERED] = self.tr("Not confirmed yet"), self.tr("Confirmed by you")
        for shown, title in titles.items():
            self._add(self._filter_menu, group, title, (ALL, shown, None), tiles and model.filter == shown)
        self._filter_menu.addSeparator()
        for each in self._session.bins.bins():
            self._add(self._filter_menu, group, each.name, (ALL, Filter.LABEL, each.name), model.only == each.name)
        self._filter_menu.addSeparator()
        self._add(self._filter_menu, group, self.tr("Unreadable"), (UNREADABLE, Filter.ALL, None), not tiles)
        group.triggered.connect(self._on_filter)

    def _add(self, menu: QMenu, group: QActionGroup, text: str, data: object, checked: bool) -> None:
        action = QAction(text.replace("&", "&&"), group, checkable=True, checked=checked)
        action.setData(data)
        menu.addAction(action)

    def _on_order(self, action: QAction) -> None:
        self.set_order(Order(action.data()))

    def _on_filter(self, action: QAction) -> None:
        page, shown, label = action.data()
        if page == UNREADABLE:
            self.show_page(UNREADABLE)
        else:
            self.show_filter(Filter(shown), label)

    def _on_pill(self) -> None:
        self._model.arrange()

    def _on_reset(self) -> None:
        self._find.clear()
        self.show_page(ALL)
