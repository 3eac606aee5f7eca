"""List model of the gallery: one row per image, its tile looked up by id when it is painted."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal

from backend.types import ImageId
from fewshot_gui.gallery.row_order import BY_LABELS, KINDS, RANKED, Filter, Order, RowOrder
from fewshot_gui.gallery.tile_data import Tile, TileData
from fewshot_gui.session.acceptance_threshold import AcceptanceThreshold
from fewshot_gui.session.bin_store import BinStore
from fewshot_gui.session.folder.library import Library
from fewshot_gui.widgets import drag_data

AnyIndex = QModelIndex | QPersistentModelIndex
TILE = Qt.ItemDataRole.UserRole + 1
_NOWHERE = QModelIndex()
FOLLOW_MS = 60
"""Rows follow the line between sure and unsure once it has rested for so long."""


class GalleryModel(QAbstractListModel):
    """Rows over the library. ``stale`` says whether labels have changed since rows were put in order.

    Signals:
        stale_changed(bool), rows_changed(): as they say.
        arranged(): order or filter are what they are from now on.
        begun(): the person has asked for another order or filter, and begins at the first row.
        ranks_wanted(): rows are to be in a ``RANKED`` order; ``rank`` brings it.
    """

    stale_changed = Signal(bool)
    rows_changed = Signal()
    arranged = Signal()
    begun = Signal()
    ranks_wanted = Signal()

    def __init__(self, library: Library, bins: BinStore, threshold: AcceptanceThreshold | None = None) -> None:
        super().__init__(library)
        self._library, self._bins = library, bins
        threshold = threshold or AcceptanceThreshold(library, bins, self)
        self._labels = TileData(library, bins, threshold)
        self._arrangement = RowOrder(library, bins, self._labels)
        self._ids: list[ImageId] = []
        self._rows: dict[ImageId, int] = {}
        self.stale = self._late = self._ranks_begin = False
        """Labels have changed, or images have come, since rows were put in order."""
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
        threshold.changed.connect(self._on_line)
        threshold.moved.connect(self._follow.start)

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
        return drag_data.pack(self.id_at(i) for i in indexes)

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
        return self._labels.tile(image)

    def label_of(self, image: ImageId) -> tuple[str, float | None]:
        """The predicted label that is shown and how sure it is; "" for none."""
        return self._labels.predicted(image)

    def is_unsure(self, image: ImageId) -> bool:
        """Whether the label is a mere guess."""
        return self._labels.is_unsure(image)

    def is_open(self, image: ImageId) -> bool:
        """Whether it still wants an answer (see ``TileData``)."""
        return self._labels.is_open(image)

    def next_open(self, images: Iterable[ImageId]) -> ImageId:
        """The first image that wants an answer behind the last of ``images``, else from the first row on; "" where all
        others have one."""
        passed = frozenset(images)
        last = max((self._rows[i] for i in passed if i in self._rows), default=-1)
        order = chain(range(last + 1, len(self._ids)), range(last + 1))
        return next((i for i in map(self._ids.__getitem__, order) if i not in passed and self.is_open(i)), "")

    def words(self, image: ImageId) -> str:
        """What the tile says, in words."""
        return self._labels.words(image)

    # Order -------------------------------------------------------------------------------------------------------

    @property
    def order(self) -> Order:
        """How rows are sorted."""
        return self._arrangement.order

    def picks_doubtful(self) -> bool:
        """Whether doubtful images come first, or alone."""
        return self._arrangement.picks_doubtful()

    @property
    def filter(self) -> Filter:
        """What is shown."""
        return self._arrangement.filter

    @property
    def only(self) -> str | None:
        """The one bin whose images are shown."""
        return self._arrangement.only

    @property
    def text(self) -> str:
        """What the shown images' paths hold."""
        return self._arrangement.text

    @property
    def title(self) -> str:
        """What the chosen images are called."""
        return self._arrangement.title

    def want(self, order: Order) -> None:
        """The order to come; rows stay where they are until they are put in order."""
        self._arrangement.order = order

    def arrange(self, order: Order | None = None, *, begin: bool = True) -> None:
        """Put the rows in order now (for a new order, or because the person asked). ``begin`` at the first row, or stay
        with the selection."""
        self.want(order or self.order)
        if self.order in RANKED and self.filter != Filter.CHOSEN:
            self._ranks_begin = begin
            self.ranks_wanted.emit()  # rows stay where they are until the ranks are there
        else:
            self._arrange(begin)

    def rank(self, ids: Sequence[ImageId]) -> None:
        """The order that was wanted: these come first, as they stand."""
        self._arrangement.rank(ids)
        if self.order in RANKED:
            begin, self._ranks_begin = self._ranks_begin, False
            self._arrange(begin)

    def show(self, shown: Filter, only: str | None = None) -> None:
        """Show all, one bin's, or one kind of images, of one bin or of all."""
        self._set_filter(shown, only)
        self.arrange()

    def restore(self, order: Order, shown: Filter, only: str | None, text: str) -> None:
        """Show what was shown before; what is selected stays so."""
        self._set_filter(shown, only)
        self._arrangement.text = text.strip()
        self.arrange(order, begin=False)

    def counts(self) -> tuple[Counter[Filter], Counter[str]]:
        """How many images each kind, and each bin, would show (see ``RowOrder``)."""
        return self._arrangement.counts()

    def _set_filter(self, shown: Filter, only: str | None) -> None:
        nothing = shown == Filter.LABEL and only is None
        self._arrangement.filter = Filter.ALL if nothing else shown
        self._arrangement.only = only if shown in KINDS or shown == Filter.LABEL else None

    def show_only(self, label: str | None) -> None:
        """Show one class, or all."""
        self.show(Filter.ALL if label is None else Filter.LABEL, label)

    def show_chosen(self, ids: Sequence[ImageId], title: str, claims: Mapping[ImageId, str]) -> None:
        """Show just these, in this order, under a title. ``claims`` are labels that stay on them meanwhile."""
        self._arrangement.choose(ids, title)
        self._labels.claims = dict(claims)
        self.show(Filter.CHOSEN)

    def judging(self) -> bool:
        """Whether labels are claimed, for the person to say of each whether it is right."""
        return bool(self._labels.claims)

    def end_claims(self) -> None:
        """Tiles show their own labels again."""
        self._labels.claims = {}
        self.repaint(None)

    def search(self, text: str) -> None:
        """Show only images whose path holds this text."""
        self._arrangement.text = text.strip()
        self.arrange()

    def chosen(self) -> list[ImageId]:
        """What ``show_chosen`` was given last."""
        return self._arrangement.chosen()

    def _arrange(self, begin: bool = False) -> None:
        wanted = self._arrangement.rows()
        self._late = False
        self._set_stale(False)
        if wanted != self._ids:
            self._replace(wanted)
        if begin:
            self.begun.emit()
        self.arranged.emit()

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
        self._arrangement.reset()
        self._labels.claims, self._late = {}, False
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
            self.arrange(begin=False)

    def _on_removed(self) -> None:
        """While the folder is watched, rows go without the rest being put in order."""
        self._replace([i for i in self._ids if i in self._library.files])

    def _on_arrived(self) -> None:
        """New rows stand last until rows are put in order."""
        self._late = True
        self._set_stale(True)

    def _on_labelled(self, ids: tuple[ImageId, ...] | None) -> None:
        self.repaint(ids)
        self._set_stale(self._late or self._arrangement.is_live())

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
            self.show(self.filter)

    def repaint(self, ids: Sequence[ImageId] | None) -> None:
        """These tiles (or all) look different now."""
        rows = range(len(self._ids)) if ids is None else [r for i in ids if (r := self._rows.get(i)) is not None]
        if rows:
            self.dataChanged.emit(self.index(min(rows)), self.index(max(rows)))
