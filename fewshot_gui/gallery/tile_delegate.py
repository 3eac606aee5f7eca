"""Delegate of the gallery: paints a tile and its buttons."""

from PySide6.QtCore import QCoreApplication, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from fewshot_gui.gallery.model import TILE, AnyIndex
from fewshot_gui.gallery.tile_data import Tile, label_words
from fewshot_gui.session.thumbnails import Thumbnails
from fewshot_gui.style import icons, theme
from fewshot_gui.style.picture_size import PICTURE
from fewshot_gui.style.theme import GRID
from fewshot_gui.widgets.elided_label import one_line
from fewshot_gui.widgets.fitted_pixmap import RADIUS, paint_fitted

AROUND = QSize(3 * GRID, 8 * GRID)
"""What a cell is larger than its picture."""
CELL = QSize(PICTURE, PICTURE) + AROUND
BUTTON = 4 * GRID - 4
CONFIRM, REJECT = "confirm", "reject"


class TileDelegate(QStyledItemDelegate):
    """Draws tiles; asks for the thumbnails of those that are painted, that is, of visible ones only."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self.side = PICTURE
        """Of the pictures, in logical pixels."""
        self.pointer = QPoint(-1, -1)
        """Where the mouse is, in the view."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """All tiles are alike."""
        return cell_for(self.side)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """One tile."""
        tile = index.data(TILE)
        if not isinstance(tile, Tile):
            return
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        cell = option.rect
        card, picture = card_rect(cell), picture_rect(cell)
        _paint_card(painter, card, option.state)
        self._paint_picture(painter, picture, tile)
        words = QRect(picture.left(), picture.bottom() + 1 + GRID // 2, picture.width(), 40)
        if tile.label or tile.none:
            _paint_label(painter, words, tile)
        _paint_name(painter, words, tile)
        if option.state & QStyle.StateFlag.State_MouseOver and can_judge(tile):
            self._paint_buttons(painter, cell)
        painter.restore()

    def _paint_buttons(self, painter: QPainter, cell: QRect) -> None:
        now, scale = theme.tokens(), painter.device().devicePixelRatioF()
        for verdict, icon in ((CONFIRM, "check"), (REJECT, "close")):
            box = button_rect(cell, verdict)
            pressed = box.contains(self.pointer)
            painter.setPen(QPen(QColor(now.line), 1))
            painter.setBrush(QColor(now.accent if pressed else now.surface))
            painter.drawEllipse(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5))
            mark = icons.pixmap(icon, now.on_accent if pressed else now.text, 16, scale)
            painter.drawPixmap(box.center() - QPoint(7, 7), mark)

    def _paint_picture(self, painter: QPainter, box: QRect, tile: Tile) -> None:
        scale = painter.device().devicePixelRatioF()
        wanted = round(box.width() * scale)
        pixmap = None
        if not tile.unreadable:
            pixmap = self._thumbnails.get(tile.file, wanted) or self._thumbnails.stand_in(tile.file)
        if tile.unreadable:
            _paint_broken(painter, box)
        elif pixmap is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.tokens().sunken))
            painter.drawRoundedRect(QRectF(box), RADIUS, RADIUS)
        else:
            paint_fitted(painter, box, pixmap)
        if tile.given:
            _paint_given(painter, box, tile)
        elif tile.rejected:
            _paint_mark(painter, QRectF(box.right() - 27, box.top() + 4, 24, 24), "close")
        if tile.twin:
            _paint_mark(painter, QRectF(box.left() + 4, box.top() + 4, 24, 24), "copy")


def can_judge(tile: Tile) -> bool:
    """Whether the tile offers to confirm and to reject: it has a label that is not the person's own."""
    return bool(tile.label) and not tile.given and not tile.unreadable


def cell_for(side: int) -> QSize:
    """The least cell for pictures of that side. In a row that is wider, cells have the same height."""
    return QSize(side, side) + AROUND


def card_rect(cell: QRect) -> QRect:
    """The tile's card in its cell."""
    side = cell.height() - AROUND.height()
    card = QRect(QPoint(0, 0), cell_for(side) - QSize(GRID, GRID))
    card.moveCenter(cell.center())
    return card


def picture_rect(cell: QRect) -> QRect:
    """The room for the tile's picture in its cell."""
    card = card_rect(cell)
    side = cell.height() - AROUND.height()
    return QRect(card.left() + GRID, card.top() + GRID, side, side)


def button_rect(cell: QRect, verdict: str) -> QRect:
    """Where the button for CONFIRM or REJECT is, in a tile's cell: at the lower corners of the picture."""
    picture = picture_rect(cell)
    left = picture.left() + GRID // 2 if verdict == CONFIRM else picture.right() - BUTTON - GRID // 2 + 1
    return QRect(left, picture.bottom() - BUTTON - GRID // 2 + 1, BUTTON, BUTTON)


def verdict_at(cell: QRect, tile: Tile, point: QPoint) -> str:
    """CONFIRM or REJECT where ``point`` is on that button, else ""."""
    if not can_judge(tile):
        return ""
    return next((v for v in (CONFIRM, REJECT) if button_rect(cell, v).contains(point)), "")


def _paint_card(painter: QPainter, card: QRect, state: QStyle.StateFlag) -> None:
    now, flag = theme.tokens(), QStyle.StateFlag
    area = QRectF(card).adjusted(1, 1, -1, -1)
    selected = bool(state & flag.State_Selected)
    if selected or state & flag.State_MouseOver:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(now.accent_soft if selected else now.hover))
        painter.drawRoundedRect(area, GRID, GRID)
    if selected or state & flag.State_HasFocus:
        focused = bool(state & flag.State_HasFocus)
        painter.setPen(QPen(QColor(now.accent if focused or selected else now.line), 2.5 if focused else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area, GRID, GRID)


def _paint_broken(painter: QPainter, box: QRect) -> None:
    now = theme.tokens()
    painter.setPen(QPen(QColor(now.line), 1, Qt.PenStyle.DashLine))
    painter.setBrush(QColor(now.sunken))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
    mark = icons.pixmap("image-broken", now.muted, 32, painter.device().devicePixelRatioF())
    painter.setPen(QColor(now.muted))
    painter.setFont(theme.font(theme.CAPTION))
    text = QCoreApplication.translate("TileDelegate", "Cannot be read")
    if painter.fontMetrics().horizontalAdvance(text) > box.width():
        painter.drawPixmap(box.center() - QPoint(15, 15), mark)
        return
    painter.drawPixmap(box.center() - QPoint(15, 24), mark)
    painter.drawText(box.adjusted(0, box.height() // 2 + GRID, 0, 0), Qt.AlignmentFlag.AlignHCenter, text)


def _paint_given(painter: QPainter, box: QRect, tile: Tile) -> None:
    """The person's own examples wear a tick in the bin's colour."""
    colour = theme.bin_colour(tile.colour or 0)
    mark = QRectF(box.right() - 27, box.top() + 4, 24, 24)
    painter.setPen(QPen(QColor(theme.tokens().surface), 2))
    painter.setBrush(colour)
    painter.drawEllipse(mark)
    tick = icons.pixmap("check", theme.text_on(colour).name(), 16, painter.device().devicePixelRatioF())
    painter.drawPixmap(QPointF(mark.left() + 4, mark.top() + 4), tick)


def _paint_mark(painter: QPainter, mark: QRectF, icon: str) -> None:
    """A quiet sign on the picture: a label was rejected, or another image has the same content."""
    now = theme.tokens()
    painter.setPen(QPen(QColor(now.line), 1))
    painter.setBrush(QColor(now.surface))
    painter.drawRoundedRect(mark, 6, 6)
    sign = icons.pixmap(icon, now.muted, 16, painter.device().devicePixelRatioF())
    painter.drawPixmap(QPointF(mark.left() + 4, mark.top() + 4), sign)


def _paint_label(painter: QPainter, area: QRect, tile: Tile) -> None:
    now = theme.tokens()
    line = QRect(area.left(), area.top(), area.width(), 20)
    colour = QColor(now.control) if tile.colour is None else theme.bin_colour(tile.colour)
    painter.setPen(QPen(colour, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush if tile.unsure else colour)
    painter.drawRoundedRect(QRectF(line.left() + 1, line.top() + 5, 10, 10), 3, 3)
    painter.setFont(theme.font(theme.CAPTION))
    width = painter.fontMetrics().horizontalAdvance(tile.figure) + GRID if tile.figure else 0
    painter.setPen(QColor(now.muted))
    painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, tile.figure)
    painter.setFont(theme.font(theme.BODY))
    painter.setPen(QColor(now.muted if tile.unsure else now.text))
    room = line.adjusted(2 * GRID + 2, 0, -width, 0)
    name = painter.fontMetrics().elidedText(label_words(tile), Qt.TextElideMode.ElideMiddle, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)


def _paint_name(painter: QPainter, area: QRect, tile: Tile) -> None:
    painter.setFont(theme.font(theme.CAPTION))
    painter.setPen(QColor(theme.tokens().muted))
    line = QRect(area.left(), area.top() + 20 if tile.label or tile.none else area.top() + 4, area.width(), 16)
    name = painter.fontMetrics().elidedText(one_line(tile.name), Qt.TextElideMode.ElideMiddle, line.width())
    painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
