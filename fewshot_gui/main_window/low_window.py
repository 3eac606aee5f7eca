"""In a low window what is open above and below the tiles takes turns, so that a row of tiles always stays in sight."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from fewshot_gui.main_window.central_widget import Middle
from fewshot_gui.main_window.drawer import Drawer
from fewshot_gui.review.panel import ReviewPanel
from fewshot_gui.style.theme import GRID

LEAST = 37 * GRID
"""Height for the tools above the tiles, a row of tiles, and the strip below them."""


class Room(QObject):
    """Watches over ``middle``, which holds tiles, shelf and panel, beside ``drawer``. What was opened last stays."""

    def __init__(self, middle: Middle, tray: ReviewPanel, drawer: Drawer, parent: QObject) -> None:
        super().__init__(parent)
        self._middle, self._tray, self._drawer = middle, tray, drawer
        self._opened: list[QWidget] = []
        self._on_shelf(tray.strip.is_open())
        tray.strip.opened.connect(self._on_shelf)
        middle.opened.connect(self._on_panel)
        drawer.shown.connect(self._on_drawer)
        middle.window().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window has become lower, perhaps."""
        if event.type() == QEvent.Type.Resize:
            self._make_room()
        return False

    def _on_shelf(self, is_open: bool) -> None:
        self._note(self._tray, is_open)

    def _on_panel(self, is_open: bool) -> None:
        self._note(self._middle, is_open)

    def _on_drawer(self, name: str) -> None:
        self._note(self._drawer, bool(name))

    def _note(self, part: QWidget, is_open: bool) -> None:
        """The newest comes last."""
        self._opened = [each for each in self._opened if each is not part] + [part] * is_open
        if is_open:
            self._make_room()
        self._middle.set_gallery_room(self._tray.shelf.height() if self._tray in self._opened else 0)

    def _make_room(self) -> None:
        while len(self._opened) > 1 and self._left() < LEAST:
            self._close(self._opened[0])

    def _left(self) -> int:
        """Height for the tiles once every part that is open has the least that it can do with."""
        needs = {
            self._tray: self._tray.shelf.height(),
            self._middle: self._middle.below.minimumHeight(),
            self._drawer: self._drawer.sizeHint().height(),
        }
        window = self._middle.window()
        return window.height() - 9 * GRID - sum(needs[part] for part in self._opened)

    def _close(self, part: QWidget) -> None:
        if part is self._tray:
            self._tray.strip.set_open(False)
        elif part is self._middle:
            self._middle.close_panel()
        else:
            self._drawer.shut()
