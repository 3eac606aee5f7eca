"""Light or dark: what the environment says, else what was chosen in the menu, else what the system does."""

import os

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from fewshot_gui import settings
from fewshot_gui.style import theme

VARIABLE = "FEWSHOT_APPEARANCE"
"""For tests and pictures."""
SYSTEM, LIGHT, DARK = "", "light", "dark"
_SCHEMES = {SYSTEM: Qt.ColorScheme.Unknown, LIGHT: Qt.ColorScheme.Light, DARK: Qt.ColorScheme.Dark}


def install() -> None:
    """Show it in every window of the application, at once."""
    wanted = os.environ.get(VARIABLE, "") or settings.APPEARANCE.get()
    theme.choose(_SCHEMES.get(wanted, Qt.ColorScheme.Unknown))
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app)
