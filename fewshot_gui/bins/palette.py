"""Palette for choosing a bin by typing its name."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from fewshot_gui.session.bin_state import BinState
from fewshot_gui.style.theme import GRID
from fewshot_gui.widgets.colour_icon import colour_icon
from fewshot_gui.widgets.shortcut_override import is_command

NAME = Qt.ItemDataRole.UserRole
WIDTH, ROWS = 40 * GRID, 10


class BinPalette(QFrame):
    """A field and a list below it; Enter takes the marked bin, Escape none. Bins whose names begin with what is typed
    come first.

    ``closed()``: it is gone.

    Args:
        command: what keys mean in the window; a popup keeps them from it.
    """

    closed = Signal()

    def __init__(self, parent: QWidget, command: Callable[[QKeySequence], QAction | None]) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._command = command
        self.setObjectName("palette")
        self._bins: BinState = ()
        self._then: Callable[[str], object] | None = None
        self._title, self._field, self._list = QLabel(self), QLineEdit(self), QListWidget(self)
        self._title.setProperty("role", "section")
        self._field.setPlaceholderText(self.tr("Type a part of the bin's name"))
        self._field.setAccessibleName(self.tr("Find a bin"))
        self._list.setAccessibleName(self.tr("Bins"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setUniformItemSizes(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.setSpacing(GRID)
        for widget in (self._title, self._field, self._list):
            column.addWidget(widget)
        self.setFixedWidth(WIDTH)
        self._field.textChanged.connect(self._fill)
        self._field.returnPressed.connect(self._on_taken)
        self._field.installEventFilter(self)
        self._list.itemClicked.connect(self._on_taken)

    def ask(self, title: str, bins: BinState, then: Callable[[str], object], middle: QPoint) -> None:
        """Let the person choose one of ``bins``; ``then`` is called with its name. ``middle``: where, on the screen."""
        self._bins, self._then = bins, then
        self._title.setText(title)
        self._field.clear()
        self._fill()
        self.adjustSize()
        self.move(middle - QPoint(self.width() // 2, 0))
        self.show()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)

    def names(self) -> list[str]:
        """The bins that are listed now."""
        return [self._list.item(n).data(NAME) for n in range(self._list.count())]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down move the mark while the cursor stays in the field. A command of the window ends the choice."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down.value: 1, Qt.Key.Key_Up.value: -1}.get(event.key())
            if step is not None and self._list.count():
                self._list.setCurrentRow((self._list.currentRow() + step) % self._list.count())
                return True
            action = self._command(QKeySequence(event.keyCombination())) if is_command(event) else None
            if action is not None:
                self.hide()
                action.trigger()
                return True
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        """However that came about."""
        super().hideEvent(event)
        self.closed.emit()

    def _fill(self) -> None:
        text = self._field.text().strip().casefold()
        keys = {b.name: place + 1 for place, b in enumerate(self._bins) if place < 9}
        fitting = [b for b in self._bins if text in b.name.casefold()]
        fitting.sort(key=lambda b: not b.name.casefold().startswith(text))
        self._list.clear()
        for each in fitting:
            key = f"   {keys[each.name]}" if each.name in keys else ""
            item = QListWidgetItem(colour_icon(each.colour), each.name + key)
            item.setData(NAME, each.name)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        rows = max(1, min(ROWS, len(fitting)))
        self._list.setFixedHeight(rows * max(3 * GRID, self._list.sizeHintForRow(0)) + GRID)
        self.adjustSize()

    def _on_taken(self) -> None:
        item = self._list.currentItem()
        self.hide()
        if self._list.count() and self._then is not None:
            self._then(item.data(NAME))
