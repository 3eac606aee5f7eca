"""From the reasons in the inspector to the examples and images that they speak of, and to the next doubtful example."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from backend.types import ImageId
from fewshot_gui.bins.suspect_badge import next_doubtful

if TYPE_CHECKING:
    from fewshot_gui.main_window.window import MainWindow


class Why(QObject):
    """Connects these parts with ``window``, which holds them."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        window.inspector.example_asked.connect(window.bins.go_to)
        window.inspector.images_asked.connect(self._show_images)

    def slots(self) -> dict[str, Callable[[], None]]:
        """By the commands' names."""
        return {"next_doubtful": self.go_to_next_doubtful}

    def go_to_next_doubtful(self) -> None:
        """Show the next example that its own bin would not claim."""
        window = self._window
        image = next_doubtful(window.session.bins.bins(), window.session.library.doubts, window.inspector.image())
        if image:
            window.bins.go_to(image)
        else:
            text = self.tr("Every example that has company in its bin would be claimed by that bin.")
            window.banner.hint(self.tr("No doubtful example"), text)

    def _show_images(self, ids: tuple[ImageId, ...], title: str) -> None:
        """Just these images, all of them selected."""
        if ids:
            self._window.gallery.show_chosen(ids, title)
            self._window.gallery.view.selectAll()
