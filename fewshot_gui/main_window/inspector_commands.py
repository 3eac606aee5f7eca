"""Shows the examples and images that the inspector names, and the next suspect example."""

from PySide6.QtCore import QObject

from backend.types import ImageId
from fewshot_gui.bins.panel import BinsPanel
from fewshot_gui.bins.suspect_badge import next_doubtful
from fewshot_gui.gallery.panel import GalleryPanel
from fewshot_gui.inspector.panel import InspectorPanel
from fewshot_gui.session.session import Session
from fewshot_gui.widgets.message_bar import MessageBar


class InspectorCommands(QObject):
    """Leads from the inspector to bins and gallery."""

    def __init__(
        self, session: Session, inspector: InspectorPanel, bins: BinsPanel, gallery: GalleryPanel, banner: MessageBar
    ) -> None:
        super().__init__(inspector)
        self._session, self._inspector = session, inspector
        self._bins, self._gallery, self._banner = bins, gallery, banner
        inspector.example_asked.connect(bins.go_to)
        inspector.images_asked.connect(self._show_images)

    def go_to_next_doubtful(self) -> None:
        """Show the next example that its own bin would not claim."""
        image = next_doubtful(self._session.bins.bins(), self._session.library.doubts, self._inspector.image())
        if image:
            self._bins.go_to(image)
        else:
            text = self.tr("Every example that has company in its bin would be claimed by that bin.")
            self._banner.hint(self.tr("No doubtful example"), text)

    def _show_images(self, ids: tuple[ImageId, ...], title: str) -> None:
        """Just these images, all of them selected."""
        if ids:
            self._gallery.show_chosen(ids, title)
            self._gallery.view.selectAll()
