"""Confusion matrix: model, view and cell delegate."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from backend.explain.reports import Quality
from fewshot_gui.session.bin_store import BinStore
from fewshot_gui.style import theme
from fewshot_gui.style.theme import GRID
from fewshot_gui.widgets.colour_icon import colour_icon

AnyIndex = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_NOWHERE = QModelIndex()
CELL, SUM, NAMES = 9 * GRID // 2, 7 * GRID, 12 * GRID


class ConfusionMatrixModel(QAbstractTableModel):
    """A row for each bin, a column for the bin that claims, and at the end how many of the row are right."""

    def __init__(self, bins: BinStore) -> None:
        super().__init__()
        self._bins = bins
        self.quality = Quality()

    def show(self, quality: Quality) -> None:
        """These figures from now on."""
        self.beginResetModel()
        self.quality = quality
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """Bins."""
        return 0 if parent.isValid() else len(self.quality.bins)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """Bins, and the sum; none without bins."""
        return 0 if parent.isValid() or not self.quality.bins else len(self.quality.bins) + 1

    def pair(self, index: AnyIndex) -> tuple[str, str]:
        """The cell's own bin and the claiming one; "" for any, in the last column."""
        claimed = self.quality.bins[index.column()] if index.column() < len(self.quality.bins) else ""
        return self.quality.bins[index.row()], claimed

    def data(self, index: AnyIndex, role: int = Role.DisplayRole) -> Any:
        """The number; its colour; the sentence for screen readers and tool tips."""
        if not index.isValid():
            return None
        own, claimed = self.pair(index)
        if role == Role.DisplayRole:
            return self._number(own, claimed)
        if role in (Role.ToolTipRole, Role.AccessibleTextRole):
            return self._words(own, claimed)
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        return self._look(role, own, claimed)

    def _look(self, role: int, own: str, claimed: str) -> Any:
        now, count = theme.tokens(), self.quality.counts[own, claimed]
        if role == Role.ForegroundRole:
            return QColor(now.text if count or not claimed else now.muted)
        if role == Role.BackgroundRole and count:
            return QColor(now.accent_soft if own == claimed else now.danger_soft)
        return theme.font(strong=bool(count)) if role == Role.FontRole else None

    def _number(self, own: str, claimed: str) -> str:
        right, count = self._of_row(own)
        if not count:
            return "–"
        if not claimed:
            return self.tr("{right} of {count}").format(right=right, count=count)
        return str(self.quality.counts[own, claimed] or "·")

    def _words(self, own: str, claimed: str) -> str:
        right, count = self._of_row(own)
        if not count:
            return self.tr("“{}” has a single example, which cannot be left out").format(own)
        if not claimed:
            pattern = self.tr("Examples of “{own}” that their own bin claims: {right} of {count}")
            return pattern.format(right=right, count=count, own=own)
        pattern = self.tr("Examples of “{own}” that “{claimed}” claims: {count}")
        return pattern.format(count=self.quality.counts[own, claimed], own=own, claimed=claimed)

    def _of_row(self, own: str) -> tuple[int, int]:
        counts = self.quality.counts
        return counts[own, own], sum(counts[own, name] for name in self.quality.bins)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """The bins' names and colours; columns have room for a number, the bin's place."""
        is_bin = section < len(self.quality.bins)
        name = self.quality.bins[section] if is_bin else self.tr("right")
        if role == Role.DisplayRole:
            return self._short(name, orientation) if is_bin else name
        if role in (Role.ToolTipRole, Role.AccessibleTextRole):
            return name
        found = self._bins.find(name) if is_bin else None
        return colour_icon(found.colour) if role == Role.DecorationRole and found is not None else None

    def _short(self, name: str, orientation: Qt.Orientation) -> str:
        place = next((str(n) for n, b in enumerate(self._bins.bins(), 1) if b.name == name), "")
        return place if orientation == Qt.Orientation.Horizontal else f"{place}  {name}"


class ConfusionMatrixView(QTableView):
    """``asked(own, claimed)``: a cell was clicked, or Enter pressed on it; "" stands for any bin."""

    asked = Signal(str, str)

    def __init__(self, bins: BinStore) -> None:
        super().__init__()
        self.setObjectName("confusion")
        self.setAccessibleName(
            self.tr("Confusion matrix: rows are an example's own bin, columns the bin that claims it")
        )
        self.cells = ConfusionMatrixModel(bins)
        self.setModel(self.cells)
        self.setItemDelegate(_CellDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setMinimumHeight(14 * GRID)
        for header, size in ((self.horizontalHeader(), CELL), (self.verticalHeader(), 4 * GRID)):
            header.setMinimumSectionSize(3 * GRID)
            header.setDefaultSectionSize(size)
            header.setTextElideMode(Qt.TextElideMode.ElideMiddle)
            header.setSectionsClickable(False)
            header.setHighlightSections(False)
            header.setIconSize(QSize(GRID, GRID))
        self.verticalHeader().setFixedWidth(NAMES)
        self.verticalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)  # names are known by how they begin
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.clicked.connect(self._ask)

    def show_quality(self, quality: Quality) -> None:
        """These figures from now on; the cell with the focus keeps it."""
        if quality is not self.cells.quality:
            row, column = self.currentIndex().row(), self.currentIndex().column()
            self.cells.show(quality)
            if quality.bins:
                self.setColumnWidth(len(quality.bins), SUM)
            self.setCurrentIndex(self.cells.index(max(0, row), max(0, column)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is as good as a click."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._ask(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _ask(self, index: QModelIndex) -> None:
        self.asked.emit(*self.cells.pair(index))


class _CellDelegate(QStyledItemDelegate):
    """A cell keeps its colours when it has the focus, and wears a ring."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """The cell, then the ring."""
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        option.state &= ~(QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_Selected)
        super().paint(painter, option, index)
        if focused or chosen:
            now = theme.tokens()
            painter.setPen(QPen(QColor(now.accent if focused else now.control), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
