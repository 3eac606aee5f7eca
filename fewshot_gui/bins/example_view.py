"""Examples of one bin: model, view and delegate."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QDrag, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from backend.types import ImageId
from backend.workspace.contents import last_path
from fewshot_gui.bins.suspect_badge import paint_doubt
from fewshot_gui.session.folder.library import Library
from fewshot_gui.session.thumbnails import Thumbnails
from fewshot_gui.style import icons, theme
from fewshot_gui.style.theme import GRID
from fewshot_gui.translation import said
from fewshot_gui.translation.confidence_text import doubt_words
from fewshot_gui.widgets import drag_data
from fewshot_gui.widgets.drag_pixmap import drag_picture
from fewshot_gui.widgets.fitted_pixmap import paint_fitted

SIDE = 6 * GRID
CELL = QSize(SIDE + GRID, SIDE + GRID)
ROWS_SHOWN = 3
_NOWHERE = QModelIndex()


def height_of(count: int, width: int) -> int:
    """How high a view of ``count`` examples is, in pixels, where it is so wide."""
    columns = max(1, (width - 1) // CELL.width())
    return min(-(-max(1, count) // columns), ROWS_SHOWN) * CELL.height() + 2


class ExampleModel(QAbstractListModel):
    """The ids of one bin's examples."""

    def __init__(self, library: Library, parent: QWidget) -> None:
        super().__init__(parent)
        self._library = library
        self.ids: tuple[ImageId, ...] = ()

    def show(self, ids: tuple[ImageId, ...]) -> None:
        """Replace the examples."""
        if ids != self.ids:
            self.beginResetModel()
            self.ids = ids
            self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """How many examples."""
        return 0 if parent.isValid() else len(self.ids)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The file's name; for an unreadable one also why it does not count, for a doubtful one why it is."""
        if not index.isValid():
            return None
        image = self.ids[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            reason = self._library.unreadable.get(image)
            doubt = self._library.doubts.get(image)
            reason = said(reason) if reason else doubt_words(doubt) if doubt is not None else ""
            if image in self._library.missing:
                reason = self.tr("not in the folder any more; it waits until the same image is back")
            name = last_path(image).name
            return f"{name}: {reason}" if reason else name
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Examples can be selected and dragged."""
        flag = Qt.ItemFlag
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsDragEnabled if index.isValid() else flag(0)

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Ids and addresses."""
        return drag_data.pack(self.ids[i.row()] for i in indexes)


class _ExampleDelegate(QStyledItemDelegate):
    def __init__(self, library: Library, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._library, self._thumbnails = library, thumbnails

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return CELL

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model = index.model()
        if not isinstance(model, ExampleModel):
            return
        image = model.ids[index.row()]
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        box = QRect(0, 0, SIDE, SIDE)
        box.moveCenter(option.rect.center())
        self._paint_picture(painter, box, image)
        if image in self._library.doubts:
            paint_doubt(painter, box)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.tokens().accent), 2.5))
            painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), GRID, GRID)
        painter.restore()

    def _paint_picture(self, painter: QPainter, box: QRect, image: ImageId) -> None:
        now, scale = theme.tokens(), painter.device().devicePixelRatioF()
        file = self._library.file(image)
        pixmap = (
            self._thumbnails.get(file, round(2 * SIDE * scale))
            if file and image not in self._library.unreadable
            else None
        )
        if pixmap is not None:
            paint_fitted(painter, box, pixmap)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(now.sunken))
        painter.drawRoundedRect(box, 6, 6)
        if image in self._library.unreadable or image in self._library.missing:
            painter.drawPixmap(box.center() - QPoint(11, 11), icons.pixmap("image-broken", now.muted, 24, scale))


class ExampleView(QListView):
    """One bin's examples. ``chosen`` carries the id of the example that is selected, by a click or by keys."""

    chosen = Signal(object)

    def __init__(self, library: Library, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("examples")
        self.bin_name = ""
        self._library, self._thumbnails = library, thumbnails
        self._model = ExampleModel(library, self)
        self.setModel(self._model)
        self.setItemDelegate(_ExampleDelegate(library, thumbnails, self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setGridSize(CELL)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setAcceptDrops(False)
        self.selectionModel().selectionChanged.connect(self._on_selection)
        thumbnails.ready.connect(self._on_thumbnail)
        library.doubted.connect(self._on_doubted)

    def show_examples(self, name: str, ids: tuple[ImageId, ...]) -> None:
        """Show the examples of the bin of that name. Whether they are in sight is for the card to say."""
        self.bin_name = name
        self.setAccessibleName(self.tr("Examples of {}").format(name))
        self._model.show(ids)
        self._fit()

    def selected_ids(self) -> tuple[ImageId, ...]:
        """The selected examples."""
        return tuple(self._model.ids[i.row()] for i in self.selectionModel().selectedIndexes())

    def choose(self, image: ImageId) -> None:
        """Select that example alone, bring it into sight, and tell."""
        index = self._model.index(self._model.ids.index(image))
        known = self.selected_ids() == (image,)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)
        if known:
            self.chosen.emit(image)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Drag the selected examples; the drag remembers the bin it comes from."""
        ids = self.selected_ids()
        files = [f for i in ids[:3] if (f := self._library.file(i)) is not None]
        drag = QDrag(self)
        drag.setMimeData(drag_data.pack(ids, source=self.bin_name))
        drag.setPixmap(drag_picture(self, files, len(ids), self._thumbnails))
        drag.setHotSpot(QPoint(3 * GRID, 3 * GRID))
        drag.exec(Qt.DropAction.CopyAction)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another number of rows."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(height_of(len(self._model.ids), self.width()))

    def _on_selection(self) -> None:
        chosen, current = self.selectionModel().selectedIndexes(), self.currentIndex()
        if chosen:
            self.chosen.emit(self._model.ids[(current if current in chosen else chosen[0]).row()])

    def _on_doubted(self) -> None:
        """Signs and words are others now."""
        if self._model.ids:
            self._model.dataChanged.emit(self._model.index(0), self._model.index(len(self._model.ids) - 1))

    def _on_thumbnail(self, image: ImageId) -> None:
        if image in self._model.ids:
            self.viewport().update()
