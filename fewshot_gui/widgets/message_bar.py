"""A message across the top of the window. It never blocks: the person reads it, acts on it or closes it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from fewshot_gui.session.worker import Failure
from fewshot_gui.style import icons, theme
from fewshot_gui.style.stylesheet import set_property
from fewshot_gui.style.theme import GRID
from fewshot_gui.translation import said, sentences

Action = Callable[[], object] | None
PLACES = 3
"""Buttons of a message at most."""


class Message:
    """A handle on one message, for whoever showed it. Once another message is shown it does nothing more.

    ``topic`` is what it is about: where the person closes it, the bar's ``closed`` says so, and it need not come again.
    """

    def __init__(self, bar: "MessageBar") -> None:
        self._bar = bar
        self.actions: list[Action] = []
        self.topic = ""

    def is_shown(self) -> bool:
        """Whether the person sees it."""
        return self._bar.isVisible() and self._bar.message is self

    def close(self) -> None:
        """It is out of date."""
        if self._bar.message is self:
            self._bar.hide()

    def offer(self, act: str, action: Action) -> "Message":
        """A further thing to do about it: a button ``act``, which also closes it. Returns itself."""
        if self._bar.message is self:
            button = self._bar.buttons[len(self.actions)]
            button.setText(act)
            button.show()
            self.actions.append(action)
        return self


class MessageBar(QFrame):
    """Shows one message at a time, the newest. ``kind`` is error, warning or hint.

    ``buttons`` are what may be done about it, those of the message that is shown visible, the first at the right.
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
        self.buttons = tuple(QPushButton(self) for _ in range(PLACES))
        self.message = Message(self)
        for place, button in enumerate(self.buttons):
            button.clicked.connect(partial(self._on_button, place))
        self._close = QToolButton(self)
        self._close.setProperty("kind", "icon")
        self._close.setIcon(icons.icon("close"))
        self._close.setAccessibleName(self.tr("Close the message"))
        self._close.clicked.connect(self.close_by_hand)
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
        for button in reversed(self.buttons):
            row.addWidget(button)
        row.addWidget(self._close)

    def fail(self, failure: Failure, act: str = "", action: Action = None) -> Message:
        """Show what could not be done, and a button ``act`` that does something about it."""
        text = sentences(said(failure.sentence), said(failure.remedy))
        return self._show("error", said(failure.title), text, act, action)

    def hint(self, title: str, text: str = "", act: str = "", action: Action = None) -> Message:
        """Show what to do next, or that something is done."""
        return self._show("hint", title, text, act, action)

    def _show(self, kind: str, title: str, text: str, act: str, action: Action) -> Message:
        set_property(self, "kind", kind)
        self._icon.show_icon(*(("alert", "danger") if kind == "error" else ("info", "accent")))
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.message = Message(self)
        for button in self.buttons:
            button.setText("")
            set_property(button, "kind", "")
            button.hide()
        if act:
            self.message.offer(act, action)
        self.setAccessibleName(self.tr("{title}. {text}").format(title=title, text=text))
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))  # screen readers say it
        return self.message

    def recommend(self) -> None:
        """The first button is what most people will want: it stands out, and the others stand back."""
        for place, button in enumerate(self.buttons):
            set_property(button, "kind", "link" if place else "primary")

    def close_by_hand(self) -> None:
        """The person has read it."""
        topic = self.message.topic
        self.hide()
        if topic:
            self.closed.emit(topic)

    def _on_button(self, place: int) -> None:
        action = self.message.actions[place]
        self.hide()  # which may bring up a message that has waited
        if action is not None:
            action()
