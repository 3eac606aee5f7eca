"""Precision of a bin's labels, estimated from a random sample that the person judges."""

from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from backend.evaluation.intervals import wilson
from backend.types import ImageId
from fewshot_gui.gallery.panel import GalleryPanel
from fewshot_gui.gallery.row_order import Filter
from fewshot_gui.gallery.sampling import Sampling
from fewshot_gui.gallery.toolbar import ALL
from fewshot_gui.session.bin_store import BinStore
from fewshot_gui.session.session import Session
from fewshot_gui.style import theme
from fewshot_gui.style.theme import GRID
from fewshot_gui.translation import sentences
from fewshot_gui.widgets.wrapping_label import WrappingLabel

SAMPLE = 50


@dataclass(frozen=True, slots=True)
class PrecisionCount:
    """Verdicts on a sample."""

    right: int
    judged: int
    sample: int

    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval of the precision, 0..1. ``judged`` must not be 0."""
        return wilson(self.right, self.judged)


def count(bins: BinStore, sample: list[ImageId], label: str) -> PrecisionCount:
    """What the person's answers say of images that were labelled ``label`` when they were drawn: an example of that bin
    is right; one of another bin, or a rejection of this one, is wrong; the rest is not judged. So undo counts, too."""
    owners = [owner.name if (owner := bins.owner(i)) is not None else "" for i in sample]
    right = owners.count(label)
    wrong = sum(
        name not in ("", label) or label in bins.rejected().get(i, ()) for i, name in zip(sample, owners, strict=True)
    )
    return PrecisionCount(right, right + wrong, len(sample))


class PrecisionBar(QFrame):
    """Above the sample: whose labels are judged, how many are right so far, and how sure that is."""

    def __init__(self, session: Session, page: GalleryPanel, fetching: Sampling) -> None:
        super().__init__(page)
        self.setObjectName("banner")
        self.setProperty("kind", "hint")
        self._bins, self._page, self._fetching = session.bins, page, fetching
        self._label, self._sample = "", list[ImageId]()
        self._title, self._text = WrappingLabel("", "", self), WrappingLabel("", "", self)
        self._more, self._done = QPushButton(self.tr("Draw more"), self), QPushButton(self.tr("Done"), self)
        self._lay_out()
        self._more.clicked.connect(self._on_more)
        self._done.clicked.connect(self._on_done)
        session.bins.changed.connect(self._on_bins)
        session.library.reset.connect(self.end)
        page.model.arranged.connect(self._on_arranged)
        self.hide()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        for label, strong in ((self._title, True), (self._text, False)):
            label.setFont(theme.font(strong=strong))
            words.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        row.setSpacing(2 * GRID)
        row.addLayout(words, 1)
        row.addWidget(self._more)
        row.addWidget(self._done)

    def start(self, label: str) -> bool:
        """Draw a sample of that bin's labels; False where there are none to judge."""
        sample = self._fetching.sample(label, SAMPLE)
        if not sample:
            return False
        self._label, self._sample = label, sample
        self._show_sample()
        return True

    def verdicts(self) -> PrecisionCount:
        """How it stands."""
        return count(self._bins, self._sample, self._label)

    def end(self) -> None:
        """The sample is one no more."""
        if self._sample:
            self._sample = []
            self.hide()
            self._page.model.end_claims()

    def _on_done(self) -> None:
        self.end()
        self._page.toolbar.show_page(ALL)

    def _show_sample(self) -> None:
        title = self.tr("Check “{}”").format(self._label)
        self.show()
        self._page.show_chosen(self._sample, title, dict.fromkeys(self._sample, self._label))
        self._refresh()

    def _refresh(self) -> None:
        now = self.verdicts()
        self._title.setText(self.tr("Is this “{}”?").format(self._label))
        if not now.judged:
            text = self.tr("{} drawn at random. Enter says yes, Backspace no, a number key which other bin.")
            self._text.setText(text.format(now.sample))
        else:
            low, high = now.interval()
            pattern = self.tr(
                "{right} of {judged} right: {share:.0%} (95 % sure: {low:.0%} to {high:.0%}), {left} to go"
            )
            share, left = now.right / now.judged, now.sample - now.judged
            self._text.setText(
                pattern.format(right=now.right, judged=now.judged, share=share, low=low, high=high, left=left)
            )
        self.setAccessibleName(sentences(self._title.text(), self._text.text()))

    def _on_more(self) -> None:
        more = [i for i in self._fetching.sample(self._label, SAMPLE + len(self._sample)) if i not in self._sample]
        self._sample += more[:SAMPLE]
        self._show_sample()

    def _on_bins(self) -> None:
        if self._bins.find(self._label) is None:
            self.end()
        elif self._sample:
            self._refresh()

    def _on_arranged(self) -> None:
        """The person shows something else: that is the end of it."""
        model = self._page.model
        if self._sample and (model.filter != Filter.CHOSEN or model.chosen() != self._sample):
            self.end()
