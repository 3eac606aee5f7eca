"""Event filter: Enter presses the focused button. Whether Qt does so itself depends on the desktop."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QToolButton, QWidget

KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EnterKeyFilter(QObject):
    """Takes what comes to ``window`` because nothing inside it wanted it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """True where a button was pressed."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or event.key() not in KEYS:
            return False
        button = QApplication.focusWidget()
        if not isinstance(button, QAbstractButton) or event.isAutoRepeat():
            return False
        if isinstance(button, QToolButton) and button.menu() is not None:
            QTimer.singleShot(0, button.showMenu)  # it returns once the menu is closed
        else:
            button.click()
        return True
