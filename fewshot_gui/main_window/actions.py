"""The menus: every command of the window with its shortcut, made in one place."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from fewshot_gui import settings
from fewshot_gui.bins.menu import BinsMenu
from fewshot_gui.main_window.appearance_menu import AppearanceMenu
from fewshot_gui.main_window.language_menu import LanguageMenu
from fewshot_gui.session.session import Session
from fewshot_gui.shortcuts.shortcut_store import Shortcuts
from fewshot_gui.style import icons

Standard = QKeySequence.StandardKey
KEYS = range(1, 10)
"""Number keys of bins; further bins are found in the palette, by typing."""


class Commands(QObject):
    """Fills the menu bar of ``window``; the commands themselves are ``slots``.

    Args:
        by_name: what "assign" and "reject" do with the bin of a name.
        tiles: where Enter and Space mean the selected images; elsewhere they keep the meaning they have.
    """

    def __init__(
        self,
        window: QMainWindow,
        session: Session,
        slots: dict[str, Callable[[], None]],
        by_name: Mapping[str, Callable[[str], None]],
        tiles: QWidget,
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._slots, self._tiles = window, session, slots, tiles
        self._by_name = by_name
        self.shortcuts = Shortcuts()
        for build in (self._build_file, self._build_edit, self._build_images, self._build_bins, self._build_view):
            build()
        self._build_model()
        self._build_help()

    def _build_file(self) -> None:
        menu = self._menu(self.tr("&File"))
        self._add(menu, "open", self.tr("&Open folder…"), Standard.Open, "folder-open")
        self._add(menu, "add_folder", self.tr("&Add a folder…"), "Ctrl+Alt+O")
        self._recent = menu.addMenu(self.tr("Open &recent"))
        self._recent.aboutToShow.connect(self._fill_recent)
        self._add(menu, "reload", self.tr("&Look for new files"), Standard.Refresh, "refresh")
        self._add(menu, "watch", self.tr("Watch for &new files"), "Ctrl+Shift+W")
        self._show_watching()
        self._session.watcher.changed.connect(self._show_watching)
        self._add(menu, "only_folder", self.tr("Show only the &first folder"))
        self._add(menu, "locate", self.tr("The folder has &moved…"))
        self._add(menu, "demo", self.tr("Open the &demo"), None, "fewshot")
        self._add(menu, "demo_colour", self.tr("Open the demo in &colour"), None, "fewshot")
        menu.addSeparator()
        self._add(menu, "open_workspace", self.tr("Open &workspace…"), "Ctrl+Shift+O")
        self._add(menu, "save_workspace", self.tr("&Save workspace as…"), "Ctrl+Shift+S")
        menu.addSeparator()
        self._add(menu, "export", self.tr("&Export labels as CSV…"), "Ctrl+E", "export")
        menu.addSeparator()
        self._add(menu, "quit", self.tr("&Quit"), "Ctrl+Q")

    def _build_edit(self) -> None:
        menu = self._menu(self.tr("&Edit"))
        stack = self._session.bins.undo
        undo, redo = stack.createUndoAction(self._window), stack.createRedoAction(self._window)
        undo.setProperty("title", self.tr("Undo"))
        redo.setProperty("title", self.tr("Redo"))
        self._take_over(menu, "undo", undo, Standard.Undo, "undo")
        self._take_over(menu, "redo", redo, "Ctrl+Shift+Z, Ctrl+Y", "redo")
        menu.addSeparator()
        self._add(menu, "paste", self.tr("&Paste as example"), Standard.Paste)
        menu.addSeparator()
        self._add(menu, "find", self.tr("&Find images by name"), Standard.Find)
        menu.addSeparator()
        self._add(menu, "shortcuts", self.tr("&Keyboard shortcuts…"))

    def _build_images(self) -> None:
        menu = self._menu(self.tr("&Images"))
        self._add(menu, "confirm", self.tr("&Confirm the label"), "Return, Enter", "check", here=self._tiles)
        self._add(menu, "reject_shown", self.tr("Not &this label"), "Backspace", "close", here=self._tiles)
        self._add(menu, "take_out", self.tr("&Take out of the bin"), "Del")
        menu.addSeparator()
        for key in KEYS:
            self._add(None, f"assign_{key}", self.tr("Add the selection to bin {}").format(key), str(key))
        self._add(None, "assign_any", self.tr("Add the selection to a bin…"), "0")
        self._add_bins(menu, self.tr("&Add to"), "assign")
        for key in KEYS:
            self._add(None, f"reject_{key}", self.tr("Never label as bin {}").format(key), f"Shift+{key}")
        self._add(None, "reject_any", self.tr("Never label as a bin…"), "Shift+0")
        self._add_bins(menu, self.tr("&Never label as"), "reject")
        self._add(menu, "allow", self.tr("&Allow every label again"))
        menu.addSeparator()
        self._add(menu, "preview", self.tr("&Preview"), "Space", "zoom", here=self._tiles)
        self._add(menu, "go_on", self.tr("&Go to the next image after an answer"))
        self._tick("go_on", settings.goes_on())
        for name, action in self.shortcuts.actions.items():
            if name.startswith(("confirm", "assign_", "reject_")):
                action.setAutoRepeat(False)  # a key that is held answers once, not image after image

    def _add_bins(self, menu: QMenu, title: str, deed: str) -> None:
        actions = self.shortcuts.actions
        keys, other = [actions[f"{deed}_{key}"] for key in KEYS], actions[f"{deed}_any"]
        menu.addMenu(BinsMenu(title, self._session.bins, self._by_name[deed], keys, other, menu))

    def _build_bins(self) -> None:
        menu = self._menu(self.tr("&Bins"))
        self._add(menu, "new_bin", self.tr("&New bin from the selection"), "Ctrl+B", "plus")
        self._add(menu, "alike_bin", self.tr("New bin from &alike images"), "Ctrl+Shift+B")
        self._add(menu, "rename_bin", self.tr("&Rename bin"), "F2", "pencil")
        self._add(menu, "switch_bin", self.tr("&Switch bin off or on"), "Ctrl+K", "power")
        self._add(menu, "delete_bin", self.tr("&Delete bin"), "Ctrl+Del", "trash")
        menu.addSeparator()
        self._add(menu, "fold_bin", self.tr("&Fold or unfold bin"))
        self._add(menu, "fold_all", self.tr("Fold or &unfold all bins"), "Ctrl+Shift+F")
        menu.addSeparator()
        self._add(menu, "check", self.tr("&Check precision…"), "Ctrl+P")
        self._add(menu, "next_doubtful", self.tr("&Go to the next doubtful example"), "Ctrl+D")

    def _build_view(self) -> None:
        menu = self._menu(self.tr("&View"))
        self._add(menu, "show_all", self.tr("&All images"), "Ctrl+1", "image")
        self._add(menu, "show_unreadable", self.tr("&Unreadable images"), "Ctrl+2", "image-broken")
        self._add(menu, "show_unsure", self.tr("Un&sure images"), "Ctrl+3")
        self._add(menu, "show_open", self.tr("&Not confirmed yet"), "Ctrl+4")
        self._add(menu, "show_answered", self.tr("&Confirmed by you"), "Ctrl+5")
        menu.addSeparator()
        self._add(menu, "unsure_tray", self.tr("A&like images among the unsure"), "Ctrl+U")
        self._add(menu, "stricter", self.tr("Fe&wer wrong labels, more unsure"), "Ctrl+[")
        self._add(menu, "more_lenient", self.tr("&More wrong labels, fewer unsure"), "Ctrl+]")
        menu.addSeparator()
        self._add(menu, "fetch_random", self.tr("Fetch 20 at &random"), "Ctrl+Shift+R")
        self._add(menu, "fetch_unsure", self.tr("Fetch 20 &unsure"), "Ctrl+Shift+U")
        self._add(menu, "fetch_class", self.tr("Fetch 20 &of a bin…"), "Ctrl+Shift+L")
        menu.addSeparator()
        self._add(menu, "ask_first", self.tr("As&k me first"), "Ctrl+Shift+A")
        self._add(menu, "differ_first", self.tr("Where methods &differ first"), "Ctrl+Shift+D")
        self._add(menu, "arrange", self.tr("S&ort again"), "Ctrl+R")
        menu.addSeparator()
        self._add(menu, "quality", self.tr("How &good is it"), "Ctrl+G", "gauge")
        self._add(menu, "map", self.tr("&Map"), "Ctrl+M", "scatter")
        menu.addSeparator()
        self._add(menu, "larger_tiles", self.tr("&Larger pictures"), "Ctrl++, Ctrl+=")
        self._add(menu, "smaller_tiles", self.tr("S&maller pictures"), "Ctrl+-")
        self._add(menu, "usual_tiles", self.tr("Pictures of the &usual size"), "Ctrl+0")
        self._add(menu, "full_screen", self.tr("&Full screen"), "F11")
        menu.addSeparator()
        self._add(menu, "next_part", self.tr("&Go to the next part of the window"), "F6")
        self._add(menu, "previous_part", self.tr("Go &back to the part before"), "Shift+F6")
        menu.addSeparator()
        menu.addMenu(AppearanceMenu(menu))
        languages = LanguageMenu(menu)
        languages.chosen.connect(self._slots["language"])
        menu.addMenu(languages)

    def _build_model(self) -> None:
        menu = self._menu(self.tr("&Model"))
        self._add(menu, "compare", self.tr("&Compare methods"), "Ctrl+Shift+C", "compare")
        self._add(menu, "best", self.tr("&Best for my bins"), "Ctrl+Alt+B", "best")
        menu.addSeparator()
        self._add(menu, "fewer_steps", self.tr("&Fewer steps of adaptation"), "Ctrl+Alt+[")
        self._add(menu, "more_steps", self.tr("&More steps of adaptation"), "Ctrl+Alt+]")
        menu.addSeparator()
        self._add(menu, "trunks", self.tr("More m&odels…"), "Ctrl+Shift+M", "download")

    def _build_help(self) -> None:
        menu = self._menu(self.tr("&Help"))
        self._add(menu, "help", self.tr("&Help"), Standard.HelpContents, "info")
        self._add(menu, "tour", self.tr("&Show the tour"))
        self._add(menu, "shortcuts", "")
        self._add(menu, "methods", self.tr("About the &methods"))
        menu.addSeparator()
        self._add(menu, "about", self.tr("&About Fewshot"))

    def _menu(self, title: str) -> QMenu:
        return self._window.menuBar().addMenu(title)

    def _add(
        self,
        menu: QMenu | None,
        name: str,
        text: str,
        keys: Standard | str | None = None,
        icon: str = "",
        here: QWidget | None = None,
    ) -> None:
        known = self.shortcuts.actions.get(name)
        if known is not None and menu is not None:
            menu.addAction(known)
            return
        action = QAction(text, self._window)
        action.triggered.connect(partial(self._run, name))
        if here is not None:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            here.addAction(action)
        self._take_over(menu, name, action, keys, icon)

    def _take_over(
        self, menu: QMenu | None, name: str, action: QAction, keys: Standard | str | None, icon: str
    ) -> None:
        action.setObjectName(name)
        if isinstance(keys, str):
            action.setShortcuts([QKeySequence(k) for k in keys.split(", ")])
        elif keys is not None:
            action.setShortcuts(keys)
        if icon:
            action.setIcon(icons.icon(icon))
        self.shortcuts.add(name, action)
        (menu or self._window).addAction(action)

    def _show_watching(self) -> None:
        self._tick("watch", self._session.watcher.on)

    def _tick(self, name: str, on: bool) -> None:
        action = self.shortcuts.actions[name]
        action.setCheckable(True)
        action.setChecked(on)

    def _run(self, name: str, _checked: bool = False) -> None:
        self._slots[name]()

    def _open(self, folder: Path, _checked: bool = False) -> None:
        self._session.open_folder(folder)

    def _fill_recent(self) -> None:
        self._recent.clear()
        for folder in settings.recent_folders():
            action = self._recent.addAction(str(folder).replace("&", "&&"))
            action.triggered.connect(partial(self._open, folder))
        if self._recent.isEmpty():
            self._recent.addAction(self.tr("None yet")).setEnabled(False)
