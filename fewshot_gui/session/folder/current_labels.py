"""What the images are labelled at this moment: the person's answers, else predictions as far as the bins still allow
them. Tiles, filters, orders, counters, the map and the table all ask here, so that they cannot differ."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from backend.types import NONE_OF_THESE, ImageId, Prediction, Status
from fewshot_gui.session.bin_store import BinStore
from fewshot_gui.session.folder.library import Library


class CurrentLabels:
    """Looks labels up in ``library`` and ``bins``; holds nothing itself."""

    def __init__(self, library: Library, bins: BinStore) -> None:
        self._library, self._bins = library, bins

    def label(self, image: ImageId) -> str:
        """The person's answer, else the predicted label; "" for none."""
        owner = self._bins.owner(image)
        if owner is not None:
            return owner.name
        prediction = self.prediction(image)
        return prediction.label if prediction is not None else ""

    def confidence(self, image: ImageId) -> float | None:
        """Of ``label``: an answer is certain. None where nothing says how sure it is."""
        if self._bins.owner(image) is not None:
            return 1.0
        prediction = self.prediction(image)
        return prediction.confidence if prediction is not None else None

    def prediction(self, image: ImageId) -> Prediction | None:
        """The model's guess, whatever the person has answered; None for none yet, or where the image cannot be read.

        A label that has just been rejected, or whose bin labels no more, gives way at once to the next one, even before
        labels are worked out again.
        """
        found = self._library.predictions.get(image)
        if found is None or image in self._library.unreadable:
            return None
        labelling, rejected = self._bins.labelling(), self._bins.rejected().get(image, frozenset())
        allowed = labelling - rejected
        if labelling and not allowed:
            return NONE_OF_THESE
        if not found.label or found.label in allowed:
            return found
        return _runner_up(found) if found.second_label in allowed else None

    def predictions(self, images: Iterable[ImageId]) -> list[Prediction | None]:
        """``prediction`` of each, quickly: there may be 100,000."""
        found, unreadable = self._library.predictions, self._library.unreadable
        names, rejected = self._bins.labelling(), self._bins.rejected()
        return [
            p if p is None or (p.label in names and i not in rejected and i not in unreadable) else self.prediction(i)
            for i in images
            for p in (found.get(i),)
        ]

    def rows(self) -> dict[ImageId, Prediction]:
        """What a table says of the folder's images, also of those that cannot be read."""
        failed = {i: Prediction(Status.ERROR, message=reason) for i, reason in self._library.unreadable.items()}
        found = zip(self._library.files, self.predictions(self._library.files), strict=True)
        return {i: p for i, p in found if p is not None} | failed

    def counts(self) -> Counter[str]:
        """Bin → how many of the folder's images have its label."""
        owner, files = self._bins.owner, self._library.files
        open_ = [i for i in files if owner(i) is None]
        guessed = Counter(p.label for p in self.predictions(open_) if p is not None and p.label)
        return guessed + Counter(name for i, name in self._bins.given().items() if i in files)


def _runner_up(found: Prediction) -> Prediction:
    label, confidence = found.second_label, found.second_confidence
    return replace(found, label=label, confidence=confidence, second_label="", second_confidence=None)
