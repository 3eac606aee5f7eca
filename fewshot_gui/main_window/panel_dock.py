"""A dock widget whose panel is made when it is first shown."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDockWidget, QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from fewshot_gui.main_window.command import Command
from fewshot_gui.style import icons, theme
from fewshot_gui.style.theme import GRID
from fewshot_gui.widgets.panel_base import Panel

BUILD_MS = 800
"""Delay before a panel that was left open is made: importing what it draws with would hold up the first images."""
AREAS = Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea
AREAS |= Qt.DockWidgetArea.BottomDockWidgetArea
MINIMUM_HEIGHT = 22 * GRID
"""Of the dock widget with its title."""


class PanelDock(QDockWidget):
    """Closed at first; ``Workbench`` saves and restores it under the name of ``command``, which opens it.

    Args:
        make: makes the panel.
        share: of the window's height that the panel has until the person drags its edge.
        closes_on_escape: otherwise Escape goes to the main window.
    """

    def __init__(
        self, command: Command, title: str, make: Callable[[], Panel], share: float, *, closes_on_escape: bool = False
    ) -> None:
        super().__init__(title)
        self.setObjectName(command)
        self.command = command
        self._make, self._closes_on_escape = make, closes_on_escape
        self.panel: Panel | None = None
        self._body = _Body(share)
        self._later = QTimer(self, singleShot=True, interval=BUILD_MS)
        self._later.timeout.connect(self._activate)
        self.setTitleBarWidget(self._title_bar())
        self.setWidget(self._body)
        self.setAllowedAreas(AREAS)
        self.setFeatures(self.DockWidgetFeature.DockWidgetClosable | self.DockWidgetFeature.DockWidgetMovable)
        self.setMinimumHeight(MINIMUM_HEIGHT)
        self.visibilityChanged.connect(self._on_visibility)
        self.hide()

    def _title_bar(self) -> QWidget:
        bar = QFrame(self)
        bar.setObjectName("dockTitle")
        title = QLabel(self.windowTitle(), bar)
        title.setFont(theme.font(strong=True))
        close = QToolButton(bar)
        close.setProperty("kind", "icon")
        close.setIcon(icons.icon("close"))
        close.setAccessibleName(self.tr("Close the panel"))
        close.setToolTip(self.tr("Close the panel"))
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close.clicked.connect(self.close)
        row = QHBoxLayout(bar)
        row.setContentsMargins(2 * GRID, GRID // 2, GRID, GRID // 2)
        row.addWidget(title, 1)
        row.addWidget(close)
        return bar

    def build(self) -> Panel:
        """The panel, made now if it is not there yet."""
        if self.panel is None:
            self.panel = self._make()
            self.panel.setAccessibleName(self.windowTitle())
            self._body.column.addWidget(self.panel)
        return self.panel

    def _on_visibility(self, visible: bool) -> None:
        if self.panel is not None:
            self.panel.set_active(visible)
        elif visible:
            self._later.start()

    def _activate(self) -> None:
        if self.isVisible():
            self.build()
            self.visibilityChanged.emit(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape."""
        if self._closes_on_escape and event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)


class _Body(QWidget):
    """Holds the panel."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self._share = share
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), round(self.window().height() * self._share))
