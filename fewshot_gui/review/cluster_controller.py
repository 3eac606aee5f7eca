"""Clusters the unsure images once labels are calibrated, and keeps the clusters on offer."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from backend import jobs
from backend.types import AlikeGroup, Bins, ImageId
from fewshot_gui.session.bin_state import BinState
from fewshot_gui.session.latest_job import LatestJob
from fewshot_gui.session.session import Session
from fewshot_gui.session.worker import Priority

REST_MS = 300
"""The line has come to rest when nobody has moved it for so long."""
SHOWN = 12
"""Groups that are offered at once, the largest."""


class ClusterController(QObject):
    """Holds the groups that are offered. A group that was dismissed, and its images, are not offered again.

    ``changed``: there are other groups, or they are being looked for.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.groups: tuple[AlikeGroup, ...] = ()
        self._remarks = session.workspace.remarks
        self._job = LatestJob(session.worker, self)
        self._looked_at: tuple[Bins, tuple[ImageId, ...]] = ({}, ())
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._look)
        session.labelling.calibrated.connect(self._look)
        session.threshold.moved.connect(self._rest.start)
        session.bins.changed.connect(self._on_bins)
        session.engine_host.opened.connect(self._forget)
        session.library.reset.connect(self._forget)

    def looking(self) -> bool:
        """Whether groups are being looked for."""
        return self._job.running()

    def dismiss(self, group: AlikeGroup) -> None:
        """The person does not want that one."""
        self._remarks.dismiss(group.images)
        self._put(tuple(g for g in self.groups if g != group))

    def _look(self) -> None:
        """Unless the same images under the same bins were looked at last."""
        session, examples = self._session, self._session.bins.examples()
        unsure = tuple(i for i in session.threshold.unsure_ids() if not self._remarks.is_dismissed(i))
        engine, labelling = session.engine_host.engine, session.labelling
        if engine is None or labelling.busy() or len(examples) < 2 or (examples, unsure) == self._looked_at:
            return
        self._cancel()
        self._looked_at = examples, unsure
        job = partial(jobs.propose_bins, engine, examples, unsure)
        self._job.submit(job, Priority.LATER, self._on_found, failure=self._on_failed)
        self.changed.emit()

    def _on_found(self, found: Sequence[AlikeGroup]) -> None:
        fresh = [g for g in found if not any(map(self._remarks.is_dismissed, g.images))]
        self._put(steady(self.groups, fresh)[:SHOWN])

    def _on_failed(self, _: object) -> None:
        self._put(())

    def _on_bins(self, _: BinState, after: BinState) -> None:
        """A group that has become a bin is offered no more; the rest stays until it is known better. Not every change
        of the bins has other labels in its wake, so a search that was under way begins anew."""
        if self._job.running():
            self._rest.start()
        self._cancel()
        if len(self._session.bins.examples()) < 2:
            self._put(())
            return
        examples = {i for b in after for i in b.examples}
        self._put(tuple(g for g in self.groups if examples.isdisjoint(g.images)))

    def _put(self, groups: tuple[AlikeGroup, ...]) -> None:
        self.groups = groups
        self.changed.emit()

    def _cancel(self) -> None:
        self._job.cancel()
        self._looked_at = ({}, ())

    def _forget(self) -> None:
        self._cancel()
        self._rest.stop()
        self._put(())


def steady(shown: Sequence[AlikeGroup], fresh: Sequence[AlikeGroup]) -> tuple[AlikeGroup, ...]:
    """The ``fresh`` groups; those that are in the main a group that is ``shown`` stand in its place, new ones behind.
    So nothing moves under the mouse but what is gone."""
    left, order = list(fresh), list[AlikeGroup]()
    for old in shown:
        same = next((g for g in left if 2 * len(set(g.images).intersection(old.images)) > len(g.images)), None)
        if same is not None:
            left.remove(same)
            order.append(same)
    return (*order, *left)
