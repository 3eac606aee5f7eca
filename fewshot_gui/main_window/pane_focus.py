"""F6: moves the focus to the next pane of the window."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class PaneFocus(QObject):
    """Moves the focus between ``parts``; each remembers the widget that had it last.

    Args:
        parts: in order; those out of sight are passed over.
        tiles: what is wanted first where a part holds it.
    """

    def __init__(self, parts: Sequence[QWidget], tiles: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._parts, self._tiles = tuple(parts), tiles
        self._places: dict[QWidget, QWidget] = {}

    def move(self, by: int) -> None:
        """To the next part, or with -1 to the one before it; from nowhere to the tiles."""
        focused = QApplication.focusWidget()
        here = next((n for n, p in enumerate(self._parts) if focused is not None and _holds(p, focused)), None)
        if here is None or focused is None:
            self._tiles.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self._places[self._parts[here]] = focused
        count = len(self._parts)
        targets = (self._place_in(self._parts[(here + by * n) % count]) for n in range(1, count))
        target = next((t for t in targets if t is not None), None)
        if target is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _place_in(self, part: QWidget) -> QWidget | None:
        if not part.isVisible():
            return None
        last = self._places.get(part)
        if last is not None and isValid(last) and _takes_focus(last):
            return last
        if _holds(part, self._tiles) and _takes_focus(self._tiles):
            return self._tiles
        return next((w for w in _chain(part) if _takes_focus(w)), None)


def _holds(part: QWidget, widget: QWidget) -> bool:
    return widget is part or part.isAncestorOf(widget)


def _takes_focus(widget: QWidget) -> bool:
    tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return tab and widget.isVisible() and widget.isEnabled()


def _chain(part: QWidget) -> Iterator[QWidget]:
    """The part and what it holds, in the order of the Tab key."""
    yield part
    widget = part.nextInFocusChain()
    while widget is not None and widget is not part:
        if part.isAncestorOf(widget):
            yield widget
        widget = widget.nextInFocusChain()
