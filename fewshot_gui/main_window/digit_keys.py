"""Digit shortcuts by scan code: the third key of the upper row is 3 on a French layout, too, where it types a quotation
mark, and so is the keypad's 3 while Shift turns it into Page Down."""

import sys
from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QKeySequenceEdit, QLineEdit, QMainWindow, QTextEdit

UPPER_ROW_X11 = {9 + digit: digit for digit in range(1, 10)} | {19: 0}
"""evdev key codes plus 8, as X11 and Wayland report them."""
KEYPAD_X11 = {87: 1, 88: 2, 89: 3, 83: 4, 84: 5, 85: 6, 79: 7, 80: 8, 81: 9, 90: 0}
UPPER_ROW_WINDOWS = {1 + digit: digit for digit in range(1, 10)} | {11: 0}
"""Scan codes of set 1."""
KEYPAD_WINDOWS = {79: 1, 80: 2, 81: 3, 75: 4, 76: 5, 77: 6, 71: 7, 72: 8, 73: 9, 82: 0}
UPPER_ROW_MAC = {18: 1, 19: 2, 20: 3, 21: 4, 23: 5, 22: 6, 26: 7, 28: 8, 25: 9, 29: 0}
"""Virtual key codes (kVK_ANSI_1 …)."""
KEYPAD_MAC = {83: 1, 84: 2, 85: 3, 86: 4, 87: 5, 88: 6, 89: 7, 91: 8, 92: 9, 82: 0}
TYPING = (QLineEdit, QTextEdit, QAbstractSpinBox, QKeySequenceEdit)


def digit_at(event: QKeyEvent, platform: str = sys.platform) -> int | None:
    """The digit whose key was pressed, whatever it types; None for any other key. A keypad without its digits (no
    Num Lock, no Shift) moves about and is none."""
    code = event.nativeVirtualKey() if platform == "darwin" else event.nativeScanCode()
    tables = {"darwin": (UPPER_ROW_MAC, KEYPAD_MAC), "win32": (UPPER_ROW_WINDOWS, KEYPAD_WINDOWS)}
    upper_row, keypad = tables.get(platform, (UPPER_ROW_X11, KEYPAD_X11))
    on_keypad = bool(event.modifiers() & Qt.KeyboardModifier.KeypadModifier)
    if not on_keypad:
        return upper_row.get(code)
    types_it = Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9
    shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    return keypad.get(code) if types_it or shifted else None


class DigitKeys(QObject):
    """Triggers the commands whose shortcut is a digit, or Shift and a digit, for what Qt's shortcuts leave over."""

    def __init__(self, window: QMainWindow, actions: Mapping[str, QAction]) -> None:
        super().__init__(window)
        self._window, self._actions = window, actions
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follows the window to the system's window, where keys arrive first."""
        if event.type() == QEvent.Type.Show and watched is self._window:
            handle = self._window.windowHandle()
            handle.removeEventFilter(self)
            handle.installEventFilter(self)
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched is not self._window:
            return self._on_key(event)
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        digit = digit_at(event)
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if digit is None or not plain or isinstance(QApplication.focusWidget(), TYPING):
            return False
        shifted = modifiers == Qt.KeyboardModifier.ShiftModifier
        wanted = QKeySequence(f"Shift+{digit}" if shifted else str(digit))
        action = next((a for a in self._actions.values() if wanted in a.shortcuts()), None)
        if action is None or QApplication.activePopupWidget() is not None:
            return False
        if not event.isAutoRepeat():
            action.trigger()
        return True
