"""Card of one bin: colour, key, name, number of labels, and examples unless it is folded."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal, SignalInstance
from PySide6.QtGui import (
    QAction,
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFocusEvent,
    QIcon,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from fewshot_gui.bins.drop_target import calm_down, light_up, receive
from fewshot_gui.bins.example_view import ExampleView, height_of
from fewshot_gui.bins.name_edit import NameEdit
from fewshot_gui.session.bin_state import Bin
from fewshot_gui.session.folder.library import Library
from fewshot_gui.session.thumbnails import Thumbnails
from fewshot_gui.style import icons, theme
from fewshot_gui.style.stylesheet import give_menu, set_property
from fewshot_gui.style.theme import GRID
from fewshot_gui.widgets.colour_icon import colour_icon
from fewshot_gui.widgets.elided_label import ElidedLabel

ROW = 4 * GRID + 2
"""Height of a folded card."""
NO_LIMIT = 2**24 - 1
"""Qt's greatest height of a widget."""


class BinCard(QFrame):
    """A bin. Takes drops; shows its name for renaming on double click or F2.

    What it holds is made by ``build``: until then it is a blank of its size, as a thousand whole cards take seconds.

    Signals:
        dropped(name, Dropped), renamed(old, new), deleted(name), filtered(name), chosen(id), checked(name): as they
        say. switched(name): off or on. recoloured(name, slot), moved(name, by): look and place. fold_asked(name): fold
        it, or unfold it.
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
    fold_asked = Signal(str)

    def __init__(self, library: Library, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("binCard")
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.bin = Bin("", 0)
        self.is_built = self.folded = False
        self.problem: Callable[[str, str], str] = _nothing
        """Why the bin of the first name cannot have the second, "" where it can; ``advice`` is worth knowing then."""
        self.advice: Callable[[str, str], str] = _nothing
        self._library, self._thumbnails = library, thumbnails
        self._key, self._counted, self._hint_text = 0, "", ""

    def build(self) -> None:
        """Make what the card holds, once."""
        if self.is_built:
            return
        self.is_built = True
        self._badge = _Badge(self)
        self._name = ElidedLabel(self)
        self._edit = NameEdit(self)
        self._count = QLabel(self)
        self._fold, self._more = _icon_button(self), _icon_button(self)
        self._hint = QLabel(self)
        self.examples = ExampleView(self._library, self._thumbnails, self)
        self._lay_out()
        self._edit.problem, self._edit.advice = self._problem_with, self._advice_on
        self._edit.finished.connect(self._on_named)
        self._edit.judged.connect(self._on_judged)
        self._fold.clicked.connect(self._on_fold)
        self.examples.chosen.connect(self.chosen)
        self._show()

    def _lay_out(self) -> None:
        self._more.setIcon(icons.icon("more"))
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
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
        buttons = QHBoxLayout()
        buttons.setSpacing(0)
        buttons.addWidget(self._fold)
        buttons.addWidget(self._more)
        top.addLayout(buttons)
        whole = QVBoxLayout(self)
        whole.setSpacing(GRID // 2)
        whole.addLayout(top)
        whole.addWidget(self.examples)
        whole.addWidget(self._hint)
        self._menu = QMenu(self._more)
        self._menu.aboutToShow.connect(self._fill_menu)
        give_menu(self._more, self._menu)

    def _fill_menu(self) -> None:
        menu = self._menu
        menu.clear()
        colours = QMenu(self.tr("Colour"), menu)
        for slot in range(len(theme.OKABE_ITO)):
            self._act(colours, self.tr("Colour {}").format(slot + 1), self.recoloured, slot, colour_icon(slot))
        self._act(menu, self.tr("Rename"), None).triggered.connect(self.start_renaming)
        self._act(menu, self.tr("Show only its images"), self.filtered)
        self._act(menu, self.tr("Check precision"), self.checked)
        menu.addSeparator()
        self._act(menu, self.tr("Switch off") if self.bin.on else self.tr("Switch on"), self.switched)
        self._act(menu, self.tr("Unfold") if self.folded else self.tr("Fold"), self.fold_asked)
        menu.addMenu(colours)
        self._act(menu, self.tr("Move up"), self.moved, -1)
        self._act(menu, self.tr("Move down"), self.moved, 1)
        menu.addSeparator()
        self._act(menu, self.tr("Delete bin"), self.deleted)

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
        self.bin, self._key, self._hint_text = shown, key, hint
        self._counted = "" if count is None else f"{count:,}"
        words = self.tr("Bin {name}, examples: {count}").format(name=shown.name, count=len(shown.examples))
        words += "" if shown.on else self.tr(", switched off")
        self.setAccessibleName(words)
        if self.is_built:
            self._show()
        else:
            self.setFixedHeight(self._height())

    def set_folded(self, folded: bool) -> None:
        """One line, or all of it; to be shown by ``show_bin``."""
        self.folded = folded

    def _show(self) -> None:
        shown = self.bin
        self._badge.show_key(shown.colour, self._key, shown.on)
        self._name.set_full_text(shown.name)
        self._count.setText(self._counted)
        self._count.setToolTip(self.tr("Images labelled “{}”").format(shown.name))
        self.examples.show_examples(shown.name, shown.examples)
        self._fold.setIcon(icons.icon("chevron-down" if self.folded else "chevron-up", "muted"))
        self._fold.setAccessibleName((self.tr("Unfold {}") if self.folded else self.tr("Fold {}")).format(shown.name))
        self._fold.setToolTip(self.tr("Show its examples") if self.folded else self.tr("Fold to one line"))
        self._more.setAccessibleName(self.tr("Actions for bin {}").format(shown.name))
        if self._names.currentWidget() is self._edit:
            self._edit.judge()
        else:
            self._show_hint(self._hint_text, refused=False)

    def _show_hint(self, text: str, *, refused: bool) -> None:
        """Words below the name: in a folded card only while the name is being edited."""
        self._hint.setText(text)
        set_property(self._hint, "role", "problem" if refused else "caption")
        editing = self._names.currentWidget() is self._edit
        self._hint.setVisible(bool(text) and (editing or not self.folded))
        self.examples.setVisible(bool(self.bin.examples) and not self.folded)
        margin = GRID // 2 if self.folded else GRID
        column = self.layout()
        if column is not None:
            column.setContentsMargins(GRID, margin, GRID // 2, margin)
        is_row = self.folded and self._hint.isHidden()
        self.setMinimumHeight(ROW if is_row else 0)
        self.setMaximumHeight(ROW if is_row else NO_LIMIT)

    def _height(self) -> int:
        """About how high the card will be once it is built."""
        if self.folded or not self.bin.examples:
            return ROW if self.folded else 9 * GRID
        return ROW + GRID + height_of(len(self.bin.examples), self.width() - 2 * GRID)

    def start_renaming(self) -> None:
        """Turn the name into an edit field."""
        self.build()
        self._names.setCurrentWidget(self._edit)
        self._edit.start(self.bin.name)
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def editor(self) -> NameEdit:
        """The field for the name; in sight while it is being edited."""
        return self._edit

    def finish_renaming(self) -> None:
        """Take the name that is being edited, as it stands."""
        if self.is_built:
            self._edit.finish()

    def _problem_with(self, name: str) -> str:
        return self.problem(self.bin.name, name)

    def _advice_on(self, name: str) -> str:
        return self.advice(self.bin.name, name)

    def _on_judged(self, text: str, refused: bool) -> None:
        self._show_hint(text or self._hint_text, refused=refused)

    def _on_fold(self) -> None:
        self.fold_asked.emit(self.bin.name)

    def _on_named(self, name: str) -> None:
        self._names.setCurrentWidget(self._name)
        self._show_hint(self._hint_text, refused=False)
        if name and name != self.bin.name:
            self.renamed.emit(self.bin.name, name)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Rename."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.start_renaming()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 and Enter rename, left folds and right unfolds; on one of its buttons, Enter is the button's."""
        on_button = self.is_built and (self._more.hasFocus() or self._fold.hasFocus())
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not on_button
        if enter or event.key() == Qt.Key.Key_F2:
            self.start_renaming()
        elif event.key() == (Qt.Key.Key_Right if self.folded else Qt.Key.Key_Left):
            self.fold_asked.emit(self.bin.name)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever gets here by the Tab key goes on to what the card holds."""
        self.build()
        super().focusInEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Light up for images."""
        light_up(self, event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Back to normal."""
        calm_down(self)

    def dropEvent(self, event: QDropEvent) -> None:
        """Images become examples."""
        self.dropped.emit(self.bin.name, receive(self, event))


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


def _icon_button(parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setProperty("kind", "icon")
    return button


def _nothing(_old: str, _new: str) -> str:
    return ""
