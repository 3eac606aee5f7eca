"""Card of one cluster of similar images, with buttons to make a bin of it, show it or dismiss it."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from backend.types import AlikeGroup, ImageId
from fewshot_gui.session.folder.library import Library
from fewshot_gui.session.thumbnails import Thumbnails
from fewshot_gui.style import icons, theme
from fewshot_gui.style.theme import GRID
from fewshot_gui.widgets.elided_label import LineLabel
from fewshot_gui.widgets.fitted_pixmap import paint_fitted

SIDE, OFFSET, PICTURES = 8 * GRID, 5 * GRID, 3
KEYS = (
    *(Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_A, Qt.Key.Key_Space),
    *(Qt.Key.Key_Delete, Qt.Key.Key_Backspace),
)


class ClusterCard(QFrame):
    """Offers a group. Enter makes a bin of it, A adds it to one, Space shows its images, Delete dismisses it; so do its
    buttons.

    Signals:
        made(group), added(group), shown(group), dismissed(group): what the person wants.
    """

    made = Signal(object)
    added = Signal(object)
    shown = Signal(object)
    dismissed = Signal(object)

    def __init__(self, library: Library, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("groupCard")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.group = AlikeGroup(())
        self._title = LineLabel(theme.BODY, self, strong=True)
        self._stack = _Stack(library, thumbnails, self)
        self._make, self._add, self._show = QPushButton(self), QPushButton(self), QPushButton(self)
        self._close = QToolButton(self)
        self._set_up()
        self._lay_out()
        self._make.clicked.connect(self._on_make)
        self._add.clicked.connect(self._on_add)
        self._show.clicked.connect(self._on_show)
        self._close.clicked.connect(self._on_close)

    def _set_up(self) -> None:
        self._make.setText(self.tr("Make a bin"))
        self._make.setToolTip(self.tr("A new bin with the most typical of them as examples (Enter)"))
        self._add.setText(self.tr("Add to…"))
        self._add.setToolTip(self.tr("The most typical of them as examples of a bin that is there (A)"))
        self._show.setText(self.tr("Show"))
        self._show.setToolTip(self.tr("Show all of these images (Space)"))
        self._close.setProperty("kind", "icon")
        self._close.setIcon(icons.icon("close"))
        self._close.setToolTip(self.tr("Do not offer these images again (Delete)"))
        self._close.setAccessibleName(self.tr("Do not offer these images again"))
        for button in (self._make, self._add, self._show, self._close):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the card has the keyboard, with a key for each

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self._close)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self._make)
        buttons.addWidget(self._add)
        buttons.addWidget(self._show)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(top)
        right.addStretch(1)
        right.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID, GRID, GRID, GRID)
        row.setSpacing(2 * GRID)
        row.addWidget(self._stack)
        row.addLayout(right, 1)

    def show_group(self, group: AlikeGroup) -> None:
        """Offer this group."""
        self.group = group
        title = self.tr("{:,} alike images").format(len(group.images))
        self._title.set_full_text(title)
        self._title.updateGeometry()
        self._stack.show_images(group.images[:PICTURES])
        self.setAccessibleName(title)
        self.setAccessibleDescription(
            self.tr(
                "Enter makes a bin of them, A adds them to a bin, Space shows them, Delete dismisses them for good."
            )
        )

    def event(self, event: QEvent) -> bool:
        """The card's keys are its own, whatever they mean in the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key for each button."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_make()
        elif key == Qt.Key.Key_A:
            self._on_add()
        elif key == Qt.Key.Key_Space:
            self._on_show()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._on_close()
        else:
            super().keyPressEvent(event)

    def _on_make(self) -> None:
        self.made.emit(self.group)

    def _on_add(self) -> None:
        self.added.emit(self.group)

    def _on_show(self) -> None:
        self.shown.emit(self.group)

    def _on_close(self) -> None:
        self.dismissed.emit(self.group)


class _Stack(QWidget):
    """The most typical pictures, the first of them in front."""

    def __init__(self, library: Library, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._library, self._thumbnails = library, thumbnails
        self._images: tuple[ImageId, ...] = ()
        self.setFixedSize(QSize(SIDE + (PICTURES - 1) * OFFSET, SIDE))
        thumbnails.ready.connect(self._on_thumbnail)

    def show_images(self, images: tuple[ImageId, ...]) -> None:
        if images != self._images:
            self._images = images
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, now = QPainter(self), theme.tokens()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        for place, image in reversed(list(enumerate(self._images))):
            box = QRectF(place * OFFSET, 0, SIDE, SIDE)
            painter.setPen(QPen(QColor(now.surface), 2))
            painter.setBrush(QColor(now.sunken))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
            file = self._library.file(image)
            pixmap = self._thumbnails.get(file, round(2 * SIDE * self.devicePixelRatioF())) if file else None
            if pixmap is not None:
                paint_fitted(painter, box.adjusted(2, 2, -2, -2).toRect(), pixmap)

    def _on_thumbnail(self, image: ImageId) -> None:
        if image in self._images:
            self.update()
