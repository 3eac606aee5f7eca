"""The person's own answers about predicted images: what the label's confidence was before, and whether it was right."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from backend.types import ImageId
from backend.workspace.state import Verdict, renamed_images
from fewshot_gui.session.bin_state import BinState
from fewshot_gui.session.bin_store import BinStore
from fewshot_gui.session.folder.library import Library
from fewshot_gui.session.workspace.remarks import RemarkStore


def _never() -> bool:
    return False


class Verdicts(QObject):
    """Listens while the person confirms, corrects and rejects, and notes it in ``remarks``, which last. What is taken
    back counts no more.

    An image that goes into a bin that had no example is no verdict: no label could have named that bin.
    """

    def __init__(self, bins: BinStore, library: Library, remarks: RemarkStore, parent: QObject) -> None:
        super().__init__(parent)
        self._library, self._remarks = library, remarks
        self._before: BinState = bins.bins()
        self.picks_doubtful: Callable[[], bool] = _never
        """Says whether the window shows doubtful images first, or alone; the window sets it."""
        self.method: Callable[[], str] = str
        """Names the model and the method that give the labels; the window sets it."""
        bins.renamed.connect(self._on_renamed)
        bins.changed.connect(self._on_bins)

    def answers(self) -> list[tuple[float, bool]]:
        """Confidence, 0..1, and whether the label was right."""
        return [(v.confidence, v.right) for v in self._remarks.verdicts().values()]

    def _on_renamed(self, ids: Mapping[ImageId, ImageId]) -> None:
        """Another name is no answer."""
        self._before = renamed_images(self._before, lambda image: ids.get(image, image))

    def _on_bins(self, _: BinState, after: BinState) -> None:
        before, self._before = self._before, after
        taught = {b.name for b in before if b.examples and b.on}
        old, new = _given(before), _given(after)
        self._remarks.take_back(_judged(before) - _judged(after))
        if self.picks_doubtful():
            answered = _judged(after) - _judged(before)
            self._remarks.pick(i for i in answered if i in self._library.files)
        for image in new.keys() - old.keys():
            self._note(image, new[image], taught)
        for image, name in _ruled_out(after) - _ruled_out(before):
            if image not in new and self._label(image) == name:
                self._judge(image, False)

    def _note(self, image: ImageId, name: str, taught: set[str]) -> None:
        if name in taught and self._label(image):
            self._judge(image, self._label(image) == name)

    def _judge(self, image: ImageId, right: bool) -> None:
        confidence = float(self._library.predictions[image].confidence or 0.0)
        self._remarks.judge(image, Verdict(confidence, right, self.method()))

    def _label(self, image: ImageId) -> str:
        """The label that the image had; "" where nothing said how sure it was."""
        prediction = self._library.predictions.get(image)
        return prediction.label if prediction is not None and prediction.confidence is not None else ""


def _given(bins: BinState) -> dict[ImageId, str]:
    return {image: b.name for b in bins for image in b.examples}


def _ruled_out(bins: BinState) -> set[tuple[ImageId, str]]:
    return {(image, b.name) for b in bins for image in b.rejected}


def _judged(bins: BinState) -> set[ImageId]:
    return _given(bins).keys() | {image for image, _ in _ruled_out(bins)}
