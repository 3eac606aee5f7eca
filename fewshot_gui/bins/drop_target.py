"""Highlights drop targets of the bins panel while images are dragged over them."""

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from fewshot_gui.style.stylesheet import set_property
from fewshot_gui.widgets import drag_data


def light_up(target: QWidget, event: QDragEnterEvent) -> None:
    """Something is dragged over ``target``: take it, if it can become an example."""
    if drag_data.accepts(event.mimeData()):
        drag_data.take(event)
        set_property(target, "drop", "true")


def calm_down(target: QWidget) -> None:
    """Back to normal."""
    set_property(target, "drop", "false")


def receive(target: QWidget, event: QDropEvent) -> drag_data.Dropped:
    """What was dropped on ``target``."""
    calm_down(target)
    drag_data.take(event)
    return drag_data.unpack(event.mimeData())
