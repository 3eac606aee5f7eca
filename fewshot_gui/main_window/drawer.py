"""The drawer below the images: a place for panels that are looked at now and then, one at a time."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from fewshot_gui.style import icons, theme
from fewshot_gui.style.theme import GRID

HEIGHT = 42 * GRID


class Drawer(QFrame):
    """Holds panels by name; closed at first, and by Escape.

    ``shown(name)``: the panel of that name is in sight, "" where none is any more.
    """

    shown = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("drawer")
        self._panels: dict[str, QWidget] = {}
        self._title = QLabel(self)
        self._title.setFont(theme.font(strong=True))
        self._close = QToolButton(self)
        self._close.setProperty("kind", "icon")
        self._close.setAccessibleName(self.tr("Close the panel"))
        self._close.setToolTip(self.tr("Close the panel"))
        self._close.clicked.connect(self.shut)
        self._pages = QStackedWidget(self)
        head = QHBoxLayout()
        head.setContentsMargins(2 * GRID, GRID, GRID, 0)
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        self.setMinimumHeight(22 * GRID)
        self.hide()

    def add(self, name: str, title: str, panel: QWidget) -> None:
        """A panel with its title."""
        panel.setAccessibleName(title)
        self._panels[name] = panel
        self._pages.addWidget(panel)

    def name(self) -> str:
        """Whose panel is in sight; "" for none."""
        shown = None if self.isHidden() else self._pages.currentWidget()
        return next((name for name, panel in self._panels.items() if panel is shown), "")

    def open(self, name: str) -> None:
        """Show that panel, and give it the keyboard."""
        panel = self._panels[name]
        self._pages.setCurrentWidget(panel)
        self._title.setText(panel.accessibleName())
        self._close.setIcon(icons.icon("close"))
        self.show()
        panel.setFocus(Qt.FocusReason.OtherFocusReason)
        self.shown.emit(name)

    def toggle(self, name: str) -> None:
        """Show that panel, or close the drawer where it is in sight already."""
        if self.name() == name:
            self.shut()
        else:
            self.open(name)

    def shut(self) -> None:
        """Show none."""
        self.hide()
        self.shown.emit("")

    def sizeHint(self) -> QSize:
        """Some ten rows, in a low window fewer; until the person drags its edge."""
        return QSize(super().sizeHint().width(), min(HEIGHT, self.window().height() * 2 // 5))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.shut()
        else:
            super().keyPressEvent(event)
