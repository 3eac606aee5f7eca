"""The window's commands. A new one is a member here, a handler in ``window.py`` and a place in ``menus.py``."""

from enum import StrEnum

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtGui import QKeySequence

Standard = QKeySequence.StandardKey
_ASSIGN = QT_TRANSLATE_NOOP("Command", "Add the selection to bin {}")
_REJECT = QT_TRANSLATE_NOOP("Command", "Never label as bin {}")


class Command(StrEnum):
    """A member's value is the name under which its shortcuts are stored. After it come the text in English, the default
    keys (Qt's, or several separated by ", "), the icon's name, and whether it is checkable.
    """

    keys: Standard | str
    icon: str
    checkable: bool
    _source: str

    def __new__(
        cls, name: str, text: object, keys: Standard | str = "", icon: str = "", checkable: bool = False
    ) -> "Command":
        """Make the name the member's value."""
        member = str.__new__(cls, name)
        member._value_ = name
        member._source, member.keys, member.icon, member.checkable = str(text), keys, icon, checkable
        return member

    def text(self) -> str:
        """The translated text, with its mnemonic."""
        return QCoreApplication.translate("Command", self._source).format(self[-1])

    def shortcuts(self) -> list[QKeySequence]:
        """The default keys."""
        if isinstance(self.keys, str):
            return [QKeySequence(keys) for keys in self.keys.split(", ") if keys]
        return QKeySequence.keyBindings(self.keys)

    OPEN = "open", QT_TRANSLATE_NOOP("Command", "&Open folder…"), Standard.Open, "folder-open"
    ADD_FOLDER = "add_folder", QT_TRANSLATE_NOOP("Command", "&Add a folder…"), "Ctrl+Alt+O"
    RELOAD = "reload", QT_TRANSLATE_NOOP("Command", "&Look for new files"), Standard.Refresh, "refresh"
    WATCH = "watch", QT_TRANSLATE_NOOP("Command", "Watch for &new files"), "Ctrl+Shift+W", "", True
    ONLY_FOLDER = "only_folder", QT_TRANSLATE_NOOP("Command", "Show only the &first folder")
    LOCATE = "locate", QT_TRANSLATE_NOOP("Command", "The folder has &moved…")
    DEMO = "demo", QT_TRANSLATE_NOOP("Command", "Open the &demo"), "", "fewshot"
    DEMO_COLOUR = "demo_colour", QT_TRANSLATE_NOOP("Command", "Open the demo in &colour"), "", "fewshot"
    OPEN_WORKSPACE = "open_workspace", QT_TRANSLATE_NOOP("Command", "Open &workspace…"), "Ctrl+Shift+O"
    SAVE_WORKSPACE = "save_workspace", QT_TRANSLATE_NOOP("Command", "&Save workspace as…"), "Ctrl+Shift+S"
    EXPORT = "export", QT_TRANSLATE_NOOP("Command", "&Export labels as CSV…"), "Ctrl+E", "export"
    QUIT = "quit", QT_TRANSLATE_NOOP("Command", "&Quit"), "Ctrl+Q"
    UNDO = "undo", QT_TRANSLATE_NOOP("Command", "Undo"), Standard.Undo, "undo"
    REDO = "redo", QT_TRANSLATE_NOOP("Command", "Redo"), "Ctrl+Shift+Z, Ctrl+Y", "redo"
    PASTE = "paste", QT_TRANSLATE_NOOP("Command", "&Paste as example"), Standard.Paste
    FIND = "find", QT_TRANSLATE_NOOP("Command", "&Find images by name"), Standard.Find
    SHORTCUTS = "shortcuts", QT_TRANSLATE_NOOP("Command", "&Keyboard shortcuts…")
    CONFIRM = "confirm", QT_TRANSLATE_NOOP("Command", "&Confirm the label"), "Return, Enter", "check"
    REJECT_SHOWN = "reject_shown", QT_TRANSLATE_NOOP("Command", "Not &this label"), "Backspace", "close"
    TAKE_OUT = "take_out", QT_TRANSLATE_NOOP("Command", "&Take out of the bin"), "Del"
    ASSIGN_1 = "assign_1", _ASSIGN, "1"
    ASSIGN_2 = "assign_2", _ASSIGN, "2"
    ASSIGN_3 = "assign_3", _ASSIGN, "3"
    ASSIGN_4 = "assign_4", _ASSIGN, "4"
    ASSIGN_5 = "assign_5", _ASSIGN, "5"
    ASSIGN_6 = "assign_6", _ASSIGN, "6"
    ASSIGN_7 = "assign_7", _ASSIGN, "7"
    ASSIGN_8 = "assign_8", _ASSIGN, "8"
    ASSIGN_9 = "assign_9", _ASSIGN, "9"
    ASSIGN_ANY = "assign_any", QT_TRANSLATE_NOOP("Command", "Add the selection to a bin…"), "0"
    REJECT_1 = "reject_1", _REJECT, "Shift+1"
    REJECT_2 = "reject_2", _REJECT, "Shift+2"
    REJECT_3 = "reject_3", _REJECT, "Shift+3"
    REJECT_4 = "reject_4", _REJECT, "Shift+4"
    REJECT_5 = "reject_5", _REJECT, "Shift+5"
    REJECT_6 = "reject_6", _REJECT, "Shift+6"
    REJECT_7 = "reject_7", _REJECT, "Shift+7"
    REJECT_8 = "reject_8", _REJECT, "Shift+8"
    REJECT_9 = "reject_9", _REJECT, "Shift+9"
    REJECT_ANY = "reject_any", QT_TRANSLATE_NOOP("Command", "Never label as a bin…"), "Shift+0"
    ALLOW = "allow", QT_TRANSLATE_NOOP("Command", "&Allow every label again")
    PREVIEW = "preview", QT_TRANSLATE_NOOP("Command", "&Preview"), "Space", "zoom"
    GO_ON = "go_on", QT_TRANSLATE_NOOP("Command", "&Go to the next image after an answer"), "", "", True
    NEW_BIN = "new_bin", QT_TRANSLATE_NOOP("Command", "&New bin from the selection"), "Ctrl+B", "plus"
    ALIKE_BIN = "alike_bin", QT_TRANSLATE_NOOP("Command", "New bin from &alike images"), "Ctrl+Shift+B"
    RENAME_BIN = "rename_bin", QT_TRANSLATE_NOOP("Command", "&Rename bin"), "F2", "pencil"
    SWITCH_BIN = "switch_bin", QT_TRANSLATE_NOOP("Command", "&Switch bin off or on"), "Ctrl+K", "power"
    DELETE_BIN = "delete_bin", QT_TRANSLATE_NOOP("Command", "&Delete bin"), "Ctrl+Del", "trash"
    FOLD_BIN = "fold_bin", QT_TRANSLATE_NOOP("Command", "&Fold or unfold bin")
    FOLD_ALL = "fold_all", QT_TRANSLATE_NOOP("Command", "Fold or &unfold all bins"), "Ctrl+Shift+F"
    CHECK = "check", QT_TRANSLATE_NOOP("Command", "&Check precision…"), "Ctrl+P"
    NEXT_DOUBTFUL = "next_doubtful", QT_TRANSLATE_NOOP("Command", "&Go to the next doubtful example"), "Ctrl+D"
    SHOW_ALL = "show_all", QT_TRANSLATE_NOOP("Command", "&All images"), "Ctrl+1", "image"
    SHOW_UNREADABLE = "show_unreadable", QT_TRANSLATE_NOOP("Command", "&Unreadable images"), "Ctrl+2", "image-broken"
    SHOW_UNSURE = "show_unsure", QT_TRANSLATE_NOOP("Command", "Un&sure images"), "Ctrl+3"
    SHOW_OPEN = "show_open", QT_TRANSLATE_NOOP("Command", "&Not confirmed yet"), "Ctrl+4"
    SHOW_ANSWERED = "show_answered", QT_TRANSLATE_NOOP("Command", "&Confirmed by you"), "Ctrl+5"
    UNSURE_TRAY = "unsure_tray", QT_TRANSLATE_NOOP("Command", "A&like images among the unsure"), "Ctrl+U"
    STRICTER = "stricter", QT_TRANSLATE_NOOP("Command", "Fe&wer wrong labels, more unsure"), "Ctrl+["
    MORE_LENIENT = "more_lenient", QT_TRANSLATE_NOOP("Command", "&More wrong labels, fewer unsure"), "Ctrl+]"
    FETCH_RANDOM = "fetch_random", QT_TRANSLATE_NOOP("Command", "Fetch 20 at &random"), "Ctrl+Shift+R"
    FETCH_UNSURE = "fetch_unsure", QT_TRANSLATE_NOOP("Command", "Fetch 20 &unsure"), "Ctrl+Shift+U"
    FETCH_CLASS = "fetch_class", QT_TRANSLATE_NOOP("Command", "Fetch 20 &of a bin…"), "Ctrl+Shift+L"
    ASK_FIRST = "ask_first", QT_TRANSLATE_NOOP("Command", "As&k me first"), "Ctrl+Shift+A"
    DIFFER_FIRST = "differ_first", QT_TRANSLATE_NOOP("Command", "Where methods &differ first"), "Ctrl+Shift+D"
    ARRANGE = "arrange", QT_TRANSLATE_NOOP("Command", "S&ort again"), "Ctrl+R"
    QUALITY = "quality", QT_TRANSLATE_NOOP("Command", "How &good is it"), "Ctrl+G", "gauge"
    MAP = "map", QT_TRANSLATE_NOOP("Command", "&Map"), "Ctrl+M", "scatter"
    LARGER_TILES = "larger_tiles", QT_TRANSLATE_NOOP("Command", "&Larger pictures"), "Ctrl++, Ctrl+="
    SMALLER_TILES = "smaller_tiles", QT_TRANSLATE_NOOP("Command", "S&maller pictures"), "Ctrl+-"
    USUAL_TILES = "usual_tiles", QT_TRANSLATE_NOOP("Command", "Pictures of the &usual size"), "Ctrl+0"
    FULL_SCREEN = "full_screen", QT_TRANSLATE_NOOP("Command", "&Full screen"), "F11"
    NEXT_PART = "next_part", QT_TRANSLATE_NOOP("Command", "&Go to the next part of the window"), "F6"
    PREVIOUS_PART = "previous_part", QT_TRANSLATE_NOOP("Command", "Go &back to the part before"), "Shift+F6"
    COMPARE = "compare", QT_TRANSLATE_NOOP("Command", "&Compare methods"), "Ctrl+Shift+C", "compare"
    BEST = "best", QT_TRANSLATE_NOOP("Command", "&Best for my bins"), "Ctrl+Alt+B", "best"
    FEWER_STEPS = "fewer_steps", QT_TRANSLATE_NOOP("Command", "&Fewer steps of adaptation"), "Ctrl+Alt+["
    MORE_STEPS = "more_steps", QT_TRANSLATE_NOOP("Command", "&More steps of adaptation"), "Ctrl+Alt+]"
    TRUNKS = "trunks", QT_TRANSLATE_NOOP("Command", "More m&odels…"), "Ctrl+Shift+M", "download"
    HELP = "help", QT_TRANSLATE_NOOP("Command", "&Help"), Standard.HelpContents, "info"
    TOUR = "tour", QT_TRANSLATE_NOOP("Command", "&Show the tour")
    METHODS = "methods", QT_TRANSLATE_NOOP("Command", "About the &methods")
    ABOUT = "about", QT_TRANSLATE_NOOP("Command", "&About Fewshot")


ASSIGN = tuple(c for c in Command if c.startswith("assign_") and c[-1].isdigit())
REJECT = tuple(c for c in Command if c.startswith("reject_") and c[-1].isdigit())
"""By the number keys of bins; further bins are found in the palette, by typing."""
