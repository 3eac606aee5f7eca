"""Messages about an import; there is none where everything went as expected."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from backend.types import ImageId
from backend.workspace.gathering import Gathered
from fewshot_gui.importing.importer import Added, Importer
from fewshot_gui.session.session import Session
from fewshot_gui.session.worker import Failure
from fewshot_gui.translation import sentences
from fewshot_gui.widgets.drag_data import Dropped
from fewshot_gui.widgets.message_bar import Message, MessageBar


class ImportMessages(QObject):
    """Listens to ``receiving`` and speaks through the banner."""

    def __init__(self, session: Session, receiving: Importer, banner: MessageBar, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._receiving, self._banner = session, receiving, banner
        self._added: Message | None = None
        """It goes once the bins have changed again."""
        self._counting: Message | None = None
        receiving.slow.connect(self._on_slow)
        receiving.rested.connect(self._on_rested)
        receiving.many.connect(self._on_many)
        receiving.added.connect(self._on_added)
        receiving.nothing.connect(self._on_nothing)
        receiving.unreadable.connect(self._on_unreadable)
        session.bins.changed.connect(self._on_bins)

    def explain_empty(self, what: Dropped) -> None:
        """There is no image in what was dropped or pasted, and what could be done instead."""
        if what.remote:
            text = self.tr(
                "Copy them to a folder on this computer (or mount the network drive), and take them from there."
            )
            self._banner.hint(self.tr("These files lie where only the file manager reaches"), text)
        elif what.addresses:
            text = self.tr("Copy the image itself (right-click it, “Copy image”) and paste it here.")
            self._banner.hint(self.tr("Only an address came; Fewshot opens no connection"), text)
        else:
            text = self.tr("Drag or copy an image, or image files.")
            self._banner.hint(self.tr("There is no image in what was dropped or pasted"), text)

    def left_out(self, gathered: Gathered) -> list[str]:
        """Sentences about what was left out."""
        said = []
        if len(gathered.refused) == 1:
            said.append(self.tr("“{}” is neither an image nor a folder of images.").format(gathered.refused[0].name))
        elif gathered.refused:
            said.append(self.tr("Left out, because they are no images: {:,}.").format(len(gathered.refused)))
        if len(gathered.same) == 1:
            [(copy, first)] = gathered.same.items()
            text = self.tr("“{copy}” has the same content as “{first}”, which stands for both.")
            said.append(text.format(copy=Path(copy).name, first=self._session.library.relative(first)))
        elif gathered.same:
            said.append(
                self.tr("Left out, because the same content is there already: {:,}.").format(len(gathered.same))
            )
        return said

    def _on_slow(self, found: int) -> None:
        """Counts on, unless the person has closed it or something else is said meanwhile."""
        if self._counting is not None and not self._counting.is_shown():
            return
        title = self.tr("Looking at what was dropped: {:,} so far").format(found)
        self._counting = self._banner.hint(title, "", self.tr("Cancel"), self._receiving.cancel)

    def _on_rested(self) -> None:
        if self._counting is not None:
            self._counting.close()
        self._counting = None

    def _on_many(self, name: str, count: int, folder: Path | None, go_on: Callable[[], None]) -> None:
        title = self.tr("Make all {:,} images examples?").format(count)
        text = self.tr("A handful for each bin teaches as well, and leaves the rest to be labelled.")
        message = self._banner.hint(title, text, self.tr("Add all"), go_on)
        if folder is not None:
            message.offer(self.tr("Open the folder instead"), partial(self._session.open_folder, folder))

    def _on_added(self, added: Added) -> None:
        names = dict.fromkeys(added.moved.values())
        said = []
        if added.moved:
            text = self.tr("Moved here from “{names}”: {count:,}.")
            said.append(text.format(names="”, “".join(names), count=len(added.moved)))
        said += self.left_out(added.gathered)
        if said:
            title = self.tr("Examples of “{name}”: {count:,} dropped").format(name=added.name, count=len(added.images))
            undo = self.tr("Undo") if added.moved else ""
            self._added = self._banner.hint(title, sentences(*said), undo, self._session.bins.undo.undo)

    def _on_nothing(self, gathered: Gathered) -> None:
        sentence = sentences(*self.left_out(gathered)) or self.tr("What was dropped is not there any more.")
        self._banner.fail(Failure(self.tr("Nothing to add"), sentence, self.tr("Drop images, or folders of images.")))

    def _on_unreadable(self, ids: Sequence[ImageId]) -> None:
        reason = self._session.library.unreadable[ids[0]]
        title = self.tr("“{}” cannot be read").format(Path(ids[0]).name)
        if len(ids) > 1:
            title = self.tr("Examples that cannot be read: {:,}").format(len(ids))
        failure = Failure(title, reason, self.tr("It teaches nothing."))
        self._banner.fail(failure, self.tr("Take it out"), partial(self._take_out, tuple(ids)))

    def _take_out(self, ids: tuple[ImageId, ...]) -> None:
        self._session.attempt(partial(self._session.bins.take_out, ids))

    def _on_bins(self) -> None:
        if self._added is not None:
            self._added.close()
