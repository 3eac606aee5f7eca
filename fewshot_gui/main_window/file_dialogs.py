"""File dialogs. None blocks: the chosen path is passed to a callback."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from backend.workspace import places
from backend.workspace.file import ENDING
from fewshot_gui.session.session import Session
from fewshot_gui.widgets.message_bar import MessageBar


class FileDialogs(QObject):
    """The dialogs of ``window`` and what follows from each."""

    def __init__(self, session: Session, banner: MessageBar, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._banner, self._window = session, banner, window
        self._workspaces = self.tr("Workspaces (*{})").format(ENDING)

    def open_folder(self) -> None:
        """A folder of images."""
        self.choose_folder(self.tr("Open a folder of images"), self._session.open_folder)

    def choose_folder(self, title: str, then: Callable[[Path], object]) -> None:
        """A folder for ``then``."""
        self._start(self._folder_dialog(title), then)

    def locate(self) -> None:
        """Where the open folder is now; where that is there, a further one that is not."""
        root, lost = self._session.library.root, self._session.library.lost
        if root is None:
            self._banner.hint(self.tr("No folder open"), self.tr("Open a folder first."))
            return
        if lost and not self._session.loader.gone:
            self.locate_further(lost[0])
            return
        self.choose_folder(self._where(root), self._session.workspace.relocate)

    def locate_further(self, folder: Path) -> None:
        """Where that further folder is now."""
        self.choose_folder(self._where(folder), partial(self._relocate_further, folder))

    def _where(self, folder: Path) -> str:
        return self.tr("Where is “{}” now?").format(folder.name)

    def _relocate_further(self, old: Path, new: Path) -> None:
        self._session.attempt(partial(self._session.workspace.relocate_further, old, new))

    def open_workspace(self) -> None:
        """A workspace file."""
        start = self._session.workspace.autosave.path or places.workspaces()
        dialog = QFileDialog(self._window, self.tr("Open a workspace"), str(start.parent), self._workspaces)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._start(dialog, self._session.open_workspace)

    def save_workspace(self) -> None:
        """Another name for the workspace; from then on that file is kept up."""
        root = self._session.library.root
        if root is None or self._session.is_demo():
            self._banner.hint(self.tr("Nothing to save yet"), self.tr("Open a folder of your own first."))
            return
        dialog = QFileDialog(self._window, self.tr("Save the workspace as"), str(root.parent), self._workspaces)
        self._save(dialog, root.name or "folder", ENDING, self._session.save_workspace)

    def export(self) -> None:
        """Where the table of labels goes."""
        root = self._session.library.root
        if root is None:
            self._banner.hint(self.tr("Nothing to export yet"), self.tr("Open a folder first."))
            return
        title = self.tr("Export labels as CSV")
        dialog = QFileDialog(self._window, title, str(root.parent), self.tr("Tables (*.csv)"))
        self._save(dialog, root.name or "labels", ".csv", self._session.export)

    def open_weights(self, network: str) -> None:
        """Weights of one's own for a public network: the model in use from then on."""
        dialog = QFileDialog(self._window, self.tr("Weights for this network"), str(Path.home()))
        dialog.setNameFilter(self.tr("Weights (*.pth *.pt *.safetensors)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._start(dialog, partial(self._use_weights, network))

    def _use_weights(self, network: str, file: Path) -> None:
        self._session.engine_host.choose(model=f"{network}@{file}")

    def _folder_dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self._window, title)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        return dialog

    def _save(self, dialog: QFileDialog, name: str, ending: str, then: Callable[[Path], object]) -> None:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending.removeprefix("."))
        dialog.selectFile(f"{name}{ending}")
        self._start(dialog, then)

    def _start(self, dialog: QFileDialog, then: Callable[[Path], object]) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(partial(self._on_file, then))
        dialog.open()

    def _on_file(self, then: Callable[[Path], object], name: str) -> None:
        then(Path(name))
