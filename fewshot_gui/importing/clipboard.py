"""Import from the clipboard, and into which bin."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from fewshot_gui.session.bin_state import BinState
from fewshot_gui.session.bin_store import BinStore
from fewshot_gui.widgets.drag_data import Dropped, unpack

Ask = Callable[[str, Callable[[str], object]], None]
"""Lets the person choose a bin, under a title, and calls back with its name."""


class ClipboardImporter(QObject):
    """Remembers which bin was given examples last.

    Args:
        focused_bin: names the bin that has the keyboard; None where none has.
        then: takes the bin's name ("" for a new one) and what was pasted.
    """

    def __init__(
        self,
        store: BinStore,
        focused_bin: Callable[[], str | None],
        ask: Ask,
        then: Callable[[str, Dropped], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._store, self._focused_bin, self._ask, self._then = store, focused_bin, ask, then
        self._last: int | None = None
        """Colour slot of the bin that got examples last; None where several did at once."""
        store.changed.connect(self._on_bins)

    def paste(self) -> None:
        """Into the bin that has the keyboard, else into the one that got examples last, else into the one that the
        person chooses; the very first paste makes a bin."""
        what = unpack(QGuiApplication.clipboard().mimeData())
        focused, bins = self._focused_bin(), self._store.bins()
        if what.is_empty() or not bins:
            self._then("", what)
        elif focused is not None:
            self._then(focused, what)
        elif len(bins) == 1:
            self._then(bins[0].name, what)
        elif (last := next((b.name for b in bins if b.colour == self._last), None)) is not None:
            self._then(last, what)
        else:
            self._ask(self.tr("Paste into which bin?"), partial(self._into, what))

    def _into(self, what: Dropped, name: str) -> None:
        self._then(name, what)

    def _on_bins(self, before: BinState, after: BinState) -> None:
        had = {b.colour: set(b.examples) for b in before}
        grown = [b.colour for b in after if not had.get(b.colour, set()).issuperset(b.examples)]
        if grown:
            self._last = grown[0] if len(grown) == 1 else None
