"""Opens folders together with their workspaces, and finds a folder again that has moved."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from backend.errors import RequestError
from backend.images.sources import Sources
from backend.types import Listing
from backend.workspace import places, relocation
from backend.workspace.file import previous_of
from backend.workspace.state import (
    Folder,
    History,
    View,
    Workspace,
    images_in,
    moved_ids,
    relocated,
    remarked,
)
from fewshot_gui import settings
from fewshot_gui.session.bin_store import BinStore
from fewshot_gui.session.folder.engine_host import EngineHost
from fewshot_gui.session.folder.folder_loader import FolderLoader
from fewshot_gui.session.folder.library import Library
from fewshot_gui.session.latest_job import LatestJob
from fewshot_gui.session.worker import Failure, Priority, Worker
from fewshot_gui.session.workspace.autosave import Autosave
from fewshot_gui.session.workspace.content_tracker import ContentTracker
from fewshot_gui.session.workspace.missing_folders import MissingFolders
from fewshot_gui.session.workspace.remarks import RemarkStore


class WorkspaceController(QObject):
    """One folder, and one workspace.

    Signals:
        opened(root): a folder is being opened; its bins are there already.
        restored(View): what is to be shown of it.
        refused(Failure, path): the workspace at ``path`` cannot be opened. ``has_previous`` says what can be offered.
        moved(root): the folder was found at another place, and opened there.
        seems_moved(root): the open folder is gone, and this looks like it.
        saving_as(path): everything goes to another file from now on; ``autosave`` tells once it is there.
        held_back(path, reason): nothing else is opened, as what was done last cannot be written to ``path``.
    """

    opened = Signal(object)
    restored = Signal(object)
    refused = Signal(object, object)
    moved = Signal(object)
    seems_moved = Signal(object)
    saving_as = Signal(object)
    held_back = Signal(object, str)

    def __init__(
        self,
        worker: Worker,
        library: Library,
        bins: BinStore,
        engine_host: EngineHost,
        loader: FolderLoader,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._library, self._bins, self._engine_host, self._loader = library, bins, engine_host, loader
        self.autosave = Autosave(self.snapshot, self)
        self.content_tracker = ContentTracker(worker, library, bins, self)
        self.remarks = RemarkStore(bins, library, self)
        self.missing_folders = MissingFolders(worker, library, self.content_tracker.folder, self.relocate_further, self)
        self.view: Callable[[], View] = View
        """Says what the window shows; the window sets it."""
        self._was_listed = False
        self._search = LatestJob(worker, self)
        for signal in (bins.changed, self.content_tracker.changed, self.remarks.changed, engine_host.changed):
            signal.connect(self.autosave.touch)
        loader.listed.connect(self._on_listed)

    # Opening -----------------------------------------------------------------------------------------------------

    def open_folder(self, root: Path, leave_out: Sequence[Path] = (), *, keep: bool = True) -> bool:
        """Open a folder with what was done there before; ``keep`` is False for one that will not last. False where its
        workspace is refused."""
        return self._open(places.path_for(root) if keep else None, root, leave_out)

    def open_file(self, path: Path, root: Path | None = None, leave_out: Sequence[Path] = ()) -> bool:
        """Open a workspace file, its folder perhaps at another place; one that is not there yet is begun for ``root``.
        False where it is refused."""
        return self._open(path.absolute(), root, leave_out)

    def save_as(self, path: Path) -> None:
        """Go on in another file. Raises RequestError."""
        self.autosave.save_as(path)
        self._bins.set_read_only(False)
        settings.WORKSPACE.set(path)
        self.saving_as.emit(path)

    def reopen(self) -> None:
        """Look at the file again, which another window may have changed or let go of."""
        if self.autosave.path is not None:
            self.open_file(self.autosave.path)

    def go_back(self, path: Path) -> None:
        """Open the version before the one that was refused, which is set aside."""
        try:
            self.autosave.step_back(path)
        except RequestError as error:
            self.refused.emit(Failure(error.title, error.sentence, error.remedy), path)
            return
        self.open_file(path)

    def has_previous(self, path: Path) -> bool:
        """Whether there is a version to go back to."""
        return previous_of(path).is_file()

    def relocate(self, root: Path) -> None:
        """The folder is at ``root`` now; everything that was done with it goes along."""
        self._restore(relocated(self.snapshot(), root), root)
        self.autosave.touch()

    def relocate_further(self, old: Path, new: Path) -> None:
        """The further folder ``old`` is at ``new`` now, perhaps within another one; answers on its images go along.

        Raises:
            RequestError: ``new`` holds a folder that is open.
        """
        sources = self._library.sources()
        if sources is None or old not in sources.folders:
            return
        others = replace(sources, folders=tuple(f for f in sources.folders if f != old))
        if not others.holds(new) and any(f.is_relative_to(new) for f in (others.root, *others.folders)):
            raise RequestError(
                self.tr("It would be there twice"),
                self.tr("“{}” holds a folder that is open.").format(new.name),
                self.tr("Choose the folder itself."),
            )
        moved = replace(sources, folders=tuple(new if f == old else f for f in sources.folders))
        named = (*images_in(self._bins.history()), *remarked(self.remarks.now()))
        self.content_tracker.relocate(old, new, moved_ids(named, old, new))
        self._library.set_sources(others if others.holds(new) else moved)
        self._loader.reload()
        self.autosave.touch()

    def seek(self) -> None:
        """The folder is not where it was: look whether it has moved."""
        root = self._library.root
        if root is not None:
            folder = self.content_tracker.folder(root)
            beside = [self.autosave.path.parent, self.autosave.path.parent / root.name] if self.autosave.path else []
            hints = [f for f in (*beside, *settings.recent_folders()) if f != root]
            self._search.submit(partial(relocation.find, folder, hints), Priority.LISTING, self._on_found)

    def snapshot(self) -> Workspace:
        """Everything as it is now."""
        root = self._library.root
        folders = tuple(map(self.content_tracker.folder, (root, *self._library.folders))) if root else ()
        contents, names, loose = self.content_tracker.contents(), self._engine_host.names(), self._library.loose
        return Workspace(folders, self._bins.history(), contents, self.view(), *names, loose, self.remarks.now())

    def _open(self, path: Path | None, root: Path | None, leave_out: Sequence[Path] = ()) -> bool:
        reason = self.autosave.unsaved()
        if reason:
            self.held_back.emit(self.autosave.path, reason)
            return False
        try:
            loaded = self._load(path, root)
        except RequestError as error:
            self.refused.emit(Failure(error.title, error.sentence, error.remedy), path)
            return False
        if path is not None:
            settings.WORKSPACE.set(path)
        self._restore(loaded, loaded.folders[0].path, leave_out)
        return True

    def _load(self, path: Path | None, root: Path | None) -> Workspace:
        loaded = self.autosave.attach(path, partial(self._check, path, root)) or Workspace()
        if root is None or (loaded.folders and loaded.folders[0].path == root):
            return loaded
        return relocated(loaded, root) if loaded.folders else Workspace((Folder(root),))

    def _check(self, path: Path | None, root: Path | None, loaded: Workspace | None) -> None:
        if root is None and (loaded is None or not loaded.folders):
            raise RequestError(
                self.tr("No folder in the workspace"),
                self.tr("{} does not say which folder it is about.").format(path.name if path is not None else ""),
                self.tr("Open the folder instead."),
            )

    def _restore(self, workspace: Workspace, root: Path, leave_out: Sequence[Path] = ()) -> None:
        self._was_listed = False
        self._search.cancel()
        self._bins.set_read_only(False)
        self._bins.reset()
        beside = tuple(f.path for f in workspace.folders[1:])
        self._loader.open(Sources(root, beside, workspace.loose), leave_out)
        self.content_tracker.begin(workspace.folders, workspace.contents)
        locked = self.autosave.read_only
        self._bins.restore(History(workspace.history.now()) if locked else workspace.history)
        self._bins.set_read_only(locked, self.autosave.why() if locked else "")
        self.remarks.restore(workspace.remarks)
        if workspace.model or workspace.method:
            self._engine_host.wish(workspace.model or None, workspace.method or None)
        self.opened.emit(root)
        self.restored.emit(workspace.view)

    # What happens ------------------------------------------------------------------------------------------------

    def _on_listed(self, listing: Listing) -> None:
        self._was_listed = True
        self._search.cancel()
        self.on_settled(listing)
        self.autosave.touch()

    def on_settled(self, listing: Listing) -> None:
        """Images came or went: find out where answered ones are, and folders that are gone."""
        self.content_tracker.on_listed(listing)
        self.missing_folders.on_listed(listing)

    def _on_found(self, root: Path | None) -> None:
        if root is None:
            return
        if self._was_listed:
            self.seems_moved.emit(root)
        else:
            self.relocate(root)
            self.moved.emit(root)
