"""The scores of methods in a comparison. Imports no torch: the window shows them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from backend.types import ImageId, Progress


@dataclass(frozen=True, slots=True)
class MethodScore(Progress):
    """One method of the model has been tried on the bins.

    ``right`` says for each left-out example whether the method, fitted without it, labels it right: the same examples
    in the same order for every method. ``labels`` are the labels it gives the images of the folder that were read, and
    ``seconds`` what labelling the whole folder takes. ``problem`` says why there is nothing of all this.
    """

    method: str = ""
    right: tuple[bool, ...] = ()
    labels: Mapping[ImageId, str] = field(default_factory=dict)
    seconds: float = 0.0
    problem: str = ""
