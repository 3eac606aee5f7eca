"""The examples that decided, with their weights."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from backend.types import ImageFile
from fewshot_gui import theme
from fewshot_gui.gallery.model import figure
from fewshot_gui.gallery.thumbnails import Thumbnails
from fewshot_gui.gallery.tile import paint_fitted
from fewshot_gui.theme import GRID

SIDE = 7 * GRID
SHOWN = 4


class Because(QWidget):
    """A row of example pictures, each with its share of the decision."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._items: list[tuple[ImageFile, float]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        thumbnails.ready.connect(self._on_thumbnail)

    def show_items(self, items: list[tuple[ImageFile, float]]) -> None:
        """Show (example, weight 0..1), the heaviest first."""
        self._items = items[:SHOWN]
        words = ", ".join(f"{file.path.name} {figure(weight, None)}" for file, weight in self._items)
        self.setAccessibleName(self.tr("Because of: {}").format(words))
        self.update()

    def sizeHint(self) -> QSize:
        """One row."""
        return QSize(SHOWN * (SIDE + GRID), SIDE + 3 * GRID)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Pictures with figures below."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setFont(theme.font(theme.CAPTION))
        for place, (file, weight) in enumerate(self._items):
            box = QRect(QPoint(place * (SIDE + GRID), 0), QSize(SIDE, SIDE))
            pixmap = self._thumbnails.get(file, round(2 * SIDE * self.devicePixelRatioF()))
            if pixmap is not None:
                paint_fitted(painter, box, pixmap)
            painter.setPen(QColor(theme.tokens().muted))
            words = QRect(box.left(), box.bottom() + GRID // 2, SIDE, 2 * GRID)
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, figure(weight, None))

    def _on_thumbnail(self, image: str) -> None:
        if any(file.id == image for file, _ in self._items):
            self.update()
