"""Small helpers around Qt's style sheets."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QToolButton, QWidget


def set_property(widget: QWidget, name: str, value: str) -> None:
    """Set a property that the style sheet selects by, and dress the widget anew if it changed."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def give_menu(button: QToolButton, menu: QMenu) -> None:
    """``button`` opens ``menu``, and does not look pointed at after it. Qt would leave it so, as it does not tell a
    button that the pointer has left it for its menu."""
    menu.aboutToHide.connect(partial(_look_for_the_pointer, button))
    button.setMenu(menu)


def _look_for_the_pointer(button: QToolButton) -> None:
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, button.rect().contains(button.mapFromGlobal(QCursor.pos())))
    button.update()
