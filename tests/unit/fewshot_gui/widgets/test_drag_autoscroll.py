"""During a drag: lists scroll near their edges and by the wheel, and what is under the pointer then is the target."""

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication
from pytestqt.qtbot import QtBot

from backend.workspace.state import Bin
from fewshot_gui.main_window.window import MainWindow
from fewshot_gui.widgets import drag_data
from tests.windows import ids

COPY, LEFT, NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class Drag:
    """A drag over the window, as it comes from the system."""

    def __init__(self, window: MainWindow, mime: QMimeData) -> None:
        self.window, self.mime, self.handle, self.place = window, mime, window.windowHandle(), QPoint()

    def over(self, area: QAbstractScrollArea, x: int, y: int) -> None:
        first = self.place.isNull()
        self.place = area.viewport().mapTo(self.window, QPoint(x, y))
        if first:
            QApplication.sendEvent(self.handle, QDragEnterEvent(self.place, COPY, self.mime, LEFT, NONE))
        QApplication.sendEvent(self.handle, QDragMoveEvent(self.place, COPY, self.mime, LEFT, NONE))

    def turn_wheel(self, notches: int) -> None:
        """On X it comes from the window that the drag started in."""
        place = QPointF(self.place)
        phase = Qt.ScrollPhase.NoScrollPhase
        turned = QPoint(0, -120 * notches)
        QApplication.sendEvent(self.handle, QWheelEvent(place, place, QPoint(), turned, LEFT, NONE, phase, False))

    def let_go(self) -> None:
        QApplication.sendEvent(self.handle, QDropEvent(QPointF(self.place), COPY, self.mime, LEFT, NONE))

    def leave(self) -> None:
        QApplication.sendEvent(self.handle, QDragLeaveEvent())


def with_bins(window: MainWindow, qtbot: QtBot) -> Drag:
    """Forty folded bins, and a drag of the first image."""
    window.session.bins.replace("many", tuple(Bin(f"kind {n:02}", n) for n in range(40)))
    area = window.bins.list_area
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0 and window.bins._new.height() < 80)
    return Drag(window, drag_data.pack(ids(window)[:1]))


def test_near_an_edge_the_bins_scroll_and_the_drop_goes_where_the_pointer_is(window: MainWindow, qtbot: QtBot) -> None:
    drag, area = with_bins(window, qtbot), window.bins.list_area
    bar, viewport = area.verticalScrollBar(), area.viewport()
    drag.over(area, 60, viewport.height() - 6)
    qtbot.waitUntil(lambda: bar.value() == bar.maximum(), timeout=20_000)
    drag.over(area, 60, viewport.height() // 2)  # away from the edge it rests
    under = viewport.childAt(60, viewport.height() - 20)
    assert under is not None
    drag.over(area, 60, 6)
    qtbot.waitUntil(lambda: bar.value() < bar.maximum() - 100)
    lit = [card for card in window.bins._cards if card.property("drop") == "true"]
    hit = next((c.bin.name for c in window.bins._cards if c.geometry().contains(60, bar.value() + 6)), "")
    assert [card.bin.name for card in lit] == [hit] * bool(hit)
    drag.let_go()
    assert next((b.name for b in window.session.bins.bins() if b.examples), "") == hit
    stays = bar.value()
    qtbot.wait(80)
    assert bar.value() == stays


def test_the_wheel_scrolls_what_is_under_the_drag(window: MainWindow, qtbot: QtBot) -> None:
    drag, bar = with_bins(window, qtbot), window.bins.list_area.verticalScrollBar()
    height = window.bins.list_area.viewport().height()
    drag.over(window.bins.list_area, 60, height // 2)
    drag.turn_wheel(3)
    assert bar.value() == 360
    drag.turn_wheel(-1)
    assert bar.value() == 240
    lit = [card for card in window.bins._cards if card.property("drop") == "true"]
    assert lit == [c for c in window.bins._cards if c.geometry().contains(60, bar.value() + height // 2)]
    drag.leave()
    assert not any(card.property("drop") == "true" for card in window.bins._cards)


def test_the_gallery_scrolls_too_though_it_takes_no_drop_of_its_own_tiles(full: MainWindow, qtbot: QtBot) -> None:
    view = full.gallery.view
    drag, bar = Drag(full, drag_data.pack(ids(full)[:1])), view.verticalScrollBar()
    drag.over(view, 60, view.viewport().height() - 4)
    qtbot.waitUntil(lambda: bar.value() > 100, timeout=20_000)
    drag.leave()
    stays = bar.value()
    qtbot.wait(80)
    assert bar.value() == stays
