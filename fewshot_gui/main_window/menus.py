"""The menu bar: a QAction for every command, and the menus that hold them."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from fewshot_gui import settings
from fewshot_gui.bins.menu import BinsMenu
from fewshot_gui.main_window.command import ASSIGN, REJECT, Command
from fewshot_gui.main_window.setting_menu import SettingMenu
from fewshot_gui.session.session import Session
from fewshot_gui.shortcuts.shortcut_store import Shortcuts
from fewshot_gui.style import appearance, icons
from fewshot_gui.translation.language import LANGUAGES

Handler = Callable[[], object]
ON_TILES = (Command.CONFIRM, Command.REJECT_SHOWN, Command.PREVIEW)
"""Enter, Backspace and Space mean the selected images; elsewhere they keep the meaning they have."""


class Menus(QObject):
    """Fills the menu bar of ``window``, and ``shortcuts``.

    Args:
        handlers: what each command does.
        assign, reject: what *Add to* and *Never label as* do with the bin of a name.
        tiles: where the keys of ``ON_TILES`` work.
    """

    def __init__(
        self,
        window: QMainWindow,
        session: Session,
        shortcuts: Shortcuts,
        handlers: Mapping[Command, Handler],
        assign: Callable[[str], None],
        reject: Callable[[str], None],
        tiles: QWidget,
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._handlers, self._tiles = window, session, handlers, tiles
        self._actions = {command: self._action(command) for command in Command}
        for command, action in self._actions.items():
            shortcuts.add(command, action)
        for command in (*ASSIGN, Command.ASSIGN_ANY, *REJECT, Command.REJECT_ANY):  # menus have the bins' names instead
            window.addAction(self._actions[command])
        self._actions[Command.GO_ON].setChecked(settings.GOES_ON.get())
        self._actions[Command.WATCH].setChecked(session.watcher.on)
        session.watcher.changed.connect(self._show_watching)
        self._make_submenus(assign, reject)
        self._fill_bar()

    def _make_submenus(self, assign: Callable[[str], None], reject: Callable[[str], None]) -> None:
        bar = self._window.menuBar()
        self._recent = QMenu(self.tr("Open &recent"), bar)
        self._recent.aboutToShow.connect(self._fill_recent)
        self._assign = self._bins_menu(self.tr("&Add to"), assign, ASSIGN, Command.ASSIGN_ANY)
        self._reject = self._bins_menu(self.tr("&Never label as"), reject, REJECT, Command.REJECT_ANY)
        as_system = {"": self.tr("As the system")}
        schemes = {appearance.LIGHT: self.tr("Light"), appearance.DARK: self.tr("Dark")}
        self._appearance = SettingMenu(self.tr("A&ppearance"), settings.APPEARANCE, as_system | schemes, bar)
        self._appearance.chosen.connect(appearance.install)
        self.languages = SettingMenu(self.tr("&Language · 语言"), settings.LANGUAGE, as_system | LANGUAGES, bar)

    def _action(self, command: Command) -> QAction:
        action = self._new_action(command)
        action.setObjectName(command)
        action.setShortcuts(command.shortcuts())
        action.setCheckable(command.checkable)
        action.triggered.connect(partial(self._run, command))
        if command.icon:
            action.setIcon(icons.icon(command.icon))
        if command in ON_TILES:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self._tiles.addAction(action)
        if command.startswith(("confirm", "assign_", "reject_")):
            action.setAutoRepeat(False)  # a key that is held answers once, not image after image
        return action

    def _new_action(self, command: Command) -> QAction:
        stack = self._session.bins.undo
        if command not in (Command.UNDO, Command.REDO):
            return QAction(command.text(), self._window)
        made = stack.createUndoAction if command == Command.UNDO else stack.createRedoAction
        action = made(self._window)
        action.setProperty("title", command.text())
        return action

    def _bins_menu(self, title: str, then: Callable[[str], None], keys: Sequence[Command], other: Command) -> BinsMenu:
        numbered = [self._actions[key] for key in keys]
        return BinsMenu(title, self._session.bins, then, numbered, self._actions[other], self._window.menuBar())

    def _fill_bar(self) -> None:
        c = Command
        self._add_menu(
            self.tr("&File"),
            (c.OPEN, c.ADD_FOLDER, self._recent, c.RELOAD, c.WATCH, c.ONLY_FOLDER, c.LOCATE, c.DEMO, c.DEMO_COLOUR),
            (c.OPEN_WORKSPACE, c.SAVE_WORKSPACE),
            (c.EXPORT,),
            (c.QUIT,),
        )
        self._add_menu(self.tr("&Edit"), (c.UNDO, c.REDO), (c.PASTE,), (c.FIND,), (c.SHORTCUTS,))
        self._add_menu(
            self.tr("&Images"),
            (c.CONFIRM, c.REJECT_SHOWN, c.TAKE_OUT),
            (self._assign, self._reject, c.ALLOW),
            (c.PREVIEW, c.GO_ON),
        )
        self._add_menu(
            self.tr("&Bins"),
            (c.NEW_BIN, c.ALIKE_BIN, c.RENAME_BIN, c.SWITCH_BIN, c.DELETE_BIN),
            (c.FOLD_BIN, c.FOLD_ALL),
            (c.CHECK, c.NEXT_DOUBTFUL),
        )
        self._add_menu(
            self.tr("&View"),
            (c.SHOW_ALL, c.SHOW_UNREADABLE, c.SHOW_UNSURE, c.SHOW_OPEN, c.SHOW_ANSWERED),
            (c.UNSURE_TRAY, c.STRICTER, c.MORE_LENIENT),
            (c.FETCH_RANDOM, c.FETCH_UNSURE, c.FETCH_CLASS),
            (c.ASK_FIRST, c.DIFFER_FIRST, c.ARRANGE),
            (c.QUALITY, c.MAP),
            (c.LARGER_TILES, c.SMALLER_TILES, c.USUAL_TILES, c.FULL_SCREEN),
            (c.NEXT_PART, c.PREVIOUS_PART),
            (self._appearance, self.languages),
        )
        self._add_menu(self.tr("&Model"), (c.COMPARE, c.BEST), (c.FEWER_STEPS, c.MORE_STEPS), (c.TRUNKS,))
        self._add_menu(self.tr("&Help"), (c.HELP, c.TOUR, c.SHORTCUTS, c.METHODS), (c.ABOUT,))

    def _add_menu(self, title: str, *groups: Sequence[Command | QMenu]) -> None:
        """A menu with a separator between the groups."""
        menu = self._window.menuBar().addMenu(title)
        for group in groups:
            if not menu.isEmpty():
                menu.addSeparator()
            for item in group:
                if isinstance(item, QMenu):
                    menu.addMenu(item)
                else:
                    menu.addAction(self._actions[item])

    def _show_watching(self) -> None:
        self._actions[Command.WATCH].setChecked(self._session.watcher.on)

    def _run(self, command: Command, _checked: bool = False) -> None:
        self._handlers[command]()

    def _open(self, folder: Path, _checked: bool = False) -> None:
        self._session.open_folder(folder)

    def _fill_recent(self) -> None:
        self._recent.clear()
        for folder in settings.recent_folders():
            action = self._recent.addAction(str(folder).replace("&", "&&"))
            action.triggered.connect(partial(self._open, folder))
        if self._recent.isEmpty():
            self._recent.addAction(self.tr("None yet")).setEnabled(False)
