"""Folders and single images that are shown beside the folder that is open."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from backend.images import looks_like_image
from backend.types import ImageId
from backend.workspace.gathering import Gathered, kinds_of
from fewshot_gui.importing.import_messages import ImportMessages
from fewshot_gui.importing.importer import MANY, Importer
from fewshot_gui.session.session import Session
from fewshot_gui.session.worker import Failure, Handlers, Priority
from fewshot_gui.translation import sentences
from fewshot_gui.widgets.drag_data import Dropped
from fewshot_gui.widgets.message_bar import Message, MessageBar


class FolderSources(QObject):
    """Folders and single images that are shown besides the folder that was opened.

    Args:
        select: selects an image in the gallery.
        locate: lets the person say where a further folder is now.
    """

    def __init__(
        self,
        session: Session,
        receiving: Importer,
        telling: ImportMessages,
        banner: MessageBar,
        select: Callable[[ImageId], None],
        locate: Callable[[Path], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._library = session, session.library
        self._receiving, self._telling, self._banner = receiving, telling, banner
        self._select, self._locate = select, locate
        self._gone: Message | None = None
        """Tells of a folder that is gone."""
        session.workspace.missing_folders.missing.connect(self._on_missing)
        for signal in (session.loader.listed, session.watcher.settled):
            signal.connect(self._on_listed)

    def on_drop(self, what: Dropped) -> None:
        """Something from elsewhere was dropped on the tiles or on the first page."""
        if what.is_empty():
            self._telling.explain_empty(what)
        elif what.paths:
            handlers = Handlers(result=self._on_kinds)
            self._session.worker.submit(partial(kinds_of, what.paths), Priority.RELABEL, handlers)
        else:
            self._show(what)

    def add_folder(self, folder: Path) -> None:
        """Show a further folder beside the one that is open, or say why not."""
        sources, folder = self._library.sources(), folder.absolute()
        if sources is None:
            self._session.open_folder(folder)
        elif sources.holds(folder):
            text = self.tr("“{}” lies in a folder that is open.").format(folder.name)
            self._banner.hint(self.tr("It is there already"), text)
        elif any(f.is_relative_to(folder) for f in (sources.root, *sources.folders)):
            text = self.tr("“{}” holds a folder that is open.").format(folder.name)
            self._banner.hint(
                self.tr("It would be there twice"), text, self.tr("Open it instead"), self._opener(folder)
            )
        else:
            self._change(folders=(*sources.folders, folder))

    def take_away(self, folder: Path) -> None:
        """Do not show that further folder any more; answers about its images are kept."""
        self._change(folders=tuple(f for f in self._library.folders if f != folder))

    def only_the_folder(self) -> None:
        """Show only the folder that was opened; answers about other images are kept."""
        if self._library.folders or self._library.loose:
            self._change(folders=(), loose=())
        else:
            self._banner.hint(self.tr("There is no other"), self.tr("Only one folder is shown."))

    def _without(self, images: frozenset[Path]) -> None:
        self._change(loose=tuple(p for p in self._library.loose if p not in images))

    # Drops -------------------------------------------------------------------------------------------------------

    def _on_kinds(self, kinds: tuple[tuple[Path, ...], tuple[Path, ...]]) -> None:
        folders, files = kinds
        root = self._library.root
        if folders and root is None:
            self._session.open_folder(folders[0])
        elif folders:
            self._ask(folders)
        elif root is None:
            self._open_around(files)
        else:
            self._show(Dropped(paths=files))

    def _open_around(self, files: tuple[Path, ...]) -> None:
        """On the first page an image stands for the folder that it lies in."""
        image = next(filter(looks_like_image, files), None)
        if image is None:
            self._receiving.nothing.emit(Gathered((), refused=files))
        else:
            self._session.open_folder(image.parent)

    def _ask(self, folders: Sequence[Path]) -> None:
        """A second folder may be meant in place of the first, or beside it."""
        title = self.tr("Open “{}”?").format(folders[0].name)
        text = self.tr("Open it in place of what is shown, or add its images to it.")
        message = self._banner.hint(title, text, self.tr("Open"), self._opener(folders[0]))
        message.offer(self.tr("Add"), partial(self._add_all, tuple(folders)))

    def _add_all(self, folders: tuple[Path, ...]) -> None:
        for folder in folders:
            self.add_folder(folder)

    def _opener(self, folder: Path) -> "partial[None]":
        return partial(self._session.open_folder, folder)

    def _show(self, what: Dropped) -> None:
        if self._library.root is None:
            text = self.tr("Then drop or paste the image onto a bin.")
            self._banner.hint(self.tr("Open a folder first"), text)
        else:
            self._receiving.take_in(what, (), self._on_gathered)

    def _on_gathered(self, gathered: Gathered) -> None:
        """Images that are there already are pointed at, others are added."""
        if not gathered.files:
            self._receiving.nothing.emit(gathered)
            return
        new = tuple(f.path for f in gathered.files if f.id not in self._library.files)
        if not new:
            self._select(gathered.files[0].id)
        elif len(new) > MANY:
            self._ask_many(new, gathered)
        else:
            self._add_loose(new, gathered)

    def _ask_many(self, new: tuple[Path, ...], gathered: Gathered) -> None:
        title = self.tr("Show all {:,} images with the folder’s?").format(len(new))
        text = self.tr("They lie elsewhere, and are looked up one by one whenever this folder is opened.")
        message = self._banner.hint(title, text, self.tr("Show all"), partial(self._add_loose, new, gathered))
        if len({path.parent for path in new}) == 1:
            message.offer(self.tr("Add their folder"), partial(self.add_folder, new[0].parent))

    def _add_loose(self, new: tuple[Path, ...], gathered: Gathered) -> None:
        self._change(loose=(*self._library.loose, *new))
        title = self.tr("Shown with the folder’s images: {:,}").format(len(new))
        text = sentences(self.tr("They lie elsewhere and stay there."), *self._telling.left_out(gathered))
        self._banner.hint(title, text, self.tr("Take away again"), partial(self._without, frozenset(new)))

    # Sources -----------------------------------------------------------------------------------------------------

    def _change(self, folders: tuple[Path, ...] | None = None, loose: tuple[Path, ...] | None = None) -> None:
        sources = self._library.sources()
        if sources is None:
            return
        folders = sources.folders if folders is None else folders
        self._library.set_sources(replace(sources, folders=folders, loose=sources.loose if loose is None else loose))
        self._session.reload()
        self._session.workspace.autosave.touch()

    def _on_missing(self, folders: tuple[Path, ...]) -> None:
        """An added folder is gone, and was not found anywhere. It is told of once; of several, one after another."""
        gone = folders[0]
        sentence = self.tr("{} cannot be found. The other folders go on, and your answers are kept.").format(gone)
        remedy = self.tr("Plug its disk in and try again, or say where it is now.")
        failure = Failure(self.tr("An added folder is gone"), sentence, remedy)
        self._gone = self._banner.fail(failure, self.tr("Retry"), self._retry)
        self._gone.offer(self.tr("Do without it"), partial(self.take_away, gone))
        self._gone.offer(self.tr("Locate…"), partial(self._locate, gone))

    def _on_listed(self) -> None:
        """What is there again is not told to be gone."""
        if self._gone is not None and not self._library.lost:
            self._gone.close()

    def _retry(self) -> None:
        self._session.workspace.missing_folders.look_again()
        self._session.reload()
