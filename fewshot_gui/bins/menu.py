"""Menu of the bins, with their keys."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from fewshot_gui.session.bin_store import BinStore
from fewshot_gui.widgets.colour_icon import colour_icon

MOST = 30
"""Further bins are found by typing."""


class BinsMenu(QMenu):
    """Filled as it opens.

    Args:
        then: called with the name of the bin that is chosen.
        keys: the commands for the first bins; their keys are shown.
        other: the command that finds any bin by typing.
    """

    def __init__(
        self,
        title: str,
        bins: BinStore,
        then: Callable[[str], object],
        keys: Sequence[QAction],
        other: QAction,
        parent: QWidget,
    ) -> None:
        super().__init__(title, parent)
        self._bins, self._then, self._keys, self._other = bins, then, keys, other
        self.aboutToShow.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """List the bins as they are now."""
        self.clear()
        for place, each in enumerate(self._bins.bins()[:MOST]):
            keys = self._keys[place].shortcut() if place < len(self._keys) else QKeySequence()
            shown = keys.toString(QKeySequence.SequenceFormat.NativeText)
            name = each.name.replace("&", "&&")
            action = self.addAction(colour_icon(each.colour), f"{name}\t{shown}" if shown else name)
            action.triggered.connect(partial(self._choose, each.name))
        self.addSeparator()
        self.addAction(self._other)

    def _choose(self, name: str, _checked: bool = False) -> None:
        self._then(name)
