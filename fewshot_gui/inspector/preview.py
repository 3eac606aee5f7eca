"""Large picture of one image."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from backend.types import ImageFile
from fewshot_gui.session.thumbnails import Thumbnails
from fewshot_gui.style import icons, theme
from fewshot_gui.widgets.fitted_pixmap import paint_fitted

SIDE = 640
"""Decoded so large, in device pixels."""


class Preview(QWidget):
    """Shows the picture as large as there is room; a blank ground while it is decoded."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._file: ImageFile | None = None
        self._broken = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        thumbnails.ready.connect(self._on_thumbnail)

    def show_file(self, file: ImageFile, broken: bool) -> None:
        """Show this image."""
        self._file, self._broken = file, broken
        self.setAccessibleName(self.tr("Picture of {}").format(file.path.name))
        self.update()

    def sizeHint(self) -> QSize:
        """Square, as wide as the panel."""
        return QSize(self.width(), min(self.width(), 360))

    def hasHeightForWidth(self) -> bool:
        """The height follows the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Square, up to a limit."""
        return min(width, 360)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, or a mark that it cannot be read."""
        if self._file is None:
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        pixmap = None if self._broken else self._thumbnails.get(self._file, SIDE)
        if pixmap is not None:
            paint_fitted(painter, self.rect(), pixmap)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tokens().sunken))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        if self._broken:
            mark = icons.pixmap("image-broken", theme.tokens().muted, 48, self.devicePixelRatioF())
            painter.drawPixmap(self.rect().center() - QPoint(23, 23), mark)

    def _on_thumbnail(self, image: str) -> None:
        if self._file is not None and self._file.id == image:
            self.update()
