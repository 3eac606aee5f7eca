"""Horizontal list of cluster cards, or a sentence why there are none."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QWidget

from backend.types import AlikeGroup
from fewshot_gui.review.cluster_card import ClusterCard
from fewshot_gui.session.session import Session
from fewshot_gui.style.theme import GRID

HEIGHT = 14 * GRID


class ClusterList(QScrollArea):
    """Shows groups.

    Signals:
        made(group), added(group), shown(group), dismissed(group): as of the cards.
    """

    made = Signal(object)
    added = Signal(object)
    shown = Signal(object)
    dismissed = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("shelf")
        self.setAccessibleName(self.tr("Alike images among the unsure"))
        self._session = session
        self._cards: list[ClusterCard] = []
        self._inside, self._text = QWidget(), QLabel()
        self._row = QHBoxLayout(self._inside)
        self._set_up()

    def _set_up(self) -> None:
        self._inside.setObjectName("shelfInside")
        self._text.setProperty("role", "muted")
        self._text.setWordWrap(True)
        self._row.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        self._row.setSpacing(GRID)
        self._row.addWidget(self._text, 1)
        self._row.addStretch()  # takes the room that cards leave, but none from the text
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(HEIGHT)

    def show_groups(self, groups: tuple[AlikeGroup, ...], text: str) -> None:
        """Show these groups, or ``text`` where there are none. The keyboard stays on the shelf as cards go."""
        focused = next((n for n, c in enumerate(self._cards) if c.hasFocus()), None)
        while len(self._cards) > len(groups):
            card = self._cards.pop()
            card.hide()
            card.deleteLater()
        while len(self._cards) < len(groups):
            self._add_card()
        for card, group in zip(self._cards, groups, strict=True):
            card.show_group(group)
        self._text.setText(text)
        self._text.setVisible(not groups)
        if focused is not None and self._cards:
            self._cards[min(focused, len(self._cards) - 1)].setFocus()

    def take_focus(self) -> None:
        """The first group, where there is one, gets the keyboard."""
        if self._cards:
            self._cards[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.ensureWidgetVisible(self._cards[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows lead from group to group."""
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        place = next((n for n, c in enumerate(self._cards) if c.hasFocus()), None)
        if by is None or place is None:
            super().keyPressEvent(event)
        elif 0 <= place + by < len(self._cards):
            self._cards[place + by].setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(self._cards[place + by])

    def wheelEvent(self, event: QWheelEvent) -> None:
        """An ordinary wheel, too, moves sideways."""
        turned, bar = event.angleDelta(), self.horizontalScrollBar()
        bar.setValue(bar.value() - (turned.x() or turned.y()))
        event.accept()

    def cards(self) -> list[ClusterCard]:
        """The cards, in order."""
        return list(self._cards)

    def _add_card(self) -> None:
        card = ClusterCard(self._session.library, self._session.thumbnails, self._inside)
        card.made.connect(self.made)
        card.added.connect(self.added)
        card.shown.connect(self.shown)
        card.dismissed.connect(self.dismissed)
        self._row.insertWidget(len(self._cards), card)
        self._cards.append(card)
