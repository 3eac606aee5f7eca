"""Interface to the gallery's selection, for panels that select images and follow what is selected."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import SignalInstance

from backend.types import ImageId


class ImageSelection(Protocol):
    """The images that are selected in the gallery. ``selection_changed()``: others are selected now."""

    @property
    def selection_changed(self) -> SignalInstance:
        """Emitted without arguments."""

    def selected_ids(self) -> tuple[ImageId, ...]:
        """The selection, in the order shown."""

    def select(self, ids: Sequence[ImageId], title: str) -> None:
        """Select these images of the folder alone; if a filter hides any, show only them, under ``title``."""

    def show_only(self, ids: Sequence[ImageId], title: str) -> None:
        """Show only these images of the folder, under ``title``, and select them."""
