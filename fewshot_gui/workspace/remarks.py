"""What the person has said besides the answers, while the window is open; the workspace keeps it."""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from backend.types import ImageId
from backend.workspace.state import Remarks, Verdict, renamed_remarks
from fewshot_gui.bins.store import BinStore
from fewshot_gui.folder.library import Library

MOST = 5_000
"""Verdicts, and images of dismissed groups, that are kept; the newest."""
MOST_CLOSED = 100
"""Messages that were closed."""
T = TypeVar("T")


class RemarkStore(QObject):
    """Verdicts, dismissed groups, declined models and closed messages of the open folder. Images keep theirs under
    another name.

    ``changed``: something was said or taken back; it wants to be saved.
    """

    changed = Signal()

    def __init__(self, bins: BinStore, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._verdicts: dict[ImageId, Verdict] = {}
        self._dismissed: dict[ImageId, None] = {}
        self._declined: dict[str, None] = {}
        self._closed: dict[str, None] = {}
        bins.renamed.connect(self._on_renamed)
        library.reset.connect(self._on_reset)

    def now(self) -> Remarks:
        """All of it, for keeping."""
        return Remarks(dict(self._verdicts), tuple(self._dismissed), tuple(self._declined), tuple(self._closed))

    def restore(self, remarks: Remarks) -> None:
        """Take over what was kept."""
        self._verdicts = _newest(remarks.verdicts, MOST)
        self._dismissed = _newest(dict.fromkeys(remarks.dismissed), MOST)
        self._declined = dict.fromkeys(remarks.declined)
        self._closed = _newest(dict.fromkeys(remarks.closed), MOST_CLOSED)

    # Verdicts ----------------------------------------------------------------------------------------------------

    def verdicts(self) -> Mapping[ImageId, Verdict]:
        """Image → what the person's answer says of the label it had."""
        return self._verdicts

    def judge(self, image: ImageId, verdict: Verdict) -> None:
        """The person has answered; what an image got first counts."""
        if image not in self._verdicts:
            self._verdicts[image] = verdict
            if len(self._verdicts) > MOST:
                del self._verdicts[next(iter(self._verdicts))]
            self.changed.emit()

    def take_back(self, images: Iterable[ImageId]) -> None:
        """The person has taken these answers back."""
        gone = [i for i in images if self._verdicts.pop(i, None) is not None]
        if gone:
            self.changed.emit()

    # Dismissals --------------------------------------------------------------------------------------------------

    def is_dismissed(self, image: ImageId) -> bool:
        """Whether a group with this image was dismissed."""
        return image in self._dismissed

    def dismiss(self, images: Iterable[ImageId]) -> None:
        """No group with these is to be proposed."""
        self._dismissed = _newest(self._dismissed | dict.fromkeys(images), MOST)
        self.changed.emit()

    def has_declined(self, model: str) -> bool:
        """Whether that model is not to be suggested."""
        return model in self._declined

    def decline(self, model: str) -> None:
        """Do not suggest that model again for this folder."""
        self._declined[model] = None
        self.changed.emit()

    def has_closed(self, topic: str) -> bool:
        """Whether the message about just that was closed before."""
        return topic in self._closed

    def close(self, topic: str) -> None:
        """The person has read that message."""
        self._closed = _newest(self._closed | {topic: None}, MOST_CLOSED)
        self.changed.emit()

    # What happens ------------------------------------------------------------------------------------------------

    def _on_renamed(self, ids: Mapping[ImageId, ImageId]) -> None:
        self.restore(renamed_remarks(self.now(), lambda image: ids.get(image, image)))

    def _on_reset(self) -> None:
        self.restore(Remarks())


def _newest(said: Mapping[str, T], most: int) -> dict[str, T]:
    return dict(islice(said.items(), max(0, len(said) - most), None))
