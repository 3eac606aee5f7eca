"""Table model of the comparison: rows keep their places while results arrive; headers sort on click."""

from collections.abc import Callable
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from backend.evaluation.intervals import Difference
from backend.types import ImageId
from fewshot_gui.comparison.controller import ComparisonController
from fewshot_gui.comparison.ranking import Rank
from fewshot_gui.style import icons, theme
from fewshot_gui.translation import said, sentences
from fewshot_gui.translation.accuracy_text import interval

AnyIndex = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_NOWHERE = QModelIndex()


class Column(IntEnum):
    """From left to right."""

    METHOD = 0
    RIGHT = 1
    BEHIND = 2
    SECONDS = 3
    DIFFERS = 4
    SELECTED = 5


NUMBERS = (Column.SECONDS, Column.DIFFERS)
NUMBERS_STAND = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ComparisonTableModel(QAbstractTableModel):
    """Rows of ``Rank``."""

    def __init__(self, job: ComparisonController, parent: QWidget) -> None:
        super().__init__(parent)
        self._job = job
        self._rows: list[Rank] = []
        self._order: list[str] = []
        self._present = ""
        self._image: ImageId = ""
        job.begun.connect(self._on_begun)
        job.filled.connect(self._on_filled)

    def show_present(self, method: str) -> None:
        """The method in use is set apart."""
        if method != self._present:
            self._present = method
            self._repaint()

    def show_image(self, image: ImageId) -> None:
        """What each method says of this image is told in the last column."""
        self._image = image
        self._repaint()

    def row(self, index: AnyIndex) -> Rank | None:
        """The row at ``index``."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """How many methods."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """See ``Column``."""
        return len(Column)

    def data(self, index: AnyIndex, role: int = Role.DisplayRole) -> Any:
        """Words, in tabular figures."""
        row, column = self.row(index), Column(index.column())
        if row is None:
            return None
        if role == Role.DisplayRole:
            return self._text(row, column)
        if role == Role.ToolTipRole:
            return self._hint(row, column)
        return self._look(row, column, role)

    def _look(self, row: Rank, column: Column, role: int) -> Any:
        if role == Role.TextAlignmentRole and column in NUMBERS:
            return NUMBERS_STAND
        if role == Role.FontRole:
            return theme.font(strong=row.method.name == self._present and column == Column.METHOD)
        if role == Role.ForegroundRole and self._job.outdated:
            return QColor(theme.tokens().muted)
        return self._mark(row, column) if role == Role.DecorationRole else None

    def _mark(self, row: Rank, column: Column) -> Any:
        """A tick at the method in use, a star at the best; room for them at the others."""
        colour = "muted" if self._job.outdated else "accent"
        if column == Column.METHOD:
            return icons.icon("check", colour) if row.method.name == self._present else icons.nothing()
        return icons.icon("star", colour) if column == Column.BEHIND and row.best else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Titles, and what they mean."""
        if role == Role.TextAlignmentRole and section in NUMBERS:
            return NUMBERS_STAND
        if orientation != Qt.Orientation.Horizontal or role not in (Role.DisplayRole, Role.ToolTipRole):
            return None
        titles, meanings = self._titles()
        return titles[section] if role == Role.DisplayRole else meanings[section]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Best first, or last; rows without figures come at the end. Nothing moves until the next click."""
        if column < 0:
            return
        key, backwards = _KEYS[Column(column)], order == Qt.SortOrder.DescendingOrder
        known = [r for r in self._rows if r.scored is not None]
        rest = [r for r in self._rows if r.scored is None]
        known.sort(key=key, reverse=backwards)
        self._order = [r.method.name for r in (*known, *rest)]
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        places = {name: n for n, name in enumerate(self._order)}
        after = [self.index(places[self._rows[i.row()].method.name], i.column()) for i in before]
        self._rows = [*known, *rest]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _titles(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        titles = (
            self.tr("Method"),
            self.tr("Right"),
            self.tr("Behind the best"),
            self.tr("Whole folder"),
            self.tr("Differs on"),
            self.tr("Selected image"),
        )
        meanings = (
            self.tr("The check mark stands at the method in use"),
            self.tr("Examples of yours that it labels right while they are left out"),
            self.tr("How many more the best labels right of 100 examples; the star stands at the best"),
            self.tr("How long it takes to label the folder again"),
            self.tr("Images that it labels otherwise than the method in use"),
            self.tr("The label that it gives the image you have selected"),
        )
        return titles, meanings

    def _text(self, row: Rank, column: Column) -> str:
        if column == Column.METHOD:
            name = said(row.method.title)
            return self.tr("{} (in use)").format(name) if row.method.name == self._present else name
        score = row.scored
        if score is None:
            return self._unscored(row) if column == Column.RIGHT else ""
        words: dict[Column, Callable[[], str]] = {
            Column.RIGHT: lambda: self.tr("{right} of {count}").format(right=row.count, count=len(score.right)),
            Column.BEHIND: lambda: self._behind(row),
            Column.SECONDS: lambda: span(score.seconds),
            Column.DIFFERS: lambda: self._differs(row),
            Column.SELECTED: lambda: score.labels.get(self._image, ""),
        }
        return words[column]()

    def _differs(self, row: Rank) -> str:
        if row.method.name == self._present:
            return "–"
        if row.score is None or not self._job.sampled:
            return f"{len(row.differs):,}"
        return self.tr("{differs:,} of {read:,} read").format(differs=len(row.differs), read=len(row.score.labels))

    def _unscored(self, row: Rank) -> str:
        if row.score is not None:
            return self.tr("cannot be tried")
        return self.tr("waiting…") if self._job.running() else "–"

    def _behind(self, row: Rank) -> str:
        if row.behind is None:
            return self.tr("best")
        points = round(100 * row.behind.share)
        if not points:
            return self.tr("as many right")
        pattern = self.tr("{} in 100, may be chance") if row.behind.may_be_chance else self.tr("{} in 100")
        return pattern.format(points)

    def _paired(self, found: Difference) -> str:
        figures = (round(100 * share) for share in (found.share, found.low, found.high))
        points, low, high = (str(figure).replace("-", "−") for figure in figures)
        text = self.tr("{points} points behind on the same examples; with 95 % confidence {low} to {high}.")
        chance = self.tr("This may be chance.") if found.may_be_chance else ""
        return sentences(text.format(points=points, low=low, high=high), chance)

    def _hint(self, row: Rank, column: Column) -> str:
        if row.score is not None and row.score.problem:
            return said(row.score.problem)
        if column == Column.METHOD:
            return said(row.method.summary)
        if column == Column.RIGHT and row.scored is not None:
            return interval(row.count, len(row.scored.right))
        if column == Column.BEHIND and row.behind is not None:
            return self._paired(row.behind)
        return str(self._text(row, column))

    def _on_begun(self) -> None:
        self.beginResetModel()
        self._rows = self._job.rows()
        self._order = [r.method.name for r in self._rows]
        self.endResetModel()

    def _on_filled(self) -> None:
        fresh = {r.method.name: r for r in self._job.rows()}
        self._rows = [fresh[name] for name in self._order if name in fresh]
        self._repaint()

    def _repaint(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(Column) - 1))


def _seconds(row: Rank) -> float:
    return row.score.seconds if row.score is not None else 0.0


def _accuracy(row: Rank) -> float:
    return -row.count


_KEYS: dict[Column, Callable[[Rank], Any]] = {
    Column.METHOD: lambda row: said(row.method.title),
    Column.RIGHT: _accuracy,
    Column.BEHIND: _accuracy,
    Column.SECONDS: _seconds,
    Column.DIFFERS: lambda row: len(row.differs),
    Column.SELECTED: _accuracy,
}


def span(seconds: float) -> str:
    """A time that may be a fraction of a second."""
    if seconds >= 120:
        return QCoreApplication.translate("ComparisonTableModel", "{} min").format(f"{seconds / 60:.0f}")
    digits = 2 if seconds < 1 else 1 if seconds < 9.95 else 0
    return QCoreApplication.translate("ComparisonTableModel", "{} s").format(f"{max(seconds, 0.01):.{digits}f}")
