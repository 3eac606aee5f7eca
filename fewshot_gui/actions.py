"""The menus: every command of the window with its shortcut, made in one place."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from fewshot_gui import icons, settings
from fewshot_gui.session import Session


class Commands(QObject):
    """Fills the menu bar of ``window``; the commands themselves are the window's methods."""

    def __init__(self, window: QMainWindow, session: Session, slots: dict[str, Callable[[], None]]) -> None:
        super().__init__(window)
        self._window, self._session, self._slots = window, session, slots
        self._build_file()
        self._build_edit()
        self._build_bins()
        self._build_view()

    def _build_file(self) -> None:
        menu = self._menu(self.tr("&File"))
        self._add(menu, "open", self.tr("&Open folder…"), QKeySequence.StandardKey.Open, "folder-open")
        self._recent = menu.addMenu(self.tr("Open &recent"))
        self._recent.aboutToShow.connect(self._fill_recent)
        self._add(menu, "open_workspace", self.tr("Open &workspace…"), "Ctrl+Shift+O", "")
        self._add(menu, "save_workspace", self.tr("&Save workspace as…"), QKeySequence.StandardKey.SaveAs, "")
        self._add(menu, "locate", self.tr("The folder has &moved…"), None, "")
        menu.addSeparator()
        self._add(menu, "reload", self.tr("&Look for new files"), QKeySequence.StandardKey.Refresh, "refresh")
        self._add(menu, "demo", self.tr("Open the &demo"), None, "fewshot")
        menu.addSeparator()
        self._add(menu, "export", self.tr("&Export labels as CSV…"), "Ctrl+E", "export")
        menu.addSeparator()
        self._add(menu, "quit", self.tr("&Quit"), "Ctrl+Q", "")

    def _build_edit(self) -> None:
        menu = self._menu(self.tr("&Edit"))
        undo = self._session.bins.undo.createUndoAction(self._window, self.tr("&Undo"))
        undo.setShortcut(QKeySequence.StandardKey.Undo)
        undo.setIcon(icons.icon("undo"))
        redo = self._session.bins.undo.createRedoAction(self._window, self.tr("&Redo"))
        redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        redo.setIcon(icons.icon("redo"))
        menu.addActions([undo, redo])

    def _build_bins(self) -> None:
        menu = self._menu(self.tr("&Bins"))
        self._add(menu, "new_bin", self.tr("&New bin from the selection"), "Ctrl+B", "plus")
        self._add(menu, "rename_bin", self.tr("&Rename bin"), "F2", "pencil")
        self._add(menu, "take_out", self.tr("&Take out of the bin"), "Del", "close")
        self._add(menu, "delete_bin", self.tr("&Delete bin"), "Ctrl+Del", "trash")
        menu.addSeparator()
        for key in range(1, 10):
            self._add(menu, f"assign_{key}", self.tr("Add the selection to bin {}").format(key), str(key), "")

    def _build_view(self) -> None:
        menu = self._menu(self.tr("&View"))
        self._add(menu, "show_all", self.tr("&All images"), "Ctrl+1", "image")
        self._add(menu, "show_unreadable", self.tr("&Unreadable images"), "Ctrl+2", "image-broken")
        menu.addSeparator()
        self._add(menu, "arrange", self.tr("&Sort again"), "Ctrl+R", "")

    def _menu(self, title: str) -> QMenu:
        return self._window.menuBar().addMenu(title)

    def _add(self, menu: QMenu, slot: str, text: str, keys: QKeySequence.StandardKey | str | None, icon: str) -> None:
        action = QAction(text, self._window)
        action.setObjectName(slot)
        if isinstance(keys, str):
            action.setShortcut(QKeySequence(keys))
        elif keys is not None:
            action.setShortcuts(keys)
        if icon:
            action.setIcon(icons.icon(icon))
        action.triggered.connect(partial(self._run, slot))
        menu.addAction(action)

    def _run(self, slot: str, _checked: bool = False) -> None:
        self._slots[slot]()

    def _fill_recent(self) -> None:
        self._recent.clear()
        for folder in settings.recent_folders():
            action = self._recent.addAction(str(folder).replace("&", "&&"))
            action.triggered.connect(partial(self._session.open_folder, folder))
        if self._recent.isEmpty():
            self._recent.addAction(self.tr("None yet")).setEnabled(False)
