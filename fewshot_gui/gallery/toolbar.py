"""Above the gallery: which folder, what is shown of it, in which order."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from fewshot_gui import icons
from fewshot_gui.bins.card import ElidedLabel
from fewshot_gui.gallery.model import GalleryModel, Order
from fewshot_gui.session import Session
from fewshot_gui.theme import GRID

LONGEST_NAME = 10 * GRID
"""Room for a bin's name in the filter button."""
ALL, UNREADABLE = "all", "unreadable"


class GalleryToolbar(QFrame):
    """Filter and order menus. ``page`` tells which page is wanted: ALL (tiles) or UNREADABLE (the list)."""

    page = Signal(str)

    def __init__(self, session: Session, model: GalleryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toolStrip")
        self._session, self._model = session, model
        self._title = ElidedLabel(self)
        self._pill = QPushButton(self.tr("Order changed"), self)
        self._pill.setIcon(icons.icon("refresh"))
        self._pill.setToolTip(self.tr("Labels have changed since: sort again"))
        self._pill.hide()
        self._filter, self._order = QToolButton(self), QToolButton(self)
        self._showing = ALL
        self._lay_out()
        self._pill.clicked.connect(self._on_pill)
        model.stale_changed.connect(self._pill.setVisible)
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
            button.setMenu(menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        row.setSpacing(GRID)
        row.addWidget(self._title, 1)
        row.addWidget(self._pill)
        row.addWidget(self._filter)
        row.addWidget(self._order)
        self.setFixedHeight(6 * GRID)

    def show_page(self, page: str, label: str | None = None) -> None:
        """Show all images, those of one bin, or the unreadable list."""
        self._showing = page
        self._model.show_only(label)
        self.page.emit(page)
        self.refresh()

    def set_order(self, order: Order) -> None:
        """Sort, now."""
        self._model.arrange(order)
        self.refresh()

    def refresh(self) -> None:
        """Show the present choice."""
        self._title.set_full_text(self._session.title())
        chosen = self._model.only if self._showing == ALL else self.tr("Unreadable")
        shown = self.fontMetrics().elidedText(chosen or self.tr("all"), Qt.TextElideMode.ElideRight, LONGEST_NAME)
        self._filter.setText(self.tr("Show: {} ▾").format(shown.replace("&", "&&")))
        self._filter.setToolTip(chosen or "")
        self._order.setText(self.tr("Sort: {} ▾").format(self._order_titles()[self._model.order]))
        self._order.setEnabled(self._showing == ALL)

    def _order_titles(self) -> dict[Order, str]:
        return {
            Order.NAME: self.tr("by name"),
            Order.LABEL: self.tr("by bin"),
            Order.CONFIDENT: self.tr("surest first"),
            Order.DOUBTFUL: self.tr("least sure first"),
            Order.SIMILAR: self.tr("most similar first"),
        }

    def _fill_order(self) -> None:
        self._order_menu.clear()
        group = QActionGroup(self._order_menu)
        one_bin = len(self._session.bins.examples()) == 1
        for order, title in self._order_titles().items():
            if (order == Order.SIMILAR) <= one_bin:
                self._add(self._order_menu, group, title, order, order == self._model.order)
        group.triggered.connect(self._on_order)

    def _fill_filter(self) -> None:
        self._filter_menu.clear()
        group = QActionGroup(self._filter_menu)
        everything = self._showing == ALL and self._model.only is None
        self._add(self._filter_menu, group, self.tr("All images"), (ALL, None), everything)
        for each in self._session.bins.bins():
            self._add(self._filter_menu, group, each.name, (ALL, each.name), self._model.only == each.name)
        self._filter_menu.addSeparator()
        self._add(self._filter_menu, group, self.tr("Unreadable"), (UNREADABLE, None), self._showing == UNREADABLE)
        group.triggered.connect(self._on_filter)

    def _add(self, menu: QMenu, group: QActionGroup, text: str, data: object, checked: bool) -> None:
        action = QAction(text.replace("&", "&&"), group, checkable=True, checked=checked)
        action.setData(data)
        menu.addAction(action)

    def _on_order(self, action: QAction) -> None:
        self.set_order(Order(action.data()))

    def _on_filter(self, action: QAction) -> None:
        page, label = action.data()
        self.show_page(page, label)

    def _on_pill(self) -> None:
        self._model.arrange()

    def _on_reset(self) -> None:
        self.show_page(ALL)
