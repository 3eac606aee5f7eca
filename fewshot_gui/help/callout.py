"""A bubble that points at a control of the window, and a ring around that control."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fewshot_gui.style import theme
from fewshot_gui.style.theme import GRID
from fewshot_gui.widgets.wrapping_label import WrappingLabel

WIDTH = 42 * GRID
ARROW = GRID
GAP = GRID // 2
RADIUS = 8


class Bubble(QWidget):
    """Title, text, *Skip* and *Next*. Nothing behind it is locked; Escape skips. It does not move of itself.

    Signals: ``next_asked()``, ``skipped()``.
    """

    next_asked = Signal()
    skipped = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._tip = QPoint()
        self._ring = _Ring(window)
        self._title, self._text, self._place = QLabel(self), WrappingLabel("", ""), QLabel(self)
        self._skip, self._next = QPushButton(self.tr("Skip the tour"), self), QPushButton(self)
        self._title.setProperty("role", "title")
        self._place.setProperty("role", "muted")
        self._next.setProperty("kind", "primary")
        self._next.clicked.connect(self.next_asked)
        self._skip.clicked.connect(self.skipped)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.skipped.emit)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(GRID)
        foot.addWidget(self._place)
        foot.addStretch(1)
        foot.addWidget(self._skip)
        foot.addWidget(self._next)
        column = QVBoxLayout(self)
        room = 2 * GRID + ARROW
        column.setContentsMargins(room, room, room, room)
        column.setSpacing(GRID)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addSpacing(GRID)
        column.addLayout(foot)
        self.setFixedWidth(WIDTH)

    def say(self, title: str, text: str, step: int, steps: int) -> None:
        """Show these words; the keyboard goes to *Next*."""
        last = step == steps
        self._title.setText(title)
        self._text.setText(text)
        self._place.setText(self.tr("{step} of {steps}").format(step=step, steps=steps))
        self._skip.setVisible(not last)
        self._next.setText(self.tr("Done") if last else self.tr("Next"))
        said = self.tr("{title}. {text}").format(title=title, text=text)
        self._next.setAccessibleDescription(said)  # what a screen reader says as the button is reached
        self.setAccessibleName(self.tr("Tour, {step} of {steps}: {title}").format(step=step, steps=steps, title=title))
        for part in (self._ring, self):
            part.show()
            part.raise_()
        self._next.setFocus(Qt.FocusReason.OtherFocusReason)

    def point_at(self, target: QRect) -> None:
        """Stand beside ``target`` (in the window), where there is most room, within the window."""
        room = self._window.rect().adjusted(GRID, GRID, -GRID, -GRID)
        size = QSize(WIDTH, self.heightForWidth(WIDTH))
        self._ring.setGeometry(target.adjusted(-GAP, -GAP, GAP, GAP).intersected(self._window.rect()))
        place, tip = beside(target, size, room)
        self.setGeometry(place)
        self._tip = tip - place.topLeft()
        self.update()

    def leave(self) -> None:
        """Show it no more."""
        self.hide()
        self._ring.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A sheet with soft corners and a point."""
        now, painter = theme.tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sheet = QRectF(self.rect()).adjusted(ARROW, ARROW, -ARROW, -ARROW)
        shape = QPainterPath()
        shape.addRoundedRect(sheet, RADIUS, RADIUS)
        shape = shape.united(_point(sheet, self._tip))
        painter.setPen(QPen(QColor(now.accent), 1.5))
        painter.setBrush(QColor(now.surface))
        painter.drawPath(shape.simplified())


def beside(target: QRect, size: QSize, room: QRect) -> tuple[QRect, QPoint]:
    """Where a sheet of ``size`` stands in ``room``, and the point of ``target`` that it points at: at the right of it,
    at the left, below or above, whichever fits first; else over its lower part."""
    middle = target.center()
    corners = (
        (QPoint(target.right() + 1, middle.y() - size.height() // 2), QPoint(target.right() + 1, middle.y())),
        (QPoint(target.left() - size.width(), middle.y() - size.height() // 2), QPoint(target.left(), middle.y())),
        (QPoint(middle.x() - size.width() // 2, target.bottom() + 1), QPoint(middle.x(), target.bottom() + 1)),
        (QPoint(middle.x() - size.width() // 2, target.top() - size.height()), QPoint(middle.x(), target.top())),
    )
    for corner, tip in corners:
        place = _within(QRect(corner, size), room)
        if not place.intersects(target):
            return place, tip
    place = _within(QRect(QPoint(middle.x() - size.width() // 2, target.bottom() - size.height()), size), room)
    return place, QPoint(place.center().x(), place.top())


def _within(place: QRect, room: QRect) -> QRect:
    x = max(room.left(), min(place.left(), room.right() + 1 - place.width()))
    y = max(room.top(), min(place.top(), room.bottom() + 1 - place.height()))
    return QRect(QPoint(x, y), place.size())


def _point(sheet: QRectF, tip: QPoint) -> QPainterPath:
    """The triangle from the sheet to ``tip``; none where the tip is not beside it."""
    path, half = QPainterPath(), float(ARROW)
    x = min(max(float(tip.x()), sheet.left() + 2 * half), sheet.right() - 2 * half)
    y = min(max(float(tip.y()), sheet.top() + 2 * half), sheet.bottom() - 2 * half)
    if tip.x() <= sheet.left() or tip.x() >= sheet.right():
        edge, end = (sheet.left() + 1, 0.0) if tip.x() <= sheet.left() else (sheet.right() - 1, sheet.right() + half)
        corners = ((edge, y - half), (end, y), (edge, y + half))
    else:
        edge, end = (sheet.top() + 1, 0.0) if tip.y() <= sheet.top() else (sheet.bottom() - 1, sheet.bottom() + half)
        corners = ((x - half, edge), (x, end), (x + half, edge))
    triangle = QPolygonF()
    for corner in (*corners, corners[0]):
        triangle.append(QRectF(*corner, 0, 0).topLeft())
    path.addPolygon(triangle)
    return path


class _Ring(QWidget):
    """Marks the control that is spoken of; clicks go through it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.tokens().accent), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
