"""Examples that a label rests on, with their weights."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from backend.types import ImageFile
from fewshot_gui.inspector.example_button import TILE, ExampleButton
from fewshot_gui.session.thumbnails import Thumbnails
from fewshot_gui.style.theme import GRID
from fewshot_gui.translation import sentences
from fewshot_gui.translation.confidence_text import figure
from fewshot_gui.widgets.wrapping_label import WrappingLabel

SHOWN = 8
GAP = GRID
LEAST_WEIGHT = 0.01
"""Examples with less than this share decided next to nothing."""


class Evidence(QWidget):
    """Pictures of the examples, each with its share of the decision, the heaviest first, below a note where they need
    one; or a sentence why there are none.

    Signals:
        asked(id): the person wants to see that example.
    """

    asked = Signal(object)

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles = _Tiles(thumbnails, self)
        self._note, self._rest = WrappingLabel("", "", self), WrappingLabel("", "caption", self)
        for button in self._tiles.buttons:
            button.asked.connect(self.asked)
        self._note.setContentsMargins(0, 0, 0, GRID // 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self._note)
        column.addWidget(self._tiles)
        column.addWidget(self._rest)

    def show_items(self, items: Sequence[tuple[ImageFile, str, float]], note: str = "") -> None:
        """Show (example, its bin, weight 0..1), the heaviest first, and what is to be said of them."""
        shown = [item for item in items[:SHOWN] if item[2] >= LEAST_WEIGHT] or items[:1]
        others = [weight for _, _, weight in items[len(shown) :]]
        tell = sum(others) >= LEAST_WEIGHT
        self._tiles.show_items(shown)
        self._tiles.setVisible(bool(shown))
        text = self.tr("Other examples: {share} together ({count}).")
        _put(self._rest, text.format(count=f"{len(others):,}", share=figure(sum(others), None)) if tell else "")
        _put(self._note, note)
        words = ", ".join(f"{file.path.name} {figure(weight, None)}" for file, _, weight in shown)
        self.setAccessibleName(sentences(self.tr("Because of: {}").format(words), note))

    def say(self, text: str) -> None:
        """No examples, but a sentence."""
        self._tiles.hide()
        self._note.hide()
        _put(self._rest, text)
        self.setAccessibleName(text)

    def text(self) -> str:
        """The sentence below the pictures."""
        return self._rest.text()

    def note(self) -> str:
        """The sentence above the pictures; "" for none."""
        return "" if self._note.isHidden() else self._note.text()


def _put(label: WrappingLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))


class _Tiles(QWidget):
    """As many pictures side by side as there is room for, and further rows below."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self.buttons = [ExampleButton(thumbnails, parent=self) for _ in range(SHOWN)]
        self._count = 0
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_items(self, items: Sequence[tuple[ImageFile, str, float]]) -> None:
        self._count = len(items)
        for button, (file, home, weight) in zip(self.buttons, items, strict=False):
            share = figure(weight, None)
            words = self.tr("{name}, example of “{bin}”: {share} of the decision")
            button.show_example(file, share, words.format(name=file.path.name, bin=home, share=share))
        for place, button in enumerate(self.buttons):
            button.setVisible(place < self._count)
        self._place()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(TILE.width(), self.heightForWidth(self.width()))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = -(-self._count // _columns(width))
        return max(0, rows * (TILE.height() + GAP) - GAP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        for place, button in enumerate(self.buttons):
            row, column = divmod(place, _columns(self.width()))
            corner = QPoint(column * (TILE.width() + GAP), row * (TILE.height() + GAP))
            button.setGeometry(QRect(corner, TILE))


def _columns(width: int) -> int:
    return max(1, (width + GAP) // (TILE.width() + GAP))
