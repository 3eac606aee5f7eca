"""Drops, pasting and additional folders: connects the importer with the panels."""

from PySide6.QtCore import QObject

from fewshot_gui.bins.panel import BinsPanel
from fewshot_gui.gallery.panel import GalleryPanel
from fewshot_gui.importing.clipboard import Ask, ClipboardImporter
from fewshot_gui.importing.folder_sources import FolderSources
from fewshot_gui.importing.import_messages import ImportMessages
from fewshot_gui.importing.importer import Added, Importer
from fewshot_gui.main_window.file_dialogs import FileDialogs
from fewshot_gui.main_window.welcome_page import WelcomePage
from fewshot_gui.session.session import Session
from fewshot_gui.widgets.drag_data import Dropped
from fewshot_gui.widgets.drop_filter import Landing
from fewshot_gui.widgets.message_bar import MessageBar


class ImportCommands(QObject):
    """Drops on bins, tiles and the first page; pasting; further folders."""

    def __init__(
        self,
        session: Session,
        bins: BinsPanel,
        gallery: GalleryPanel,
        welcome: WelcomePage,
        banner: MessageBar,
        dialogs: FileDialogs,
        ask_bin: Ask,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._bins, self._banner, self._dialogs = session, bins, banner, dialogs
        self.receiving = Importer(session, self)
        self.telling = ImportMessages(session, self.receiving, banner, self)
        select, locate = gallery.view.choose, dialogs.locate_further
        self.beside = FolderSources(session, self.receiving, self.telling, banner, select, locate, self)
        self.pasting = ClipboardImporter(session.bins, bins.focused_bin, ask_bin, self._on_pasted, self)
        self.receiving.added.connect(self._on_added)
        self.landing = Landing(gallery)
        bins.dropped.connect(self.on_bin)
        for signal in (welcome.dropped, gallery.view.dropped, self.landing.dropped):
            signal.connect(self.beside.on_drop)

    def on_bin(self, name: str, what: Dropped) -> None:
        """Something was dropped onto a bin, or for "" onto the tile for a new one."""
        if what.is_empty():
            self.telling.explain_empty(what)
        else:
            self.receiving.into_bin(name, what)

    def choose_folder(self) -> None:
        """Let the person choose a further folder."""
        self._dialogs.choose_folder(self.tr("Add a folder of images"), self.beside.add_folder)

    def watch(self) -> None:
        """Show new files by themselves from now on, or no longer."""
        watcher = self._session.watcher
        watcher.set_on(not watcher.on)
        if self._session.library.root is None:
            self._banner.hint(self.tr("No folder open"), self.tr("Open a folder first."))

    def _on_added(self, added: Added) -> None:
        """What was pasted may have gone into a bin out of sight."""
        self._bins.show_card(added.name)

    def _on_pasted(self, name: str, what: Dropped) -> None:
        """Without a folder, an image has nothing to be an example for."""
        if self._session.library.root is None:
            self.beside.on_drop(what)
        else:
            self.on_bin(name, what)
