"""Card beside the pointer: the image under it, and its caption."""

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from backend.types import ImageFile, ImageId
from fewshot_gui.session.thumbnails import Thumbnails
from fewshot_gui.style.picture_size import PICTURE
from fewshot_gui.style.theme import GRID
from fewshot_gui.widgets.elided_label import one_line
from fewshot_gui.widgets.wrapping_label import breakable


class HoverCard(QFrame):
    """Follows the mouse inside ``parent``, and never catches it."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._thumbnails, self._room = thumbnails, parent
        self._file: ImageFile | None = None
        self._picture, self._words = QLabel(self), QLabel(self)
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setProperty("role", "caption")
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setFixedSize(QSize(PICTURE, PICTURE) / 2 * 1.5)
        self._words.setFixedWidth(self._picture.width())
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.setSpacing(GRID // 2)
        column.addWidget(self._picture)
        column.addWidget(self._words)
        thumbnails.ready.connect(self._on_ready)
        self.hide()

    def show_image(self, file: ImageFile | None, words: str, at: QPoint) -> None:
        """Show this image at this place of the parent; None hides the card."""
        self._file = file
        if file is None:
            self.hide()
            return
        self._words.setText(breakable(one_line(words)))
        self._fill(file)
        self.adjustSize()
        room = self._room.size()
        right = at.x() + 2 * GRID + self.width() <= room.width()
        x = at.x() + 2 * GRID if right else at.x() - 2 * GRID - self.width()
        y = min(max(0, at.y() - self.height() // 2), max(0, room.height() - self.height()))
        self.move(max(0, x), y)
        self.show()
        self.raise_()

    def _fill(self, file: ImageFile) -> None:
        scale = self.devicePixelRatioF()
        pixmap = self._thumbnails.get(file, round(PICTURE * scale))
        if pixmap is None:
            self._picture.setPixmap(QPixmap())
            return
        mode = Qt.TransformationMode.SmoothTransformation
        fitted = pixmap.scaled(self._picture.size() * scale, Qt.AspectRatioMode.KeepAspectRatio, mode)
        fitted.setDevicePixelRatio(scale)
        self._picture.setPixmap(fitted)

    def _on_ready(self, image: ImageId) -> None:
        if self._file is not None and self._file.id == image and self.isVisible():
            self._fill(self._file)
