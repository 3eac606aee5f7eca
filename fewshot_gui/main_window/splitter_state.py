"""How the person has divided the window, kept between starts."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QSplitter

from fewshot_gui import settings
from fewshot_gui.main_window.drawer import Drawer


class Divisions(QObject):
    """Watches over ``sides`` (bins, gallery, inspector) and ``upper``, which has ``drawer`` at its foot.

    ``are_chosen``: the person has said how wide the sides are to be, now or before.
    """

    def __init__(self, sides: QSplitter, upper: QSplitter, drawer: Drawer) -> None:
        super().__init__(sides)
        self._sides, self._upper, self._drawer = sides, upper, drawer
        self.are_chosen = sides.restoreState(settings.SIDES.get())
        sides.splitterMoved.connect(self._on_sides)
        upper.splitterMoved.connect(self._on_drawer)
        drawer.shown.connect(self._on_shown)

    def _on_sides(self) -> None:
        self.are_chosen = True
        settings.SIDES.set(self._sides.saveState())

    def _on_drawer(self) -> None:
        if self._drawer.name():
            settings.DRAWER.set(self._upper.saveState())

    def _on_shown(self, name: str) -> None:
        if name:
            self._upper.restoreState(settings.DRAWER.get())
