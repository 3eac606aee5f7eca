"""Commands on a bin that the person picks from a palette."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from backend.types import AlikeGroup
from fewshot_gui.bins.example_view import ExampleView
from fewshot_gui.bins.palette import BinPalette
from fewshot_gui.gallery.panel import GalleryPanel
from fewshot_gui.gallery.precision_check import PrecisionBar
from fewshot_gui.gallery.preview_overlay import PreviewOverlay
from fewshot_gui.gallery.sampling import Sampling
from fewshot_gui.review.panel import ReviewPanel
from fewshot_gui.session.bin_store import BinStore
from fewshot_gui.style.theme import GRID
from fewshot_gui.widgets.message_bar import MessageBar


class BinCommands(QObject):
    """Asks with a palette over ``window``.

    Args:
        command: the window's command that has these keys.
    """

    def __init__(
        self,
        bins: BinStore,
        gallery: GalleryPanel,
        banner: MessageBar,
        sampling: Sampling,
        precision: PrecisionBar,
        review: ReviewPanel,
        command: Callable[[QKeySequence], QAction | None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._bins, self._gallery, self._banner, self._window = bins, gallery, banner, window
        self._precision, self._review = precision, review
        self.palette = BinPalette(window, command)
        self.palette.closed.connect(self._on_closed)
        review.add_asked.connect(self._on_group)
        sampling.nothing.connect(self._on_nothing)

    def ask_bin(self, title: str, then: Callable[[str], object]) -> None:
        """Let the person choose a bin; ``then`` is called with its name."""
        bins = self._bins.bins()
        if not bins:
            text = self.tr("Drag images onto the tile below the bins to make one.")
            self._banner.hint(self.tr("There are no bins yet"), text)
            return
        view = self._gallery.view
        middle = view.mapToGlobal(QPoint(view.width() // 2, 8 * GRID))
        self.palette.ask(title, bins, then, middle)

    def check(self, name: str) -> None:
        """Check the precision of that bin's labels."""
        if not self._precision.start(name):
            self._on_nothing(self.tr("No image without an answer is labelled “{}”.").format(name))

    def _on_group(self, group: AlikeGroup) -> None:
        self.ask_bin(self.tr("Add the group to which bin?"), partial(self._review.add_to, group))

    def _on_nothing(self, why: str) -> None:
        self._banner.hint(self.tr("Nothing to fetch"), why)

    def _on_closed(self) -> None:
        """The keyboard goes back to the preview, to the examples that were meant, or to the gallery."""
        if not isinstance(self._window.focusWidget(), PreviewOverlay | ExampleView):
            self._gallery.take_focus()
