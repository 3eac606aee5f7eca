"""Leave-one-out answers and learning curves, as values. Imports no torch: the window shows them."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean, quantiles

from backend.types import ImageId


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An example of ``bin`` that was left out, and the bin that then ``claimed`` it, how sure: 0..1."""

    image: ImageId
    bin: str
    claimed: str
    confidence: float

    @property
    def right(self) -> bool:
        """Whether its own bin claimed it."""
        return self.bin == self.claimed


@dataclass(frozen=True)
class Quality:
    """Leave-one-out over ``bins`` with ``sizes`` usable examples each; no ``answers`` where none could be left out."""

    bins: tuple[str, ...] = ()
    sizes: tuple[int, ...] = ()
    answers: tuple[LeftOut, ...] = ()

    @property
    def right(self) -> int:
        """How many of ``answers`` are."""
        return sum(a.right for a in self.answers)

    @property
    def alone(self) -> tuple[str, ...]:
        """The bins whose only example cannot be left out."""
        return tuple(name for name, size in zip(self.bins, self.sizes, strict=True) if size == 1)

    @cached_property
    def counts(self) -> Counter[tuple[str, str]]:
        """The confusion matrix: (an example's bin, the bin that claimed it) → how many."""
        return Counter((a.bin, a.claimed) for a in self.answers)

    def cell(self, own: str, claimed: str) -> tuple[ImageId, ...]:
        """The images of one cell of the matrix."""
        return tuple(a.image for a in self.answers if (a.bin, a.claimed) == (own, claimed))


@dataclass(frozen=True, slots=True)
class Spread:
    """Mean of several draws, and the range that 8 of 10 of them lie in."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ShotsCurve:
    """Accuracy (0..1, a mean over bins) with at most so many examples of each bin: ``accuracies[k][draw]`` belongs to
    ``shots[k]``. A draw is the same choice of examples, extended, for all ``shots``. Empty where no bin has two."""

    shots: tuple[int, ...] = ()
    accuracies: tuple[tuple[float, ...], ...] = ()

    @property
    def draws(self) -> int:
        """How often examples were drawn."""
        return len(self.accuracies[0]) if self.accuracies else 0

    def at(self, place: int) -> Spread:
        """The accuracy at ``shots[place]``."""
        return spread(self.accuracies[place])

    def gain(self, start: int, end: int) -> Spread:
        """What the examples between ``shots[start]`` and ``shots[end]`` bought, on the same draws."""
        pairs = zip(self.accuracies[start], self.accuracies[end], strict=True)
        return spread([later - earlier for earlier, later in pairs])

    @property
    def half(self) -> int:
        """The place of the most ``shots`` that are at most half of the last: from there on they doubled, or more."""
        return max((n for n, k in enumerate(self.shots) if 2 * k <= self.shots[-1]), default=0)


def spread(values: tuple[float, ...] | list[float]) -> Spread:
    """Of one value or more."""
    if len(values) < 2:
        return Spread(values[0], values[0], values[0])
    tenths = quantiles(values, n=10, method="inclusive")
    return Spread(fmean(values), tenths[0], tenths[-1])
