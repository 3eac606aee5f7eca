"""Keeps the labels up with the bins: everything again after a change of bins, new images as they get features.

Labels come first by the examples as they are. Where the method reads views of them, these follow, and labels are shown
again. Once nothing more urgent waits, the bins calibrate the confidences, which are then shown again too.
"""

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from backend import jobs
from backend.types import ImageId, Labelled, Progress
from fewshot_gui.session.bin_state import BinState, teaching
from fewshot_gui.session.bin_store import BinStore
from fewshot_gui.session.folder.embedding_controller import EmbeddingController
from fewshot_gui.session.folder.engine_host import EngineHost
from fewshot_gui.session.folder.library import Library
from fewshot_gui.session.latest_job import LatestJob
from fewshot_gui.session.worker import Failure, JobFactory, Priority, Worker

if TYPE_CHECKING:
    from backend.jobs.engine import Engine

GATHER_MS = 150
"""New features are gathered so long before they are labelled together."""
WORTH_TELLING_S = 0.4
"""Labels that take no longer show no progress: it would only flicker."""


class LabellingController(QObject):
    """Runs the relabel jobs.

    Signals:
        finished(): every image with features has its label under the present bins.
        calibrated(): and its confidence is as good as the bins can make it.
        advanced(): there is progress to show.
    """

    finished = Signal()
    calibrated = Signal()
    advanced = Signal()

    def __init__(
        self,
        worker: Worker,
        engine_host: EngineHost,
        library: Library,
        bins: BinStore,
        embedding: EmbeddingController,
        in_sight: Callable[[], Sequence[ImageId]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._engine_host, self._library, self._bins, self._embedding = engine_host, library, bins, embedding
        self._in_sight = in_sight
        self._jobs = [LatestJob(worker, self) for _ in range(4)]
        self._job, self._sight_job, self._later_job, self._view_job = self._jobs
        self._folder: tuple[ImageId, ...] = ()
        """What a transductive method read for the labels under way."""
        self._outgrown = False
        """Some labels are those of a smaller folder."""
        self._pending: set[ImageId] = set()
        """What the job has not reached yet, of ``_total``."""
        self._total, self._started = 0, 0.0
        self.stopped = self._owed = False
        self._unlabelled: set[ImageId] = set()
        self._waits_for_examples = False
        self._gather = QTimer(self, singleShot=True, interval=GATHER_MS)
        self._gather.timeout.connect(self._label_gathered)
        bins.changed.connect(self._on_bins)
        embedding.made.connect(self._on_made)
        embedding.examples_done.connect(self._on_examples_done)
        library.reset.connect(self._forget)

    def busy(self) -> bool:
        """Whether labels are on their way."""
        return self._job.running() or bool(self._unlabelled) or self._waits_for_examples

    def expected(self) -> bool:
        """Whether there is anything to label by."""
        return bool(self._bins.examples())

    def counts(self) -> tuple[int, int] | None:
        """Images that are labelled, and all that are to be; None where that takes no time worth telling."""
        if not self._pending or time.monotonic() - self._started < WORTH_TELLING_S:
            return None
        return self._total - len(self._pending), self._total

    def in_sight(self, ids: Sequence[ImageId]) -> None:
        """These tiles are visible: where a slow method is under way, they come before the rest."""
        self._sight_job.cancel()
        engine, first = self._engine_host.engine, [i for i in ids if i in self._pending]
        if self._job.running() and engine is not None and first:
            self._sight_job.submit(self._relabelling(engine, first), Priority.LABEL_VISIBLE, progress=self._on_step)

    def stop(self) -> None:
        """Cancelled by the person: what is labelled is kept."""
        self.stopped = bool(self._pending) or self._waits_for_examples
        self._waits_for_examples = False
        self._cancel()

    def relabel(self) -> None:
        """Label everything again."""
        self.stopped = self._owed = False
        self._cancel()
        if self._engine_host.engine is None:
            return
        examples = self._bins.examples()
        self._waits_for_examples = self._embedding.examples(i for ids in examples.values() for i in ids)
        if not self._waits_for_examples:
            self._label(self._everything())

    def _on_bins(self, before: BinState, after: BinState) -> None:
        for old, new in _renamed(before, after):
            self._library.rename_label(old, new)
        if not self._bins.examples():
            self._forget()
            self._library.clear_predictions()
        elif teaching(before) != teaching(after) or _rejections(before) != _rejections(after):
            self.relabel()

    def _on_examples_done(self) -> None:
        self._waits_for_examples = False
        self._unlabelled.clear()
        self._label(self._everything())

    def _on_made(self, ids: tuple[ImageId, ...]) -> None:
        if self._bins.examples():
            self._unlabelled.update(ids)
            if not self._gather.isActive():
                self._gather.start()

    def _label_gathered(self) -> None:
        if not self._job.running() and not self._waits_for_examples and self._unlabelled:
            first = [i for i in self._in_sight() if i in self._unlabelled]
            rest = self._unlabelled.difference(first)
            self._unlabelled.clear()
            self._label(first + [i for i in rest if i in self._library.files])

    def _label(self, ids: Sequence[ImageId]) -> None:
        engine, examples = self._engine_host.engine, self._bins.examples()
        usable = any(i in self._library.embedded for members in examples.values() for i in members)
        if engine is None or not usable or not ids:
            self._finish()
            return
        if not self._pending:
            self._started = time.monotonic()
        self._pending, self._total = set(ids), len(ids)
        self._put_off()
        self._read_folder(ids)
        job = self._relabelling(engine, ids)
        self._job.submit(job, Priority.RELABEL, self._on_done, progress=self._on_step, failure=self._on_failed)

    def _relabelling(self, engine: "Engine", ids: Sequence[ImageId]) -> JobFactory:
        examples, rejected = self._bins.examples(), self._bins.rejected()
        return partial(jobs.relabel, engine, examples, ids, folder=self._folder, rejected=rejected)

    def _read_folder(self, ids: Sequence[ImageId]) -> None:
        engine = self._engine_host.engine
        self._folder = tuple(self._everything()) if engine is not None and engine.transductive else ()
        self._outgrown = len(ids) < len(self._folder)

    def _add_views(self) -> None:
        """Ahead of the rest of the folder: there are few examples, and all labels hang on them."""
        engine, examples = self._engine_host.engine, self._bins.examples()
        if engine is None or not engine.reads_views or self._view_job.running() or len(examples) < 2:
            return
        ids = (i for members in examples.values() for i in members)
        files = [f for i in ids if (f := self._library.file(i)) is not None]
        self._view_job.submit(partial(jobs.add_views, engine, examples, files), Priority.VISIBLE, self._on_views)

    def _on_views(self, new: bool) -> None:
        if new and not self._job.running():  # else labels are on their way that see them
            self._label(self._everything())

    def _calibrate(self) -> None:
        """Behind all else: it takes a fit for each example that is left out."""
        self._put_off()
        engine, examples = self._engine_host.engine, self._bins.examples()
        if engine is not None and len(examples) > 1:
            job = partial(jobs.calibrate, engine, examples, self._folder)
            self._later_job.submit(job, Priority.LATER, self._on_calibrated)

    def _on_calibrated(self, moved: bool) -> None:
        engine, ids = self._engine_host.engine, self._everything()
        if engine is not None and ids and (moved or self._outgrown or self._owed):
            self._outgrown, self._owed = False, True
            job = self._relabelling(engine, ids)
            self._later_job.submit(job, Priority.LATER, self._on_refreshed, progress=self._on_step)
        else:
            self.calibrated.emit()

    def _put_off(self) -> None:
        """Calibration may be done but not heard of yet, or not shown by all labels: then that is still to be shown."""
        self._owed = self._owed or self._later_job.running()
        self._later_job.cancel()

    def _on_refreshed(self, _: object) -> None:
        self._owed = False
        self.calibrated.emit()

    def _everything(self) -> list[ImageId]:
        """All images with features, those in sight first."""
        first = [i for i in self._in_sight() if i in self._library.embedded]
        seen = set(first)
        return first + [i for i in self._library.files if i in self._library.embedded and i not in seen]

    def _on_step(self, progress: Progress) -> None:
        if isinstance(progress, Labelled) and progress.predictions:
            self._pending.difference_update(progress.predictions)
            self._library.set_predictions(progress.predictions)
            self.advanced.emit()

    def _on_done(self, _: object) -> None:
        self._pending.clear()
        self._finish()

    def _on_failed(self, _: Failure) -> None:
        self._cancel()
        self._library.clear_predictions()

    def _cancel(self) -> None:
        for job in self._jobs:
            job.cancel()
        self._pending.clear()
        self._unlabelled.clear()
        self.advanced.emit()

    def _finish(self) -> None:
        if self._unlabelled:
            self._gather.start()
        else:
            self._calibrate()
            self._add_views()
            self.finished.emit()

    def _forget(self) -> None:
        self._cancel()
        self.stopped = False
        self._waits_for_examples = False


def _renamed(before: BinState, after: BinState) -> list[tuple[str, str]]:
    """Bins that have another name in ``after``; a bin is known by its colour slot."""
    names = {b.colour: b.name for b in after}
    gone = {b.name for b in before}.difference(names.values())
    return [(b.name, names[b.colour]) for b in before if b.name in gone and b.colour in names]


def _rejections(bins: BinState) -> list[tuple[str, tuple[ImageId, ...]]]:
    return [(b.name, b.rejected) for b in bins if b.rejected and b.on]
