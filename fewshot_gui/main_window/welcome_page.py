"""The welcome page: open a folder, the demo, or a recent folder."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fewshot_gui.style import icons, theme
from fewshot_gui.style.theme import GRID
from fewshot_gui.widgets import drag_data

WIDTH = 72 * GRID


class WelcomePage(QWidget):
    """Signals: ``open_asked()``, ``demo_asked()``, ``recent_asked(path)``, ``dropped(Dropped)``."""

    open_asked = Signal()
    demo_asked = Signal()
    recent_asked = Signal(object)
    dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ground")
        self.setAcceptDrops(True)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        self._recent_title = QLabel(self.tr("RECENT"))
        self._recent_title.setProperty("role", "section")
        column = QVBoxLayout()
        column.setSpacing(GRID)
        self._fill(column)
        box = QWidget(self)
        box.setFixedWidth(WIDTH)
        box.setLayout(column)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(box)
        middle.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(middle)
        outer.addStretch(3)

    def _fill(self, column: QVBoxLayout) -> None:
        mark = icons.IconLabel(48)
        mark.show_icon("fewshot", "accent")
        mark.setContentsMargins(-GRID // 2, 0, 0, 0)  # the drawing's own margin
        title = QLabel(self.tr("Sort images from a handful of examples"))
        title.setProperty("role", "display")
        text = QLabel(self.tr("Drag a few images into one bin and a few into another: the rest is labelled."))
        text.setProperty("role", "muted")
        for label in (title, text):
            label.setWordWrap(True)
        column.addWidget(mark)
        column.addWidget(title)
        column.addWidget(text)
        column.addSpacing(2 * GRID)
        column.addLayout(self._buttons())
        column.addWidget(self._caption())
        column.addSpacing(2 * GRID)
        column.addWidget(self._recent_title)
        column.addLayout(self._recent)

    def _buttons(self) -> QHBoxLayout:
        opener = QPushButton(self.tr("Open a folder…"))
        opener.setProperty("kind", "primary")
        opener.setIcon(icons.icon("folder-open", "on_accent"))
        opener.setIconSize(QSize(20, 16))  # two pixels more before the words
        opener.clicked.connect(self.open_asked)
        demo = QPushButton(self.tr("Try the demo"))
        demo.clicked.connect(self.demo_asked)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(opener)
        row.addWidget(demo)
        row.addStretch(1)
        return row

    def _caption(self) -> QLabel:
        label = QLabel(self.tr("Or drop a folder here."))
        label.setProperty("role", "caption")
        return label

    def show_recent(self, folders: list[Path]) -> None:
        """List the recent folders."""
        while (item := self._recent.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._recent_title.setVisible(bool(folders))
        letters = QFontMetrics(theme.font())  # a button's own are the style sheet's only once it is shown
        for folder in folders:
            button = QPushButton()
            button.setProperty("kind", "link")
            shown = letters.elidedText(str(folder), Qt.TextElideMode.ElideMiddle, WIDTH - 6 * GRID)
            button.setText(shown.replace("&", "&&"))
            button.setIcon(icons.icon("folder-open", "muted"))
            button.setIconSize(QSize(20, 16))
            button.setToolTip(str(folder))
            button.setAccessibleName(self.tr("Open {}").format(folder))
            button.clicked.connect(partial(self.recent_asked.emit, folder))
            self._recent.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Anything from the file manager."""
        if drag_data.accepts(event.mimeData()) and not drag_data.is_ours(event.mimeData()):
            drag_data.take(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """A folder is opened; an image's folder, too."""
        drag_data.take(event)
        self.dropped.emit(drag_data.unpack(event.mimeData()))
