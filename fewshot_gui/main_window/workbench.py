"""The gallery with dock widgets around it: bins and inspector beside it, panels below."""

from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from fewshot_gui import settings
from fewshot_gui.bins.panel import BinsPanel
from fewshot_gui.gallery.panel import GalleryPanel
from fewshot_gui.inspector.panel import InspectorPanel
from fewshot_gui.main_window.command import Command
from fewshot_gui.main_window.panel_dock import PanelDock
from fewshot_gui.review.panel import ReviewPanel
from fewshot_gui.style.theme import GRID
from fewshot_gui.widgets.panel_base import Panel

Area = Qt.DockWidgetArea
SIDES = ((11, 232, 264), (13, 216, 312))
"""Widths of bins and inspector: sixtieths of the window's width, least and most in pixels."""
TABLES = (Command.COMPARE, Command.TRUNKS)
TABLE_WIDTH = 98 * GRID
"""So much a table wants; other panels are content with their least width."""
BARS = 9 * GRID
"""Height of menu bar and status bar."""
ROW = 20 * GRID
"""What the gallery needs beyond its least height, so that a whole row of tiles stays in sight."""
AUTOMATIC, CHOSEN = 1, 2
"""Versions of the saved state: the widths of bins and inspector follow the window's, or the person has set them."""


class Workbench(QMainWindow):
    """A main window within the main window: messages and the status bar span the whole width, around all docks.

    Until a folder is opened, ``welcome`` is in the place of the gallery, bins and inspector.

    ``panels``: those that open below, by the command that opens them.
    """

    def __init__(
        self,
        welcome: QWidget,
        bins: BinsPanel,
        gallery: GalleryPanel,
        inspector: InspectorPanel,
        review: ReviewPanel,
    ) -> None:
        super().__init__()
        self._welcome, self._gallery, self._review = welcome, gallery, review
        self.panels: dict[Command, PanelDock] = {}
        self._opened: list[PanelDock | ReviewPanel] = []
        self._turns: dict[PanelDock, list[PanelDock]] = {}
        self._widths_chosen = self._shows_gallery = False
        self.setDockOptions(self.DockOption.AllowNestedDocks)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        gallery.setParent(self)
        gallery.hide()
        self.setCentralWidget(welcome)
        self._sides = [_fixed(bins, "bins"), _fixed(inspector, "inspector")]
        self.addDockWidget(Area.LeftDockWidgetArea, self._sides[0])
        self.addDockWidget(Area.RightDockWidgetArea, self._sides[1])
        for side in self._sides:
            side.hide()
        self._on_review(review.strip.is_open())
        review.strip.opened.connect(self._on_review)

    def add_panels(self, *docks: PanelDock) -> None:
        """Docks that take turns while they lie in the same area, at first below those that were added before."""
        for dock in docks:
            self.panels[dock.command] = dock
            self.addDockWidget(Area.BottomDockWidgetArea, dock, Qt.Orientation.Vertical)
            dock.visibilityChanged.connect(partial(self._on_visibility, dock))
            self._turns[dock] = [other for other in docks if other is not dock]

    # Opening and closing -----------------------------------------------------------------------------------------

    def toggle(self, command: Command) -> None:
        """Open that panel and give it the keyboard, or close it."""
        if self.panels[command].isHidden():
            self.open(command).focus_target().setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.panels[command].close()

    def open(self, command: Command) -> Panel:
        """Show that panel, in the place and the size of one that it takes turns with."""
        dock = self.panels[command]
        panel = dock.build()
        area, height = self.dockWidgetArea(dock), 0
        for other in self._turns[dock]:
            if not other.isHidden() and self.dockWidgetArea(other) == area:
                height = other.height()
                other.close()
        dock.show()
        if self._make_room() and not height:
            height = dock.sizeHint().height()  # what has closed kept it small
        if height:
            self.resizeDocks([dock], [height], Qt.Orientation.Vertical)
        return panel

    def _on_visibility(self, dock: PanelDock, visible: bool) -> None:
        self._note(dock, visible)
        self._give_corners()
        QTimer.singleShot(0, self, self._make_room)

    def _on_review(self, is_open: bool) -> None:
        self._note(self._review, is_open)
        for widget in (self._review, self._gallery):
            widget.updateGeometry()  # at once, not with the next event
        self._make_room()

    def _note(self, part: PanelDock | ReviewPanel, is_open: bool) -> None:
        """The newest comes last."""
        self._opened = [each for each in self._opened if each is not part] + [part] * is_open

    # Sizes -------------------------------------------------------------------------------------------------------

    def _make_room(self) -> bool:
        """Close what was opened first while all that is open needs more height than there is; whether anything was."""
        before = len(self._opened)
        while len(self._opened) > 1 and self._least_height() > self.window().height():
            oldest = self._opened.pop(0)
            if isinstance(oldest, PanelDock):
                oldest.close()
            else:
                oldest.strip.set_open(False)
        return len(self._opened) < before

    def _least_height(self) -> int:
        return BARS + ROW + self.minimumSizeHint().height()

    def _give_corners(self) -> None:
        """Panels below have the whole width where there is not enough between bins and inspector."""
        between = self.width() - sum(self._widths())
        wide = any(_wanted_width(dock) > between for dock in self.panels.values() if dock.isVisible())
        left, right = Area.LeftDockWidgetArea, Area.RightDockWidgetArea
        self.setCorner(Qt.Corner.BottomLeftCorner, Area.BottomDockWidgetArea if wide else left)
        self.setCorner(Qt.Corner.BottomRightCorner, Area.BottomDockWidgetArea if wide else right)

    def _widths(self) -> list[int]:
        """In a narrow window the sides give way to the images."""
        return [min(most, max(least, self.width() * share // 60)) for share, least, most in SIDES]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More room, or less."""
        super().resizeEvent(event)
        self._give_corners()
        self._make_room()
        if not self._widths_chosen:
            self.resizeDocks(self._sides, self._widths(), Qt.Orientation.Horizontal)

    def event(self, event: QEvent) -> bool:
        """Qt tells nobody that a separator was moved."""
        handled = super().event(event)
        if event.type() == QEvent.Type.MouseButtonRelease and event.isAccepted():
            self._widths_chosen |= [side.width() for side in self._sides] != self._widths()
        return handled

    # Between starts ----------------------------------------------------------------------------------------------

    def show_gallery(self) -> None:
        """The gallery in place of the welcome page, for good, with docks as they were at the end of the last session;
        panels that are open stay so."""
        if self._shows_gallery:
            return
        self._shows_gallery = True
        self.takeCentralWidget()
        self._welcome.hide()
        self.setCentralWidget(self._gallery)
        self._gallery.show()
        opened = [panel for panel in self.panels.values() if not panel.isHidden()]
        for side in self._sides:
            side.show()
        state = settings.DOCKS.get()
        self._widths_chosen = self.restoreState(state, CHOSEN)
        if not self._widths_chosen:
            self.restoreState(state, AUTOMATIC)
            self.resizeDocks(self._sides, self._widths(), Qt.Orientation.Horizontal)
        for panel in opened:
            panel.show()

    def remember(self) -> None:
        """For the next start, unless no folder was open."""
        if self._shows_gallery:
            settings.DOCKS.set(self.saveState(CHOSEN if self._widths_chosen else AUTOMATIC))


def _wanted_width(dock: PanelDock) -> int:
    return TABLE_WIDTH if dock.command in TABLES else dock.minimumSizeHint().width()


def _fixed(panel: QWidget, name: str) -> QDockWidget:
    """A dock that stays where it is, without a title bar."""
    dock = QDockWidget(panel.accessibleName())
    dock.setObjectName(name)
    dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
    dock.setTitleBarWidget(QWidget(dock))
    dock.setWidget(panel)
    return dock
