"""Button that counts the labels which would change from one bin to another, and shows them."""

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from fewshot_gui.inspector.example_button import paint_bin, paint_state
from fewshot_gui.style import theme
from fewshot_gui.style.theme import GRID

HEIGHT = 6 * GRID
ARROW, ARROW_ROOM = "→", 2 * GRID + GRID // 2


class FlipButton(QPushButton):
    """*9  dog*, and below it *→ cat*. ``names`` are those of the two bins; the second is "" for no label."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.names = ("", "")
        self._count = self._widest = ""
        self._slots: tuple[int | None, int | None] = (None, None)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_move(self, count: int, old: str, new: str, colours: Mapping[str, int], widest: int) -> None:
        """Show that so many images would go from ``old`` to ``new``; ``colours`` are palette slots by name. There is
        room for as many digits as ``widest`` has."""
        self._count, self._widest, self.names = f"{count:,}", f"{widest:,}", (old, new)
        self._slots = colours.get(old), colours.get(new)
        if new:
            words = self.tr("{count} now “{old}” would be “{new}”. Show these images.")
        else:
            words = self.tr("{count} now “{old}” would have no label. Show these images.")
        words = words.format(count=self._count, old=old, new=new)
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(20 * GRID, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Names are shortened where there is less room."""
        return QSize(12 * GRID, HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The count, and beside it the two bins."""
        painter, now = QPainter(self), theme.tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_state(painter, self)
        painter.setFont(theme.font(strong=True))
        painter.setPen(QColor(now.text))
        room = self.rect().adjusted(GRID, GRID // 2, -GRID, -GRID // 2)
        digits = QRect(room.topLeft(), QSize(painter.fontMetrics().horizontalAdvance(self._widest), room.height()))
        painter.drawText(digits, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._count)
        room.setLeft(digits.right() + 1 + GRID)
        painter.setFont(theme.font())
        line = room.adjusted(ARROW_ROOM, 0, 0, -room.height() // 2)
        paint_bin(painter, line, self.names[0], self._slots[0])
        line = line.translated(0, room.height() // 2)
        paint_bin(painter, line, self.names[1] or self.tr("no label"), self._slots[1])
        painter.setPen(QColor(now.muted))
        painter.drawText(line.adjusted(-ARROW_ROOM, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, ARROW)
