"""Light or dark: as the system is, or as the person chooses in the menu."""

import os

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from fewshot_gui import settings
from fewshot_gui.style import theme

VARIABLE = "FEWSHOT_APPEARANCE"
"""Overrules what was chosen in the menu; for tests and pictures."""
SYSTEM, LIGHT, DARK = "", "light", "dark"
_SCHEMES = {SYSTEM: Qt.ColorScheme.Unknown, LIGHT: Qt.ColorScheme.Light, DARK: Qt.ColorScheme.Dark}


def install() -> None:
    """Takes what the environment says, else what was chosen, else what the system does."""
    wanted = os.environ.get(VARIABLE, "") or settings.APPEARANCE.get()
    theme.choose(_SCHEMES.get(wanted, Qt.ColorScheme.Unknown))


class AppearanceMenu(QMenu):
    """Changes the window at once."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("A&ppearance"))
        group = QActionGroup(self)
        titles = {SYSTEM: self.tr("As the system"), LIGHT: self.tr("Light"), DARK: self.tr("Dark")}
        for name, title in titles.items():
            action = QAction(title, group, checkable=True, checked=name == settings.APPEARANCE.get())
            action.setData(name)
            self.addAction(action)
        group.triggered.connect(self._on_chosen)

    def _on_chosen(self, action: QAction) -> None:
        settings.APPEARANCE.set(action.data())
        install()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app)
