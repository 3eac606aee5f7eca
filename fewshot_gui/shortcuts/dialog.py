"""The dialog that assigns keys to commands and shows conflicts at once."""

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from fewshot_gui.shortcuts.shortcut_store import Keys, Shortcuts, conflicts, native
from fewshot_gui.style import theme
from fewshot_gui.style.theme import GRID

NAME = Qt.ItemDataRole.UserRole
MNEMONIC = re.compile(r"\(&\w\)|&")
"""Chinese menus write the letter in brackets."""


class ShortcutsDialog(QDialog):
    """A list of all commands; the chosen one's keys are recorded below it. Nothing changes before *Save*."""

    def __init__(self, shortcuts: Shortcuts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(80 * GRID, 70 * GRID)
        self._shortcuts = shortcuts
        self._keys: dict[str, Keys] = shortcuts.keys()
        self._find, self._list, self._record = QLineEdit(self), QTreeWidget(self), QKeySequenceEdit(self)
        self._none, self._built_in = QPushButton(self.tr("No keys"), self), QPushButton(self.tr("Built-in"), self)
        self._take = QPushButton(self)
        self._problem = QLabel(self)
        box = QDialogButtonBox.StandardButton
        self._buttons = QDialogButtonBox(box.Save | box.Cancel | box.RestoreDefaults, self)
        self._lay_out()
        self._connect()
        self._fill()

    def _lay_out(self) -> None:
        self._find.setPlaceholderText(self.tr("Find a command"))
        self._find.setAccessibleName(self.tr("Find a command"))
        self._list.setAccessibleName(self.tr("Commands and their keys"))
        self._list.setHeaderLabels([self.tr("Command"), self.tr("Keys")])
        self._list.setRootIsDecorated(False)
        self._list.setUniformRowHeights(True)
        self._list.setColumnWidth(0, 40 * GRID)
        self._record.setAccessibleName(self.tr("New keys"))
        for field in self._record.findChildren(QLineEdit):
            field.setAccessibleName(self.tr("New keys"))
        self._record.setMaximumSequenceLength(1)
        self._problem.setProperty("role", "danger")
        self._problem.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        for widget in (QLabel(self.tr("Press new keys:"), self), self._record, self._none, self._built_in):
            row.addWidget(widget)
        trouble = QHBoxLayout()
        trouble.addWidget(self._problem, 1)
        trouble.addWidget(self._take)
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        column.addWidget(self._find)
        column.addWidget(self._list, 1)
        column.addLayout(row)
        column.addLayout(trouble)
        column.addWidget(self._buttons)

    def _connect(self) -> None:
        box = QDialogButtonBox.StandardButton
        self._find.textChanged.connect(self._on_find)
        self._list.currentItemChanged.connect(self._on_current)
        self._record.editingFinished.connect(self._on_recorded)
        self._none.clicked.connect(self._on_none)
        self._built_in.clicked.connect(self._on_built_in)
        self._take.clicked.connect(self._on_take)
        self._buttons.accepted.connect(self._on_save)
        self._buttons.rejected.connect(self.reject)
        self._buttons.button(box.RestoreDefaults).clicked.connect(self._on_defaults)

    def choose(self, name: str) -> None:
        """Select that command."""
        self._list.setCurrentItem(self._item(name))

    def set_keys(self, keys: Keys) -> None:
        """Give the selected command these keys."""
        name = self._current()
        if name:
            self._keys[name] = keys
            self._show()

    def _fill(self) -> None:
        for name, action in self._shortcuts.actions.items():
            title = action.property("title") or action.text()
            item = QTreeWidgetItem([MNEMONIC.sub("", str(title)), ""])
            item.setData(0, NAME, name)
            self._list.addTopLevelItem(item)
        self.choose(next(iter(self._keys)))
        self._show()

    def _show(self) -> None:
        """Everything as it is to be; a command that shares its keys stands out."""
        trouble = conflicts(self._keys)
        for item in self._items():
            name = item.data(0, NAME)
            item.setText(1, native(self._keys[name]))
            item.setData(1, Qt.ItemDataRole.AccessibleTextRole, item.text(1) or self.tr("No keys"))
            colour = QColor(theme.tokens().danger) if name in trouble else None  # the theme's own, whatever comes
            for column in (0, 1):
                item.setData(column, Qt.ItemDataRole.ForegroundRole, colour)
        others = trouble.get(self._current(), [])
        self._problem.setText(self.tr("“{}” has these keys, too.").format(self._title(others[0])) if others else "")
        self._take.setText(self.tr("Take them from it"))
        self._take.setVisible(bool(others))
        save = self._buttons.button(QDialogButtonBox.StandardButton.Save)
        save.setEnabled(not trouble)
        save.setToolTip(self.tr("Two commands have the same keys") if trouble else "")

    def _items(self) -> list[QTreeWidgetItem]:
        found = (self._list.topLevelItem(n) for n in range(self._list.topLevelItemCount()))
        return [item for item in found if item is not None]

    def _item(self, name: str) -> QTreeWidgetItem:
        return next(i for i in self._items() if i.data(0, NAME) == name)

    def _title(self, name: str) -> str:
        return self._item(name).text(0)

    def _current(self) -> str:
        item = self._list.currentItem()
        return str(item.data(0, NAME)) if item is not None else ""

    def _on_find(self, text: str) -> None:
        for item in self._items():
            item.setHidden(text.casefold() not in f"{item.text(0)} {item.text(1)}".casefold())

    def _on_current(self) -> None:
        self._record.clear()
        if self._current():
            self._show()

    def _on_recorded(self) -> None:
        if not self._record.keySequence().isEmpty():
            self.set_keys((QKeySequence(self._record.keySequence()),))

    def _on_none(self) -> None:
        self.set_keys(())

    def _on_built_in(self) -> None:
        if self._current():
            self.set_keys(self._shortcuts.built_in(self._current()))

    def _on_take(self) -> None:
        own = self._keys[self._current()]
        for other in conflicts(self._keys).get(self._current(), []):
            self._keys[other] = tuple(k for k in self._keys[other] if k not in own)
        self._show()

    def _on_defaults(self) -> None:
        self._keys = {name: self._shortcuts.built_in(name) for name in self._keys}
        self._show()

    def _on_save(self) -> None:
        self._shortcuts.choose(self._keys)
        self.accept()
