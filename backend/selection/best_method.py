"""*Best for my bins*: models and methods scored by leave-one-out on the person's own examples.

Every candidate answers for the same left-out examples after the same fits, so that differences are paired. Transductive
methods are left out: what they gain they gain from the folder, which examples held back say nothing about.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from backend.confidence.run_episodes import mean_and_ci95
from backend.confidence.temperature import from_table, nll_at
from backend.embedding.feature_store import FeatureStore
from backend.errors import RequestError
from backend.evaluation.intervals import wilson
from backend.labelling.calibration import leave_one_out, told_rounds
from backend.labelling.fitted_bins import mean_shot, support_of, usable
from backend.methods import Support
from backend.models.model import Ready
from backend.types import Bins, ImageFile, Job, Progress


@dataclass(frozen=True, slots=True)
class Candidate:
    """A method of a model, with the store that holds its trunk's features."""

    model: str
    ready: Ready
    store: FeatureStore

    @property
    def title(self) -> str:
        """Such as ``linear of photos``."""
        return f"{self.ready.name} of {self.model}"


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate's answers for the left-out examples.

    ``right`` of ``left_out`` are right; ``low`` and ``high`` bound the accuracy with 95 % confidence (Wilson), in per
    cent; ``loss`` is the mean negative log-likelihood at the card's temperature. ``difference`` is the best's accuracy
    minus this one's on the same examples, in points, with its 95 % half-width.
    """

    model: str
    method: str
    right: int
    left_out: int
    low: float
    high: float
    loss: float
    difference: float = 0.0
    difference_ci95: float = 0.0


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidates, best first."""

    ranking: tuple[Scored, ...]


def rank_candidates(candidates: Sequence[Candidate], files: Sequence[ImageFile], bins: Bins) -> Job[Choice]:
    """Ranks ``candidates`` on ``bins``; their examples' ``files`` are embedded where a trunk has not seen them yet.

    More right answers win; among equals the candidate that was surer of the right ones.

    Raises:
        RequestError: fewer than two bins have a readable example, or none has two.
    """
    for store in stores_of(candidates):
        yield from store.embed(files)
    fair = [c for c in candidates if not c.ready.method.transductive]
    if not fair:
        raise RequestError("Nothing to compare", "No method but transductive ones was named.", "Name another.")
    filled = usable_everywhere(candidates, bins)
    together = same_rounds(filled)
    scored: list[tuple[Scored, Tensor]] = []
    for done, candidate in enumerate(fair):
        scored.append((yield from _score(candidate, filled, together)))
        yield Progress("choose", done + 1, len(fair))
    scored.sort(key=lambda s: (-s[0].right, s[0].loss))
    return Choice(tuple(_against(scored[0], other) for other in scored))


def stores_of(candidates: Sequence[Candidate]) -> Iterator[FeatureStore]:
    """Each store once."""
    return iter({id(c.store): c.store for c in candidates}.values())


def usable_everywhere(candidates: Sequence[Candidate], bins: Bins) -> Bins:
    """The examples that every trunk has features of: all candidates must answer for the same ones.

    Raises:
        RequestError: fewer than two bins have one, or none has two.
    """
    for store in stores_of(candidates):
        bins = {name: tuple(ids) for name, ids in usable(bins, store).items()}
    if len(bins) < 2 or max(map(len, bins.values())) < 2:
        raise RequestError(
            "Too few examples",
            "Scoring leaves out one example at a time, so it needs two bins, one of them with two readable examples.",
            "Add examples to a bin.",
        )
    return bins


def same_rounds(filled: Bins) -> list[list[int]]:
    """The examples that all candidates leave out at a time, as indices into the support of ``filled``."""
    return told_rounds(torch.tensor([label for label, members in enumerate(filled.values()) for _ in members]))


def _taught(filled: Bins, candidate: Candidate) -> Support:
    """The examples, with their views where the method reads them and they are there: as in use."""
    support = support_of(filled, candidate.store)
    if not candidate.ready.method.reads_views:
        return support
    views = candidate.store.with_views([i for members in filled.values() for i in members])
    return support if views is None else Support(views, support.labels)


def _score(candidate: Candidate, filled: Bins, together: Sequence[Sequence[int]]) -> Job[tuple[Scored, Tensor]]:
    """The score, and which answers were right, float [m]."""
    ready = candidate.ready
    support = _taught(filled, candidate)
    log_probs, labels = yield from leave_one_out(ready.method, support, together=together)
    right = (log_probs.argmax(1) == labels).float()
    temperature = from_table(ready.card.temperatures, support.way, mean_shot(support.labels))
    n, count = len(labels), int(right.sum())
    low, high = (100 * bound for bound in wilson(count, n))
    loss = nll_at(log_probs, labels, temperature)
    return Scored(candidate.model, ready.name, count, n, low, high, loss), right


def _against(best: tuple[Scored, Tensor], other: tuple[Scored, Tensor]) -> Scored:
    difference, ci95 = mean_and_ci95((best[1] - other[1]).tolist())
    return replace(other[0], difference=difference, difference_ci95=0.0 if math.isnan(ci95) else ci95)
