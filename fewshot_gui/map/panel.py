"""Map panel: plot, legend, and the choice of PCA or UMAP."""

from collections import Counter
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from backend import jobs
from backend.types import ImageId
from fewshot_gui.map.controller import LEAST, MapController
from fewshot_gui.map.hover_card import HoverCard
from fewshot_gui.map.plot_view import MapPlotView
from fewshot_gui.map.symbols import shape_icon, symbol_of
from fewshot_gui.session.session import Session
from fewshot_gui.style.theme import GRID
from fewshot_gui.widgets.empty_state import EmptyState
from fewshot_gui.widgets.image_selection import ImageSelection
from fewshot_gui.widgets.muted_label import QuietLine
from fewshot_gui.widgets.panel_base import Panel
from fewshot_gui.widgets.selection_bar import SelectionBar

NAME = Qt.ItemDataRole.UserRole
SETTLE_MS = 150
LEGEND = 22 * GRID
NARROW = 60 * GRID
"""Without room for the legend beside the points, the points have it all."""


class MapPanel(Panel):
    """The map of the folder.

    Args:
        words: describes an image of the folder as its tile does.
        show_image: shows an image large.
    """

    def __init__(
        self,
        session: Session,
        selection: ImageSelection,
        words: Callable[[ImageId], str],
        show_image: Callable[[ImageId], None],
    ) -> None:
        super().__init__()
        self._session, self._selection, self._tile_words = session, selection, words
        self.work = MapController(session, self)
        self.plot = MapPlotView(partial(symbol_of, session))
        self.chosen = SelectionBar(session.library, selection, show_image)
        self.legend = QListWidget(self)
        self._hover = HoverCard(session.thumbnails, self.plot)
        self._empty, self._says = EmptyState(self), QuietLine(self)
        self._buttons: dict[str, QToolButton] = {}
        self._shown: object = None
        self._active = False
        self._recolour = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._follow = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._lay_out()
        self._connect()
        self.refresh()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GRID // 2)
        self._add_choice(row, {"lasso": self.tr("Lasso"), "rectangle": self.tr("Rectangle")})
        row.addSpacing(GRID)
        self._add_choice(row, {"pca": self.tr("PCA"), "umap": self.tr("UMAP")})
        row.addSpacing(GRID)
        row.addWidget(self._add_button("fit", self.tr("Show all")))
        row.addWidget(self._says, 1)
        self._explain_buttons()
        self.legend.setObjectName("legend")
        self.legend.setAccessibleName(self.tr("Bins on the map: Enter selects a bin's images"))
        self.legend.setFixedWidth(LEGEND)
        self.legend.setIconSize(QSize(2 * GRID, 2 * GRID))
        self.legend.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.legend.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # the count stays in sight
        self.legend.setFrameShape(QFrame.Shape.NoFrame)
        key = QLabel(self.tr("Large: examples. Hollow: unsure."), self)
        key.setProperty("role", "caption")
        key.setWordWrap(True)
        side = QVBoxLayout()
        side.setSpacing(GRID // 2)
        side.addWidget(self.legend, 1)
        side.addWidget(key)
        self._side = QWidget(self)
        self._side.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        parts = QHBoxLayout()
        parts.setSpacing(GRID)
        parts.addWidget(self.plot, 1)
        parts.addWidget(self._side)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.setSpacing(GRID)
        column.addLayout(row)
        column.addLayout(parts, 1)
        column.addWidget(self.chosen)
        self._whole = inside
        self._pages = QStackedLayout(self)
        self._pages.addWidget(inside)
        self._pages.addWidget(self._empty)

    def _add_button(self, name: str, text: str) -> QToolButton:
        button = self._buttons[name] = QToolButton(self)
        button.setProperty("kind", "quiet")
        button.setText(text)
        button.setAccessibleName(text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _add_choice(self, row: QHBoxLayout, titles: dict[str, str]) -> None:
        group = QButtonGroup(self)
        for name, text in titles.items():
            button = self._add_button(name, text)
            button.setCheckable(True)
            button.setChecked(not group.buttons())
            group.addButton(button)
            row.addWidget(button)

    def _explain_buttons(self) -> None:
        there = jobs.umap_installed()
        hints = {
            "lasso": self.tr("Drag around points to select their images; with Shift they are added"),
            "rectangle": self.tr("Drag a rectangle over points to select their images; with Shift they are added"),
            "pca": self.tr("Two principal components: at once, and distances mean something everywhere"),
            "umap": self.tr("Keeps neighbours together; takes a minute or more")
            if there
            else self.tr("UMAP is not installed: pip install 'fewshot[map]'"),
            "fit": self.tr("Show all points (Home). The wheel zooms, the middle button moves, arrows walk the groups"),
        }
        for name, text in hints.items():
            self._buttons[name].setToolTip(text)
        self._buttons["umap"].setEnabled(there)

    def _connect(self) -> None:
        self.work.changed.connect(self.refresh)
        self._buttons["pca"].clicked.connect(partial(self._make, False))
        self._buttons["umap"].clicked.connect(partial(self._make, True))
        self._buttons["fit"].clicked.connect(self.plot.fit)
        self._buttons["rectangle"].toggled.connect(self._on_rectangle)
        self.plot.taken.connect(self._on_taken)
        self.plot.pointed.connect(self._on_pointed)
        self.plot.walked.connect(self._on_walked)
        self.legend.itemActivated.connect(self._on_legend)
        self.legend.itemClicked.connect(self._on_legend)
        self._recolour.timeout.connect(self._draw)
        self._follow.timeout.connect(self._highlight)
        session = self._session
        session.labelling.finished.connect(self._soon)
        session.bins.changed.connect(self._soon)
        session.library.labelled.connect(self._on_labelled)
        self._selection.selection_changed.connect(self._follow.start)

    def set_active(self, active: bool) -> None:
        """Open, or not."""
        self._active = active
        self.work.set_active(active)
        if active:
            self._soon()
            self._highlight()

    def focus_target(self) -> QWidget:
        """The points."""
        return self.plot.plot  # type: ignore[no-any-return]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The legend gives way where it is narrow."""
        super().resizeEvent(event)
        self._side.setVisible(self.width() >= NARROW)

    # What is shown -----------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show how things stand."""
        work = self.work
        self._buttons["umap" if work.umap else "pca"].setChecked(True)
        if work.map is None:
            self._say_why_empty()
        elif work.map is not self._shown:
            self._shown = work.map
            self.plot.show_map(work.map)
            self._fill_legend()
            self._highlight()
        self._pages.setCurrentWidget(self._empty if work.map is None else self._whole)
        self._says.say(self._sentence())

    def _say_why_empty(self) -> None:
        self._shown = None
        if self.work.running():
            self._empty.say("scatter", self.tr("The map is being drawn…"), "")
        elif len(self.work.wanted()) < LEAST:
            text = self.tr("It shows images once the model has read three of them.")
            self._empty.say("scatter", self.tr("Nothing to map yet"), text)
        else:
            self._empty.say("scatter", self.tr("The map is being drawn…"), "")

    def _sentence(self) -> str:
        shown = self.work.map
        if self.work.running():
            return self.tr("UMAP is at work…") if self.work.umap else self.tr("Being drawn…")
        if shown is None:
            return ""
        if shown.share is None:
            return self.tr("{:,} images").format(len(shown.ids))
        pattern = self.tr("{count:,} images; the plane holds {share:.0%} of their differences")
        return pattern.format(count=len(shown.ids), share=shown.share)

    def _draw(self) -> None:
        if self._active and self.work.map is not None:
            self.plot.redraw()
            self._fill_legend()
            self._highlight()

    def _soon(self) -> None:
        if self._active:
            self._recolour.start()

    def _on_labelled(self, ids: object) -> None:
        """All labels are gone: that shows at once; others show when they are complete."""
        if ids is None:
            self._soon()

    def _fill_legend(self) -> None:
        """The bins that are on the map, with as many images as everywhere else: examples from outside the folder are
        points, and count nowhere."""
        counts = self._session.current_labels.counts()
        there = {self._label(i) for i in self.work.map.ids} if self.work.map is not None else set()
        row = self.legend.currentRow()
        self.legend.clear()
        for each in self._session.bins.bins():
            if counts[each.name] or each.name in there:
                text = self.tr("{name}: {count:,}").format(name=each.name, count=counts[each.name])
                item = QListWidgetItem(shape_icon(each.colour), text)
                item.setToolTip(text)
                item.setSizeHint(QSize(0, 3 * GRID))  # as wide as the list, so that a long name is shortened
                item.setData(NAME, each.name)
                self.legend.addItem(item)
        self.legend.setCurrentRow(min(max(0, row), self.legend.count() - 1))

    def _label(self, image: ImageId) -> str:
        return self._session.current_labels.label(image)

    def _highlight(self) -> None:
        if self._active:
            self.plot.highlight(self._selection.selected_ids())

    # What the person does ----------------------------------------------------------------------------------------

    def _make(self, umap: bool, _checked: bool = False) -> None:
        if umap != self.work.umap or self.work.map is None:
            self.work.make(umap)

    def _on_rectangle(self, on: bool) -> None:
        self.plot.rectangular = on

    def _on_taken(self, ids: list[ImageId], more: bool) -> None:
        if more:
            ids = list(dict.fromkeys((*self._selection.selected_ids(), *ids)))
        if ids:
            self.chosen.select(ids, self.tr("On the map"))
        else:
            self._selection.select((), "")
            self.chosen.clear()

    def _on_pointed(self, image: ImageId, at: QPoint) -> None:
        file = self._session.library.file(image)
        self._hover.show_image(file, self._words(image) if file is not None else "", at)

    def _words(self, image: ImageId) -> str:
        if image in self._session.library.files:
            return self._tile_words(image)
        pattern = self.tr("{name}: example of {label}")
        return pattern.format(name=self._session.library.relative(image).rpartition("/")[2], label=self._label(image))

    def _on_walked(self, group: int) -> None:
        ids = self.plot.members(group)
        [(label, _)] = Counter(map(self._label, ids)).most_common(1)
        pattern = self.tr("Group {n} of {all}: {count:,} images, mostly “{label}”. Enter selects them.")
        if not label:
            pattern = self.tr("Group {n} of {all}: {count:,} images. Enter selects them.")
        words = pattern.format(n=group + 1, all=self.plot.groups(), count=len(ids), label=label)
        self.plot.plot.setAccessibleDescription(words)
        self.chosen.clear()
        self.chosen.say(words)

    def _on_legend(self, item: QListWidgetItem) -> None:
        """All its images, those that came after the map among them."""
        name, shown = item.data(NAME), self.work.map
        if shown is not None:
            ids = dict.fromkeys((*self._session.library.files, *shown.ids))
            self.chosen.select([i for i in ids if self._label(i) == name], f"“{name}”")

    def changeEvent(self, event: QEvent) -> None:
        """A new colour scheme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_side"):
            self._draw()
