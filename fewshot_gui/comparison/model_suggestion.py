"""Offers another bundled model in a message where it suits the opened folder better."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject

from backend import jobs
from backend.types import Listing
from fewshot_gui.session.latest_job import LatestJob
from fewshot_gui.session.session import Session
from fewshot_gui.session.worker import Priority
from fewshot_gui.widgets.message_bar import MessageBar

if TYPE_CHECKING:
    from backend.selection.suggestion import Suggestion

DEFAULTS = ("characters", "photos")
"""The models that are chosen by default. Whoever uses another one has chosen it."""
SUCCESSORS = {"photos-small": "photos"}
"""What workspaces from before go on with, and what has taken its place."""


class ModelSuggestion(QObject):
    """Looks at some images of each folder that is opened. Nothing changes until the person says so."""

    def __init__(self, session: Session, banner: MessageBar) -> None:
        super().__init__(session)
        self._session, self._banner = session, banner
        self._job = LatestJob(session.worker, self)
        self._asked = False
        """This folder has been looked at."""
        self._waiting: Suggestion | None = None
        session.loader.listed.connect(self._on_listed)
        session.engine_host.opened.connect(self._look)
        session.library.reset.connect(self._forget)
        banner.installEventFilter(self)

    def _forget(self) -> None:
        self._job.cancel()
        self._asked, self._waiting = False, None

    def _on_listed(self, _: Listing) -> None:
        self._look()

    def _look(self, _: bool = False) -> None:
        """Once the folder is listed and the model is known, whichever comes last."""
        session, engine = self._session, self._session.engine_host.engine
        root = session.library.root
        if self._asked or engine is None or root is None or session.loader.running() or not session.library.files:
            return
        self._asked = True
        successor = SUCCESSORS.get(engine.model)
        if successor in [m.name for m in engine.models]:
            self._offer_successor(str(successor))
            return
        available = [m.name for m in engine.models if m.name in DEFAULTS]
        if engine.model not in available or len(available) < len(DEFAULTS):
            return
        others = [name for name in available if name != engine.model]
        if session.is_demo() or all(map(self._is_declined, others)):
            return
        files = tuple(session.library.files.values())
        job = partial(jobs.suggest_model, session.pool, files, available)
        self._job.submit(job, Priority.LISTING, self._on_suggested)

    def _offer_successor(self, name: str) -> None:
        """Without a look at the images: whoever uses the one has images for the other."""
        from backend.selection.suggestion import Suggestion

        if not self._is_declined(name):
            self._on_suggested(Suggestion(name, 0.0, ""))

    def _on_suggested(self, suggestion: "Suggestion | None") -> None:
        self._waiting = suggestion
        if not self._banner.isVisible():
            self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What the banner says now comes first; a suggestion waits until it is read."""
        hidden = event.type() == QEvent.Type.Hide and not event.spontaneous()
        if hidden and self._waiting is not None and self._banner.window().isVisible():
            self._show()
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        engine, suggestion = self._session.engine_host.engine, self._waiting
        self._waiting = None
        if engine is None or suggestion is None or suggestion.model == engine.model:
            return
        if suggestion.model not in [m.name for m in engine.models]:
            return
        name = suggestion.model
        message = self._banner.hint(
            self._title(name, engine.model),
            self.tr("Labels will be better with the model “{}”. Your bins stay as they are.").format(name),
            self.tr("Use “{}”").format(name),
            partial(self._session.engine_host.choose, name),
        )
        message.offer(self.tr("Keep “{}”").format(engine.model), partial(self._session.workspace.remarks.decline, name))
        self._banner.recommend()
        message.topic = _topic(name)

    def _is_declined(self, name: str) -> bool:
        """The person keeps the other model in this folder, or has closed the message."""
        remarks = self._session.workspace.remarks
        return remarks.has_declined(name) or remarks.has_closed(_topic(name))

    def _title(self, name: str, used: str) -> str:
        if SUCCESSORS.get(used) == name:
            return self.tr("A better model for photographs has come")
        if name == "characters":
            return self.tr("These look like characters: ink on paper")
        return self.tr("These look like photographs")


def _topic(model: str) -> str:
    return f"suggest {model}"
