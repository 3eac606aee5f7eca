"""What a demonstration set consists of."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from backend.types import ImageId


@dataclass(frozen=True, slots=True)
class Demo:
    """A demonstration set: ``folder`` of images to label, ``examples`` with one subfolder per class, the ``truth``, and
    the ``model`` that suits it (None: the default one)."""

    folder: Path
    examples: Path
    truth: Mapping[ImageId, str]
    model: str | None = None
