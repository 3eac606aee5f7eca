"""Base class of the panels in dock widgets."""

from PySide6.QtWidgets import QWidget


class Panel(QWidget):
    """A panel that works anything out only while it is in sight. Its focus proxy gets the keyboard as it opens."""

    def set_active(self, active: bool) -> None:
        """In sight, or not."""
        raise NotImplementedError
