"""Where the focus goes when the focused widget disappears, and what Escape does when no widget takes it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from fewshot_gui.bins.name_edit import NameEdit
from fewshot_gui.gallery.panel import GalleryPanel
from fewshot_gui.widgets.message_bar import MessageBar


class FocusFallback(QObject):
    """Watches ``window``. Qt would give the keyboard to what comes next in the order of the Tab key: that may be a
    button far away, which the next Enter would press.

    Args:
        panels: within one of these Qt's choice stands: what appears there takes the place of what goes.
    """

    def __init__(self, window: QWidget, gallery: GalleryPanel, banner: MessageBar, panels: Sequence[QWidget]) -> None:
        super().__init__(window)
        self._panels = tuple(panels)
        self._window, self._gallery, self._banner = window, gallery, banner
        window.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_moved)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape closes the message, then ends the search, then brings the keyboard to the gallery."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_Escape:
            return False
        if self._banner.isVisible():
            self._banner.close_by_hand()
        elif self._gallery.isVisible() and not self._gallery.toolbar.clear_search():
            self._gallery.take_focus()
        return True

    def _on_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        """Whoever presses Tab or clicks leaves something that stays; what is hidden or switched off has lost it. What
        gives the keyboard back without knowing to whom gives it to the window."""
        if self._gallery.isVisible() and (now is self._window or self._was_lost(before, now)):
            self._gallery.take_focus()

    def _was_lost(self, before: QWidget | None, now: QWidget | None) -> bool:
        if before is None or now is None or not isValid(before):
            return False
        if isinstance(before, NameEdit):  # it is hidden because the keyboard has left it, and knows where to
            return False
        ours = before.window() is self._window and now.window() is self._window
        nearby = any(p.isAncestorOf(before) and p.isAncestorOf(now) for p in self._panels)
        return ours and not nearby and not (before.isVisible() and before.isEnabled())
