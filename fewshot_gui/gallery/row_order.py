"""Filter and sort order of the gallery."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Any

from backend.types import ImageId
from fewshot_gui.gallery.tile_data import TileData
from fewshot_gui.session.bin_store import BinStore
from fewshot_gui.session.folder.library import Library


class Order(StrEnum):
    """How the gallery is sorted."""

    NAME = "name"
    LABEL = "label"
    CONFIDENT = "confident"
    DOUBTFUL = "doubtful"
    SIMILAR = "similar"
    ASK = "ask"
    DIFFER = "differ"


class Filter(StrEnum):
    """What the gallery shows."""

    ALL = "all"
    LABEL = "label"
    UNSURE = "unsure"
    ANSWERED = "answered"
    OPEN = "open"
    CHOSEN = "chosen"


RANKED = frozenset({Order.ASK, Order.DIFFER})
"""Orders that a job has to work out."""
DOUBTFUL_FIRST = RANKED | {Order.DOUBTFUL}
BY_LABELS = frozenset({Filter.LABEL, Filter.UNSURE, Filter.ANSWERED, Filter.OPEN})
"""Filters whose images change as labels and answers do."""
KINDS = frozenset({Filter.UNSURE, Filter.ANSWERED, Filter.OPEN})
"""Filters that go together with a bin's."""


class RowOrder:
    """What the person wants to see: ``order``, ``filter``, ``only`` one bin's images (also of ``KINDS``), those whose
    path holds ``text``; or a few chosen ones under a ``title``."""

    def __init__(self, library: Library, bins: BinStore, labels: TileData) -> None:
        self._library, self._bins, self._labels = library, bins, labels
        self.title = ""
        self.reset()

    def reset(self) -> None:
        """All images by name, as for a folder that has just been opened."""
        self.order, self.filter = Order.NAME, Filter.ALL
        self.only: str | None = None
        self.text = ""
        self._chosen: dict[ImageId, None] = {}
        self._ranks: dict[ImageId, int] = {}

    def choose(self, ids: Iterable[ImageId], title: str) -> None:
        """What ``Filter.CHOSEN`` shows, in this order."""
        self._chosen, self.title = dict.fromkeys(ids), title

    def chosen(self) -> list[ImageId]:
        """What was chosen last."""
        return list(self._chosen)

    def rank(self, ids: Sequence[ImageId]) -> None:
        """In a ``RANKED`` order these come first, as they stand."""
        self._ranks = {image: place for place, image in enumerate(ids)}

    def is_live(self) -> bool:
        """Whether labels and answers have a say in which rows there are, or in their order."""
        return self.filter != Filter.CHOSEN and (self.filter in BY_LABELS or self.order != Order.NAME)

    def picks_doubtful(self) -> bool:
        """Whether doubtful images come first, or alone: what the person then answers is no sample of the folder."""
        return self.filter == Filter.UNSURE or (self.filter != Filter.CHOSEN and self.order in DOUBTFUL_FIRST)

    def rows(self) -> list[ImageId]:
        """The images to show, in order."""
        wanted = [i for i in self._source() if self._passes(i)]
        if self.filter != Filter.CHOSEN:
            wanted.sort(key=self._sort_key())
        return wanted

    def counts(self) -> tuple[Counter[Filter], Counter[str]]:
        """How many images each of ``KINDS`` would show of the bin that is chosen, and each bin of the present kind."""
        kinds, bins = Counter[Filter](), Counter[str]()
        for image in filter(self._fits_text, self._library.files):
            name = self._labels.name(image)
            bins[name] += self._is_of_kind(image)
            if self._fits_bin(name):
                kinds[Filter.UNSURE] += self._labels.is_unsure(image)
                kinds[Filter.ANSWERED] += self._bins.answered(image)
                kinds[Filter.OPEN] += self._is_open(image)
        return kinds, bins

    def _source(self) -> Sequence[ImageId]:
        files = self._library.files
        return [i for i in self._chosen if i in files] if self.filter == Filter.CHOSEN else list(files)

    def _passes(self, image: ImageId) -> bool:
        return self._fits_text(image) and self._is_of_kind(image) and self._fits_bin(self._labels.name(image))

    def _fits_text(self, image: ImageId) -> bool:
        return not self.text or self.text.casefold() in self._library.relative(image).casefold()

    def _fits_bin(self, name: str) -> bool:
        return self.only in (None, name)

    def _is_of_kind(self, image: ImageId) -> bool:
        match self.filter:
            case Filter.UNSURE:
                return self._labels.is_unsure(image)
            case Filter.ANSWERED:
                return self._bins.answered(image)
            case Filter.OPEN:
                return self._is_open(image)
        return True

    def _is_open(self, image: ImageId) -> bool:
        return image not in self._library.unreadable and not self._bins.answered(image)

    def _sort_key(self) -> Callable[[ImageId], Any]:
        predictions = self._library.predictions
        if self.order == Order.NAME:
            places = {image: place for place, image in enumerate(self._library.files)}
            return places.__getitem__
        if self.order == Order.LABEL:
            slots = {b.name: place for place, b in enumerate(self._bins.bins())}
            return lambda i: slots.get(self._labels.name(i), len(slots))
        if self.order == Order.SIMILAR:
            return lambda i: (
                self._bins.owner(i) is None,
                i in self._bins.rejected(),
                -_or(predictions[i].similarity, -1) if i in predictions else 2,
            )
        if self.order in RANKED:
            last = len(self._ranks)
            return lambda i: self._ranks.get(i, last)
        sign, answered = -1 if self.order == Order.CONFIDENT else 1, self._bins.owner
        return lambda i: sign * _or(self._labels.confidence(i), 0) if i in predictions or answered(i) is not None else 2


def _or(value: float | None, fallback: float) -> float:
    return fallback if value is None else value
