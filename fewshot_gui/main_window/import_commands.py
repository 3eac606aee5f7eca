"""Connects the parts that take images in with the window, which holds them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from fewshot_gui.importing.clipboard import Pasting
from fewshot_gui.importing.folder_sources import Beside
from fewshot_gui.importing.import_messages import Telling
from fewshot_gui.importing.importer import Added, Receiving
from fewshot_gui.widgets.drag_data import Dropped
from fewshot_gui.widgets.drop_filter import Landing

if TYPE_CHECKING:
    from fewshot_gui.main_window.window import MainWindow


class Incoming(QObject):
    """Drops on bins, tiles and the first page; pasting; further folders."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window, session = window, window.session
        self.receiving = Receiving(session, self)
        self.telling = Telling(session, self.receiving, window.banner, self)
        locate = window.dialogs.locate_further
        self.beside = Beside(session, self.receiving, self.telling, window.banner, window.gallery, locate, self)
        self.pasting = Pasting(session.bins, window.bins, window.looking.ask_bin, self._on_pasted, self)
        self.receiving.added.connect(self._on_added)
        window.bins.dropped.connect(self.on_bin)
        window.welcome.dropped.connect(self.beside.on_drop)
        window.gallery.view.dropped.connect(self.beside.on_drop)
        self.landing = Landing(window.gallery)
        self.landing.dropped.connect(self.beside.on_drop)

    def slots(self) -> dict[str, Callable[[], None]]:
        """By the commands' names."""
        return {
            "paste": self.pasting.paste,
            "add_folder": self.choose_folder,
            "only_folder": self.beside.only_the_folder,
            "watch": self.watch,
        }

    def _on_added(self, added: Added) -> None:
        """What was pasted may have gone into a bin out of sight."""
        self._window.bins.show_card(added.name)

    def on_bin(self, name: str, what: Dropped) -> None:
        """Something was dropped onto a bin, or for "" onto the tile for a new one."""
        if what.is_empty():
            self.telling.explain_empty(what)
        else:
            self.receiving.into_bin(name, what)

    def choose_folder(self) -> None:
        """Let the person choose a further folder."""
        self._window.dialogs.choose_folder(self.tr("Add a folder of images"), self.beside.add_folder)

    def watch(self) -> None:
        """Show new files by themselves from now on, or no longer."""
        watcher = self._window.session.watcher
        watcher.set_on(not watcher.on)
        if self._window.session.library.root is None:
            self._window.banner.hint(self.tr("No folder open"), self.tr("Open a folder first."))

    def _on_pasted(self, name: str, what: Dropped) -> None:
        """Without a folder, an image has nothing to be an example for."""
        if self._window.session.library.root is None:
            self.beside.on_drop(what)
        else:
            self.on_bin(name, what)
