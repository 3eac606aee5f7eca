"""Button with the picture of an example; it leads to the example in its bin."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from backend.types import ImageFile, ImageId
from fewshot_gui.session.thumbnails import Thumbnails
from fewshot_gui.style import theme
from fewshot_gui.style.theme import GRID
from fewshot_gui.widgets.fitted_pixmap import paint_fitted

SIDE = 7 * GRID
TILE = QSize(SIDE, SIDE + 2 * GRID)
"""Of a button with its figure below the picture."""
CHIP = 10
ROW_SIDE = 5 * GRID
ROW = ROW_SIDE + GRID
"""Height of a button with words beside the picture."""


class ExampleButton(QPushButton):
    """The picture of one example with a figure below it or, where ``beside``, with a bin and the figure beside it.

    Signals:
        asked(id): the person wants to see that example.
    """

    asked = Signal(object)

    def __init__(self, thumbnails: Thumbnails, beside: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails, self._beside = thumbnails, beside
        self._file: ImageFile | None = None
        self._caption = self._bin = ""
        self._slot: int | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)
        thumbnails.ready.connect(self._on_thumbnail)

    def show_example(self, file: ImageFile, caption: str, words: str, name: str = "", slot: int | None = None) -> None:
        """Show this example; ``words`` say all of it to tool tips and screen readers. Beside the picture there is room
        for a bin, too: its ``name`` and palette ``slot``."""
        self._file, self._caption, self._bin, self._slot = file, caption, name, slot
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.update()

    def example(self) -> ImageId:
        """The example's id; "" before there is one."""
        return self._file.id if self._file is not None else ""

    def sizeHint(self) -> QSize:
        """A tile, or a row as wide as there is room."""
        return QSize(20 * GRID, ROW) if self._beside else TILE

    def minimumSizeHint(self) -> QSize:
        """Lines are shortened where there is less room."""
        return QSize(2 * ROW, ROW) if self._beside else TILE

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture and its words; a ground under the mouse, a ring around the focus."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if self._beside:
            paint_state(painter, self)
        side, inset = (ROW_SIDE, GRID // 2) if self._beside else (SIDE, 0)
        box = QRect(QPoint(inset, inset), QSize(side, side))
        pixmap = self._thumbnails.get(self._file, round(2 * SIDE * self.devicePixelRatioF())) if self._file else None
        if pixmap is not None:
            paint_fitted(painter, box, pixmap)
        if self._beside:
            words = QRect(box.right() + GRID, box.top(), self.width() - box.right() - 2 * GRID, side // 2)
            painter.setFont(theme.font())
            paint_bin(painter, words, self._bin, self._slot)
            self._paint_caption(painter, words.translated(0, side // 2), Qt.AlignmentFlag.AlignLeft)
        else:
            words = QRect(0, box.bottom() + 1, self.width(), 2 * GRID)
            self._paint_caption(painter, words, Qt.AlignmentFlag.AlignHCenter)
            self._paint_ring(painter, box)

    def _paint_ring(self, painter: QPainter, box: QRect) -> None:
        """Around the picture, under the mouse and with the keyboard's focus."""
        if self.hasFocus() or self.underMouse():
            now = theme.tokens()
            painter.setPen(QPen(QColor(now.accent if self.hasFocus() else now.control), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 6, 6)

    def _paint_caption(self, painter: QPainter, room: QRect, side: Qt.AlignmentFlag) -> None:
        painter.setFont(theme.font(theme.CAPTION))
        painter.setPen(QColor(theme.tokens().muted))
        shown = painter.fontMetrics().elidedText(self._caption, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, shown)

    def _on_clicked(self) -> None:
        self.asked.emit(self.example())

    def _on_thumbnail(self, image: ImageId) -> None:
        if image == self.example():
            self.update()


def paint_state(painter: QPainter, button: QPushButton) -> None:
    """The ground and frame of a button as wide as the panel."""
    now = theme.tokens()
    painter.setPen(QPen(QColor(now.accent), 2) if button.hasFocus() else QPen(QColor(now.line), 1))
    painter.setBrush(QColor(now.sunken if button.isDown() else now.hover if button.underMouse() else now.surface))
    painter.drawRoundedRect(QRectF(button.rect()).adjusted(1, 1, -1, -1), 6, 6)


def paint_bin(painter: QPainter, room: QRect, name: str, slot: int | None) -> None:
    """A bin's chip, where it has a palette slot, and as much of its name as there is room for."""
    if slot is not None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.bin_colour(slot))
        painter.drawRoundedRect(QRectF(room.left(), room.center().y() - CHIP // 2 + 1, CHIP, CHIP), 3, 3)
        room = room.adjusted(CHIP + 6, 0, 0, 0)
    painter.setPen(QColor(theme.tokens().text))
    shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
