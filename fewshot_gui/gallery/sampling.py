"""Draws images to judge, and ranks the gallery by what an answer is worth."""

import random
from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QObject, Signal

from backend import jobs
from backend.types import ImageId
from fewshot_gui.gallery.panel import GalleryPanel
from fewshot_gui.gallery.row_order import Order
from fewshot_gui.session.latest_job import LatestJob
from fewshot_gui.session.session import Session
from fewshot_gui.session.worker import Priority

COUNT = 20


class SampleKind(StrEnum):
    """What is fetched."""

    RANDOM = "random"
    UNSURE = "unsure"
    LABEL = "label"


class Sampling(QObject):
    """Orders the gallery by what an answer is worth, and fetches some images to judge.

    Images with an answer are never fetched, and none twice before all have been.

    ``nothing(why)``: there is nothing of that kind to fetch, in words.
    """

    nothing = Signal(str)

    def __init__(self, session: Session, page: GalleryPanel) -> None:
        super().__init__(page)
        self._session, self._page = session, page
        self._seen: set[ImageId] = set()
        self._job = LatestJob(session.worker, self)
        self._random = random.Random()
        page.model.ranks_wanted.connect(self.rank)
        session.library.reset.connect(self._seen.clear)

    def rank(self) -> None:
        """Work out the order that the gallery wants; it takes it when it is there."""
        if not self._ask(self._page.model.rank, by_methods=self._page.model.order == Order.DIFFER):
            self._page.model.rank([])

    def fetch(self, kind: SampleKind, label: str = "") -> None:
        """Show twenty images: at random, the ones most worth asking about, or at random among those of a label."""
        if kind == SampleKind.UNSURE:
            if not self._ask(partial(self._show, kind, "")):
                self.nothing.emit(self.tr("There are no labels yet that could be unsure."))
            return
        model = self._page.model
        pool = [i for i in self._open() if kind == SampleKind.RANDOM or model.label_of(i)[0] == label]
        self._random.shuffle(pool)
        self._show(kind, label, pool)

    def sample(self, label: str, count: int) -> list[ImageId]:
        """Images of that label without an answer, drawn at random without replacement."""
        pool = [i for i in self._open() if self._page.model.label_of(i)[0] == label]
        return self._random.sample(pool, min(count, len(pool)))

    def _ask(self, then: Callable[[list[ImageId]], None], *, by_methods: bool = False) -> bool:
        """Have the open images ordered by what an answer is worth; False where none has a label. That methods
        disagree about them takes a while to find out, so it waits for what is more urgent."""
        engine = self._session.engine_host.engine
        uncertainty = {i: self._uncertainty(i) for i in self._open() if i in self._session.library.predictions}
        if engine is None or not uncertainty:
            return False
        job = partial(jobs.ask_first, engine, uncertainty)
        if by_methods:
            labels = {i: self._session.library.predictions[i].label for i in uncertainty}
            job = partial(jobs.ask_where_methods_differ, engine, self._session.bins.examples(), labels, uncertainty)
        priority = Priority.FOLDER if by_methods else Priority.VISIBLE
        self._job.submit(job, priority, then)
        return True

    def _open(self) -> list[ImageId]:
        library = self._session.library
        answered = self._session.bins.answered
        return [i for i in library.files if i not in library.unreadable and not answered(i)]

    def _uncertainty(self, image: ImageId) -> float:
        """1 less the margin between the two likeliest labels."""
        prediction = self._session.library.predictions[image]
        return 1.0 - ((prediction.confidence or 0.0) - (prediction.second_confidence or 0.0))

    def _show(self, kind: SampleKind, label: str, pool: Sequence[ImageId]) -> None:
        fresh = [i for i in pool if i not in self._seen]
        if len(fresh) < COUNT:  # all have been seen: begin anew
            self._seen.difference_update(pool)
            fresh += [i for i in pool if i not in fresh]
        chosen = fresh[:COUNT]
        if not chosen:
            self.nothing.emit(self.tr("No image without an answer is of that kind."))
            return
        self._seen.update(chosen)
        titles = {
            SampleKind.RANDOM: self.tr("{} at random"),
            SampleKind.UNSURE: self.tr("{} to ask about"),
            SampleKind.LABEL: self.tr("{} of “{label}”"),
        }
        self._page.show_chosen(chosen, titles[kind].format(len(chosen), label=label))
