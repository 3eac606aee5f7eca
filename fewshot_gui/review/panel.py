"""The unsure tray at the foot of the gallery: the strip with the line, and the shelf of alike images above it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from backend.types import AlikeGroup
from fewshot_gui import settings
from fewshot_gui.gallery.panel import GalleryPage
from fewshot_gui.review.calibration_state import Calibration
from fewshot_gui.review.cluster_controller import Proposing
from fewshot_gui.review.cluster_list import Shelf
from fewshot_gui.review.panel_text import shelf_in_words
from fewshot_gui.review.threshold_bar import UnsureStrip
from fewshot_gui.session.session import Session

EXAMPLES = 5
"""Of a group that becomes a bin, or goes into one, so many of the most central are its examples at most."""


class UnsureTray(QWidget):
    """Composes strip and shelf, and does what the person asks of a group.

    ``add_asked(group)``: it is to go into a bin that is there already, to be asked for.
    """

    add_asked = Signal(object)

    def __init__(self, session: Session, page: GalleryPage) -> None:
        super().__init__(page)
        self._session, self._page = session, page
        self.calibration, self.proposing = Calibration(session, self), Proposing(session, self)
        self.shelf = Shelf(session, self)
        self.strip = UnsureStrip(session, page, self.calibration, self.proposing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.shelf)
        column.addWidget(self.strip)
        self.strip.opened.connect(self._on_opened)
        self.shelf.made.connect(self._on_made)
        self.shelf.added.connect(self.add_asked)
        self.shelf.shown.connect(self._on_shown)
        self.shelf.dismissed.connect(self.proposing.dismiss)
        for signal in (self.proposing.changed, self.calibration.changed, session.threshold.changed):
            signal.connect(self.refresh)
        self.strip.set_open(settings.shelf_open())
        self.refresh()

    def slots(self) -> dict[str, Callable[[], None]]:
        """By the commands' names."""
        return {
            "unsure_tray": self.toggle,
            "stricter": partial(self.strip.step, -1),
            "more_lenient": partial(self.strip.step, 1),
            "alike_bin": self.choose_group,
        }

    def toggle(self) -> None:
        """Show the shelf or hide it."""
        self.strip.set_open(not self.strip.is_open())

    def choose_group(self) -> None:
        """Open the shelf and give it the keyboard: Enter then makes a bin of the first group."""
        self.strip.set_open(True)
        self.shelf.take_focus()

    def refresh(self) -> None:
        """Show what is offered now."""
        line, trust = self._session.threshold.line(), self.calibration.trust()
        text = shelf_in_words(line, trust, self.proposing.looking())
        self.shelf.show_groups(self.proposing.groups, text)

    def _on_opened(self, is_open: bool) -> None:
        focused = QApplication.focusWidget()
        if not is_open and focused is not None and self.shelf.isAncestorOf(focused):
            self._page.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.shelf.setVisible(is_open)
        settings.remember_shelf_open(is_open)

    def add_to(self, group: AlikeGroup, name: str) -> None:
        """The most central images of the group become examples of that bin; "" for a new one."""
        self._session.attempt(partial(self._session.teach, name, group.images[:EXAMPLES]))

    def _on_made(self, group: AlikeGroup) -> None:
        self.add_to(group, "")

    def _on_shown(self, group: AlikeGroup) -> None:
        ids = [i for i in group.images if i in self._session.library.files]
        if ids:
            self._page.show_chosen(ids, self.tr("{:,} alike images").format(len(ids)))
