"""Bins panel: cards of all bins, and a drop target for a new one."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from backend.types import ImageId
from fewshot_gui.bins.card import BinCard
from fewshot_gui.bins.drop_target import calm_down, light_up, receive
from fewshot_gui.bins.folded_bins import MANY, FoldedBins
from fewshot_gui.session.bin_state import Bin, BinState, name_advice, name_problem, without_bin
from fewshot_gui.session.bin_store import BinStore
from fewshot_gui.session.folder.current_labels import CurrentLabels
from fewshot_gui.session.folder.library import Library
from fewshot_gui.session.thumbnails import Thumbnails
from fewshot_gui.style import icons
from fewshot_gui.style.stylesheet import set_property
from fewshot_gui.style.theme import GRID

REFRESH_MS = 150
AHEAD = 25 * GRID
"""Cards this far out of sight are made already."""


class BinsPanel(QWidget):
    """Shows the bins.

    Signals:
        dropped(name, Dropped): onto a bin, or with the name "" onto the tile for a new one.
        renamed(old, new), deleted(name), filtered(name), chosen(id), created(), checked(name), switched(name),
        recoloured(name, slot), moved(name, by): what the person asked for.
        folds_changed(): other bins are folded now.
    """

    dropped = Signal(str, object)
    renamed = Signal(str, str)
    deleted = Signal(str)
    filtered = Signal(str)
    chosen = Signal(object)
    created = Signal()
    checked = Signal(str)
    switched = Signal(str)
    recoloured = Signal(str, int)
    moved = Signal(str, int)
    folds_changed = Signal()

    def __init__(
        self, store: BinStore, library: Library, thumbnails: Thumbnails, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._store, self._library, self._thumbnails = store, library, thumbnails
        self._current_labels = CurrentLabels(library, store)
        self._cards: list[BinCard] = []
        self._folds = FoldedBins()
        self._fold_all = QToolButton(self)
        self._new = _NewBinButton(self)
        self._scroll, self._inside = QScrollArea(self), QWidget()
        self._column = QVBoxLayout(self._inside)
        self._new.dropped.connect(self._on_new)
        self._new.clicked.connect(self.created)
        self._lay_out()
        self._soon = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._soon.timeout.connect(self.refresh)
        self._sight = QTimer(self, singleShot=True, interval=0)  # once the layout has put the cards where they go
        self._sight.timeout.connect(self._build_in_sight)
        self._scroll.verticalScrollBar().valueChanged.connect(self._build_in_sight)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._sight.start)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._show_editor)
        self._fold_all.clicked.connect(self.fold_all)
        store.changed.connect(self._on_changed)
        library.reset.connect(self.refresh)
        for signal in (library.labelled, library.failed):
            signal.connect(self._refresh_soon)

    def _lay_out(self) -> None:
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._inside.setObjectName("panel")
        self._column.setContentsMargins(2 * GRID, 0, GRID // 2, GRID)
        self._column.setSpacing(GRID)
        self._column.addStretch(1)
        self._scroll.setWidget(self._inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # its place is the right margin
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        title = QLabel(self.tr("Bins"))
        title.setProperty("role", "title")
        self._fold_all.setProperty("kind", "icon")
        head = QHBoxLayout()
        head.setContentsMargins(2 * GRID, 0, 2 * GRID + GRID // 2, 0)
        head.addWidget(title, 1)
        head.addWidget(self._fold_all)
        foot = QVBoxLayout()
        foot.setContentsMargins(2 * GRID, 0, 2 * GRID, 2 * GRID)
        foot.addWidget(self._new)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 2 * GRID, 0, 0)
        whole.setSpacing(GRID)
        whole.addLayout(head)
        whole.addWidget(self._scroll, 1)
        whole.addLayout(foot)
        whole.addStretch(0)
        self.setMinimumWidth(29 * GRID)
        self.setAccessibleName(self.tr("Bins"))

    @property
    def list_area(self) -> QScrollArea:
        """What scrolls the bins."""
        return self._scroll

    def card(self, name: str) -> BinCard | None:
        """The card of that bin."""
        card = next((c for c in self._cards if c.bin.name == name), None)
        if card is not None:
            card.build()
        return card

    def focused_card(self) -> BinCard | None:
        """The card that has the keyboard, or holds what has it."""
        focused = QApplication.focusWidget()
        if focused is None:
            return None
        return next((c for c in self._cards if c is focused or c.isAncestorOf(focused)), None)

    def focused_bin(self) -> str | None:
        """The name of the bin that has the keyboard."""
        card = self.focused_card()
        return card.bin.name if card is not None else None

    def selected_examples(self) -> tuple[ImageId, ...]:
        """The examples selected in the card that has the keyboard."""
        card = self.focused_card()
        return card.examples.selected_ids() if card is not None and card.examples.hasFocus() else ()

    def show_card(self, name: str) -> None:
        """Bring that bin into sight."""
        card = self.card(name)
        if card is not None:
            self._scroll.ensureWidgetVisible(card)

    def rename(self, name: str) -> None:
        """Let the person name that bin, in place."""
        card = self.card(name)
        for other in self._cards:
            if other is not card:  # while another program has the keyboard, no field ends by losing it
                other.finish_renaming()
        if card is not None:
            card.start_renaming()
            self._show_editor()

    def _show_editor(self) -> None:
        """A card that has just been made gets its place later: whenever there is more to scroll, this looks again."""
        card = next((c for c in self._cards if c.is_built and c.editor().isVisibleTo(self)), None)
        if card is not None:
            self._scroll.ensureWidgetVisible(card)
            self._scroll.ensureWidgetVisible(card.editor(), 0, 2 * GRID)  # of a card that is higher than the panel

    def clear_selection(self) -> None:
        """No example is selected."""
        for card in self._cards:
            card.examples.clearSelection()

    def go_to(self, image: ImageId) -> None:
        """Select that example in its bin, with the keyboard on it."""
        owner = self._store.owner(image)
        card = self.card(owner.name) if owner is not None else None
        if card is not None:
            self._set_folds(self._folds.without([card.bin.name]))
            self._scroll.ensureWidgetVisible(card)
            card.examples.setFocus(Qt.FocusReason.OtherFocusReason)
            card.examples.choose(image)

    # Folding -----------------------------------------------------------------------------------------------------

    def folded(self) -> tuple[str, ...]:
        """The names of the bins that are one line."""
        return tuple(b.name for b in self._store.bins() if b.name in self._folds)

    def put_folded(self, names: Iterable[str] | None) -> None:
        """Fold these bins alone; None: all where there are many, else none."""
        bins = self._store.bins()
        everyone = [b.name for b in bins] if len(bins) > MANY else []
        self._set_folds(FoldedBins(everyone if names is None else names))

    def fold(self, name: str) -> None:
        """Fold that bin to one line, or unfold it."""
        self._set_folds(self._folds.without([name]) if name in self._folds else self._folds.along([name]))

    def fold_all(self) -> None:
        """Fold all bins, or unfold all where all are folded."""
        self._set_folds(FoldedBins() if self._all_folded() else FoldedBins(b.name for b in self._store.bins()))

    def _all_folded(self) -> bool:
        return all(b.name in self._folds for b in self._store.bins())

    def _set_folds(self, folds: FoldedBins) -> None:
        if folds != self._folds:
            self._folds = folds
            self.refresh()
            self.folds_changed.emit()

    def _on_changed(self, before: BinState, after: BinState) -> None:
        self._folds = self._folds.follow(before, after)
        self.refresh()

    def _show_fold_all(self, bins: BinState) -> None:
        unfold = self._all_folded()
        words = self.tr("Unfold all bins") if unfold else self.tr("Fold all bins to one line each")
        self._fold_all.setIcon(icons.icon("chevron-down" if unfold else "chevron-up", "muted"))
        self._fold_all.setToolTip(words)
        self._fold_all.setAccessibleName(words)
        self._fold_all.setVisible(len(bins) > 1)

    # Showing -----------------------------------------------------------------------------------------------------

    def _refresh_soon(self) -> None:
        """Labels stream in many times a second; counting them that often would cost more than it tells."""
        if not self._soon.isActive():
            self._soon.start()

    def refresh(self) -> None:
        """Show the bins as they are now."""
        bins = self._store.bins()
        while len(self._cards) > len(bins):
            card = self._cards.pop()
            card.hide()
            card.deleteLater()
        while len(self._cards) < len(bins):
            self._cards.append(self._make_card())
        counts = self._current_labels.counts() if len(self._store.labelling()) > 1 else None
        for place, card in enumerate(self._cards):
            self._fill(card, place, bins, counts)
        self._sight.start()
        self._show_fold_all(bins)
        self._scroll.setVisible(bool(bins))
        self._new.set_first(not bins)

    def _fill(self, card: BinCard, place: int, bins: BinState, counts: Mapping[str, int] | None) -> None:
        """A bin that labels nothing still counts the images that the person has put into it."""
        shown = bins[place]
        labels = shown.on and any(i not in self._library.unreadable for i in shown.examples)
        count = counts.get(shown.name, 0 if labels else None) if counts is not None else None
        card.set_folded(shown.name in self._folds)
        card.show_bin(shown, place + 1 if place < 9 else 0, count, self._hint(shown))

    def _build_in_sight(self) -> None:
        """Make the cards that are in sight; where there are few bins all are whole already."""
        top, height = self._scroll.verticalScrollBar().value(), self._scroll.viewport().height()
        sight = QRect(0, top - AHEAD, self._inside.width(), height + 2 * AHEAD)
        for card in self._cards:
            if not card.is_built and card.geometry().intersects(sight):
                card.build()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other cards are in sight."""
        super().resizeEvent(event)
        self._sight.start()

    def _hint(self, shown: Bin) -> str:
        examples = shown.examples
        if not shown.on:
            return self.tr("Switched off: it labels nothing, and keeps its examples.")
        if not examples:
            return self.tr("Empty, so it labels nothing yet. Drop examples here.")
        lost = sum(i in self._library.missing for i in examples)
        if lost:
            pattern = self.tr("{} of its examples are not in the folder any more.")
            return pattern.format(lost) if lost > 1 else self.tr("One of its examples is not in the folder any more.")
        broken = sum(i in self._library.unreadable for i in examples)
        if broken == len(examples):
            return self.tr("None of its examples can be read, so it labels nothing.")
        return self.tr("{} of its examples cannot be read.").format(broken) if broken else ""

    def _make_card(self) -> BinCard:
        card = BinCard(self._library, self._thumbnails, self._inside)
        if len(self._store.bins()) <= MANY:
            card.build()
        card.problem, card.advice = self._problem, self._advice
        card.fold_asked.connect(self.fold)
        card.dropped.connect(self.dropped)
        card.chosen.connect(self._on_chosen)
        for name in ("renamed", "deleted", "filtered", "checked", "switched", "recoloured", "moved"):
            getattr(card, name).connect(getattr(self, name))
        self._column.insertWidget(len(self._cards), card)
        return card

    def _on_chosen(self, image: ImageId) -> None:
        """One example is selected at a time, in one bin."""
        for card in self._cards:
            if image not in card.bin.examples:
                card.examples.clearSelection()
        self.chosen.emit(image)

    def _problem(self, old: str, new: str) -> str:
        return name_problem(without_bin(self._store.bins(), old), new)

    def _advice(self, old: str, new: str) -> str:
        return name_advice(without_bin(self._store.bins(), old), new)

    def _on_new(self, what: object) -> None:
        self.dropped.emit("", what)


class _NewBinButton(QPushButton):
    """The tile on which dropping makes a bin. A click makes an empty one."""

    dropped = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("newBin")
        self.setAcceptDrops(True)
        self.setAccessibleName(self.tr("New bin"))
        self.setIcon(icons.icon("plus", "muted"))
        self.set_first(True)

    def set_first(self, first: bool) -> None:
        """The very first bin gets more words."""
        first_words = self.tr("Drop examples here to\nmake your first bin")
        self.setText(first_words if first else self.tr("Drop here for a new bin"))
        set_property(self, "first", "true" if first else "false")  # a style sheet's height, as others would not last

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        light_up(self, event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        calm_down(self)

    def dropEvent(self, event: QDropEvent) -> None:
        self.dropped.emit(receive(self, event))
