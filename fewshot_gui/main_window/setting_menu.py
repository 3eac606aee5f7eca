"""A menu with the values of one setting, of which one is in force."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from fewshot_gui.settings import Setting


class SettingMenu(QMenu):
    """Keeps the value that is chosen. ``titles``: value → title. ``chosen()``: another value was chosen."""

    chosen = Signal()

    def __init__(self, title: str, setting: Setting[str], titles: Mapping[str, str], parent: QWidget) -> None:
        super().__init__(title, parent)
        self._setting = setting
        group = QActionGroup(self)
        for value, text in titles.items():
            action = QAction(text, group, checkable=True, checked=value == setting.get())
            action.setData(value)
            self.addAction(action)
        group.triggered.connect(self._on_chosen)

    def _on_chosen(self, action: QAction) -> None:
        self._setting.set(action.data())
        self.chosen.emit()
