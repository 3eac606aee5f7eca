"""One bin on the screen: colour and key, name, how many images have its label, its examples."""

from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal, SignalInstance
from PySide6.QtGui import (
    QAction,
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QIcon,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from fewshot_gui import icons, theme
from fewshot_gui.bins.colour_icon import colour_icon
from fewshot_gui.bins.drop_target import calm_down, light_up, receive
from fewshot_gui.bins.examples import ExampleView
from fewshot_gui.bins.name_edit import NameEdit
from fewshot_gui.bins.state import Bin
from fewshot_gui.folder.library import Library
from fewshot_gui.gallery.thumbnails import Thumbnails
from fewshot_gui.restyle import give_menu
from fewshot_gui.theme import GRID


class BinCard(QFrame):
    """A bin. Takes drops; shows its name for renaming on double click or F2.

    Signals:
        dropped(name, Dropped), renamed(old, new), deleted(name), filtered(name), chosen(id), checked(name): as they
        say. switched(name): off or on. recoloured(name, slot), moved(name, by): look and place.
    """

    dropped = Signal(str, object)
    renamed = Signal(str, str)
    deleted = Signal(str)
    filtered = Signal(str)
    chosen = Signal(object)
    checked = Signal(str)
    switched = Signal(str)
    recoloured = Signal(str, int)
    moved = Signal(str, int)

    def __init__(self, library: Library, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("binCard")
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.bin = Bin("", 0)
        self._badge = _Badge(self)
        self._name = ElidedLabel(self)
        self._edit = NameEdit(self)
        self._count = QLabel(self)
        self._more = _menu_button(self)
        self._hint = QLabel(self)
        self.examples = ExampleView(library, thumbnails, self)
        self._lay_out()
        self._edit.finished.connect(self._on_named)
        self.examples.chosen.connect(self.chosen)

    def _lay_out(self) -> None:
        self._count.setProperty("role", "muted")
        self._count.setFont(theme.font())
        self._hint.setProperty("role", "caption")
        self._hint.setWordWrap(True)
        self._names = QStackedLayout()
        self._names.addWidget(self._name)
        self._names.addWidget(self._edit)
        top = QHBoxLayout()
        top.setSpacing(GRID)
        top.addWidget(self._badge)
        top.addLayout(self._names, 1)
        top.addWidget(self._count)
        top.addWidget(self._more)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GRID, GRID, GRID // 2, GRID)
        whole.setSpacing(GRID // 2)
        whole.addLayout(top)
        whole.addWidget(self.examples)
        whole.addWidget(self._hint)
        self._fill_menu()

    def _fill_menu(self) -> None:
        menu = self._menu = QMenu(self._more)
        colours = QMenu(self.tr("Colour"), menu)
        for slot in range(len(theme.OKABE_ITO)):
            self._act(colours, self.tr("Colour {}").format(slot + 1), self.recoloured, slot, colour_icon(slot))
        self._act(menu, self.tr("Rename"), None).triggered.connect(self.start_renaming)
        self._act(menu, self.tr("Show only its images"), self.filtered)
        self._act(menu, self.tr("Check precision"), self.checked)
        menu.addSeparator()
        self._switch = self._act(menu, "", self.switched)
        menu.addMenu(colours)
        self._act(menu, self.tr("Move up"), self.moved, -1)
        self._act(menu, self.tr("Move down"), self.moved, 1)
        menu.addSeparator()
        self._act(menu, self.tr("Delete bin"), self.deleted)
        give_menu(self._more, menu)

    def _act(
        self, menu: QMenu, text: str, signal: SignalInstance | None, value: int | None = None, icon: QIcon | None = None
    ) -> QAction:
        """An entry that emits ``signal`` with the bin's name, and ``value`` where there is one."""
        action = QAction(icon or QIcon(), text, menu)
        if signal is not None:
            action.triggered.connect(partial(self._emit, signal, () if value is None else (value,)))
        menu.addAction(action)
        return action

    def _emit(self, signal: SignalInstance, values: tuple[int, ...], _checked: bool = False) -> None:
        signal.emit(self.bin.name, *values)

    def show_bin(self, shown: Bin, key: int, count: int | None, hint: str) -> None:
        """Show this bin: ``key`` is its number key (0: none), ``count`` how many images have its label."""
        self.bin = shown
        self._badge.show_key(shown.colour, key, shown.on)
        self._switch.setText(self.tr("Switch off") if shown.on else self.tr("Switch on"))
        self._name.set_full_text(shown.name)
        self._count.setText("" if count is None else f"{count:,}")
        self._count.setToolTip(self.tr("Images labelled “{}”").format(shown.name))
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.examples.show_examples(shown.name, shown.examples)
        self._more.setAccessibleName(self.tr("Actions for bin {}").format(shown.name))
        words = self.tr("Bin {name}, examples: {count}").format(name=shown.name, count=len(shown.examples))
        words += "" if shown.on else self.tr(", switched off")
        self.setAccessibleName(words)

    def start_renaming(self) -> None:
        """Turn the name into an edit field."""
        self._edit.start(self.bin.name)
        self._names.setCurrentWidget(self._edit)
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def editor(self) -> NameEdit:
        """The field for the name; in sight while it is being edited."""
        return self._edit

    def finish_renaming(self) -> None:
        """Take the name that is being edited, as it stands."""
        self._edit.finish()

    def _on_named(self, name: str) -> None:
        self._names.setCurrentWidget(self._name)
        if name and name != self.bin.name:
            self.renamed.emit(self.bin.name, name)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Rename."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.start_renaming()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 and Enter rename; on the button of its menu, Enter is the button's."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._more.hasFocus()
        if enter or event.key() == Qt.Key.Key_F2:
            self.start_renaming()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Light up for images."""
        light_up(self, event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Back to normal."""
        calm_down(self)

    def dropEvent(self, event: QDropEvent) -> None:
        """Images become examples."""
        self.dropped.emit(self.bin.name, receive(self, event))


class ElidedLabel(QLabel):
    """A label that shortens a long text with an ellipsis and tells the whole in its tool tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._full = ""
        self.setMinimumWidth(4 * GRID)
        self.setFont(theme.font(strong=True))

    def set_full_text(self, text: str) -> None:
        """The text, however long."""
        self._full = text
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """As much of the text as there is room for."""
        painter = QPainter(self)
        painter.setFont(theme.font(strong=True))
        painter.setPen(QColor(theme.tokens().text))
        text = painter.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


class _Badge(QWidget):
    """The bin's colour with its number key."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(3 * GRID, 3 * GRID)
        self._colour, self._key, self._on = 0, 0, True

    def show_key(self, colour: int, key: int, on: bool) -> None:
        self._colour, self._key, self._on = colour, key, on
        self.setToolTip(self.tr("Press {} to add the selection").format(key) if key else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = theme.bin_colour(self._colour)
        painter.setPen(QPen(colour, 2))
        painter.setBrush(colour if self._on else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        if self._key:
            painter.setPen(theme.text_on(colour) if self._on else QColor(theme.tokens().muted))
            painter.setFont(theme.font(strong=True))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._key))


def _menu_button(parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setProperty("kind", "icon")
    button.setIcon(icons.icon("more"))
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    return button
