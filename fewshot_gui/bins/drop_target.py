"""Places in the bins' panel that take drops: they light up while images are over them."""

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from fewshot_gui import dragging
from fewshot_gui.restyle import set_property


def light_up(target: QWidget, event: QDragEnterEvent) -> None:
    """Something is dragged over ``target``: take it, if it can become an example."""
    if dragging.accepts(event.mimeData()):
        dragging.take(event)
        set_property(target, "drop", "true")


def calm_down(target: QWidget) -> None:
    """Back to normal."""
    set_property(target, "drop", "false")


def receive(target: QWidget, event: QDropEvent) -> dragging.Dropped:
    """What was dropped on ``target``."""
    calm_down(target)
    dragging.take(event)
    return dragging.unpack(event.mimeData())
