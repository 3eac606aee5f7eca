"""Commands about models and methods: compare them, find the best for the bins, fetch more models."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from backend.types import ImageId
from fewshot_gui.comparison.best_method import BestForBins
from fewshot_gui.comparison.model_suggestion import Suggesting
from fewshot_gui.comparison.panel import ComparisonPanel
from fewshot_gui.pretrained.panel import TrunksPanel
from fewshot_gui.translation import said

if TYPE_CHECKING:
    from fewshot_gui.main_window.window import MainWindow

COMPARE, TRUNKS = "compare", "trunks"


class Choosing(QObject):
    """Connects these parts with ``window``, which holds them."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.comparison = ComparisonPanel(window.session)
        self.trunks = TrunksPanel(window.session)
        self.best = BestForBins(window.session, window.banner)
        self.suggesting = Suggesting(window.session, window.banner)
        window.drawer.add(COMPARE, self.tr("Compare methods on my bins"), self.comparison)
        window.drawer.add(TRUNKS, self.tr("More models"), self.trunks)
        window.drawer.shown.connect(self._on_shown)
        self.comparison.disagreement.connect(self._on_disagreement)
        self.trunks.file_asked.connect(window.dialogs.open_weights)
        self.trunks.downloads.installed.connect(self._on_installed)
        window.gallery.view.chosen.connect(self.comparison.show_image)
        window.bins.chosen.connect(self.comparison.show_image)

    def slots(self) -> dict[str, Callable[[], None]]:
        """By the commands' names."""
        toggle, go = self._window.drawer.toggle, self._window.strip.steps.go
        return {
            "compare": partial(toggle, COMPARE),
            "trunks": partial(toggle, TRUNKS),
            "best": self.best.start,
            "fewer_steps": partial(go, -1),
            "more_steps": partial(go, 1),
        }

    def offer_commands(self) -> None:
        """The commands stand below the menus of models and methods, too."""
        actions = self._window.commands.shortcuts.actions
        self._window.strip.offer_more([actions["best"], actions["trunks"]], [actions["compare"], actions["best"]])

    def _on_shown(self, name: str) -> None:
        if name == COMPARE:
            self.comparison.begin()
        elif name == TRUNKS:
            self.trunks.begin()
        else:
            self._window.gallery.view.setFocus()

    def _on_disagreement(self, ids: tuple[ImageId, ...], title: str) -> None:
        there = [i for i in ids if i in self._window.session.library.files]
        if there:
            self._window.gallery.show_chosen(there, title)

    def _on_installed(self, name: str) -> None:
        engine = self._window.session.engine_host.engine
        title = next((said(m.title) for m in engine.models if m.name == name), name) if engine is not None else name
        use = partial(self._window.session.engine_host.choose, name)
        message = self._window.banner.hint(self.tr("{} is here").format(title), "", self.tr("Use it"), use)
        message.offer(self.tr("Not now"), None)
