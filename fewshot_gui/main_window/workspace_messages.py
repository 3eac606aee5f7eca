"""What the banner says about the workspace, with what can be done about it."""

import os
from collections.abc import Callable, Iterable
from functools import partial
from hashlib import blake2b
from pathlib import Path

from PySide6.QtCore import QObject

from backend.types import ImageId
from backend.workspace.contents import last_path
from fewshot_gui.session.worker import Failure
from fewshot_gui.session.workspace.workspace_controller import WorkspaceController
from fewshot_gui.translation import sentences
from fewshot_gui.widgets.message_bar import Message, MessageBar

UNSAVED = "unsaved"
"""What the message is about that nothing can be saved."""


class WorkspaceMessages(QObject):
    """Listens to the workspace and speaks through the banner.

    Args:
        save_as, locate: let the person choose a file, or where the folder is.
    """

    def __init__(
        self,
        workspace: WorkspaceController,
        banner: MessageBar,
        save_as: Callable[[], None],
        locate: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._workspace, self._banner, self._save_as, self._locate = workspace, banner, save_as, locate
        self._waiting_told = ""
        self._gone: Message | None = None
        """The message that the folder is gone."""
        banner.closed.connect(self._on_closed)
        workspace.refused.connect(self._on_refused)
        workspace.opened.connect(self._on_opened)
        workspace.moved.connect(self._on_moved)
        workspace.seems_moved.connect(self._on_seems_moved)
        workspace.held_back.connect(self._on_held_back)
        workspace.saving_as.connect(self._on_saving_as)
        workspace.missing_folders.moved.connect(self._on_stray_moved)
        workspace.autosave.saved.connect(self._on_saved)
        workspace.autosave.save_failed.connect(self._on_save_failed)
        workspace.content_tracker.resolved.connect(self._on_resolved)
        self._awaited: Path | None = None
        """The file that the person has asked for, until it is written."""
        self._failing = self._hushed = False
        """``_hushed``: the person has closed the message that nothing can be saved."""

    def offer_locating(self, message: Message) -> None:
        """It tells of a folder that is gone: offer to say where it is."""
        self._gone = message.offer(self.tr("Locate…"), self._locate)

    def offer_writing(self, message: Message) -> None:
        """It tells of a change that a read-only workspace refuses: offer what makes it possible."""
        message.offer(self.tr("Save a copy…"), self._save_as).offer(self.tr("Try again"), self._workspace.reopen)

    def _on_opened(self) -> None:
        self._waiting_told = ""
        if self._workspace.autosave.read_only:
            text = sentences(self._workspace.autosave.why(), self.tr("Changes are refused here."))
            message = self._banner.hint(self.tr("Read-only"), text, self.tr("Try again"), self._workspace.reopen)
            message.offer(self.tr("Save a copy…"), self._save_as)
        else:
            self._banner.hide()

    def _on_refused(self, failure: Failure, path: Path) -> None:
        if self._workspace.has_previous(path):
            self._banner.fail(failure, self.tr("Open the previous version"), partial(self._workspace.go_back, path))
        else:
            self._banner.fail(failure)

    def _on_moved(self, root: Path) -> None:
        self._banner.hint(self.tr("The folder has moved"), self.tr("Found again: {}").format(root))

    def _on_stray_moved(self, folder: Path) -> None:
        self._banner.hint(self.tr("An added folder has moved"), self.tr("Found again: {}").format(folder))

    def _on_seems_moved(self, root: Path) -> None:
        if self._gone is not None and self._gone.is_shown():
            self._gone.offer(self.tr("Use “{}”").format(root.name), partial(self._workspace.relocate, root))
            self._gone = None

    def _on_resolved(self, missing: frozenset[ImageId]) -> None:
        topic = _topic(missing)
        if missing and topic != self._waiting_told and not self._workspace.remarks.has_closed(topic):
            title = self.tr("Answers without their images: {}").format(len(missing))
            text = self.tr("They were moved away or changed. Your answers wait until the same images are back.")
            self._banner.hint(title, text).topic = topic
        self._waiting_told = topic

    def hold_closing(self, path: Path, reason: str, close: Callable[[], None]) -> None:
        """The window stays open, as what was done last would be lost; ``close`` closes it all the same."""
        remedy = self.tr("What you did last would be lost. Free the disk and close again, or save elsewhere.")
        self._tell_unsaved(path, reason, remedy).offer(self.tr("Close without saving"), close)

    def _on_held_back(self, path: Path, reason: str) -> None:
        remedy = self.tr("What you did last would be lost. Free the disk and try again, or save elsewhere.")
        self._tell_unsaved(path, reason, remedy).offer(self.tr("Discard the changes"), self._workspace.autosave.give_up)

    def _on_save_failed(self, path: Path, reason: str) -> None:
        """Told again for as long as it lasts, once nothing else is told, unless the person has closed it."""
        again, self._failing = self._failing, True
        if not again or not (self._hushed or self._banner.isVisible()):
            self._tell_unsaved(path, reason, self.tr("It is tried again; your work is still here."))

    def _tell_unsaved(self, path: Path, reason: str, remedy: str) -> Message:
        sentence = self.tr("{path}: {reason}.").format(path=path, reason=reason)
        failure = Failure(self.tr("Not saved"), sentence, remedy)
        message = self._banner.fail(failure, self.tr("Save elsewhere…"), self._save_as)
        message.topic = UNSAVED
        return message

    def _on_closed(self, topic: str) -> None:
        if topic == UNSAVED:
            self._hushed = True
        else:
            self._workspace.remarks.close(topic)

    def _on_saving_as(self, path: Path) -> None:
        self._awaited = path

    def _on_saved(self, path: Path) -> None:
        again, self._failing = self._failing, False
        if path == self._awaited:
            self._awaited = None
            self._banner.hint(self.tr("Workspace saved"), self.tr("Your work is kept in {} from now on.").format(path))
        elif again:
            self._banner.hint(self.tr("Saved again"))
        self._hushed = self._hushed and not again


def _topic(missing: Iterable[ImageId]) -> str:
    """Names just these images, wherever their folder is."""
    names = sorted(os.fsencode(last_path(i).name) for i in missing)
    return f"waiting {blake2b(b'/'.join(names), digest_size=8).hexdigest()}"
