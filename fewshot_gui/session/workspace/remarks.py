"""What the workspace keeps besides answers: verdicts, and what was dismissed, declined, closed or picked."""

from collections.abc import Iterable, Mapping, Set
from itertools import islice
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from backend.types import ImageId
from backend.workspace.state import Remarks, Verdict, renamed_remarks
from fewshot_gui.session.bin_store import BinStore
from fewshot_gui.session.folder.library import Library

MOST = 5_000
"""Verdicts, images of dismissed groups and picked images that are kept; the newest."""
MOST_CLOSED = 100
"""Messages that were closed."""
T = TypeVar("T")


class RemarkStore(QObject):
    """Verdicts, dismissed groups, declined models, closed messages and picked images of the open folder. Images keep
    theirs under another name.

    Signals:
        changed(): something was said or taken back; it wants to be saved.
        judged(): the verdicts are others, or of another folder.
    """

    changed = Signal()
    judged = Signal()

    def __init__(self, bins: BinStore, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._verdicts: dict[ImageId, Verdict] = {}
        self._dismissed: dict[ImageId, None] = {}
        self._declined: dict[str, None] = {}
        self._closed: dict[str, None] = {}
        self._picked: dict[ImageId, None] = {}
        bins.renamed.connect(self._on_renamed)
        library.reset.connect(self._on_reset)

    def now(self) -> Remarks:
        """All of it, for keeping."""
        others = (tuple(said) for said in (self._dismissed, self._declined, self._closed, self._picked))
        return Remarks(dict(self._verdicts), *others)

    def restore(self, remarks: Remarks) -> None:
        """Take over what was kept."""
        self._verdicts = _newest(remarks.verdicts, MOST)
        self._dismissed = _newest(dict.fromkeys(remarks.dismissed), MOST)
        self._declined = dict.fromkeys(remarks.declined)
        self._closed = _newest(dict.fromkeys(remarks.closed), MOST_CLOSED)
        self._picked = _newest(dict.fromkeys(remarks.picked), MOST)
        self.judged.emit()

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
            self.judged.emit()
            self.changed.emit()

    def take_back(self, images: Iterable[ImageId]) -> None:
        """The person has taken these answers back."""
        gone = set(images)
        if gone.isdisjoint(self._verdicts) and gone.isdisjoint(self._picked):
            return
        for image in gone:
            self._verdicts.pop(image, None)
            self._picked.pop(image, None)
        self.judged.emit()
        self.changed.emit()

    def picked(self) -> Set[ImageId]:
        """Images that were answered because they looked doubtful."""
        return self._picked.keys()

    def pick(self, images: Iterable[ImageId]) -> None:
        """The person has answered these while doubtful ones were shown first, or alone."""
        fresh = dict.fromkeys(i for i in images if i not in self._picked)
        if fresh:
            self._picked = _newest(self._picked | fresh, MOST)
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
