"""The acceptance threshold: labels above it count as sure. It follows from how many of them may be wrong."""

import math
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from backend.labelling.recalibration import Recalibration
from backend.labelling.thresholds import Check, ErrorCurve, Line
from backend.types import ImageId, Prediction, Status
from backend.workspace.state import Verdict
from fewshot_gui import settings
from fewshot_gui.session.bin_state import BinState
from fewshot_gui.session.bin_store import BinStore
from fewshot_gui.session.folder.current_labels import CurrentLabels
from fewshot_gui.session.folder.library import Library

TELL_MS = 100
"""While labels stream in, the figures change so often at most."""
MOST_ERRORS = 1000
GROWTH = 4096


class AcceptanceThreshold(QObject):
    """Keeps the line where the person wants it while labels come and go. It changes no label.

    ``errors`` is how many of 1,000 sure labels may be wrong. How many are is what the model expects, set right by what
    the person's answers say of labels of that confidence. Confidences stand in one array, so that moving the line costs
    a binary search, however large the folder is; images with an answer of the person's have no part in it.

    Signals:
        changed(): the line, or what lies above it, is another.
        moved(): the person has moved the line; ``changed`` comes, too.
    """

    changed = Signal()
    moved = Signal()

    def __init__(self, library: Library, bins: BinStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library, self._bins = library, bins
        self._current_labels = CurrentLabels(library, bins)
        self.errors = settings.ERRORS
        self._answers: dict[ImageId, Verdict] = {}
        self._picked: frozenset[ImageId] = frozenset()
        self._recalibration = Recalibration()
        self._places: dict[ImageId, int] = {}
        self._values = np.full(GROWTH, np.nan)
        """Confidences by place; NaN: none that counts."""
        self._ruled_out: dict[ImageId, None] = {}
        """Images that may have no label, or have one that nothing says how sure it is: unsure wherever the line is."""
        self._curve: ErrorCurve | None = None
        self._line: Line | None = None
        self._tell = QTimer(self, singleShot=True, interval=TELL_MS)
        self._tell.timeout.connect(self.changed)
        library.reset.connect(self._on_all)
        library.relisted.connect(self._on_all)
        library.labelled.connect(self._on_labelled)
        library.failed.connect(self._on_failed)
        bins.changed.connect(self._on_bins)

    def move(self, errors: int) -> None:
        """The person draws the line elsewhere."""
        if self.put(errors):
            self.moved.emit()

    def put(self, errors: int) -> bool:
        """Draw the line so that ``errors`` of 1,000 (0: the usual number) may be wrong; False where it was there."""
        errors = min(errors, MOST_ERRORS) if errors > 0 else settings.ERRORS
        if errors == self.errors:
            return False
        self.errors, self._line = errors, None
        self.changed.emit()
        return True

    def line(self) -> Line:
        """Where the line is, and what lies on each side of it."""
        curve = self._drawn()
        if self._line is None:
            found = curve.line(self.errors / MOST_ERRORS)
            self._line = replace(found, below=found.below + len(self._ruled_out))
        return self._line

    def check(self) -> Check:
        """What the person's answers say of the labels above the line."""
        line = self.line()
        above = {i: v for i, v in self._answers.items() if v.confidence >= line.threshold}
        wrong, picked = sum(not v.right for v in above.values()), len(self._picked & above.keys())
        confirmed = any(v.right for v in self._answers.values())
        bounds = self._recalibration.interval(self._drawn().above(line)) if line.above and confirmed else (0.0, 1.0)
        return Check(len(above), wrong, picked, *bounds, len(self._answers), confirmed)

    def next_line(self, stops: Sequence[int]) -> tuple[int, int] | None:
        """The first of ``stops`` beyond ``errors`` where a label is sure, and how many are; None where none ever is."""
        for errors in (s for s in stops if s > self.errors):
            above = self._drawn().line(errors / MOST_ERRORS).above
            if above:
                return errors, above
        return None

    def learn(self, verdicts: Mapping[ImageId, Verdict], picked: Set[ImageId]) -> None:
        """From now on these are the person's answers about labels of the method in use; ``picked`` were shown because
        they were doubtful. Corrections alone say nothing of the labels that were left as they are."""
        if verdicts == self._answers and picked == self._picked:
            return
        self._answers, self._picked = dict(verdicts), frozenset(picked)
        answers = [(v.confidence, v.right) for v in verdicts.values()]
        self._recalibration = Recalibration(answers if any(right for _, right in answers) else ())
        self._curve = None
        if not self._tell.isActive():
            self._tell.start()

    def _drawn(self) -> ErrorCurve:
        if self._curve is None:
            values = self._values[: len(self._places)]
            self._curve, self._line = ErrorCurve(values[~np.isnan(values)], self._recalibration), None
        return self._curve

    def is_unsure(self, image: ImageId) -> bool:
        """Whether the label is a mere guess: below the line, or of the only bin there is."""
        prediction = self._prediction(image)
        if prediction is None or self._bins.owner(image) is not None:
            return False
        sure = prediction.confidence
        return prediction.status == Status.UNSURE or sure is None or sure < self.line().threshold

    def unsure_ids(self) -> list[ImageId]:
        """What lies below the line, the least sure first."""
        threshold, values = self.line().threshold, self._values[: len(self._places)]
        below = np.flatnonzero(values < threshold)
        ids, order = list(self._places), below[np.argsort(values[below], kind="stable")]
        return [*self._ruled_out, *(ids[n] for n in order.tolist())]

    def _prediction(self, image: ImageId) -> Prediction | None:
        """The guess that counts. One for a bin that is gone does until labels are worked out again."""
        if image in self._bins.rejected() or image in self._library.unreadable:
            return self._current_labels.prediction(image)
        return self._library.predictions.get(image)

    # What happens ------------------------------------------------------------------------------------------------

    def _on_labelled(self, ids: tuple[ImageId, ...] | None) -> None:
        if ids is None:
            self._on_all()
        else:
            self._read(ids)

    def _on_bins(self, before: BinState, after: BinState) -> None:
        answers, now = ({(b.name, i) for b in bins for i in (*b.examples, *b.rejected)} for bins in (before, after))
        self._on_failed(dict.fromkeys(i for _, i in answers ^ now))

    def _on_failed(self, ids: Iterable[ImageId]) -> None:
        self._read(i for i in ids if i in self._places)

    def _on_all(self) -> None:
        self._places.clear()
        self._ruled_out.clear()
        self._read(self._library.predictions)

    def _read(self, images: Iterable[ImageId]) -> None:
        """Take in what is known of these images now. There may be 100,000, so the loops are comprehensions."""
        ids, places = list(images), self._places
        places.update(
            zip([i for i in ids if i not in places], range(len(places), len(places) + len(ids)), strict=False)
        )
        if len(places) > len(self._values):
            grown = np.full(len(places) + GROWTH - len(self._values), np.nan)
            self._values = np.concatenate([self._values, grown])
        self._values[[places[i] for i in ids]] = self._confidences(ids)
        self._curve = None
        if not self._tell.isActive():
            self._tell.start()

    def _confidences(self, ids: list[ImageId]) -> list[float]:
        """Of these images; NaN for one that has none, is not in the folder or has an answer."""
        files, given = self._library.files, self._bins.given()
        counted = [self._prediction(i) if i in files and i not in given else None for i in ids]
        for image in self._ruled_out.keys() & ids if self._ruled_out else ():
            del self._ruled_out[image]
        hopeless = (i for i, p in zip(ids, counted, strict=True) if p and p.confidence is None)
        self._ruled_out |= dict.fromkeys(hopeless)
        return [math.nan if p is None or p.confidence is None else p.confidence for p in counted]
