"""Commands of the *Help* menu, and the tour at the first start."""

from PySide6.QtCore import QObject, QRect, QTimer
from PySide6.QtWidgets import QMainWindow, QWidget

from backend.types import Listing
from fewshot_gui import settings
from fewshot_gui.bins.panel import BinsPanel
from fewshot_gui.gallery.panel import GalleryPanel
from fewshot_gui.help.documents import AboutDialog, HelpDialog, MethodsDialog
from fewshot_gui.help.tour import Step, Tour
from fewshot_gui.inspector.panel import InspectorPanel
from fewshot_gui.main_window.welcome_page import WelcomePage
from fewshot_gui.session.session import Session
from fewshot_gui.widgets.message_bar import MessageBar


class HelpCommands(QObject):
    """Dialogs and tour of ``window``. The first folder that is opened from the welcome page begins the tour."""

    def __init__(
        self,
        session: Session,
        welcome: WelcomePage,
        bins: BinsPanel,
        gallery: GalleryPanel,
        inspector: InspectorPanel,
        banner: MessageBar,
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        self._session, self._gallery, self._banner, self._window = session, gallery, banner, window
        self._wanted = False
        self.tour = Tour(window, self._steps(bins, inspector), gallery.view)
        for signal in (welcome.open_asked, welcome.demo_asked, welcome.recent_asked, welcome.dropped):
            signal.connect(self._on_welcome)
        session.loader.listed.connect(self._on_listed)

    def show_tour(self) -> None:
        """The tour; where no folder is open, on the demonstration."""
        if self._session.library.root is None:
            self._wanted = True
            self._session.open_demo()
        else:
            self._begin()

    def show_help(self) -> None:
        """How to do what people do most."""
        HelpDialog(self._window).show()

    def show_methods(self) -> None:
        """What each method does, and when to prefer it."""
        MethodsDialog(self._window).show()

    def show_about(self) -> None:
        """Which program this is."""
        AboutDialog(self._window).open()

    def show_language(self) -> None:
        """Another language was chosen."""
        title = self.tr("The language changes at the next start")
        self._banner.hint(title, self.tr("Close Fewshot and start it again; your work is kept."))

    def _on_welcome(self) -> None:
        self._wanted = not settings.TOUR.get()

    def _on_listed(self, listing: Listing) -> None:
        if self._wanted and listing.files:
            QTimer.singleShot(0, self._begin)  # once the parts have their places
        self._wanted = False

    def _begin(self) -> None:
        settings.TOUR.set("seen")
        self.tour.start()

    def _steps(self, bins: BinsPanel, inspector: InspectorPanel) -> list[Step]:
        view, toolbar = self._gallery.view, self._gallery.toolbar
        new_bin = bins.findChild(QWidget, "newBin")
        return [
            Step(
                self.tr("Make bins"),
                self.tr(
                    "Drag a few images of one kind here, then a few of another. "
                    "Or select them and choose Bins → New bin from the selection."
                ),
                new_bin or bins,
                (new_bin or bins).rect,
            ),
            Step(
                self.tr("Every image gets a label"),
                self.tr("From two bins on. Enter confirms it, a number key corrects it, Backspace says “not this”."),
                view,
                self._first_tile,
            ),
            Step(
                self.tr("Look where it matters"),
                self.tr("Show what is unsure, or sort by “ask me first”: those answers help the other labels most."),
                toolbar,
                toolbar.rect,
            ),
            Step(
                self.tr("See why"),
                self.tr("Here is what decided. Once you are satisfied, take the labels with File → Export labels."),
                inspector,
                inspector.rect,
            ),
        ]

    def _first_tile(self) -> QRect:
        view = self._gallery.view
        return view.visualRect(view.model().index(0, 0)).intersected(view.viewport().rect())
