"""The values that packages exchange. Imports no torch: the window imports this before torch is loaded."""

from collections import Counter
from collections.abc import Collection, Generator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

ImageId = str
"""An image of the open folder: its absolute path as text. Rows, drags, undo and results carry ids, never row
numbers."""

Pixels = NDArray[np.uint8]
"""An image, uint8 [h, w, 3], RGB, upright."""


@dataclass(frozen=True, slots=True)
class ImageFile:
    """A file that looks like an image by its name."""

    path: Path
    size: int
    mtime_ns: int

    @property
    def id(self) -> ImageId:
        """The image's id (see ``ImageId``)."""
        return str(self.path)


@dataclass(frozen=True, slots=True)
class ContentKey:
    """Which content a file holds, whatever its name: a renamed or moved file keeps its key.

    ``digest`` is the BLAKE2b-128 hex digest of the first and the last 64 KB.
    """

    size: int
    mtime_ns: int
    digest: str


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded image: uint8 [h, w, 3], upright, perhaps scaled down from ``original`` (width, height)."""

    key: ContentKey
    pixels: Pixels
    original: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An image that cannot be read, and why, in words a person understands. Data, not an exception."""

    reason: str


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of a job is done. ``total`` is None while nobody knows it yet."""

    stage: str
    done: int
    total: int | None = None


T = TypeVar("T")
Job = Generator[Progress, None, T]
"""A backend job: yields ``Progress`` (or a subclass that carries what is new) about every 30 ms and returns its
result."""


@dataclass(frozen=True, slots=True)
class Found(Progress):
    """Listing found more image files."""

    files: tuple[ImageFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A folder's images, in code-point order of the path relative to ``root``; ``skipped`` counts the rest by kind.

    ``folders``: the root and every folder below it that was looked into. ``lost``: folders beside the root that cannot
    be listed.
    """

    root: Path
    files: tuple[ImageFile, ...]
    skipped: Counter[str] = field(default_factory=Counter)
    problems: tuple[str, ...] = ()
    folders: tuple[Path, ...] = ()
    lost: tuple[Path, ...] = ()


class Status(StrEnum):
    """What became of an image."""

    OK = "ok"
    UNSURE = "unsure"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Prediction:
    """One image's label.

    ``confidence`` is the calibrated probability, 0..1, that ``label`` is right. ``status`` ERROR leaves everything but
    ``message`` empty. With a single bin there is nothing to tell apart: ``label`` is that bin, ``confidence`` is None
    and ``similarity`` (cosine to the bin's mean, -1..1) ranks the images.
    """

    status: Status
    label: str = ""
    confidence: float | None = None
    second_label: str = ""
    second_confidence: float | None = None
    message: str = ""
    similarity: float | None = None


NONE_OF_THESE = Prediction(Status.UNSURE, message="You have ruled out every bin for this image.")
"""What is said of an image that the person will have in no bin: it has no label."""


@dataclass(frozen=True, slots=True)
class Embedded(Progress):
    """Some images now have features (``ids``) or turned out unreadable (``failed``: id → reason).

    ``from_cache`` counts those of ``ids`` that needed no decoding.
    """

    ids: tuple[ImageId, ...] = ()
    failed: Mapping[ImageId, str] = field(default_factory=dict)
    from_cache: int = 0


@dataclass(frozen=True, slots=True)
class Labelled(Progress):
    """Some images now have a label."""

    predictions: Mapping[ImageId, Prediction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an image got its label: classes by falling probability, and examples with their share of the decision.

    ``because`` is empty where the method defines no evidence; its weights are ≥ 0 and sum to 1. Classes that the person
    has ruled out and their examples are left out, and nobody has their share. ``alone`` is the label by the examples
    alone, where the method reads the folder, too, and that made it another; else "".
    """

    ranking: tuple[tuple[str, float], ...]
    because: tuple[tuple[ImageId, float], ...]
    alone: str = ""


@dataclass(frozen=True, slots=True)
class Flip:
    """Without ``example`` an image would be labelled ``label`` instead, with ``confidence`` 0..1. Where the person has
    ruled out every other bin, ``label`` is "" and ``confidence`` None."""

    example: ImageId
    label: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class RestsOn:
    """What an image's ``label`` rests on: ``tried`` examples were left out, one at a time, and ``flips`` are those
    without which the label is another. ``farther`` ones were not tried for want of time."""

    label: str
    flips: tuple[Flip, ...]
    tried: int
    farther: int


@dataclass(frozen=True, slots=True)
class Absence:
    """What leaving one example out does: image → its other label. ``asked`` images were compared.

    ``last`` where its bin has no other example, so that the bin labels nothing without it; None of ``changes`` where
    fewer than two bins would be left.
    """

    changes: Mapping[ImageId, str] | None
    asked: int
    last: bool


@dataclass(frozen=True, slots=True)
class Doubt:
    """An example that its own bin would not claim: left out, it is labelled ``label``, with ``confidence`` 0..1."""

    label: str
    confidence: float


MAX_BINS = 1000
"""More bins are refused: lists, menus and the slower methods are made for so many."""

Bins = Mapping[str, tuple[ImageId, ...]]
"""The person's examples: bin name → example ids, in the order of the bins."""

Rejected = Mapping[ImageId, Collection[str]]
"""What the person has ruled out ("not this"): image → the names of bins that must not label it."""


@dataclass(frozen=True, slots=True)
class AlikeGroup:
    """Images that look like a bin of their own, the most central first; three or more."""

    images: tuple[ImageId, ...]


@dataclass(frozen=True, slots=True)
class MethodInfo:
    """A method as menus show it.

    ``available`` is False where the model has no weights for it. ``accuracy`` is in per cent, by setting such as
    ``5w1s``, on classes held back from training; empty where nothing is known.
    """

    name: str
    title: str
    summary: str
    transductive: bool
    adapts: bool = False
    available: bool = True
    accuracy: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A model as menus show it."""

    name: str
    title: str
