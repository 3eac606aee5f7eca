"""Comparison panel: which method leads and by how much, and a table of all."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QPushButton, QStackedWidget, QTreeView, QVBoxLayout, QWidget

from backend.types import ImageId
from fewshot_gui.comparison.controller import ComparisonController
from fewshot_gui.comparison.ranking import Rank, missing, verdict
from fewshot_gui.comparison.table_model import AnyIndex, Column, ComparisonTableModel
from fewshot_gui.session.session import Session
from fewshot_gui.style.theme import GRID
from fewshot_gui.translation import said
from fewshot_gui.widgets.empty_state import EmptyState
from fewshot_gui.widgets.wrapping_label import WrappingLabel

WIDTHS = {
    Column.METHOD: 36,
    Column.RIGHT: 13,
    Column.BEHIND: 26,
    Column.SECONDS: 13,
    Column.DIFFERS: 12,
}
"""In units of the grid."""
LEAST = 13 * GRID
"""Height of the table: its heading and two methods."""


class ComparisonPanel(QWidget):
    """Shows a ``ComparisonController``. ``disagreement(ids, title)`` asks for these images to be shown."""

    disagreement = Signal(object, str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._session, self.job = session, ComparisonController(session)
        self._verdict = WrappingLabel("", "muted", self)
        self.table = ComparisonTableModel(self.job, self)
        self.view = _TableView(self.table, self)
        self._show = QPushButton(self.tr("Show where they disagree"), self)
        self._use = QPushButton(self.tr("Use this method"), self)
        self._again = QPushButton(self)
        self._empty = EmptyState(self)
        self._pages = QStackedWidget(self)
        self._lay_out()
        self._connect()
        self.refresh()

    def _lay_out(self) -> None:
        work = QWidget(self)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self._again)
        buttons.addStretch(1)
        buttons.addWidget(self._show)
        buttons.addWidget(self._use)
        column = QVBoxLayout(work)
        column.setContentsMargins(2 * GRID, 0, 2 * GRID, GRID)
        column.setSpacing(GRID)
        column.addWidget(self._verdict)
        column.addWidget(self.view, 1)
        column.addLayout(buttons)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(work)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        for signal in (self.job.filled, self.view.moved, self._session.engine_host.changed):
            signal.connect(self.refresh)
        self.job.changed.connect(self._on_changed)
        self.job.begun.connect(self._on_begun)
        self.view.taken.connect(self._on_use)
        self._use.clicked.connect(self._on_use)
        self._show.clicked.connect(self._on_show)
        self._again.clicked.connect(self._on_again)

    def begin(self) -> None:
        """The panel is in sight: compare, unless what is shown is still true."""
        if self.job.outdated or self.job.problem or self.job.may_start():
            self.job.start()
        self.refresh()

    def show_image(self, image: ImageId) -> None:
        """The person has selected this image."""
        self.table.show_image(image)

    def chosen(self) -> Rank | None:
        """The selected row."""
        return self.table.row(self.view.currentIndex())

    def refresh(self) -> None:
        """Show how things stand."""
        engine = self._session.engine_host.engine
        present = engine.method if engine is not None else ""
        self.table.show_present(present)
        has_rows = self.table.rowCount() > 0
        self._pages.setCurrentIndex(int(has_rows))
        if not has_rows:
            self._say_why_empty()
        row = self.chosen()
        other = row is not None and row.method.name != present
        self._use.setEnabled(other)
        self._show.setEnabled(row is not None and bool(row.differs))
        self._again.setText(self.tr("Stop") if self.job.running() else self.tr("Compare again"))
        self._verdict.setText(self._words())

    def _say_why_empty(self) -> None:
        lacking = missing(self._session.bins.examples())
        if lacking:
            self._empty.say("info", self.tr("Nothing to compare yet"), lacking)
        elif self._session.engine_host.engine is None:
            self._empty.say("info", self.tr("Loading the model…"), "")
        elif self.job.problem:
            self._empty.say("alert", self.tr("The methods cannot be compared"), self.job.problem)
        else:
            self._empty.say("info", self.tr("Ready to compare"), "")

    def _words(self) -> str:
        done, total = self.job.done()
        if self.job.problem:
            return self.job.problem
        if self.job.running():
            text = self.tr("Each method is tried on your examples, left out in turn: {done} of {total} so far.")
            return text.format(done=done, total=total)
        picked = self._session.workspace.remarks.picked()
        words = verdict(self.job.rows(), self.job.examples, picked) if done else ""
        if self.job.outdated:
            return self.tr("Your bins have changed since. Before that: {}").format(words or "–")
        return words

    def _on_changed(self) -> None:
        """In sight, it begins as soon as it can."""
        if self.isVisible() and self.job.may_start():
            self.job.start()
        self.refresh()

    def _on_begun(self) -> None:
        if self.table.rowCount():
            self.view.setCurrentIndex(self.table.index(0, 0))
        self.refresh()

    def _on_use(self) -> None:
        row, engine = self.chosen(), self._session.engine_host.engine
        if row is not None and engine is not None and row.method.name != engine.method:
            if self._use.hasFocus():
                self.view.setFocus()  # the button goes out, and the next one would begin everything anew
            self._session.engine_host.choose(method=row.method.name)

    def _on_show(self) -> None:
        row = self.chosen()
        if row is not None and row.differs:
            title = self.tr("{method} disagrees: {count}").format(method=said(row.method.title), count=len(row.differs))
            self.disagreement.emit(row.differs, title)

    def _on_again(self) -> None:
        if self.job.running():
            self.job.stop()
        else:
            self.job.start()
        self.refresh()


class _TableView(QTreeView):
    """The table. ``moved``: another row is selected; ``taken``: Enter or a double click on one."""

    moved = Signal()
    taken = Signal()

    def __init__(self, table: ComparisonTableModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("methods")
        self.setModel(table)
        self.setAccessibleName(self.tr("Methods"))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setSelectionBehavior(QTreeView.SelectionBehavior.SelectRows)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = self.header()
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSectionsMovable(False)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setSortingEnabled(True)
        self.setMinimumHeight(LEAST)
        for column, width in WIDTHS.items():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(column, width * GRID)
        self.doubleClicked.connect(self._on_double)
        table.modelReset.connect(self._on_reset)

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Tell."""
        super().currentChanged(current, previous)
        self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the method; Escape is the drawer's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _on_double(self, _: QModelIndex) -> None:
        self.taken.emit()

    def _on_reset(self) -> None:
        self.header().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
