"""The gallery's rows: which images, in which order. Everything shown is looked up by id when a tile is painted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal

from backend.types import ImageFile, ImageId
from fewshot_gui import dragging
from fewshot_gui.bins.store import BinStore
from fewshot_gui.folder.library import Library
from fewshot_gui.language import said
from fewshot_gui.unsure.sureness import Sureness

AnyIndex = QModelIndex | QPersistentModelIndex
TILE = Qt.ItemDataRole.UserRole + 1
_NOWHERE = QModelIndex()


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
BY_LABELS = frozenset({Filter.LABEL, Filter.UNSURE, Filter.ANSWERED, Filter.OPEN})
"""Filters whose images change as labels and answers do."""
FOLLOW_MS = 60
"""Rows follow the line between sure and unsure once it has rested for so long."""


@dataclass(frozen=True, slots=True)
class Tile:
    """What a tile shows. ``colour`` is the label's bin's palette slot; ``given`` where the person said so; ``unsure``
    also where there is one bin only, whose name is then no verdict; ``twin`` where another image has the same content;
    ``rejected`` are the bins that it is not to be labelled with."""

    file: ImageFile
    name: str
    label: str = ""
    colour: int | None = None
    figure: str = ""
    given: bool = False
    unsure: bool = False
    unreadable: str = ""
    twin: bool = False
    rejected: tuple[str, ...] = ()


class GalleryModel(QAbstractListModel):
    """Rows over the library. ``stale`` says whether labels have changed since rows were put in order.

    Signals:
        stale_changed(bool), rows_changed(): as they say.
        arranged(): order or filter are what they are from now on.
        ranks_wanted(): rows are to be in a ``RANKED`` order; ``rank`` brings it.
    """

    stale_changed = Signal(bool)
    rows_changed = Signal()
    arranged = Signal()
    ranks_wanted = Signal()

    def __init__(self, library: Library, bins: BinStore, sureness: Sureness | None = None) -> None:
        super().__init__(library)
        self._library, self._bins = library, bins
        self._sureness = sureness or Sureness(library, bins, self)
        self._ids: list[ImageId] = []
        self._rows: dict[ImageId, int] = {}
        self.order = Order.NAME
        self.filter = Filter.ALL
        self.only: str | None = None
        self.text = ""
        self.title = ""
        self.stale = self._late = False
        """Labels have changed, or images have come, since rows were put in order."""
        self._chosen: dict[ImageId, None] = {}
        self._ranks: dict[ImageId, int] = {}
        self._claims: dict[ImageId, str] = {}
        library.reset.connect(self._on_reset)
        library.added.connect(self._on_added)
        library.relisted.connect(self._on_relisted)
        library.removed.connect(self._on_removed)
        library.arrived.connect(self._on_arrived)
        library.labelled.connect(self._on_labelled)
        library.failed.connect(self.repaint)
        bins.changed.connect(self._on_bins)
        self._follow = QTimer(self, singleShot=True, interval=FOLLOW_MS)
        self._follow.timeout.connect(self._on_line_rests)
        self._sureness.changed.connect(self._on_line)
        self._sureness.moved.connect(self._follow.start)

    # What the view asks ------------------------------------------------------------------------------------------

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """How many tiles."""
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The tile, or its words for screen readers and tool tips."""
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        image = self._ids[index.row()]
        if role == TILE:
            return self.tile(image)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._library.relative(image)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.words(image)
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Tiles can be selected and dragged."""
        flag = Qt.ItemFlag
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsDragEnabled if index.isValid() else flag(0)

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Ids and addresses of the tiles."""
        return dragging.pack(self.id_at(i) for i in indexes)

    # Ids and rows ------------------------------------------------------------------------------------------------

    def ids(self) -> list[ImageId]:
        """All ids in the order shown."""
        return list(self._ids)

    def id_at(self, index: AnyIndex) -> ImageId:
        """The id of a row of now."""
        return self._ids[index.row()]

    def index_of(self, image: ImageId) -> QModelIndex:
        """Where an image is now; invalid where it is not shown."""
        row = self._rows.get(image)
        return _NOWHERE if row is None else self.index(row)

    def tile(self, image: ImageId) -> Tile:
        """Everything that a tile shows."""
        file = self._library.files[image]
        name, twin = file.path.name, image in self._library.twins
        if image in self._library.unreadable:
            return Tile(file, name, unreadable=self._library.unreadable[image], twin=twin)
        given = self._bins.owner(image)
        if given is not None:
            return Tile(file, name, given.name, given.colour, given=True, twin=twin)
        rejected = tuple(sorted(self._bins.rejected().get(image, ())))
        label, confidence = self.label_of(image)
        owner = self._bins.find(label)
        if owner is None:
            return Tile(file, name, twin=twin, rejected=rejected)
        prediction = self._library.predictions.get(image)
        shown = figure(confidence, prediction.similarity if prediction is not None else None)
        return Tile(
            file, name, owner.name, owner.colour, shown, unsure=self.is_unsure(image), twin=twin, rejected=rejected
        )

    def label_of(self, image: ImageId) -> tuple[str, float | None]:
        """The label that is shown and how sure it is; "" for none. One that the person has just rejected gives way to
        the next at once, before labels are worked out again."""
        rejected = self._bins.rejected().get(image, frozenset())
        claim = self._claims.get(image)
        if claim is not None and claim not in rejected:
            return claim, None
        prediction = self._library.predictions.get(image)
        if prediction is None:
            return "", None
        if prediction.label not in rejected:
            return prediction.label, prediction.confidence
        return ("", None) if prediction.second_label in rejected else (prediction.second_label, None)

    def is_unsure(self, image: ImageId) -> bool:
        """Whether the label is a mere guess (see ``Sureness``)."""
        return image not in self._claims and self._sureness.is_unsure(image)

    def words(self, image: ImageId) -> str:
        """What the tile says, in words."""
        tile = self.tile(image)
        name = self._library.relative(tile.file.id)
        if tile.unreadable:
            return self.tr("{name}: cannot be read. {reason}").format(name=name, reason=said(tile.unreadable))
        if tile.given:
            words = self.tr("{name}: example of {label}").format(name=name, label=tile.label)
        else:
            words = f"{name}: {tile.label} {tile.figure}".rstrip() if tile.label else name
        if tile.rejected:
            words += self.tr("; not {}").format(", ".join(tile.rejected))
        return words + self.tr("; there is another with the same content") if tile.twin else words

    # Order -------------------------------------------------------------------------------------------------------

    def arrange(self, order: Order | None = None) -> None:
        """Put the rows in order now (for a new order, or because the person asked)."""
        self.order = order or self.order
        if self.order in RANKED and self.filter != Filter.CHOSEN:
            self.ranks_wanted.emit()  # rows stay where they are until the ranks are there
        else:
            self._arrange()

    def rank(self, ids: Sequence[ImageId]) -> None:
        """The order that was wanted: these come first, as they stand."""
        self._ranks = {image: place for place, image in enumerate(ids)}
        if self.order in RANKED:
            self._arrange()

    def show(self, shown: Filter, only: str | None = None) -> None:
        """Show all, one class, or one kind of images."""
        self.filter, self.only = shown, only if shown == Filter.LABEL else None
        self.arrange()

    def show_only(self, label: str | None) -> None:
        """Show one class, or all."""
        self.show(Filter.ALL if label is None else Filter.LABEL, label)

    def show_chosen(self, ids: Sequence[ImageId], title: str, claims: Mapping[ImageId, str]) -> None:
        """Show just these, in this order, under a title. ``claims`` are labels that stay on them meanwhile."""
        self._chosen, self.title = dict.fromkeys(ids), title
        self._claims = dict(claims)
        self.show(Filter.CHOSEN)

    def end_claims(self) -> None:
        """Tiles show their own labels again."""
        self._claims = {}
        self.repaint(None)

    def search(self, text: str) -> None:
        """Show only images whose path holds this text."""
        self.text = text.strip()
        self.arrange()

    def chosen(self) -> list[ImageId]:
        """What ``show_chosen`` was given last."""
        return list(self._chosen)

    def _arrange(self) -> None:
        wanted = [i for i in self._source() if self._passes(i)]
        if self.filter != Filter.CHOSEN:
            wanted.sort(key=self._sort_key())
        self._late = False
        self._set_stale(False)
        if wanted != self._ids:
            self._replace(wanted)
        self.arranged.emit()

    def _source(self) -> Sequence[ImageId]:
        files = self._library.files
        return [i for i in self._chosen if i in files] if self.filter == Filter.CHOSEN else list(files)

    def _passes(self, image: ImageId) -> bool:
        if self.text and self.text.casefold() not in self._library.relative(image).casefold():
            return False
        answered = self._bins.owner(image) is not None
        match self.filter:
            case Filter.LABEL:
                return self._label(image) == self.only
            case Filter.UNSURE:
                return self.is_unsure(image)
            case Filter.ANSWERED:
                return answered
            case Filter.OPEN:
                return not answered
        return True

    def _is_live(self) -> bool:
        """Whether labels and answers have a say in which rows there are, or in their order."""
        return self.filter != Filter.CHOSEN and (self.filter in BY_LABELS or self.order != Order.NAME)

    def _sort_key(self) -> Callable[[ImageId], Any]:
        predictions = self._library.predictions
        if self.order == Order.NAME:
            places = {image: place for place, image in enumerate(self._library.files)}
            return places.__getitem__
        if self.order == Order.LABEL:
            slots = {b.name: place for place, b in enumerate(self._bins.bins())}
            return lambda i: slots.get(self._label(i), len(slots))
        if self.order == Order.SIMILAR:
            return lambda i: (
                self._bins.owner(i) is None,
                i in self._bins.rejected(),
                -_or(predictions[i].similarity, -1) if i in predictions else 2,
            )
        if self.order in RANKED:
            last = len(self._ranks)
            return lambda i: self._ranks.get(i, last)
        sign = -1 if self.order == Order.CONFIDENT else 1
        return lambda i: sign * _or(predictions[i].confidence, 0) if i in predictions else 2

    def _label(self, image: ImageId) -> str:
        owner = self._bins.owner(image)
        if owner is not None:
            return owner.name
        return self.label_of(image)[0]

    def _replace(self, ids: list[ImageId]) -> None:
        """New rows; selection and current tile follow their images."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        held = [self._ids[i.row()] for i in before]
        self._ids = ids
        self._rows = {image: row for row, image in enumerate(ids)}
        self.changePersistentIndexList(before, [self.index_of(i) for i in held])
        self.layoutChanged.emit()
        self.rows_changed.emit()

    def _set_stale(self, stale: bool) -> None:
        if stale != self.stale:
            self.stale = stale
            self.stale_changed.emit(stale)

    # What happens ------------------------------------------------------------------------------------------------

    def _on_reset(self) -> None:
        self.beginResetModel()
        self._ids, self._rows = [], {}
        self.only, self.order, self.filter, self.text = None, Order.NAME, Filter.ALL, ""
        self._chosen, self._ranks, self._claims, self._late = {}, {}, {}, False
        self.endResetModel()
        self._set_stale(False)
        self.rows_changed.emit()

    def _on_added(self, ids: tuple[ImageId, ...]) -> None:
        if self.filter != Filter.ALL or self.text:
            return
        first = len(self._ids)
        self.beginInsertRows(_NOWHERE, first, first + len(ids) - 1)
        self._ids.extend(ids)
        self._rows.update({image: first + n for n, image in enumerate(ids)})
        self.endInsertRows()
        self.rows_changed.emit()

    def _on_relisted(self) -> None:
        """Files may be gone: their rows go at once."""
        self._arrange()
        if self.order in RANKED:
            self.arrange()

    def _on_removed(self) -> None:
        """While the folder is watched, rows go without the rest being put in order."""
        self._replace([i for i in self._ids if i in self._library.files])

    def _on_arrived(self) -> None:
        """New rows stand last until rows are put in order."""
        self._late = True
        self._set_stale(True)

    def _on_labelled(self, ids: tuple[ImageId, ...] | None) -> None:
        self.repaint(ids)
        self._set_stale(self._late or self._is_live())

    def _on_line(self) -> None:
        """Other labels are unsure than before."""
        self.repaint(None)

    def _on_line_rests(self) -> None:
        """Where the unsure are shown, the person who moves the line wants to see them come and go."""
        if self.filter == Filter.UNSURE:
            self._arrange()

    def _on_bins(self) -> None:
        self.repaint(None)
        if self.filter in BY_LABELS:
            self._set_stale(True)
        if self.only is not None and self._bins.find(self.only) is None:
            self.show_only(None)

    def repaint(self, ids: Sequence[ImageId] | None) -> None:
        """These tiles (or all) look different now."""
        rows = range(len(self._ids)) if ids is None else [r for i in ids if (r := self._rows.get(i)) is not None]
        if rows:
            self.dataChanged.emit(self.index(min(rows)), self.index(max(rows)))


def figure(confidence: float | None, similarity: float | None) -> str:
    """The number beside a label: a probability in per cent, or with one bin the similarity."""
    if confidence is not None:
        return f"{min(round(confidence * 100), 99) if confidence < 1 else 100}%"
    return f"{similarity:.2f}" if similarity is not None else ""


def _or(value: float | None, fallback: float) -> float:
    return fallback if value is None else value
