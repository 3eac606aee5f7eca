"""The main window. It composes the parts and passes on what the person asks for; the work is the session's."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from backend.errors import RequestError
from backend.types import ImageId, Listing
from fewshot_gui import settings
from fewshot_gui.actions import Commands
from fewshot_gui.banner import Banner
from fewshot_gui.bins.panel import BinsPanel
from fewshot_gui.dragging import Dropped
from fewshot_gui.gallery.page import GalleryPage
from fewshot_gui.gallery.toolbar import ALL, UNREADABLE
from fewshot_gui.guidance import Guidance
from fewshot_gui.inspector.panel import Inspector
from fewshot_gui.session import Session
from fewshot_gui.status_strip import StatusStrip
from fewshot_gui.welcome import Welcome
from fewshot_gui.worker import Failure

SIZE = (1440, 900)
SIDES = ((11, 232, 264), (13, 216, 312))
"""Of the panels at the left and right: share of the width in sixtieths, least and most in pixels."""
LOAD_AFTER_MS = 100
"""The model is loaded once the window has been on the screen for so long."""


class MainWindow(QMainWindow):
    """One window with a session of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.session = Session(self)
        self.banner = Banner()
        self.welcome = Welcome()
        self.bins = BinsPanel(self.session.bins, self.session.library, self.session.thumbnails)
        self.gallery = GalleryPage(self.session)
        self.inspector = Inspector(self.session)
        self.strip = StatusStrip(self.session)
        self.ended_clean = True
        self._compose()
        self._connect()
        self._commands = Commands(self, self.session, self._slots())
        self._guidance = Guidance(self.session, self.banner, self.gallery, self)
        self.resize(*SIZE)
        self.setMinimumSize(800, 480)
        self._show_title()
        self.welcome.show_recent(settings.recent_folders())

    def _compose(self) -> None:
        self._work = QSplitter(Qt.Orientation.Horizontal)
        for part in (self.bins, self.gallery, self.inspector):
            self._work.addWidget(part)
        self._work.setHandleWidth(1)
        self._work.setChildrenCollapsible(False)
        self._work.setStretchFactor(1, 1)
        self._sides_chosen = False
        self._work.splitterMoved.connect(self._on_sides_chosen)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.welcome)
        self._pages.addWidget(self._work)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget, stretch in ((self.banner, 0), (self._pages, 1), (self.strip, 0)):
            column.addWidget(widget, stretch)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        session = self.session
        session.opened.connect(self._on_opened)
        session.exported.connect(self._on_exported)
        session.opening.listed.connect(self._on_listed)
        session.bin_made.connect(self.bins.rename)
        self.welcome.open_asked.connect(self.ask_for_folder)
        self.welcome.demo_asked.connect(self.session.open_demo)
        self.welcome.recent_asked.connect(self.session.open_folder)
        self.welcome.dropped.connect(self._on_paths)
        self.bins.dropped.connect(self._on_drop)
        self.bins.renamed.connect(self._on_renamed)
        self.bins.deleted.connect(session.bins.delete)
        self.bins.filtered.connect(partial(self.gallery.toolbar.show_page, ALL))
        self.bins.chosen.connect(self.inspector.show_image)
        self.bins.created.connect(self.new_bin)
        self.gallery.view.chosen.connect(self.inspector.show_image)
        self.gallery.view.in_sight.connect(session.set_visible)
        self.gallery.view.taken_back.connect(session.bins.take_out)
        self.gallery.view.dropped.connect(self._on_paths)
        self.gallery.unreadable.chosen.connect(self.inspector.show_image)
        self.strip.unreadable_asked.connect(self.show_unreadable)

    def _slots(self) -> dict[str, Callable[[], None]]:
        slots: dict[str, Callable[[], None]] = {
            "open": self.ask_for_folder,
            "reload": self.session.reload,
            "demo": self.session.open_demo,
            "export": self.ask_for_export,
            "quit": self._quit,
            "new_bin": self.new_bin,
            "rename_bin": self.rename_bin,
            "take_out": self.take_out,
            "delete_bin": self.delete_bin,
            "show_all": self.show_all,
            "show_unreadable": self.show_unreadable,
            "arrange": self._arrange,
        }
        return slots | {f"assign_{key}": partial(self.assign, key) for key in range(1, 10)}

    # Folder ------------------------------------------------------------------------------------------------------

    def ask_for_folder(self) -> None:
        """Let the person choose a folder."""
        dialog = QFileDialog(self, self.tr("Open a folder of images"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_folder)
        dialog.open()

    def ask_for_export(self) -> None:
        """Let the person choose where the table goes."""
        root = self.session.library.root
        if root is None:
            self.banner.hint(self.tr("Nothing to export yet"), self.tr("Open a folder first."))
            return
        dialog = QFileDialog(self, self.tr("Export labels as CSV"), str(root.parent), self.tr("Tables (*.csv)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(f"{root.name or 'labels'}.csv")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_export)
        dialog.open()

    def _on_folder(self, name: str) -> None:
        self.session.open_folder(Path(name))

    def _on_export(self, name: str) -> None:
        self.session.export(Path(name))

    def _on_exported(self, path: Path) -> None:
        self.banner.hint(self.tr("Labels exported"), str(path))

    def _on_opened(self, _: Path) -> None:
        self._pages.setCurrentWidget(self._work)
        self._show_title()
        self.gallery.view.setFocus()

    def _on_listed(self, listing: Listing) -> None:
        if not self.session.is_demo():
            settings.remember_folder(listing.root)

    def _on_paths(self, paths: tuple[Path, ...]) -> None:
        """Something from the file manager was dropped beside the bins: a folder is meant to be opened."""
        folder = next((p for p in paths if p.is_dir()), None)
        if folder is not None:
            self.session.open_folder(folder)
        elif self.session.library.root is None and paths:
            self.session.open_folder(paths[0].parent)
        else:
            text = self.tr("Drop images onto a bin to make them examples, or a folder here to open it.")
            self.banner.hint(self.tr("Where should these go?"), text)

    def _show_title(self) -> None:
        title = self.session.title()
        self.setWindowTitle(self.tr("{} – Fewshot").format(title) if title else self.tr("Fewshot"))

    # Bins --------------------------------------------------------------------------------------------------------

    def selection(self) -> tuple[ImageId, ...]:
        """The selected examples where a bin has the keyboard, else the gallery's selection."""
        return self.bins.selected_examples() or self.gallery.view.selected_ids()

    def assign(self, key: int) -> None:
        """Make the selection examples of the bin with that number key."""
        bins = self.session.bins.bins()
        if key > len(bins):
            text = self.tr("Drag images onto the tile below the bins to make one.")
            self.banner.hint(self.tr("There is no bin {} yet").format(key), text)
        elif self.selection():
            self._try(partial(self.session.teach, bins[key - 1].name, self.selection()))

    def new_bin(self) -> None:
        """A new bin; the gallery's selection goes into it."""
        self._try(partial(self.session.teach, "", self.gallery.view.selected_ids()))

    def rename_bin(self) -> None:
        """Rename the bin that has the keyboard, or the one that holds the selected image."""
        card = self.bins.focused_card()
        owner = self.session.bins.owner(self.gallery.view.current_id())
        name = card.bin.name if card is not None else owner.name if owner is not None else ""
        if name:
            self.bins.rename(name)
        else:
            self.banner.hint(self.tr("Which bin?"), self.tr("Click a bin first, then press F2."))

    def take_out(self) -> None:
        """Take the selected examples out of their bins."""
        self.session.bins.take_out(i for i in self.selection() if self.session.bins.owner(i) is not None)

    def delete_bin(self) -> None:
        """Delete the bin that has the keyboard."""
        card = self.bins.focused_card()
        if card is not None:
            self.session.bins.delete(card.bin.name)

    def _on_drop(self, name: str, what: Dropped) -> None:
        self._try(partial(self.session.drop, name, what))

    def _on_renamed(self, old: str, new: str) -> None:
        self._try(partial(self.session.bins.rename, old, new))

    def _try(self, change: Callable[[], None]) -> None:
        """Do what the person asked for, or say why not."""
        try:
            change()
        except RequestError as error:
            self.banner.fail(Failure(error.title, error.sentence, error.remedy))

    # View --------------------------------------------------------------------------------------------------------

    def show_all(self) -> None:
        """All images as tiles."""
        self.gallery.toolbar.show_page(ALL)

    def show_unreadable(self) -> None:
        """The list of images that cannot be read."""
        self.gallery.toolbar.show_page(UNREADABLE)

    def _arrange(self) -> None:
        self.gallery.model.arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Load the model, once the window can be used."""
        super().showEvent(event)
        QTimer.singleShot(LOAD_AFTER_MS, self.session.host.open)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the panels give way to the images, until the person says how wide they are to be."""
        super().resizeEvent(event)
        if not self._sides_chosen:
            left, right = (min(most, max(least, self.width() * share // 60)) for share, least, most in SIDES)
            self._work.setSizes([left, self.width() - left - right, right])

    def _on_sides_chosen(self) -> None:
        self._sides_chosen = True

    def changeEvent(self, event: QEvent) -> None:
        """A new colour scheme: icons and cards are drawn anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "bins"):
            self.bins.refresh()

    def _quit(self) -> None:
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """End all work, within two seconds."""
        settings.remember_geometry(self.saveGeometry())
        self.hide()
        self.ended_clean = self.session.close()
        super().closeEvent(event)
