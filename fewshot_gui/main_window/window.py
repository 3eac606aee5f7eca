"""The main window. It composes the parts and passes on what the person asks for; the work is the session's."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from backend.types import ImageId, Listing
from fewshot_gui import settings
from fewshot_gui.bins.panel import BinsPanel
from fewshot_gui.gallery.panel import GalleryPage
from fewshot_gui.gallery.precision_check import PrecisionBar
from fewshot_gui.gallery.sampling import Fetching
from fewshot_gui.gallery.toolbar import ALL, UNREADABLE
from fewshot_gui.inspector.panel import Inspector
from fewshot_gui.main_window.actions import KEYS, Commands
from fewshot_gui.main_window.auto_advance import GoingOn
from fewshot_gui.main_window.central_widget import Middle
from fewshot_gui.main_window.digit_keys import Digits
from fewshot_gui.main_window.drawer import Drawer
from fewshot_gui.main_window.enter_key_filter import EnterPresses
from fewshot_gui.main_window.file_dialogs import FileDialogs
from fewshot_gui.main_window.focus_fallback import Focus
from fewshot_gui.main_window.help_commands import Help
from fewshot_gui.main_window.import_commands import Incoming
from fewshot_gui.main_window.inspector_commands import Why
from fewshot_gui.main_window.labelling_commands import Answers
from fewshot_gui.main_window.low_window import Room
from fewshot_gui.main_window.model_commands import Choosing
from fewshot_gui.main_window.pane_focus import Parts
from fewshot_gui.main_window.session_messages import Guidance
from fewshot_gui.main_window.splitter_state import Divisions
from fewshot_gui.main_window.status_bar import StatusStrip
from fewshot_gui.main_window.view_commands import Looking
from fewshot_gui.main_window.view_state import ViewState
from fewshot_gui.main_window.welcome_page import Welcome
from fewshot_gui.main_window.workspace_messages import WorkspaceMessages
from fewshot_gui.review.panel import UnsureTray
from fewshot_gui.session.session import Session
from fewshot_gui.widgets.drag_autoscroll import DragScroll
from fewshot_gui.widgets.message_bar import MessageBar

SIZE = (1440, 900)
SIDES = ((11, 232, 264), (13, 216, 312))
"""Of the panels at the left and right: share of the width in sixtieths, least and most in pixels."""
SAVING_S = 0.2
"""Closing waits so long to hear whether everything could be saved."""
LOAD_AFTER_MS = 100
"""The model is loaded once the window has been on the screen for so long."""


class MainWindow(QMainWindow):
    """One window with a session of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.session = Session(self)
        self.banner = MessageBar()
        self.welcome = Welcome()
        self.bins = BinsPanel(self.session.bins, self.session.library, self.session.thumbnails)
        self.gallery = GalleryPage(self.session)
        self.inspector = Inspector(self.session)
        self.strip = StatusStrip(self.session)
        self.drawer = Drawer()
        self.dialogs = FileDialogs(self.session, self.banner, self)
        self.answers = Answers(self.session, self.bins, self.gallery, self.banner, self)
        self.going_on = GoingOn(self.session, self.gallery, self.banner, self.dialogs.export, self)
        self.view_state = ViewState(self.session, self.gallery, self.bins)
        self.fetching = Fetching(self.session, self.gallery)
        self.precision = PrecisionBar(self.session, self.gallery, self.fetching)
        self.gallery.add_bar(self.precision)
        self.tray = UnsureTray(self.session, self.gallery)
        self.gallery.add_foot(self.tray)
        self.middle = Middle(self.session, self.gallery, self.inspector.show_image)
        self.ended_clean = True
        self._may_lose = False
        self._compose()
        self._connect()
        self.looking, self.why, self.choosing = Looking(self), Why(self), Choosing(self)
        self.incoming, self.help = Incoming(self), Help(self)
        self._drag_scroll = DragScroll(self, (self.bins.list_area, self.gallery.view))
        EnterPresses(self)
        Focus(self, self.gallery, self.banner, (self.middle.below, self.drawer, self.inspector, self.tray))
        around = (self.bins, self.gallery, self.middle.below, self.inspector, self.drawer, self.strip)
        self._room = Room(self.middle, self.tray, self.drawer, self)
        self.parts = Parts(around, self.gallery.view, self)
        by_name = {"assign": self.answers.assign_to, "reject": self.answers.reject_as}
        self.commands = Commands(self, self.session, self._slots(), by_name, self.gallery.view)
        self.choosing.offer_commands()
        self._follow_undo()
        self._digits = Digits(self, self.commands.shortcuts.actions)
        self._messages = WorkspaceMessages(
            self.session.workspace, self.banner, self.dialogs.save_workspace, self.dialogs.locate, self
        )
        self._guidance = Guidance(self.session, self.banner, self.gallery, self._messages, self)
        self.resize(*SIZE)
        self.setMinimumSize(800, 480)
        self._show_title()
        self.welcome.show_recent(settings.recent_folders())

    def _compose(self) -> None:
        self._work = QSplitter(Qt.Orientation.Horizontal)
        for part in (self.bins, self.middle, self.inspector):
            self._work.addWidget(part)
        self._work.setHandleWidth(1)
        self._work.setChildrenCollapsible(False)
        self._work.setStretchFactor(1, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.welcome)
        self._pages.addWidget(self._work)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        upper = QWidget()  # the preview lies over the pages: as a child of the splitter it would be a part of it
        around = QVBoxLayout(upper)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._pages)
        middle = QSplitter(Qt.Orientation.Vertical)
        middle.setHandleWidth(1)
        middle.setChildrenCollapsible(False)
        middle.addWidget(upper)
        middle.addWidget(self.drawer)
        middle.setStretchFactor(0, 1)
        self._divisions = Divisions(self._work, middle, self.drawer)
        for widget, stretch in ((self.banner, 0), (middle, 1), (self.strip, 0)):
            column.addWidget(widget, stretch)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        session = self.session
        session.workspace.opened.connect(self._on_opened)
        session.exported.connect(self._on_exported)
        session.loader.listed.connect(self._on_listed)
        session.bin_made.connect(self.bins.rename)
        self.welcome.open_asked.connect(self.dialogs.open_folder)
        self.welcome.demo_asked.connect(self.session.open_demo)
        self.welcome.recent_asked.connect(self.session.open_folder)
        self.bins.renamed.connect(self.answers.on_renamed)
        self.bins.deleted.connect(self.answers.on_deleted)
        self.bins.filtered.connect(partial(self.gallery.toolbar.show_page, ALL))
        self.bins.chosen.connect(self._on_example)
        self.bins.created.connect(self.answers.new_bin)
        self.bins.switched.connect(self.answers.on_switched)
        self.bins.recoloured.connect(self.answers.on_recoloured)
        self.bins.moved.connect(self.answers.on_moved)
        self.gallery.view.chosen.connect(self._on_tile)
        self.answers.answered.connect(self.going_on.on_answered)
        self.gallery.view.in_sight.connect(session.set_visible)
        self.gallery.view.taken_back.connect(self.answers.take_out)
        session.workspace.view = self.view_state.capture
        self.view_state.changed.connect(session.workspace.autosave.touch)
        session.workspace.autosave.attached.connect(self._show_title)
        self.gallery.unreadable.chosen.connect(self.inspector.show_image)
        self.strip.unreadable_asked.connect(self.show_unreadable)

    def _slots(self) -> dict[str, Callable[[], None]]:
        slots: dict[str, Callable[[], None]] = {
            "open": self.dialogs.open_folder,
            "open_workspace": self.dialogs.open_workspace,
            "save_workspace": self.dialogs.save_workspace,
            "locate": self.dialogs.locate,
            "reload": self.session.reload,
            "demo": self.session.open_demo,
            "demo_colour": partial(self.session.open_demo, colour=True),
            "export": self.dialogs.export,
            "quit": self._quit,
            "new_bin": self.answers.new_bin,
            "rename_bin": self.answers.rename_bin,
            "take_out": self.answers.take_out,
            "delete_bin": self.answers.delete_bin,
            "show_all": self.show_all,
            "show_unreadable": self.show_unreadable,
            "arrange": self._arrange,
            "quality": self.middle.toggle_quality,
            "map": self.middle.toggle_map,
            "find": self.gallery.toolbar.start_finding,
            "confirm": self.answers.confirm,
            "reject_shown": self.answers.reject_shown,
            "allow": self.answers.allow,
            "switch_bin": self.answers.switch_bin,
            "fold_bin": self.answers.fold_bin,
            "fold_all": self.bins.fold_all,
            "full_screen": self._toggle_full_screen,
        }
        slots |= {f"assign_{key}": partial(self.answers.assign, key) for key in KEYS}
        slots |= {f"reject_{key}": partial(self.answers.reject, key) for key in KEYS}
        return (
            slots
            | self.looking.slots()
            | self.tray.slots()
            | self.going_on.slots()
            | self.why.slots()
            | self.choosing.slots()
            | self.incoming.slots()
            | self.help.slots()
            | self.parts.slots()
            | self.gallery.tile_size.slots()
        )

    def pages(self) -> QWidget:
        """Everything between banner and status strip."""
        return self._pages

    def _follow_undo(self) -> None:
        for name in ("undo", "redo"):
            self.commands.shortcuts.actions[name].triggered.connect(self.going_on.on_taken_back)

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
        self._pages.setCurrentWidget(self._work)
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

    def show_all(self) -> None:
        """All images as tiles."""
        self.gallery.toolbar.show_page(ALL)

    def show_unreadable(self) -> None:
        """The list of images that cannot be read."""
        self.gallery.toolbar.show_page(UNREADABLE)

    def _arrange(self) -> None:
        self.gallery.model.arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Load the model, once the window can be used."""
        super().showEvent(event)
        self._drag_scroll.watch()
        QTimer.singleShot(LOAD_AFTER_MS, self.session.engine_host.open)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the panels give way to the images, until the person says how wide they are to be."""
        super().resizeEvent(event)
        if not self._divisions.are_chosen:
            left, right = (min(most, max(least, self.width() * share // 60)) for share, least, most in SIDES)
            self._work.setSizes([left, self.width() - left - right, right])

    def _toggle_full_screen(self) -> None:
        """All of the screen, or a window again, as large as it was."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def changeEvent(self, event: QEvent) -> None:
        """A new colour scheme: icons and cards are drawn anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "bins"):
            self.bins.refresh()

    def _quit(self) -> None:
        self.close()

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
        settings.remember_geometry(self.saveGeometry())
        self.hide()
        self.ended_clean = self.session.close()
        super().closeEvent(event)
