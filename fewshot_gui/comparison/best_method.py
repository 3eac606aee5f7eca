"""Searches models and methods for the best one on these bins, and offers it in a message."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from backend import jobs
from backend.types import Progress
from fewshot_gui.comparison.ranking import missing
from fewshot_gui.session.bin_state import BinState, teaching
from fewshot_gui.session.latest_job import LatestJob
from fewshot_gui.session.session import Session
from fewshot_gui.session.worker import Priority
from fewshot_gui.translation import said, sentences
from fewshot_gui.widgets.message_bar import MessageBar

if TYPE_CHECKING:
    from backend.selection.best_method import Choice, Scored

TASK = "best"


class BestMethod(QObject):
    """Runs the job and speaks through the banner."""

    def __init__(self, session: Session, banner: MessageBar) -> None:
        super().__init__(session)
        self._session, self._banner = session, banner
        self._job = LatestJob(session.worker, self)
        session.bins.changed.connect(self._on_bins)
        session.library.reset.connect(self.stop)

    def start(self) -> None:
        """Look for the best of all models and methods on this machine."""
        engine, library = self._session.engine_host.engine, self._session.library
        examples = self._session.bins.examples()
        lacking = missing(examples)
        if lacking or engine is None:
            title = self.tr("The best cannot be found yet")
            self._banner.hint(title, lacking or self.tr("The model is being loaded."))
            return
        self.stop()
        files = [f for members in examples.values() for i in members if (f := library.file(i)) is not None]
        job = partial(jobs.best_for_bins, engine, examples, files)
        self._job.submit(job, Priority.LATER, self._on_found, progress=self._on_step, failure=self._on_failed)
        self._session.tasks.begin(TASK, self.tr("Looking for the best model and method…"), self.stop)

    def stop(self) -> None:
        """Look no further."""
        self._job.cancel()
        self._session.tasks.end(TASK)

    def _on_bins(self, before: BinState, after: BinState) -> None:
        """What would be found is about bins that are no more."""
        if self._job.running() and teaching(before) != teaching(after):
            self.start()

    def _on_step(self, progress: Progress) -> None:
        if progress.stage == "choose" and progress.total:
            text = self.tr("Looking for the best: {done} of {total} methods tried")
            words = text.format(done=progress.done, total=progress.total)
            self._session.tasks.step(TASK, progress.done, progress.total, words)

    def _on_failed(self, _: object) -> None:
        self.stop()

    def _on_found(self, choice: "Choice") -> None:
        self.stop()
        engine, best = self._session.engine_host.engine, choice.ranking[0]
        if engine is None:
            return
        present = next((s for s in choice.ranking if (s.model, s.method) == (engine.model, engine.method)), None)
        if present is not None and present.right == best.right:
            title = self.tr("{name} fits your bins best already").format(name=self._name(present))
            self._banner.hint(title, _figures(present))
            return
        why = sentences(_figures(best), self._against(present))
        title = self.tr("{name} fits your bins best").format(name=self._name(best))
        use = partial(self._session.engine_host.choose, best.model, best.method)
        self._banner.hint(title, why, self.tr("Use it"), use).offer(self.tr("Not now"), None)

    def _name(self, scored: "Scored") -> str:
        """Titles, where menus show them."""
        engine = self._session.engine_host.engine
        method = (
            next((said(m.title) for m in engine.methods if m.name == scored.method), scored.method) if engine else ""
        )
        return self.tr("{method} of “{model}”").format(method=method, model=scored.model)

    def _against(self, present: "Scored | None") -> str:
        if present is None:
            return ""
        text = self.tr("The method in use, {name}, labels {right} right: {points:.0f} ± {spread:.0f} points less.")
        words = text.format(
            name=self._name(present),
            right=present.right,
            points=present.difference,
            spread=present.difference_ci95,
        )
        if present.difference_ci95 < present.difference:
            return words
        return self.tr("{} That may be chance.").format(words)


def _figures(scored: "Scored") -> str:
    text = QCoreApplication.translate(
        "BestMethod",
        "It labels {right} of {count} examples right while they are left out (95 % sure: {low:.0f} to {high:.0f} %).",
    )
    return text.format(right=scored.right, count=scored.left_out, low=scored.low, high=scored.high)
