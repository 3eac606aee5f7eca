"""Tile size of the gallery, and its slider."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QSlider, QWidget

from fewshot_gui import settings
from fewshot_gui.style.picture_size import PICTURE
from fewshot_gui.style.theme import GRID

SIZES = (64, 80, 96, 120, 144, 176, 216, 264, 320, 392)
"""Longer sides, in logical pixels."""


class TileSize(QObject):
    """The size in force, kept between starts. ``changed(side)``: another one is."""

    changed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        kept = settings.TILE_SIZE.get() or PICTURE
        self.side = min(SIZES, key=lambda side: abs(side - kept))

    def larger(self) -> None:
        """One size up."""
        self.put(SIZES.index(self.side) + 1)

    def smaller(self) -> None:
        """One size down."""
        self.put(SIZES.index(self.side) - 1)

    def reset(self) -> None:
        """The size of the first start."""
        self.put(SIZES.index(PICTURE))

    def put(self, place: int) -> None:
        """The size at that place of ``SIZES``, or the one at the end beyond which it lies."""
        side = SIZES[max(0, min(place, len(SIZES) - 1))]
        if side != self.side:
            self.side = side
            settings.TILE_SIZE.set(side)
            self.changed.emit(side)


class TileSlider(QSlider):
    """Sets the size; follows it where it is set otherwise."""

    def __init__(self, size: TileSize, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._size = size
        self.setRange(0, len(SIZES) - 1)
        self.setPageStep(2)
        self.setFixedSize(11 * GRID, 3 * GRID)
        self.setAccessibleName(self.tr("Size of the pictures"))
        self.setToolTip(self.tr("Size of the pictures (Ctrl and the wheel)"))
        self._follow()
        self.valueChanged.connect(size.put)
        size.changed.connect(self._follow)

    def _follow(self) -> None:
        self.setValue(SIZES.index(self._size.side))
