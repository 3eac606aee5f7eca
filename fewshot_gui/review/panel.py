"""Panel below the gallery: acceptance threshold, and clusters of similar images below it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from backend.types import AlikeGroup
from fewshot_gui import settings
from fewshot_gui.review.calibration_state import CalibrationState
from fewshot_gui.review.cluster_controller import ClusterController
from fewshot_gui.review.cluster_list import ClusterList
from fewshot_gui.review.panel_text import no_clusters_in_words
from fewshot_gui.review.threshold_bar import ThresholdBar
from fewshot_gui.session.session import Session

EXAMPLES = 5
"""Of a group that becomes a bin, or goes into one, so many of the most central are its examples at most."""


class ReviewPanel(QWidget):
    """Composes strip and shelf, and does what the person asks of a group.

    Signals:
        add_asked(group): it is to go into a bin that is there already, to be asked for.
        images_asked(ids, title): show only these images.
        left(): the keyboard was in what is hidden now.
    """

    add_asked = Signal(object)
    images_asked = Signal(object, str)
    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.calibration, self.proposing = CalibrationState(session, self), ClusterController(session, self)
        self.shelf = ClusterList(session, self)
        self.strip = ThresholdBar(session.threshold, self.calibration, self.proposing, self)
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
        self.strip.set_open(settings.SHELF_OPEN.get())
        self.refresh()

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
        text = no_clusters_in_words(line, trust, self.proposing.looking())
        self.shelf.show_groups(self.proposing.groups, text)

    def _on_opened(self, is_open: bool) -> None:
        focused = QApplication.focusWidget()
        if not is_open and focused is not None and self.shelf.isAncestorOf(focused):
            self.left.emit()
        self.shelf.setVisible(is_open)
        settings.SHELF_OPEN.set(is_open)

    def add_to(self, group: AlikeGroup, name: str) -> None:
        """The most central images of the group become examples of that bin; "" for a new one."""
        self._session.attempt(partial(self._session.teach, name, group.images[:EXAMPLES]))

    def _on_made(self, group: AlikeGroup) -> None:
        self.add_to(group, "")

    def _on_shown(self, group: AlikeGroup) -> None:
        ids = [i for i in group.images if i in self._session.library.files]
        if ids:
            self.images_asked.emit(ids, self.tr("{:,} alike images").format(len(ids)))
