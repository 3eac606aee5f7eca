"""What hangs at the pointer during a drag: up to three pictures as a stack, and their number."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from backend.types import ImageFile
from fewshot_gui.session.thumbnails import Thumbnails
from fewshot_gui.style import theme
from fewshot_gui.style.picture_size import PICTURE
from fewshot_gui.widgets.fitted_pixmap import paint_fitted

SIDE, STEP = 72, 6


def drag_picture(widget: QWidget, files: Sequence[ImageFile], count: int, thumbnails: Thumbnails) -> QPixmap:
    """A pixmap of the stack; pictures that are not decoded yet are blank."""
    scale = widget.devicePixelRatioF()
    whole = SIDE + 2 * STEP + 12
    result = QPixmap(round(whole * scale), round(whole * scale))
    result.setDevicePixelRatio(scale)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    for place in reversed(range(len(files))):
        box = QRect(place * STEP, place * STEP + 12, SIDE, SIDE)
        picture = thumbnails.stand_in(files[place]) or thumbnails.get(files[place], round(PICTURE * scale))
        if picture is not None:
            paint_fitted(painter, box, picture)
    if count > 1:
        _paint_count(painter, QRectF(SIDE - 8, 0, 32, 24), count)
    painter.end()
    return result


def _paint_count(painter: QPainter, box: QRectF, count: int) -> None:
    now = theme.tokens()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(now.accent))
    painter.drawRoundedRect(box, 12, 12)
    painter.setPen(QColor(now.on_accent))
    painter.setFont(theme.font(theme.CAPTION, strong=True))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(count) if count < 1000 else "999+")
