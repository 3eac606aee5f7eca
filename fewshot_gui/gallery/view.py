"""List view of the gallery: selection, drag and drop, and which tiles are visible."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QMouseEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QToolTip, QWidget

from backend.types import ImageId
from fewshot_gui.gallery.model import GalleryModel
from fewshot_gui.gallery.tile_delegate import CONFIRM, TileDelegate, cell_for, verdict_at
from fewshot_gui.gallery.tile_size import TileSize
from fewshot_gui.session.thumbnails import Thumbnails
from fewshot_gui.style.theme import GRID
from fewshot_gui.widgets import drag_data
from fewshot_gui.widgets.drag_pixmap import drag_picture

SETTLE_MS = 120
"""The view has come to rest when nothing scrolled for so long."""
NOTCH = 120
"""A notch of the wheel in eighths of a degree; touchpads send fractions."""


class GalleryView(QListView):
    """The gallery.

    Signals:
        chosen(id): the tile to look at, or "" for none.
        in_sight(ids): the visible tiles, once scrolling has come to rest.
        taken_back(ids): examples were dragged out of a bin and dropped here.
        dropped(Dropped): something from elsewhere was dropped here.
        confirmed(id), rejected(id): the button on a tile was clicked.
    """

    chosen = Signal(object)
    in_sight = Signal(object)
    taken_back = Signal(object)
    dropped = Signal(object)
    confirmed = Signal(object)
    rejected = Signal(object)

    def __init__(
        self, model: GalleryModel, thumbnails: Thumbnails, size: TileSize, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("gallery")
        self.setAccessibleName(self.tr("Images of the folder"))
        self._rows, self._thumbnails, self._size = model, thumbnails, size
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._set_up()
        self.setModel(model)
        self._painter = TileDelegate(thumbnails, self)
        self._painter.side = size.side
        self._pressed: tuple[ImageId, str] = ("", "")
        self._turned = 0
        self.setItemDelegate(self._painter)
        size.changed.connect(self._on_size)
        thumbnails.ready.connect(self._on_thumbnail)
        model.rows_changed.connect(self._settle.start)
        model.modelReset.connect(self.begin)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._settle.timeout.connect(self._tell_in_sight)
        self.selectionModel().selectionChanged.connect(self._on_selection)

    def _set_up(self) -> None:
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setGridSize(cell_for(self._size.side))
        self.setLayoutMode(QListView.LayoutMode.SinglePass)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionRectVisible(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(5 * GRID)
        self.setMouseTracking(True)
        self.setDragEnabled(True)  # after setMovement, which switches it off
        self.setAcceptDrops(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    # Selection ---------------------------------------------------------------------------------------------------

    def selected_ids(self) -> tuple[ImageId, ...]:
        """The selection, in the order shown."""
        rows = sorted(self.selectionModel().selectedIndexes(), key=lambda i: i.row())
        return tuple(self._rows.id_at(i) for i in rows)

    def meant_ids(self) -> tuple[ImageId, ...]:
        """What a key is meant for: the selection, else the tile with the ring around it."""
        ringed = self.hasFocus() and self.currentIndex().isValid()
        return self.selected_ids() or ((self.current_id(),) if ringed else ())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt would put its ring around the first tile, without selecting it; so the next Home would not, either."""
        before = self.currentIndex().isValid()
        super().focusInEvent(event)
        if not before:
            self.selectionModel().clearCurrentIndex()

    def current_id(self) -> ImageId:
        """The tile with the focus, or ""."""
        index = self.currentIndex()
        return self._rows.id_at(index) if index.isValid() else ""

    def chosen_id(self) -> ImageId:
        """The tile with the focus where it is selected, else ""."""
        return self.current_id() if self.selectionModel().isSelected(self.currentIndex()) else ""

    def choose(self, image: ImageId) -> None:
        """Select that image alone and bring it into sight."""
        index = self._rows.index_of(image)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def begin(self) -> None:
        """Select the first image alone, at the top."""
        self.verticalScrollBar().setValue(0)
        if self._rows.rowCount():
            self.choose(self._rows.id_at(self._rows.index(0)))

    def choose_all(self, images: Iterable[ImageId]) -> None:
        """Select these images alone, as far as they are shown, and bring the first into sight."""
        rows = sorted(index.row() for i in images if (index := self._rows.index_of(i)).isValid())
        if not rows:
            self.clearSelection()
            return
        starts = [n for n, row in enumerate(rows) if n == 0 or rows[n - 1] + 1 != row]
        chosen = QItemSelection()
        for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
            chosen.select(self._rows.index(rows[start]), self._rows.index(rows[end - 1]))
        flag, first = QItemSelectionModel.SelectionFlag, self._rows.index(rows[0])
        self.selectionModel().setCurrentIndex(first, flag.NoUpdate)
        self.selectionModel().select(chosen, flag.ClearAndSelect)
        self.scrollTo(first)

    def visible_ids(self) -> list[ImageId]:
        """The images whose tiles are in sight, in order."""
        count = self._rows.rowCount()
        if not count or not self.gridSize().height():
            return []
        columns = max(1, self.viewport().width() // self.gridSize().width())
        offset, height = self.verticalScrollBar().value(), self.gridSize().height()
        first = offset // height * columns
        last = min(count, ((offset + self.viewport().height()) // height + 1) * columns)
        return [self._rows.id_at(self._rows.index(row)) for row in range(first, last)]

    def step(self, by: int) -> None:
        """Select the tile so many places further."""
        row = self.currentIndex().row() + by
        if 0 <= row < self._rows.rowCount():
            self.choose(self._rows.id_at(self._rows.index(row)))

    def anchor(self) -> tuple[ImageId, int]:
        """The image at the top left, and by how many pixels its row is scrolled out of sight."""
        count, height = self._rows.rowCount(), self.gridSize().height()
        if not count or not height:
            return "", 0
        columns = max(1, self.viewport().width() // self.gridSize().width())
        row, offset = divmod(self.verticalScrollBar().value(), height)
        return self._rows.id_at(self._rows.index(min(count - 1, row * columns))), offset

    def go_to(self, image: ImageId, offset: int) -> None:
        """Scroll that image to the top, less ``offset`` pixels."""
        index = self._rows.index_of(image)
        if index.isValid():
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtTop)
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() - bar.value() % self.gridSize().height() + offset)

    def _on_selection(self) -> None:
        """The tile to look at: the one with the focus where it is selected, else the first selected one."""
        current = self.currentIndex()
        if current.isValid() and self.selectionModel().isSelected(current):
            self.chosen.emit(self.current_id())
        else:
            self.chosen.emit(next(iter(self.selected_ids()), ""))

    def _on_scrolled(self) -> None:
        self._settle.start()

    def _tell_in_sight(self) -> None:
        self.in_sight.emit(self.visible_ids())

    def _on_thumbnail(self, image: ImageId) -> None:
        index = self._rows.index_of(image)
        if index.isValid():
            self.viewport().update(self.visualRect(index))

    # Buttons on the tile under the mouse ----------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """On a button it is neither selection nor the start of a drag."""
        self._pressed = self._button_at(event.position().toPoint())
        if not self._pressed[1] or event.button() != Qt.MouseButton.LeftButton:
            self._pressed = ("", "")
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the button under the pointer."""
        self._point(event.position().toPoint())
        if not self._pressed[1]:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A button counts where it is let go on it."""
        pressed, self._pressed = self._pressed, ("", "")
        if not pressed[1]:
            super().mouseReleaseEvent(event)
        elif pressed == self._button_at(event.position().toPoint()):
            (self.confirmed if pressed[1] == CONFIRM else self.rejected).emit(pressed[0])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two clicks on a button are two clicks."""
        if self._button_at(event.position().toPoint())[1]:
            self.mousePressEvent(event)
        else:
            super().mouseDoubleClickEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """No button lights up any more."""
        self._point(QPoint(-1, -1))
        super().leaveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """The tool tip of a button says its key, too."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            image, verdict = self._button_at(event.pos())
            if verdict:
                label = self._rows.tile(image).label
                pattern = self.tr("Yes, “{}” (Enter)") if verdict == CONFIRM else self.tr("Not “{}” (Backspace)")
                QToolTip.showText(event.globalPos(), pattern.format(label), self)
                return True
        return super().viewportEvent(event)

    def _button_at(self, point: QPoint) -> tuple[ImageId, str]:
        index = self.indexAt(point)
        if not index.isValid():
            return "", ""
        image = self._rows.id_at(index)
        return image, verdict_at(self.visualRect(index), self._rows.tile(image), point)

    def _point(self, point: QPoint) -> None:
        before, self._painter.pointer = self._painter.pointer, point
        for place in (before, point):
            index = self.indexAt(place)
            if index.isValid():
                self.viewport().update(self.visualRect(index))

    # Layout ------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as fit now. A message that takes room above does not push out of sight what is answered."""
        before = QRect(QPoint(), event.oldSize())
        seen = self.currentIndex().isValid() and before.contains(self.visualRect(self.currentIndex()).center())
        self._spread()
        super().resizeEvent(event)
        if seen:
            self.scrollTo(self.currentIndex())
        self._settle.start()

    def _spread(self) -> None:
        """Spread the columns over the width, so that both margins are alike."""
        cell, width = cell_for(self._size.side), self.viewport().width() - 1
        self.setGridSize(QSize(width // max(1, width // cell.width()), cell.height()))

    def _on_size(self, side: int) -> None:
        """The current tile stays in sight where it was, else the one at the top."""
        seen = set(self.visible_ids())
        stays = self.current_id() if self.current_id() in seen else self.anchor()[0]
        self._painter.side = side
        self._spread()
        self.doItemsLayout()
        index = self._rows.index_of(stays)
        if index.isValid():
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        self._settle.start()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl the wheel makes the tiles larger or smaller."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._turned += event.angleDelta().y()
        while abs(self._turned) >= NOTCH:
            up = self._turned > 0
            (self._size.larger if up else self._size.smaller)()
            self._turned -= NOTCH if up else -NOTCH
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        """Repaint in new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()

    # Drag and drop -----------------------------------------------------------------------------------------------

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Drag the selection as a small stack of pictures."""
        ids = self.selected_ids()
        if not ids:
            return
        drag = QDrag(self)
        drag.setMimeData(drag_data.pack(ids))
        drag.setPixmap(drag_picture(self, [self._rows.tile(i).file for i in ids[:3]], len(ids), self._thumbnails))
        drag.setHotSpot(QPoint(3 * GRID, 3 * GRID))
        drag.exec(Qt.DropAction.CopyAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Examples out of a bin, and anything from elsewhere."""
        self._consider(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """As on entering."""
        self._consider(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Examples are taken out of their bin; what comes from elsewhere is passed on."""
        what = drag_data.unpack(event.mimeData())
        drag_data.take(event)
        if what.source:
            self.taken_back.emit(what.ids)
        elif not what.ids:
            self.dropped.emit(what)

    def _consider(self, event: QDragMoveEvent) -> None:
        mime = event.mimeData()
        wanted = bool(drag_data.unpack(mime).source) if drag_data.is_ours(mime) else drag_data.accepts(mime)
        if wanted:
            drag_data.take(event)
        else:
            event.ignore()
