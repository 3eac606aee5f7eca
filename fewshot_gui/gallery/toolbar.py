"""Toolbar of the gallery: folder name, search, filter and sort order."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QPushButton, QToolButton, QWidget

from backend.types import ImageId
from fewshot_gui.gallery.model import GalleryModel
from fewshot_gui.gallery.row_order import KINDS, Filter, Order
from fewshot_gui.gallery.tile_size import TileSize, TileSlider
from fewshot_gui.session.session import Session
from fewshot_gui.style import icons
from fewshot_gui.style.stylesheet import give_menu
from fewshot_gui.style.theme import GRID
from fewshot_gui.widgets.elided_label import ElidedLabel
from fewshot_gui.widgets.shortcut_override import CommandsWhileTyping

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
        CommandsWhileTyping(self._find)
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

    def show_kind(self, shown: Filter) -> None:
        """Show one kind of images, or ALL, of the bin that is chosen already."""
        only = self._model.only
        self.show_filter(Filter.LABEL if shown == Filter.ALL else shown, only)

    def show_chosen(self, ids: Sequence[ImageId], title: str, claims: Mapping[ImageId, str]) -> None:
        """Show just these images, under a title; ``claims`` stay on them as labels."""
        self._showing = ALL
        self._model.show_chosen(ids, title, claims)
        self.page.emit(ALL)
        self.refresh()

    def restore(self, order: Order, shown: Filter, label: str, text: str) -> None:
        """Show what was shown before; a bin that is gone is not waited for."""
        with QSignalBlocker(self._find):
            self._find.setText(text)
        only = label if self._session.bins.find(label) is not None else None
        self._showing = ALL
        self._model.restore(order, shown, only, text)
        self.page.emit(ALL)
        self.refresh()

    def start_finding(self) -> None:
        """Put the cursor into the field."""
        self._find.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._find.selectAll()

    def set_order(self, order: Order, *, begin: bool = True) -> None:
        """Sort, now; ``begin`` at the first image, or stay with the selection."""
        self._model.arrange(order, begin=begin)
        self.refresh()

    def clear_search(self) -> bool:
        """Look for nothing; whether something was looked for."""
        searched = bool(self._find.text())
        self._find.clear()
        return searched

    def refresh(self) -> None:
        """Show the present choice."""
        self._title.set_full_text(self._session.title())
        self._filter.setText(self.tr("Show: {} ▾").format(self._shown_title(LONGEST_NAME).replace("&", "&&")))
        self._filter.setToolTip(self._shown_title())
        self._order.setText(self.tr("Sort: {} ▾").format(self._order_titles()[self._model.order]))
        self._order.setEnabled(self._showing == ALL and self._model.filter != Filter.CHOSEN)
        self._find.setEnabled(self._showing == ALL)

    def _shown_title(self, room: int = 1 << 20) -> str:
        """What is shown; names that people have given are cut to so many pixels."""
        if self._showing == UNREADABLE:
            return self.tr("unreadable")
        shown = self._model.filter
        name = (self._model.title if shown == Filter.CHOSEN else self._model.only) or ""
        name = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room)
        kind = self._filter_titles().get(shown, "")
        return self.tr("{bin}, {kind}").format(bin=name, kind=kind) if name and kind else name or kind

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
        """A kind and a bin go together; the chosen bin is let go by choosing it again."""
        menu, model, tiles = self._filter_menu, self._model, self._showing == ALL
        menu.clear()
        kinds, counts = model.counts()
        group, bins = QActionGroup(menu), QActionGroup(menu)
        bins.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        everything = tiles and model.filter == Filter.ALL
        self._add(menu, group, self.tr("All images"), Filter.ALL, everything)
        for shown, title in self._kind_titles().items():
            text = self.tr("{name} ({count:,})").format(name=title, count=kinds[shown])
            self._add(menu, group, text, shown, tiles and model.filter == shown)
        menu.addSeparator()
        for each in self._session.bins.bins():
            text = self.tr("{name} ({count:,})").format(name=each.name, count=counts[each.name])
            self._add(menu, bins, text, each.name, tiles and model.only == each.name)
        menu.addSeparator()
        self._add(menu, group, self.tr("Unreadable"), UNREADABLE, not tiles)
        group.triggered.connect(self._on_kind)
        bins.triggered.connect(self._on_bin)

    def _kind_titles(self) -> dict[Filter, str]:
        return {
            Filter.UNSURE: self.tr("Unsure"),
            Filter.OPEN: self.tr("Not confirmed yet"),
            Filter.ANSWERED: self.tr("Confirmed by you"),
        }

    def _add(self, menu: QMenu, group: QActionGroup, text: str, data: object, checked: bool) -> None:
        action = QAction(text.replace("&", "&&"), group, checkable=True, checked=checked)
        action.setData(data)
        menu.addAction(action)

    def _on_order(self, action: QAction) -> None:
        self.set_order(Order(action.data()))

    def _on_kind(self, action: QAction) -> None:
        wanted = action.data()
        if wanted in (UNREADABLE, Filter.ALL):
            self.show_page(wanted)
        else:
            self.show_kind(Filter(wanted))

    def _on_bin(self, action: QAction) -> None:
        model, name = self._model, action.data()
        self.show_filter(model.filter if model.filter in KINDS else Filter.LABEL, None if model.only == name else name)

    def _on_pill(self) -> None:
        self._model.arrange()

    def _on_reset(self) -> None:
        self._find.clear()
        self.show_page(ALL)
