"""A place that takes drops from elsewhere wherever nothing inside it does."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from fewshot_gui.widgets import drag_data

_KINDS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


class Landing(QObject):
    """Makes ``place`` such a one; ``dropped`` carries a ``Dropped``."""

    dropped = Signal(object)

    def __init__(self, place: QWidget) -> None:
        super().__init__(place)
        place.setAcceptDrops(True)
        place.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Drags that began here mean something only where they are expected."""
        if event.type() not in _KINDS or not isinstance(event, QDropEvent) or drag_data.is_ours(event.mimeData()):
            return super().eventFilter(watched, event)
        if drag_data.accepts(event.mimeData()):
            drag_data.take(event)
            if event.type() == QEvent.Type.Drop:
                self.dropped.emit(drag_data.unpack(event.mimeData()))
        return True
