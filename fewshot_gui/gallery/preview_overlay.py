"""Zoomable preview of one image over the whole window."""

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import QWidget

from backend.types import ImageFile
from fewshot_gui.session.thumbnails import Thumbnails
from fewshot_gui.style import theme
from fewshot_gui.style.theme import GRID
from fewshot_gui.widgets.elided_label import one_line

FIRST_SIDE, FULL_SIDE = 640, 8192
"""Pixels of the longer side: what is shown at once, and what follows."""
HEAD = 5 * GRID
STEP = 1.25
ANSWERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Backspace)
LARGEST, LARGEST_FIT = 32.0, 8.0
"""Screen pixels to one of the picture's, by zooming and by fitting."""


class PreviewOverlay(QWidget):
    """Covers ``over``, as a sibling of it. Space and Escape close it, + and − or the wheel zoom, Z changes between
    fitted and actual size, dragging moves the picture.

    Signals:
        moved(step): the person wants the image so many places further.
        confirmed(), rejected(): the shown label is right, or wrong. closed(): it is not shown any more.
    """

    moved = Signal(int)
    confirmed = Signal()
    rejected = Signal()
    closed = Signal()

    def __init__(self, thumbnails: Thumbnails, over: QWidget) -> None:
        super().__init__(over.parentWidget())
        self._over = over
        self._thumbnails = thumbnails
        self._file: ImageFile | None = None
        self._words = ""
        self._zoom = 0.0
        self._middle, self._grip = QPointF(0.5, 0.5), QPointF()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.hide()
        thumbnails.ready.connect(self._on_picture)
        over.installEventFilter(self)

    def show_file(self, file: ImageFile, words: str) -> None:
        """Show this image, fitted; ``words`` say what it is labelled."""
        new = self._file is None or file.id != self._file.id or not self.isVisible()
        self._file, self._words = file, words
        if new:
            self._zoom, self._middle = 0.0, QPointF(0.5, 0.5)
        self.setAccessibleName(self.tr("Preview of {}").format(words))
        self.setGeometry(self._over.geometry())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.update()

    def leave(self) -> None:
        """Show it no more."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def zoom(self) -> float:
        """Screen pixels to one of the picture's."""
        return self._zoom or self._fit()

    def set_zoom(self, zoom: float, at: QPointF | None = None) -> None:
        """Zoom; the point ``at`` (of the widget) stays where it is."""
        pixmap, before = self._pixmap(), self.zoom()
        if pixmap is None:
            return
        wanted = max(min(self._fit(), 1.0), min(LARGEST, zoom))
        place = at if at is not None else self._canvas().center()
        apart = place - self._canvas().center()
        shift = apart / before - apart / wanted
        self._zoom = wanted
        self._set_middle(self._middle + QPointF(shift.x() / self._size().x(), shift.y() / self._size().y()))

    # Painting ----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture on a calm ground, with its name above."""
        now, painter = theme.tokens(), QPainter(self)
        painter.fillRect(self.rect(), QColor(now.sunken))
        pixmap, canvas = self._pixmap(), self._canvas()
        if pixmap is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.zoom() < 4)
            painter.setClipRect(canvas)
            painter.drawPixmap(self._target(), pixmap, QRectF(pixmap.rect()))
            painter.setClipping(False)
        painter.fillRect(QRectF(0, 0, self.width(), HEAD), QColor(now.surface))
        line = self.rect().adjusted(2 * GRID, 0, -2 * GRID, 0)
        line.setHeight(HEAD)
        hints = self.tr("{:.0%}   ·   Space closes   ·   + − zoom   ·   Z actual size").format(self.zoom())
        painter.setFont(theme.font())
        painter.setPen(QColor(now.muted))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, hints)
        room = line.width() - painter.fontMetrics().horizontalAdvance(hints) - 4 * GRID
        painter.setFont(theme.font(strong=True))
        painter.setPen(QColor(now.text))
        words = painter.fontMetrics().elidedText(one_line(self._words), Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)

    def _pixmap(self) -> QPixmap | None:
        """The whole picture once it is decoded, before that a smaller one."""
        if self._file is None:
            return None
        full = self._thumbnails.get(self._file, FULL_SIDE)
        return full if full is not None else self._thumbnails.get(self._file, FIRST_SIDE)

    def _size(self) -> QPointF:
        """Width and height of the original, in pixels."""
        original = self._thumbnails.original(self._file) if self._file is not None else None
        return QPointF(*original) if original is not None else QPointF(1, 1)

    def _canvas(self) -> QRectF:
        return QRectF(0, HEAD, self.width(), max(1, self.height() - HEAD))

    def _fit(self) -> float:
        size, canvas = self._size(), self._canvas()
        return min(canvas.width() / size.x(), canvas.height() / size.y(), LARGEST_FIT)

    def _target(self) -> QRectF:
        shown = self._size() * self.zoom()
        centre = self._canvas().center()
        corner = centre - QPointF(self._middle.x() * shown.x(), self._middle.y() * shown.y())
        return QRectF(corner.x(), corner.y(), shown.x(), shown.y())

    def _set_middle(self, middle: QPointF) -> None:
        """Which part of the picture (0..1) is in the middle; no further out than the picture goes."""
        shown, canvas = self._size() * self.zoom(), self._canvas()

        def bound(value: float, length: float, room: float) -> float:
            half = min(0.5, room / 2 / length)
            return min(max(value, half), 1 - half)

        x, y = bound(middle.x(), shown.x(), canvas.width()), bound(middle.y(), shown.y(), canvas.height())
        self._middle = QPointF(x, y)
        self.update()

    def _on_picture(self, image: str) -> None:
        if self._file is not None and image == self._file.id:
            self.update()

    # Keys and mouse ----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close, move on, answer, zoom. A key that is held answers once."""
        key = Qt.Key(event.key())
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        if key in (Qt.Key.Key_Space, Qt.Key.Key_Escape):
            self.leave()
        elif key in steps:
            self.moved.emit(steps[key])
        elif key in ANSWERS:
            if not event.isAutoRepeat():
                (self.rejected if key == Qt.Key.Key_Backspace else self.confirmed).emit()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.set_zoom(self.zoom() * (1 / STEP if key == Qt.Key.Key_Minus else STEP))
        elif key == Qt.Key.Key_Z:
            self._toggle()
        else:
            super().keyPressEvent(event)

    def _toggle(self, at: QPointF | None = None) -> None:
        if self._zoom:
            self._zoom, self._middle = 0.0, QPointF(0.5, 0.5)
            self.update()
        else:
            self.set_zoom(1.0 if abs(self._fit() - 1) > 0.01 else 2.0, at)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the pointer."""
        self.set_zoom(self.zoom() * STEP ** (event.angleDelta().y() / 120), event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Grip the picture."""
        self._grip = event.position()
        self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move it."""
        moved, shown = self._grip - event.position(), self._size() * self.zoom()
        self._grip = event.position()
        self._set_middle(self._middle + QPointF(moved.x() / shown.x(), moved.y() / shown.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Fitted or actual size."""
        self._toggle(event.position())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay where that is."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self.setGeometry(self._over.geometry())
        return super().eventFilter(watched, event)
