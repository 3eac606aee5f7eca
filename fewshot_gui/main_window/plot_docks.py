"""The docks of *How good is it* and the map. Both draw with pyqtgraph, which is imported when one is first opened."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from backend.types import ImageId
from fewshot_gui.gallery.panel import GalleryPanel
from fewshot_gui.main_window.command import Command
from fewshot_gui.main_window.panel_dock import PanelDock
from fewshot_gui.session.session import Session
from fewshot_gui.session.verdicts import Verdicts
from fewshot_gui.widgets.panel_base import Panel

SHARE = 0.45
"""Of the window's height."""


class PlotDocks(QObject):
    """Makes both; ``show_image`` shows an example that has no tile."""

    def __init__(
        self, session: Session, gallery: GalleryPanel, show_image: Callable[[ImageId], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._gallery, self._show_image = session, gallery, show_image
        self._verdicts = Verdicts(session.bins, session.library, session.workspace.remarks, self)
        self._verdicts.picks_doubtful, self._verdicts.method = gallery.model.picks_doubtful, session.method
        self.quality = PanelDock(Command.QUALITY, self.tr("How good is it"), self._make_quality, SHARE)
        self.map = PanelDock(Command.MAP, self.tr("Map"), self._make_map, SHARE)

    def _make_quality(self) -> Panel:
        from fewshot_gui.evaluation.panel import EvaluationPanel

        return EvaluationPanel(self._session, self._gallery, self._show_image, self._verdicts)

    def _make_map(self) -> Panel:
        from fewshot_gui.map.panel import MapPanel

        return MapPanel(self._session, self._gallery, self._gallery.model.words, self._show_image)
