"""Badge of suspect examples, and navigation to the next one."""

from collections.abc import Container

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from backend.types import ImageId
from fewshot_gui.session.bin_state import BinState
from fewshot_gui.style import icons, theme

SIGN = 20


def next_doubtful(bins: BinState, doubtful: Container[ImageId], after: ImageId) -> ImageId:
    """The first doubtful example behind ``after``, bin by bin, from the start again at the end; "" where there is
    none."""
    order = [i for b in bins for i in b.examples]
    start = order.index(after) + 1 if after in order else 0
    return next((i for i in order[start:] + order[:start] if i in doubtful), "")


def paint_doubt(painter: QPainter, box: QRect) -> None:
    """A small alert at the upper right corner of an example's picture."""
    now = theme.tokens()
    sign = QRectF(box.right() - SIGN + 3, box.top() - 2, SIGN, SIGN)
    painter.setPen(QPen(QColor(now.control), 1))
    painter.setBrush(QColor(now.warn_soft))
    painter.drawRoundedRect(sign, 6, 6)
    mark = icons.pixmap("alert", now.text, 16, painter.device().devicePixelRatioF())
    painter.drawPixmap(QPointF(sign.left() + 2, sign.top() + 1), mark)
