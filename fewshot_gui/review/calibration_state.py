"""Whether confidences are calibrated, as far as the review panel has to know."""

from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from fewshot_gui.session.folder.answer_progress import progress
from fewshot_gui.session.session import Session


class Trust(StrEnum):
    """WAITING: there are no two bins with examples. ANSWERED: every image has the person's answer. OPEN: labels are not
    there, or not calibrated yet. UNKNOWN: nothing is there to calibrate them by. KNOWN: they mean what they say."""

    WAITING = "waiting"
    ANSWERED = "answered"
    OPEN = "open"
    UNKNOWN = "unknown"
    KNOWN = "known"


class CalibrationState(QObject):
    """Follows the session. Once the labels of a folder are calibrated they count as such while the bins change: the
    figures may move a little until they are calibrated again.

    ``changed``: the trust may be another.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._done = False
        session.labelling.calibrated.connect(self._on_calibrated)
        session.library.reset.connect(self._begin)
        session.engine_host.opened.connect(self._begin)
        session.bins.changed.connect(self._on_bins)

    def trust(self) -> Trust:
        """How it stands."""
        session, examples = self._session, self._session.bins.examples()
        line = session.threshold.line()
        if len(examples) < 2:
            return Trust.WAITING
        if not line.above and self._all_answered():
            return Trust.ANSWERED
        if not self._done or not line.above + line.below:
            return Trust.OPEN
        engine, several = session.engine_host.engine, any(len(ids) > 1 for ids in examples.values())
        return Trust.KNOWN if several or (engine is not None and engine.has_temperatures) else Trust.UNKNOWN

    def _all_answered(self) -> bool:
        answered, count = progress(self._session.library, self._session.bins)
        return answered == count > 0

    def tells_strangers(self) -> bool:
        """Whether confidences count that an image may belong in no bin; False also while there is no engine."""
        engine = self._session.engine_host.engine
        return engine is not None and engine.tells_strangers

    def _on_calibrated(self) -> None:
        self._done = True
        self.changed.emit()

    def _begin(self) -> None:
        self._done = False
        self.changed.emit()

    def _on_bins(self) -> None:
        if len(self._session.bins.examples()) < 2:
            self._begin()
        else:
            self.changed.emit()
