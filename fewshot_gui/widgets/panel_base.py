"""Base class of the panels in dock widgets."""

from PySide6.QtWidgets import QWidget


class Panel(QWidget):
    """A panel that works anything out only while it is in sight."""

    def set_active(self, active: bool) -> None:
        """In sight, or not."""
        raise NotImplementedError

    def focus_target(self) -> QWidget:
        """What gets the keyboard as it opens. No focus proxy: the Tab key would pass over what stands before that."""
        return self
