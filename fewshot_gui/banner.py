"""A message across the top of the window. It never blocks: the person reads it, acts on it or closes it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from fewshot_gui import icons, theme
from fewshot_gui.language import said, sentences
from fewshot_gui.restyle import set_property
from fewshot_gui.theme import GRID
from fewshot_gui.worker import Failure


class Banner(QFrame):
    """Shows one message at a time, the newest. ``kind`` is error, warning or hint.

    ``closed(topic)``: the person has closed a message that says the same again whenever it is asked.
    """

    closed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._icon = icons.IconLabel(24, self)
        self._title = QLabel(self)
        self._title.setFont(theme.font(strong=True))
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._act, self._other, self._third = QPushButton(self), QPushButton(self), QPushButton(self)
        self._act.clicked.connect(self._on_act)
        self._other.clicked.connect(self._on_other)
        self._third.clicked.connect(self._on_third)
        self._action: Callable[[], None] | None = None
        self._other_action: Callable[[], None] | None = None
        self._third_action: Callable[[], None] | None = None
        self._close = QToolButton(self)
        self._close.setProperty("kind", "icon")
        self._close.setIcon(icons.icon("close"))
        self._close.setAccessibleName(self.tr("Close the message"))
        self._close.clicked.connect(self._on_close)
        self._topic = ""
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        for label in (self._title, self._text):
            label.setTextFormat(Qt.TextFormat.PlainText)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._text)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        row.setSpacing(2 * GRID)
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        row.addWidget(self._third)
        row.addWidget(self._other)
        row.addWidget(self._act)
        row.addWidget(self._close)

    def fail(self, failure: Failure, act: str = "", action: Callable[[], None] | None = None) -> None:
        """Show what could not be done, and a button ``act`` that does something about it."""
        text = sentences(said(failure.sentence), said(failure.remedy))
        self._show("error", said(failure.title), text, act, action)

    def hint(self, title: str, text: str = "", act: str = "", action: Callable[[], None] | None = None) -> None:
        """Show what to do next, or that something is done."""
        self._show("hint", title, text, act, action)

    def _show(self, kind: str, title: str, text: str, act: str, action: Callable[[], None] | None) -> None:
        set_property(self, "kind", kind)
        self._icon.show_icon(*(("alert", "danger") if kind == "error" else ("info", "accent")))
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._topic = ""
        self._act.setText(act)
        self._act.setVisible(bool(act))
        self._action = action
        self.offer("", None)
        self.offer_more("", None)
        self.setAccessibleName(self.tr("{title}. {text}").format(title=title, text=text))
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))  # screen readers say it

    def offer(self, act: str, action: Callable[[], None] | None) -> None:
        """A second thing to do about the message that is shown; "" for none."""
        self._other.setText(act)
        self._other.setVisible(bool(act))
        self._other_action = action

    def offer_more(self, act: str, action: Callable[[], None] | None) -> None:
        """A third thing to do about it; "" for none."""
        self._third.setText(act)
        self._third.setVisible(bool(act))
        self._third_action = action

    def about(self, topic: str) -> None:
        """What the message that is shown is about: where the person closes it, it need not be shown again."""
        self._topic = topic

    def _on_close(self) -> None:
        self.hide()
        if self._topic:
            self.closed.emit(self._topic)

    def _on_third(self) -> None:
        self.hide()
        if self._third_action is not None:
            self._third_action()

    def _on_other(self) -> None:
        self.hide()
        if self._other_action is not None:
            self._other_action()

    def _on_act(self) -> None:
        self.hide()
        if self._action is not None:
            self._action()
