"""Commands that show something: the preview, filters, what to look at next, the palette, the shortcuts."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction, QKeySequence

from backend.types import AlikeGroup, ImageId
from fewshot_gui.bins.example_view import ExampleView
from fewshot_gui.bins.palette import BinPalette
from fewshot_gui.gallery.preview_overlay import PreviewOverlay
from fewshot_gui.gallery.row_order import Filter, Order
from fewshot_gui.gallery.sampling import SampleKind
from fewshot_gui.shortcuts.dialog import ShortcutsDialog
from fewshot_gui.style.theme import GRID

if TYPE_CHECKING:
    from fewshot_gui.main_window.window import MainWindow


class Looking(QObject):
    """Connects these parts with ``window``, which holds them."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._bins, self._gallery = window.session.bins, window.gallery
        self.palette = BinPalette(window, self._command)
        self.viewer = PreviewOverlay(window.session.thumbnails, window.pages())
        view = self._gallery.view
        view.doubleClicked.connect(self.preview)
        view.confirmed.connect(self._on_confirmed)
        view.rejected.connect(self._on_rejected)
        view.chosen.connect(self._on_chosen)
        self.viewer.moved.connect(view.step)
        self.viewer.confirmed.connect(window.answers.confirm)
        self.viewer.rejected.connect(window.answers.reject_shown)
        self.viewer.closed.connect(view.setFocus)
        self.palette.closed.connect(self._on_palette_closed)
        window.tray.add_asked.connect(self._on_group)
        window.fetching.nothing.connect(self._on_nothing)
        window.bins.checked.connect(self._check)
        self._bins.changed.connect(self._on_labelled)
        window.session.library.labelled.connect(self._on_labelled)

    def slots(self) -> dict[str, Callable[[], None]]:
        """By the commands' names."""
        show, fetch, answers = self._gallery.toolbar.show_kind, self._window.fetching.fetch, self._window.answers
        assign, reject = self.tr("Add to which bin?"), self.tr("Never label as which bin?")
        return {
            "show_unsure": partial(show, Filter.UNSURE),
            "show_open": partial(show, Filter.OPEN),
            "show_answered": partial(show, Filter.ANSWERED),
            "ask_first": partial(self._gallery.toolbar.set_order, Order.ASK),
            "differ_first": partial(self._gallery.toolbar.set_order, Order.DIFFER),
            "fetch_random": partial(fetch, SampleKind.RANDOM),
            "fetch_unsure": partial(fetch, SampleKind.UNSURE),
            "fetch_class": partial(self.ask_bin, self.tr("Twenty of which bin?"), partial(fetch, SampleKind.LABEL)),
            "check": partial(self.ask_bin, self.tr("Check which bin's labels?"), self._check),
            "assign_any": partial(self.ask_bin, assign, answers.assign_to),
            "reject_any": partial(self.ask_bin, reject, answers.reject_as),
            "preview": self.preview,
            "shortcuts": self.choose_shortcuts,
        }

    def preview(self) -> None:
        """Show the image with the focus over the whole window; it is selected then, so that keys are meant for it."""
        self._gallery.view.choose(self._gallery.view.current_id())
        self._show(self._gallery.view.current_id())

    def choose_shortcuts(self) -> None:
        """Let the person choose keys."""
        ShortcutsDialog(self._window.commands.shortcuts, self._window).open()

    def _show(self, image: ImageId) -> None:
        file = self._window.session.library.files.get(image)
        if file is not None and image not in self._window.session.library.unreadable:
            self.viewer.show_file(file, self._gallery.model.words(image))

    def ask_bin(self, title: str, then: Callable[[str], object]) -> None:
        """Let the person choose a bin; ``then`` is called with its name."""
        bins = self._bins.bins()
        if not bins:
            text = self.tr("Drag images onto the tile below the bins to make one.")
            self._window.banner.hint(self.tr("There are no bins yet"), text)
            return
        view = self._gallery.view
        middle = view.mapToGlobal(QPoint(view.width() // 2, 8 * GRID))
        self.palette.ask(title, bins, then, middle)

    def _command(self, keys: QKeySequence) -> QAction | None:
        return self._window.commands.shortcuts.command(keys)

    def _on_palette_closed(self) -> None:
        """The keyboard goes back to the preview, to the examples that were meant, or to the gallery."""
        before = self._window.focusWidget()
        if before is not self.viewer and not isinstance(before, ExampleView):
            self._gallery.take_focus()

    def _on_group(self, group: AlikeGroup) -> None:
        self.ask_bin(self.tr("Add the group to which bin?"), partial(self._window.tray.add_to, group))

    def _check(self, name: str) -> None:
        if not self._window.precision.start(name):
            self._on_nothing(self.tr("No image without an answer is labelled “{}”.").format(name))

    def _on_nothing(self, why: str) -> None:
        self._window.banner.hint(self.tr("Nothing to fetch"), why)

    def _on_confirmed(self, image: ImageId) -> None:
        self._window.answers.confirm([image])

    def _on_rejected(self, image: ImageId) -> None:
        self._window.answers.reject_shown([image])

    def _on_chosen(self, image: ImageId) -> None:
        if self.viewer.isVisible():
            self._show(image)

    def _on_labelled(self) -> None:
        self._on_chosen(self._gallery.view.current_id())
