"""The menu in which the window's language is chosen."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from fewshot_gui import settings
from fewshot_gui.translation.language import LANGUAGES, SYSTEM


class LanguageMenu(QMenu):
    """The system's language, or one of LANGUAGES. ``chosen()``: another one was chosen, for the next start."""

    chosen = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("&Language · 语言"))
        group = QActionGroup(self)
        for name, title in {SYSTEM: self.tr("As the system"), **LANGUAGES}.items():
            action = QAction(title, group, checkable=True, checked=name == settings.LANGUAGE.get())
            action.setData(name)
            self.addAction(action)
        group.triggered.connect(self._on_chosen)

    def _on_chosen(self, action: QAction) -> None:
        settings.LANGUAGE.set(action.data())
        self.chosen.emit()
