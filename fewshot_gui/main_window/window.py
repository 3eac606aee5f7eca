"""The main window: builds panels, commands and menus, and connects them. The work is the session's."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from backend.types import ImageId, Listing
from fewshot_gui import settings
from fewshot_gui.bins.panel import BinsPanel
from fewshot_gui.gallery.panel import GalleryPanel
from fewshot_gui.gallery.precision_check import PrecisionBar
from fewshot_gui.gallery.row_order import Filter, Order
from fewshot_gui.gallery.sampling import SampleKind, Sampling
from fewshot_gui.gallery.toolbar import ALL, UNREADABLE
from fewshot_gui.inspector.panel import InspectorPanel
from fewshot_gui.main_window.auto_advance import AutoAdvance
from fewshot_gui.main_window.bin_commands import BinCommands
from fewshot_gui.main_window.command import ASSIGN, REJECT, Command
from fewshot_gui.main_window.digit_keys import DigitKeys
from fewshot_gui.main_window.enter_key_filter import EnterKeyFilter
from fewshot_gui.main_window.file_dialogs import FileDialogs
from fewshot_gui.main_window.focus_fallback import FocusFallback
from fewshot_gui.main_window.help_commands import HelpCommands
from fewshot_gui.main_window.import_commands import ImportCommands
from fewshot_gui.main_window.inspector_commands import InspectorCommands
from fewshot_gui.main_window.labelling_commands import LabellingCommands
from fewshot_gui.main_window.menus import Handler, Menus
from fewshot_gui.main_window.model_commands import ModelCommands
from fewshot_gui.main_window.pane_focus import PaneFocus
from fewshot_gui.main_window.plot_docks import PlotDocks
from fewshot_gui.main_window.preview_commands import PreviewCommands
from fewshot_gui.main_window.session_messages import SessionMessages
from fewshot_gui.main_window.status_bar import StatusBar
from fewshot_gui.main_window.view_state import ViewState
from fewshot_gui.main_window.welcome_page import WelcomePage
from fewshot_gui.main_window.workbench import Workbench
from fewshot_gui.main_window.workspace_messages import WorkspaceMessages
from fewshot_gui.review.panel import ReviewPanel
from fewshot_gui.session.session import Session
from fewshot_gui.shortcuts.dialog import ShortcutsDialog
from fewshot_gui.shortcuts.shortcut_store import Shortcuts
from fewshot_gui.widgets.drag_autoscroll import DragScroll
from fewshot_gui.widgets.message_bar import MessageBar

SIZE = (1440, 900)
SAVING_S = 0.2
"""Closing waits so long to hear whether everything could be saved."""
LOAD_AFTER_MS = 100
"""The model is loaded once the window has been on the screen for so long."""


class MainWindow(QMainWindow):
    """One window with a session of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.session = Session(self)
        self.shortcuts = Shortcuts()
        self.banner = MessageBar()
        self.welcome_page = WelcomePage()
        self.bins = BinsPanel(self.session.bins, self.session.library, self.session.thumbnails)
        self.gallery = GalleryPanel(self.session)
        self.view_state = ViewState(self.session, self.gallery, self.bins)
        self.sampling = Sampling(self.session, self.gallery)
        self.precision = PrecisionBar(self.session, self.gallery, self.sampling)
        self.gallery.add_bar(self.precision)
        self.review = ReviewPanel(self.session)
        self.gallery.add_foot(self.review)
        self.inspector = InspectorPanel(self.session)
        self.status_bar = StatusBar(self.session)
        self.workbench = Workbench(self.welcome_page, self.bins, self.gallery, self.inspector, self.review)
        self.ended_clean = True
        self._may_lose = False
        self._compose()
        self._make_commands()
        self._make_filters()
        self._connect()
        self._make_menus()
        self._make_messages()
        self.resize(*SIZE)
        self.setMinimumSize(800, 480)
        self._show_title()
        self.welcome_page.show_recent(settings.recent_folders())

    def _make_commands(self) -> None:
        """What the menus' commands do; each is given just the parts that it uses."""
        session, bins, gallery, banner = self.session, self.bins, self.gallery, self.banner
        self.file_dialogs = dialogs = FileDialogs(session, banner, self)
        self.labelling_commands = labelling = LabellingCommands(session, bins, gallery, banner, self)
        self.auto_advance = AutoAdvance(session, gallery, banner, dialogs.export, self)
        self.preview_commands = PreviewCommands(session, gallery, labelling, self.workbench)
        self.bin_commands = BinCommands(
            session.bins, gallery, banner, self.sampling, self.precision, self.review, self.shortcuts.command, self
        )
        self.inspector_commands = InspectorCommands(session, self.inspector, bins, gallery, banner)
        self.model_commands = ModelCommands(session, bins, gallery, banner, dialogs)
        self.plot_docks = PlotDocks(session, gallery, self.inspector.show_image, self)
        self.workbench.add_panels(self.plot_docks.quality, self.plot_docks.map)
        self.workbench.add_panels(*self.model_commands.docks)
        ask_bin, welcome = self.bin_commands.ask_bin, self.welcome_page
        self.import_commands = ImportCommands(session, bins, gallery, welcome, banner, dialogs, ask_bin, self)
        self.help_commands = HelpCommands(session, welcome, bins, gallery, self.inspector, banner, self)

    def _make_filters(self) -> None:
        """Event filters on the window, and what follows the focus."""
        self._drag_scroll = DragScroll(self, (self.bins.list_area, self.gallery.view))
        EnterKeyFilter(self)
        DigitKeys(self, self.shortcuts.actions)
        plots, tables = (self.plot_docks.quality, self.plot_docks.map), self.model_commands.docks
        FocusFallback(self, self.gallery, self.banner, (*plots, *tables, self.inspector, self.review))
        panes = (self.bins, self.gallery, *plots, self.inspector, *tables, self.status_bar)
        self.pane_focus = PaneFocus(panes, self.gallery.view, self)

    def _make_messages(self) -> None:
        dialogs = self.file_dialogs
        self._messages = WorkspaceMessages(
            self.session.workspace, self.banner, dialogs.save_workspace, dialogs.locate, self
        )
        SessionMessages(self.session, self.banner, self.gallery, self._messages, self)

    def _make_menus(self) -> None:
        handlers = self._file_handlers() | self._bin_handlers() | self._view_handlers()
        by_bin = self.labelling_commands.assign_to, self.labelling_commands.reject_as
        menus = Menus(self, self.session, self.shortcuts, handlers, *by_bin, self.gallery.view)
        menus.languages.chosen.connect(self.help_commands.show_language)
        wanted = Command.BEST, Command.TRUNKS, Command.COMPARE
        best, trunks, compare = (self.shortcuts.actions[command] for command in wanted)
        self.status_bar.offer_more([best, trunks], [compare, best])
        for command, dock in self.workbench.panels.items():
            dock.visibilityChanged.connect(self.shortcuts.actions[command].setChecked)

    def _compose(self) -> None:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget, stretch in ((self.banner, 0), (self.workbench, 1), (self.status_bar, 0)):
            column.addWidget(widget, stretch)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        session, labelling, dialogs = self.session, self.labelling_commands, self.file_dialogs
        session.workspace.opened.connect(self._on_opened)
        session.exported.connect(self._on_exported)
        session.loader.listed.connect(self._on_listed)
        session.bin_made.connect(self.bins.rename)
        self.welcome_page.open_asked.connect(dialogs.open_folder)
        self.welcome_page.demo_asked.connect(session.open_demo)
        self.welcome_page.recent_asked.connect(session.open_folder)
        self.bins.filtered.connect(partial(self.gallery.toolbar.show_page, ALL))
        self.bins.chosen.connect(self._on_example)
        self.bins.checked.connect(self.bin_commands.check)
        self.review.images_asked.connect(self.gallery.show_chosen)
        self.review.left.connect(self.gallery.view.setFocus)
        self.review.strip.unsure_only_asked.connect(self.gallery.show_unsure_only)
        self.gallery.unsure_only.connect(self.review.strip.set_unsure_only)
        self.gallery.view.chosen.connect(self._on_tile)
        labelling.answered.connect(self.auto_advance.on_answered)
        self.gallery.view.in_sight.connect(session.set_visible)
        self.gallery.view.taken_back.connect(labelling.take_out)
        session.workspace.view = self.view_state.capture
        self.view_state.changed.connect(session.workspace.autosave.touch)
        session.workspace.autosave.attached.connect(self._show_title)
        self.gallery.unreadable.chosen.connect(self.inspector.show_image)
        self.status_bar.unreadable_asked.connect(partial(self.gallery.toolbar.show_page, UNREADABLE))

    # Commands ----------------------------------------------------------------------------------------------------

    def _file_handlers(self) -> dict[Command, Handler]:
        session, dialogs, imports, helping = self.session, self.file_dialogs, self.import_commands, self.help_commands
        return {
            Command.OPEN: dialogs.open_folder,
            Command.ADD_FOLDER: imports.choose_folder,
            Command.RELOAD: session.reload,
            Command.WATCH: imports.watch,
            Command.ONLY_FOLDER: imports.beside.only_the_folder,
            Command.LOCATE: dialogs.locate,
            Command.DEMO: session.open_demo,
            Command.DEMO_COLOUR: partial(session.open_demo, colour=True),
            Command.OPEN_WORKSPACE: dialogs.open_workspace,
            Command.SAVE_WORKSPACE: dialogs.save_workspace,
            Command.EXPORT: dialogs.export,
            Command.QUIT: self.close,
            Command.UNDO: self.auto_advance.on_taken_back,
            Command.REDO: self.auto_advance.on_taken_back,
            Command.PASTE: imports.pasting.paste,
            Command.FIND: self.gallery.toolbar.start_finding,
            Command.SHORTCUTS: self._choose_shortcuts,
            Command.HELP: helping.show_help,
            Command.TOUR: helping.show_tour,
            Command.METHODS: helping.show_methods,
            Command.ABOUT: helping.show_about,
        }

    def _bin_handlers(self) -> dict[Command, Handler]:
        labelling, ask = self.labelling_commands, self.bin_commands.ask_bin
        numbered: dict[Command, Handler] = {c: partial(labelling.assign, n) for n, c in enumerate(ASSIGN, 1)}
        numbered |= {c: partial(labelling.reject, n) for n, c in enumerate(REJECT, 1)}
        return numbered | {
            Command.CONFIRM: labelling.confirm,
            Command.REJECT_SHOWN: labelling.reject_shown,
            Command.TAKE_OUT: labelling.take_out,
            Command.ASSIGN_ANY: partial(ask, self.tr("Add to which bin?"), labelling.assign_to),
            Command.REJECT_ANY: partial(ask, self.tr("Never label as which bin?"), labelling.reject_as),
            Command.ALLOW: labelling.allow,
            Command.PREVIEW: self.preview_commands.preview,
            Command.GO_ON: self.auto_advance.switch,
            Command.NEW_BIN: labelling.new_bin,
            Command.ALIKE_BIN: self.review.choose_group,
            Command.RENAME_BIN: labelling.rename_bin,
            Command.SWITCH_BIN: labelling.switch_bin,
            Command.DELETE_BIN: labelling.delete_bin,
            Command.FOLD_BIN: labelling.fold_bin,
            Command.FOLD_ALL: self.bins.fold_all,
            Command.CHECK: partial(ask, self.tr("Check which bin's labels?"), self.bin_commands.check),
            Command.NEXT_DOUBTFUL: self.inspector_commands.go_to_next_doubtful,
        }

    def _view_handlers(self) -> dict[Command, Handler]:
        toolbar, tile_size, steps = self.gallery.toolbar, self.gallery.tile_size, self.status_bar.steps
        ask, fetch = self.bin_commands.ask_bin, self.sampling.fetch
        return {
            Command.SHOW_ALL: partial(toolbar.show_page, ALL),
            Command.SHOW_UNREADABLE: partial(toolbar.show_page, UNREADABLE),
            Command.SHOW_UNSURE: partial(toolbar.show_kind, Filter.UNSURE),
            Command.SHOW_OPEN: partial(toolbar.show_kind, Filter.OPEN),
            Command.SHOW_ANSWERED: partial(toolbar.show_kind, Filter.ANSWERED),
            Command.UNSURE_TRAY: self.review.toggle,
            Command.STRICTER: partial(self.review.strip.step, -1),
            Command.MORE_LENIENT: partial(self.review.strip.step, 1),
            Command.FETCH_RANDOM: partial(fetch, SampleKind.RANDOM),
            Command.FETCH_UNSURE: partial(fetch, SampleKind.UNSURE),
            Command.FETCH_CLASS: partial(ask, self.tr("Twenty of which bin?"), partial(fetch, SampleKind.LABEL)),
            Command.ASK_FIRST: partial(toolbar.set_order, Order.ASK),
            Command.DIFFER_FIRST: partial(toolbar.set_order, Order.DIFFER),
            Command.ARRANGE: self.gallery.model.arrange,
            Command.QUALITY: partial(self.workbench.toggle, Command.QUALITY),
            Command.MAP: partial(self.workbench.toggle, Command.MAP),
            Command.LARGER_TILES: tile_size.larger,
            Command.SMALLER_TILES: tile_size.smaller,
            Command.USUAL_TILES: tile_size.reset,
            Command.FULL_SCREEN: self._toggle_full_screen,
            Command.NEXT_PART: partial(self.pane_focus.move, 1),
            Command.PREVIOUS_PART: partial(self.pane_focus.move, -1),
            Command.COMPARE: partial(self.workbench.toggle, Command.COMPARE),
            Command.BEST: self.model_commands.best.start,
            Command.FEWER_STEPS: partial(steps.go, -1),
            Command.MORE_STEPS: partial(steps.go, 1),
            Command.TRUNKS: partial(self.workbench.toggle, Command.TRUNKS),
        }

    def _choose_shortcuts(self) -> None:
        ShortcutsDialog(self.shortcuts, self).open()

    # Selection: one in the whole window --------------------------------------------------------------------------

    def _on_tile(self, image: ImageId) -> None:
        if image:
            self.bins.clear_selection()
        self.inspector.show_image(image)

    def _on_example(self, image: ImageId) -> None:
        self.gallery.view.clearSelection()
        self.inspector.show_image(image)

    # Folder ------------------------------------------------------------------------------------------------------

    def _on_exported(self, path: Path) -> None:
        self.banner.hint(self.tr("Labels exported"), str(path))

    def _on_opened(self, _: Path) -> None:
        self.workbench.show_gallery()
        self._show_title()
        self.gallery.view.setFocus()

    def _on_listed(self, listing: Listing) -> None:
        self._show_title()
        self.gallery.toolbar.refresh()
        if not self.session.is_demo():
            settings.remember_folder(listing.root)

    def _show_title(self) -> None:
        title = self.session.title()
        if title and self.session.workspace.autosave.read_only:
            title = self.tr("{} (read-only)").format(title)
        self.setWindowTitle(self.tr("{} – Fewshot").format(title) if title else self.tr("Fewshot"))

    # View --------------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Load the model, once the window can be used."""
        super().showEvent(event)
        self._drag_scroll.watch()
        QTimer.singleShot(LOAD_AFTER_MS, self.session.engine_host.open)

    def _toggle_full_screen(self) -> None:
        """All of the screen, or a window again, as large as it was."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def changeEvent(self, event: QEvent) -> None:
        """A new colour scheme: icons and cards are drawn anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "bins"):
            self.bins.refresh()

    def close_anyway(self) -> None:
        """Close, even where what was done last cannot be saved."""
        self._may_lose = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """End all work, within two seconds. Where something cannot be saved, the person is told before it is lost."""
        autosave = self.session.workspace.autosave
        reason = "" if self._may_lose else autosave.unsaved(SAVING_S)
        if reason and autosave.path is not None:
            self._messages.hold_closing(autosave.path, reason, self.close_anyway)
            event.ignore()
            return
        settings.GEOMETRY.set(self.saveGeometry())
        self.workbench.remember()
        self.hide()
        self.ended_clean = self.session.close()
        super().closeEvent(event)
