"""Connects the preview overlay with gallery and labelling commands."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from backend.types import ImageId
from fewshot_gui.gallery.panel import GalleryPanel
from fewshot_gui.gallery.preview_overlay import PreviewOverlay
from fewshot_gui.main_window.labelling_commands import LabellingCommands
from fewshot_gui.session.session import Session


class PreviewCommands(QObject):
    """Opens the preview over ``workbench``; it follows the gallery's current image."""

    def __init__(
        self, session: Session, gallery: GalleryPanel, labelling: LabellingCommands, workbench: QWidget
    ) -> None:
        super().__init__(workbench)
        self._library, self._gallery, self._labelling = session.library, gallery, labelling
        self.viewer = PreviewOverlay(session.thumbnails, workbench)
        view = gallery.view
        view.doubleClicked.connect(self.preview)
        view.confirmed.connect(self._on_confirmed)
        view.rejected.connect(self._on_rejected)
        view.chosen.connect(self._on_chosen)
        self.viewer.moved.connect(view.step)
        self.viewer.confirmed.connect(labelling.confirm)
        self.viewer.rejected.connect(labelling.reject_shown)
        self.viewer.closed.connect(view.setFocus)
        session.bins.changed.connect(self._on_labelled)
        session.library.labelled.connect(self._on_labelled)

    def preview(self) -> None:
        """Show the image with the focus over the whole window; it is selected then, so that keys are meant for it."""
        self._gallery.view.choose(self._gallery.view.current_id())
        self._show(self._gallery.view.current_id())

    def _show(self, image: ImageId) -> None:
        file = self._library.files.get(image)
        if file is not None and image not in self._library.unreadable:
            self.viewer.show_file(file, self._gallery.model.words(image))

    def _on_confirmed(self, image: ImageId) -> None:
        self._labelling.confirm([image])

    def _on_rejected(self, image: ImageId) -> None:
        self._labelling.reject_shown([image])

    def _on_chosen(self, image: ImageId) -> None:
        if self.viewer.isVisible():
            self._show(image)

    def _on_labelled(self) -> None:
        self._on_chosen(self._gallery.view.current_id())
