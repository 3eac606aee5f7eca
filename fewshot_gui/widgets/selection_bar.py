"""Bar below a panel: selects images in the gallery and tells how many."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from backend.types import ImageId
from fewshot_gui.session.folder.library import Library
from fewshot_gui.style.theme import GRID
from fewshot_gui.widgets.image_selection import ImageSelection
from fewshot_gui.widgets.muted_label import QuietLine


class SelectionBar(QWidget):
    """A line of words, and a button that shows nothing but the chosen images."""

    def __init__(self, library: Library, selection: ImageSelection, show_image: Callable[[ImageId], None]) -> None:
        super().__init__()
        self._library, self._selection, self._show_image = library, selection, show_image
        self._ids: list[ImageId] = []
        self._title = ""
        self._words, self._only = QuietLine(self), QPushButton(self.tr("Show only these"), self)
        self._only.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self._words, 1)
        row.addWidget(self._only)
        self.setFixedHeight(4 * GRID)
        self._only.clicked.connect(self._show_only)
        library.reset.connect(self.clear)

    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def clear(self) -> None:
        """Nothing is chosen."""
        self._ids = []
        self.say("")

    def say(self, words: str) -> None:
        """Words alone."""
        self._words.say(words)
        self._only.setVisible(bool(self._ids))

    def select(self, ids: Sequence[ImageId], title: str) -> None:
        """Select these images in the gallery (see ``ImageSelection``). Examples from outside the folder have no tile:
        if all are, the first is shown large."""
        self._ids, self._title = [i for i in ids if i in self._library.files], title
        if self._ids:
            self._selection.select(self._ids, title)
        elif ids:
            self._show_image(ids[0])
        self.say(self._sentence(len(ids) - len(self._ids)))

    def _sentence(self, outside: int) -> str:
        count = len(self._ids)
        if not count and not outside:
            return self.tr("{}: no image").format(self._title)
        if not count:
            pattern = self.tr(
                "{title}: {n} from outside the folder, so without a tile; the first is shown at the right"
            )
            return pattern.format(title=self._title, n=outside)
        if outside:
            pattern = self.tr("{title}: {n} selected in the gallery; {outside} from outside the folder have no tile")
            return pattern.format(title=self._title, n=f"{count:,}", outside=outside)
        return self.tr("{title}: {n} selected in the gallery").format(title=self._title, n=f"{count:,}")

    def _show_only(self) -> None:
        ids = [i for i in self._ids if i in self._library.files]
        if ids:
            self._selection.show_only(ids, self._title)
