"""Runs the comparison of methods in the background, and keeps its results."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from backend import jobs
from backend.selection.scores import MethodScore
from backend.types import MethodInfo, Progress
from fewshot_gui.comparison.ranking import Rank, missing, ranking
from fewshot_gui.session.bin_state import BinState, teaching
from fewshot_gui.session.latest_job import LatestJob
from fewshot_gui.session.session import Session
from fewshot_gui.session.worker import Failure, Priority
from fewshot_gui.translation import said, sentences

TASK = "compare"
SAMPLED_BELOW = 0.9
"""Share of the folder below which it is said that a part was read."""


class ComparisonController(QObject):
    """The methods of the model in use, on the bins as they were when it was started.

    Signals:
        begun(): the rows are new ones.
        filled(): some row has its figures, or they mean something else.
        changed(): running, outdated or failed.
    """

    begun = Signal()
    filled = Signal()
    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._job = LatestJob(session.worker, self)
        self._model = ""
        self._methods: tuple[MethodInfo, ...] = ()
        self._scores: dict[str, MethodScore] = {}
        self.examples = session.bins.examples()
        self.outdated = self.sampled = False
        """``sampled``: a part of the folder was read."""
        self.problem = ""
        session.bins.changed.connect(self._on_bins)
        session.engine_host.opened.connect(self._on_engine)
        session.library.reset.connect(self.forget)

    def running(self) -> bool:
        """Whether it is under way."""
        return self._job.running()

    def may_start(self) -> bool:
        """Whether there is something to compare, and nothing was yet."""
        there = self._session.engine_host.engine is not None and not missing(self._session.bins.examples())
        return there and not self._methods and not self.problem

    def done(self) -> tuple[int, int]:
        """Methods that were tried, of how many."""
        return len(self._scores), len(self._methods)

    def rows(self) -> list[Rank]:
        """How the methods stand, in the menu's order."""
        engine = self._session.engine_host.engine
        return ranking(self._methods, self._scores, engine.method if engine is not None else "")

    def start(self) -> None:
        """Compare anew; nothing where it could not work."""
        engine, library = self._session.engine_host.engine, self._session.library
        self._clear()
        self.examples = self._session.bins.examples()
        if engine is None or missing(self.examples):
            return
        self._model, self._methods = engine.model, tuple(m for m in engine.methods if m.available)
        known = [library.file(i) for members in self.examples.values() for i in members]
        given = [f for f in known if f is not None]
        folder = [f for i, f in library.files.items() if i not in library.unreadable]
        job = partial(jobs.compare_methods, engine, self.examples, given, folder, self._session.bins.rejected())
        self._job.submit(job, Priority.LATER, self._on_done, progress=self._on_step, failure=self._on_failed)
        self._session.tasks.begin(TASK, self._words(), self.stop)
        self.begun.emit()
        self.changed.emit()

    def stop(self) -> None:
        """Leave it at what was found."""
        self._job.cancel()
        self._over()

    def forget(self) -> None:
        """No rows any more."""
        self._clear()
        self.begun.emit()
        self.changed.emit()

    def _clear(self) -> None:
        self._job.cancel()
        self._session.tasks.end(TASK)
        self._methods, self._scores = (), {}
        self.outdated, self.problem = False, ""

    def _over(self) -> None:
        self._session.tasks.end(TASK)
        self.changed.emit()

    def _words(self) -> str:
        return self.tr("Comparing methods: {done} of {total}").format(done=len(self._scores), total=len(self._methods))

    def _on_step(self, progress: Progress) -> None:
        if isinstance(progress, MethodScore):
            self._scores[progress.method] = progress
            self.sampled = len(progress.labels) < SAMPLED_BELOW * len(self._session.library.files)
            self._session.tasks.step(TASK, *self.done(), self._words())
            self.filled.emit()

    def _on_done(self, _: object) -> None:
        self._over()

    def _on_failed(self, failure: Failure) -> None:
        self.problem = sentences(said(failure.sentence), said(failure.remedy))
        self._over()

    def _on_bins(self, before: BinState, after: BinState) -> None:
        """What was found stays in sight, as what it is: an answer about other bins."""
        if self._methods and teaching(before) != teaching(after):
            self._job.cancel()
            self.outdated = True
            self._over()
        self.changed.emit()

    def _on_engine(self, _: bool) -> None:
        engine = self._session.engine_host.engine
        if engine is not None and self._methods and engine.model != self._model:
            self.forget()
        else:  # another method is in use: others differ from it
            self.filled.emit()
            self.changed.emit()
