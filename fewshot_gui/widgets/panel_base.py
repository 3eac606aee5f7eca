"""What a panel below the gallery must offer."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


class BelowPage(QWidget):
    """A panel; only the one that is open works anything out."""

    def set_active(self, active: bool) -> None:
        """Open, or not."""
        raise NotImplementedError

    def focus_target(self) -> QWidget:
        """Where the keyboard goes as it opens."""
        return self

    def take_focus(self) -> None:
        """The keyboard is meant for this panel."""
        self.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)
