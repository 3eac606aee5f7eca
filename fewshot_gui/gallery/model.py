"""The gallery's rows: which images, in which order. Everything shown is looked up by id when a tile is painted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt, Signal

from backend.types import ImageFile, ImageId, Status
from fewshot_gui import dragging
from fewshot_gui.bins.store import BinStore
from fewshot_gui.folder.library import Library

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


@dataclass(frozen=True, slots=True)
class Tile:
    """What a tile shows. ``colour`` is the label's bin's palette slot; ``given`` where the person said so; ``unsure``
    also where there is one bin only, whose name is then no verdict."""

    file: ImageFile
    name: str
    label: str = ""
    colour: int | None = None
    figure: str = ""
    given: bool = False
    unsure: bool = False
    unreadable: str = ""


class GalleryModel(QAbstractListModel):
    """Rows over the library. ``stale`` says whether labels have changed since rows were put in order."""

    stale_changed = Signal(bool)
    rows_changed = Signal()

    def __init__(self, library: Library, bins: BinStore) -> None:
        super().__init__(library)
        self._library, self._bins = library, bins
        self._ids: list[ImageId] = []
        self._rows: dict[ImageId, int] = {}
        self.order = Order.NAME
        self.only: str | None = None
        self.stale = False
        library.reset.connect(self._on_reset)
        library.added.connect(self._on_added)
        library.relisted.connect(self.arrange)
        library.labelled.connect(self._on_labelled)
        library.failed.connect(self.repaint)
        bins.changed.connect(self._on_bins)

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
            return self._words(self.tile(image))
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
        name = file.path.name
        given = self._bins.owner(image)
        if image in self._library.unreadable:
            return Tile(file, name, unreadable=self._library.unreadable[image])
        if given is not None:
            return Tile(file, name, given.name, given.colour, given=True)
        prediction = self._library.predictions.get(image)
        owner = self._bins.find(prediction.label) if prediction is not None else None
        if prediction is None or owner is None:
            return Tile(file, name)
        unsure = prediction.status == Status.UNSURE or prediction.confidence is None
        return Tile(
            file, name, owner.name, owner.colour, figure(prediction.confidence, prediction.similarity), unsure=unsure
        )

    def _words(self, tile: Tile) -> str:
        name = self._library.relative(tile.file.id)
        if tile.unreadable:
            return self.tr("{name}: cannot be read. {reason}").format(name=name, reason=tile.unreadable)
        if tile.given:
            return self.tr("{name}: example of {label}").format(name=name, label=tile.label)
        return f"{name}: {tile.label} {tile.figure}".rstrip() if tile.label else name

    # Order -------------------------------------------------------------------------------------------------------

    def arrange(self, order: Order | None = None) -> None:
        """Put the rows in order now (for a new order, or because the person asked)."""
        self.order = order or self.order
        wanted = [i for i in self._library.files if self.only is None or self._label(i) == self.only]
        wanted.sort(key=self._sort_key())
        self._set_stale(False)
        if wanted != self._ids:
            self._replace(wanted)

    def show_only(self, label: str | None) -> None:
        """Show one class, or all."""
        self.only = label
        self.arrange()

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
                -_or(predictions[i].similarity, -1) if i in predictions else 2,
            )
        sign = -1 if self.order == Order.CONFIDENT else 1
        return lambda i: sign * _or(predictions[i].confidence, 0) if i in predictions else 2

    def _label(self, image: ImageId) -> str:
        owner = self._bins.owner(image)
        if owner is not None:
            return owner.name
        prediction = self._library.predictions.get(image)
        return prediction.label if prediction is not None else ""

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
        self.only, self.order = None, Order.NAME
        self.endResetModel()
        self._set_stale(False)
        self.rows_changed.emit()

    def _on_added(self, ids: tuple[ImageId, ...]) -> None:
        if self.only is not None:
            return
        first = len(self._ids)
        self.beginInsertRows(_NOWHERE, first, first + len(ids) - 1)
        self._ids.extend(ids)
        self._rows.update({image: first + n for n, image in enumerate(ids)})
        self.endInsertRows()
        self.rows_changed.emit()

    def _on_labelled(self, ids: tuple[ImageId, ...] | None) -> None:
        self.repaint(ids)
        self._set_stale(self.only is not None or self.order != Order.NAME)

    def _on_bins(self) -> None:
        self.repaint(None)
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
