"""What the banner says: errors with their remedies, and after the first drops what to do next."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from backend import storage
from backend.types import ImageId, Listing
from fewshot_gui.gallery.panel import GalleryPanel
from fewshot_gui.gallery.row_order import Order
from fewshot_gui.main_window.workspace_messages import WorkspaceMessages
from fewshot_gui.session.bin_state import BinState
from fewshot_gui.session.session import Session
from fewshot_gui.session.worker import Failure
from fewshot_gui.translation import said, sentences
from fewshot_gui.widgets.message_bar import Message, MessageBar


class SessionMessages(QObject):
    """Listens to the session and speaks through the banner."""

    def __init__(
        self, session: Session, banner: MessageBar, gallery: GalleryPanel, workspace: WorkspaceMessages, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._banner, self._gallery, self._workspace = session, banner, gallery, workspace
        self._lost = False
        self._refusal: Message | None = None
        """What was refused last."""
        session.worker.failed.connect(self._on_failed)
        session.loader.lost.connect(self._on_lost)
        session.loader.listed.connect(self._on_listed)
        session.refused.connect(self._on_refused)
        session.bins.changed.connect(self._on_bins)
        session.doubled.connect(self._on_doubled)
        session.passed_over.connect(self._on_passed_over)
        session.labelling.finished.connect(self._on_labelled)

    def show_failure(self, failure: Failure) -> Message:
        """Say what failed; a bug names the log."""
        if failure.bug:
            log = self.tr("The log has the details: {}").format(storage.log_folder() / "fewshot-gui.log")
            failure = Failure(failure.title, failure.sentence, sentences(said(failure.remedy), log))
        return self._banner.fail(failure)

    def _on_refused(self, failure: Failure) -> None:
        self._refusal = self.show_failure(failure)
        if self._session.bins.read_only and not failure.bug:
            self._workspace.offer_writing(self._refusal)

    def _on_failed(self, failure: Failure) -> None:
        if self._lost:  # the banner with Retry is up already
            self._lost = False
        else:
            self.show_failure(failure)

    def _on_lost(self, failure: Failure) -> None:
        self._lost = True
        self._workspace.offer_locating(self._banner.fail(failure, self.tr("Retry"), self._session.reload))

    def _on_listed(self, listing: Listing) -> None:
        topic = f"unread {len(listing.problems)} {''.join(listing.problems[:1])}"
        remarks = self._session.workspace.remarks
        if listing.problems and not remarks.has_closed(topic):
            title = self.tr("Parts of the folder cannot be read: {}").format(len(listing.problems))
            self._banner.hint(title, said(listing.problems[0])).topic = topic

    def _on_passed_over(self, examples: Path) -> None:
        """Unless something else is told already, such as why it is read-only."""
        if not self._banner.isVisible():
            title = self.tr("This workspace was there already")
            text = self.tr("Its own bins are shown, and the examples in “{}” were not read.").format(examples.name)
            read = partial(self._session.loader.read_examples, examples)
            self._banner.hint(title, text, self.tr("Take them instead"), read)

    def _on_doubled(self, owners: Mapping[ImageId, str]) -> None:
        image, name = next(iter(owners.items()))
        title = self.tr("Examples that lie in two of the folders: {:,}").format(len(owners))
        text = self.tr("“{image}” is an example of “{name}” already; each is left where it came first.")
        self._banner.hint(title, text.format(image=Path(image).name, name=name))

    def _on_bins(self, before: BinState, after: BinState) -> None:
        if self._refusal is not None:
            self._refusal.close()  # the person has found another way
        used_before, used = (sum(bool(b.examples) for b in bins) for bins in (before, after))
        if used == 1 and used_before == 0:
            text = self.tr("The images most like it come first. Add a second bin to get labels.")
            self._banner.hint(self.tr("Your first bin"), text)
        elif used > 1 and used_before == 1:
            self._banner.hide()
            if self._gallery.model.order == Order.SIMILAR:
                self._sort(Order.NAME)
        elif used == 0 and used_before:
            self._banner.hide()
            self._sort(Order.NAME)

    def _on_labelled(self) -> None:
        model, view = self._gallery.model, self._gallery.view
        if self._session.is_demo() and not view.current_id() and model.rowCount():
            view.choose(model.ids()[0])
        if len(self._session.bins.examples()) == 1 and (model.stale or model.order == Order.NAME):
            self._sort(Order.SIMILAR)

    def _sort(self, order: Order) -> None:
        """The person has not asked for it, so what is selected stays so, and in sight: the next key is meant for it.
        Where nothing is, what comes first is to be seen."""
        view, anew = self._gallery.view, order != self._gallery.model.order
        chosen = view.chosen_id()
        seen = chosen in view.visible_ids()
        self._gallery.toolbar.set_order(order, begin=False)
        if seen:
            view.scrollTo(view.currentIndex())
        elif anew and not chosen:
            view.scrollToTop()
