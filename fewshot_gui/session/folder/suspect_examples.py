"""Looks for examples that their own bins would not claim, once labels show and confidences are calibrated."""

from functools import partial

from PySide6.QtCore import QObject

from backend import jobs
from fewshot_gui.session.bin_state import BinState, teaching
from fewshot_gui.session.bin_store import BinStore
from fewshot_gui.session.folder.engine_host import EngineHost
from fewshot_gui.session.folder.labelling_controller import LabellingController
from fewshot_gui.session.folder.library import Library
from fewshot_gui.session.latest_job import LatestJob
from fewshot_gui.session.worker import Priority, Worker


class SuspectExamples(QObject):
    """Asks after every round of labels. That costs next to nothing: calibration, which has just asked the same, comes
    before it on the worker."""

    def __init__(
        self,
        worker: Worker,
        engine_host: EngineHost,
        library: Library,
        bins: BinStore,
        labelling: LabellingController,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._engine_host, self._library, self._bins = engine_host, library, bins
        self._job = LatestJob(worker, self)
        labelling.finished.connect(self._ask)
        bins.changed.connect(self._on_bins)
        library.reset.connect(self._job.cancel)
        engine_host.changed.connect(self._on_engine)

    def _ask(self) -> None:
        self._job.cancel()
        engine, examples = self._engine_host.engine, self._bins.examples()
        if engine is not None and len(examples) > 1:
            job = partial(jobs.doubts, engine, examples, self._bins.rejected())
            self._job.submit(job, Priority.LATER, self._library.set_doubts)

    def _on_bins(self, before: BinState, after: BinState) -> None:
        """What is still so is shown until it is known anew: badges that come and go would be restless."""
        if teaching(before) == teaching(after):
            return
        self._job.cancel()
        bins, homes = dict(teaching(after)), {i: b.name for b in before for i in b.examples}
        doubts = self._library.doubts.items()
        kept = {i: d for i, d in doubts if d.label in bins and i in bins.get(homes.get(i, ""), ())}
        self._library.set_doubts(kept)

    def _on_engine(self) -> None:
        """Another method has doubts of its own."""
        if self._engine_host.loading():
            self._job.cancel()
            self._library.set_doubts({})
