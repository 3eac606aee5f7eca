"""Computes the influence of leaving out one example, for the image that is shown."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from backend import jobs
from backend.types import Absence, ImageId, Progress, RestsOn
from fewshot_gui.session.bin_state import BinState
from fewshot_gui.session.latest_job import LatestJob
from fewshot_gui.session.session import Session
from fewshot_gui.session.worker import Failure, JobFactory, Priority

Answer = RestsOn | Absence


class InfluenceController(QObject):
    """What is known about the image: ``answer``, once it is there.

    For an ordinary image that is what its label rests on, for an example what the folder would be without it. Where a
    fit is cheap the question is asked at once, behind all other work; else the person asks. A change of the bins voids
    question and answer.

    Signals:
        changed(): there is something else to show.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._image: ImageId = ""
        self._job = LatestJob(session.worker, self)
        self._seen = 0
        """Predictions that there were when the question was asked."""
        self.answer: Answer | None = None
        self.step: Progress | None = None
        """How far the present question has come."""
        session.labelling.finished.connect(self._on_labelled)
        session.bins.changed.connect(self._on_bins)
        session.engine_host.changed.connect(self._on_engine)
        session.library.reset.connect(self._forget)

    def look_at(self, image: ImageId) -> None:
        """The person looks at this image now; "" for none."""
        if image != self._image:
            self._image = image
            self._forget()
        if self.answer is None:
            self._ask_if_cheap()

    def running(self) -> bool:
        """Whether a question is under way."""
        return self._job.running()

    def possible(self) -> bool:
        """Whether there is anything to ask."""
        session, image = self._session, self._image
        if session.engine_host.engine is None or session.engine_host.loading() or len(session.bins.examples()) < 2:
            return False
        owner, prediction = session.bins.owner(image), session.library.predictions.get(image)
        if owner is not None:
            return owner.on and image in session.library.embedded
        return prediction is not None and prediction.confidence is not None

    def ask(self) -> None:
        """Work it out."""
        engine = self._session.engine_host.engine
        if engine is None or self.running() or not self.possible() or self._session.labelling.busy():
            return
        bins, rejected = self._session.bins.examples(), self._session.bins.rejected()
        job: JobFactory = partial(jobs.rests_on, engine, bins, self._image, rejected)
        if self._session.bins.owner(self._image) is not None:
            job = partial(jobs.absence, engine, bins, self._image, self._labels(), rejected)
        self._seen = len(self._session.library.predictions)
        self._job.submit(job, Priority.LATER, self._on_answer, progress=self._on_step, failure=self._on_failed)
        self.changed.emit()

    def stop(self) -> None:
        """Not that important."""
        self._cancel()
        self.changed.emit()

    def _labels(self) -> dict[ImageId, str]:
        """The labels of the folder's images that the person has not given."""
        library, given = self._session.library, self._session.bins.given()
        return {i: p.label for i, p in library.predictions.items() if p.label and i in library.files and i not in given}

    def _ask_if_cheap(self) -> None:
        engine = self._session.engine_host.engine
        if engine is not None and not engine.costly:
            self.ask()

    def _on_labelled(self) -> None:
        """New labels. In a folder that has grown an example counts for more images than it did."""
        if self.answer is None or self.outgrown():
            self._ask_if_cheap()
        self.changed.emit()

    def outgrown(self) -> bool:
        """Whether the answer is one about fewer images than there are now."""
        return isinstance(self.answer, Absence) and self._seen != len(self._session.library.predictions)

    def _on_bins(self, before: BinState, after: BinState) -> None:
        if _matter(before) != _matter(after):
            self._forget()

    def _on_engine(self) -> None:
        if self._session.engine_host.loading():
            self._forget()

    def _forget(self) -> None:
        self._cancel()
        self.answer = None
        self.changed.emit()

    def _cancel(self) -> None:
        self._job.cancel()
        self.step = None

    def _on_step(self, step: Progress) -> None:
        engine = self._session.engine_host.engine
        if engine is not None and engine.costly:
            self.step = step
            self.changed.emit()

    def _on_answer(self, answer: Answer) -> None:
        self.step, self.answer = None, answer
        if self.outgrown():  # meanwhile: ask again, and show this until then
            self._ask_if_cheap()
        self.changed.emit()

    def _on_failed(self, _: Failure) -> None:
        self.stop()


def _matter(bins: BinState) -> list[tuple[str, tuple[ImageId, ...], tuple[ImageId, ...], bool]]:
    return [(b.name, b.examples, b.rejected, b.on) for b in bins]
