"""List of the images that cannot be read, with reasons."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTreeView, QWidget

from backend.types import ImageId
from fewshot_gui.session.folder.library import Library
from fewshot_gui.translation import said

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class UnreadableModel(QAbstractTableModel):
    """Rows of (image, reason), in the folder's order."""

    def __init__(self, library: Library, parent: QWidget) -> None:
        super().__init__(parent)
        self._library = library
        self.ids: list[ImageId] = []
        for signal in (library.failed, library.relisted, library.reset):
            signal.connect(self.refresh)

    def refresh(self) -> None:
        """Take over what is unreadable now."""
        wanted = [i for i in self._library.unreadable if i in self._library.files]
        if wanted[: len(self.ids)] == self.ids:
            if len(wanted) > len(self.ids):
                self.beginInsertRows(_NOWHERE, len(self.ids), len(wanted) - 1)
                self.ids = wanted
                self.endInsertRows()
            return
        self.beginResetModel()
        self.ids = wanted
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """How many."""
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """Image and reason."""
        return 2

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words; long ones in the tool tip too."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        image = self.ids[index.row()]
        if index.column():
            return said(self._library.unreadable.get(image, ""))
        name = self._library.relative(image)
        return " ".join(name.split()) if role == Qt.ItemDataRole.DisplayRole else name

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles of the columns."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Image"), self.tr("Why it cannot be read"))[section]
        return None


class UnreadableList(QTreeView):
    """Shows the list; ``chosen`` carries the id of the row that was clicked or reached by keys."""

    chosen = Signal(object)

    def __init__(self, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = UnreadableModel(library, self)
        self.setModel(self._model)
        self.setAccessibleName(self.tr("Images that cannot be read"))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setSelectionBehavior(QTreeView.SelectionBehavior.SelectRows)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.header().setStretchLastSection(True)
        self.selectionModel().currentChanged.connect(self._on_current)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The reason gets more room than the name, which the tool tip and the panel at the right tell too."""
        super().resizeEvent(event)
        self.setColumnWidth(0, min(280, self.viewport().width() * 2 // 5))

    def _on_current(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self._model.ids[index.row()])
