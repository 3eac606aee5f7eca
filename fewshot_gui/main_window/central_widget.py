"""The middle of the window: the gallery, and below it, when asked for, a panel."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
)

from backend.types import ImageId
from fewshot_gui import settings
from fewshot_gui.gallery.panel import GalleryPanel
from fewshot_gui.session.session import Session
from fewshot_gui.session.verdicts import Verdicts
from fewshot_gui.style import icons
from fewshot_gui.style.theme import GRID
from fewshot_gui.widgets.panel_base import BelowPage

QUALITY, MAP = "quality", "map"
NAMES = (QUALITY, MAP)
REOPEN_MS = 800
"""The panel that was open last opens again so long after a folder: loading what draws it takes a moment."""


class Middle(QSplitter):
    """Gallery and panels. A panel, and what it draws with, is loaded when it is first opened.

    ``opened(bool)``: a panel has been opened, or closed.
    """

    opened = Signal(bool)

    def __init__(self, session: Session, gallery: GalleryPanel, show_image: Callable[[ImageId], None]) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._session, self._gallery, self._show_image = session, gallery, show_image
        self._verdicts = Verdicts(session.bins, session.library, session.workspace.remarks, self)
        self._verdicts.picks_doubtful, self._verdicts.method = gallery.model.picks_doubtful, session.method
        self._pages: dict[str, BelowPage] = {}
        self.below, self._tabs, self._stack = QFrame(self), QTabBar(self), QStackedWidget(self)
        self._close = QToolButton(self)
        self._remembered = settings.BELOW.get(), settings.DIVISION.get()
        self._later = QTimer(self, singleShot=True, interval=REOPEN_MS)
        self._lay_out()
        self._close.clicked.connect(self.close_panel)
        self._tabs.currentChanged.connect(self._on_tab)
        self.splitterMoved.connect(self._remember)
        self._later.timeout.connect(self._reopen)
        session.workspace.opened.connect(self._on_opened)

    def _lay_out(self) -> None:
        self.below.setObjectName("below")
        self.below.setAccessibleName(self.tr("Panels below the gallery"))
        for title in (self.tr("How good is it"), self.tr("Map")):
            self._tabs.addTab(title)
        self._tabs.setAccessibleName(self.tr("Panels below the gallery"))
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._close.setProperty("kind", "icon")
        self._close.setIcon(icons.icon("close"))
        self._close.setAccessibleName(self.tr("Close the panel"))
        self._close.setToolTip(self.tr("Close the panel"))
        row = QHBoxLayout()
        row.setContentsMargins(GRID, GRID // 2, GRID, 0)
        row.addWidget(self._tabs)
        row.addStretch(1)
        row.addWidget(self._close)
        column = QVBoxLayout(self.below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._stack, 1)
        for widget in (self._gallery, self.below):
            self.addWidget(widget)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.set_gallery_room(0)
        self.below.setMinimumHeight(22 * GRID)
        self.below.hide()

    def set_gallery_room(self, more: int) -> None:
        """Least height of the gallery: half a row of tiles with the tools around them, and ``more`` pixels."""
        self._gallery.setMinimumHeight(24 * GRID + more)

    # Opening and closing -----------------------------------------------------------------------------------------

    def toggle_quality(self) -> None:
        """Open *How good is it*, or close it."""
        self._toggle(QUALITY)

    def toggle_map(self) -> None:
        """Open the map, or close it."""
        self._toggle(MAP)

    def panel(self) -> BelowPage | None:
        """The panel that is open."""
        return self._pages.get(self._name()) if not self.below.isHidden() else None

    def open_panel(self, name: str) -> BelowPage:
        """Open QUALITY or MAP."""
        page = self._page(name)
        self._tabs.setCurrentIndex(NAMES.index(name))
        self._stack.setCurrentWidget(page)
        first = self.below.isHidden()
        self.below.show()
        self.opened.emit(True)
        if first and not self.restoreState(self._remembered[1]):
            self.setSizes([self.height() * 9 // 20, self.height() * 11 // 20])
        for each in self._pages.values():
            each.set_active(each is page)
        self._remember()
        return page

    def close_panel(self) -> None:
        """Give the room back to the gallery."""
        self._remember()
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.below.isAncestorOf(focus)
        self.below.hide()
        self.opened.emit(False)
        for page in self._pages.values():
            page.set_active(False)
        settings.BELOW.set("")
        settings.DIVISION.set(self._remembered[1])
        if had_focus:
            self._gallery.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggle(self, name: str) -> None:
        if self.panel() is not None and self._name() == name:
            self.close_panel()
        else:
            self.open_panel(name).take_focus()

    def _name(self) -> str:
        return NAMES[self._tabs.currentIndex()]

    def _page(self, name: str) -> BelowPage:
        if name not in self._pages:
            self._pages[name] = self._build(name)
            self._stack.addWidget(self._pages[name])
        return self._pages[name]

    def _build(self, name: str) -> BelowPage:
        if name == MAP:
            from fewshot_gui.map.panel import MapPanel

            return MapPanel(self._session, self._gallery, self._gallery.model.words, self._show_image)
        from fewshot_gui.evaluation.panel import EvaluationPanel

        return EvaluationPanel(self._session, self._gallery, self._show_image, self._verdicts)

    def _on_tab(self, place: int) -> None:
        if not self.below.isHidden():
            self.open_panel(NAMES[place])

    def _on_opened(self) -> None:
        self._later.start()

    def _reopen(self) -> None:
        name, self._remembered = self._remembered[0], ("", self._remembered[1])
        if name in NAMES and self.isVisible() and self.below.isHidden():
            self.open_panel(name)

    def _remember(self) -> None:
        if not self.below.isHidden():
            self._remembered = "", self.saveState()
            settings.BELOW.set(self._name())
            settings.DIVISION.set(self._remembered[1])

    def changeEvent(self, event: QEvent) -> None:
        """A new colour scheme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_close"):
            self._close.setIcon(icons.icon("close"))
