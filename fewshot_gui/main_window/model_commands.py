"""Commands on models and methods: compare, find the best for the bins, download more."""

from functools import partial

from PySide6.QtCore import QObject

from backend.types import ImageId
from fewshot_gui.bins.panel import BinsPanel
from fewshot_gui.comparison.best_method import BestMethod
from fewshot_gui.comparison.model_suggestion import ModelSuggestion
from fewshot_gui.comparison.panel import ComparisonPanel
from fewshot_gui.gallery.panel import GalleryPanel
from fewshot_gui.main_window.drawer import Drawer
from fewshot_gui.main_window.file_dialogs import FileDialogs
from fewshot_gui.pretrained.panel import PretrainedPanel
from fewshot_gui.session.session import Session
from fewshot_gui.translation import said
from fewshot_gui.widgets.message_bar import MessageBar

COMPARE, TRUNKS = "compare", "trunks"


class ModelCommands(QObject):
    """Puts the two panels into ``drawer`` and connects them with bins and gallery."""

    def __init__(
        self,
        session: Session,
        bins: BinsPanel,
        gallery: GalleryPanel,
        drawer: Drawer,
        banner: MessageBar,
        dialogs: FileDialogs,
    ) -> None:
        super().__init__(drawer)
        self._session, self._gallery, self._banner = session, gallery, banner
        self.comparison = ComparisonPanel(session)
        self.trunks = PretrainedPanel(session)
        self.best = BestMethod(session, banner)
        self.suggesting = ModelSuggestion(session, banner)
        drawer.add(COMPARE, self.tr("Compare methods on my bins"), self.comparison)
        drawer.add(TRUNKS, self.tr("More models"), self.trunks)
        drawer.shown.connect(self._on_shown)
        self.comparison.disagreement.connect(self._on_disagreement)
        self.trunks.file_asked.connect(dialogs.open_weights)
        self.trunks.downloads.installed.connect(self._on_installed)
        gallery.view.chosen.connect(self.comparison.show_image)
        bins.chosen.connect(self.comparison.show_image)

    def _on_shown(self, name: str) -> None:
        if name == COMPARE:
            self.comparison.begin()
        elif name == TRUNKS:
            self.trunks.begin()
        else:
            self._gallery.view.setFocus()

    def _on_disagreement(self, ids: tuple[ImageId, ...], title: str) -> None:
        there = [i for i in ids if i in self._session.library.files]
        if there:
            self._gallery.show_chosen(there, title)

    def _on_installed(self, name: str) -> None:
        engine = self._session.engine_host.engine
        title = next((said(m.title) for m in engine.models if m.name == name), name) if engine is not None else name
        use = partial(self._session.engine_host.choose, name)
        message = self._banner.hint(self.tr("{} is here").format(title), "", self.tr("Use it"), use)
        message.offer(self.tr("Not now"), None)
