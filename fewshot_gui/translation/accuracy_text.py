"""Shares of right answers in words."""

from collections.abc import Iterable, Set

from PySide6.QtCore import QCoreApplication

from backend.evaluation.intervals import wilson
from backend.types import ImageId

translate = QCoreApplication.translate


DOUBTFUL = 0.1
"""From such a share of examples on that were picked as doubtful, figures say so."""


def interval(right: int, count: int) -> str:
    """The accuracy in figures, for the tool tip."""
    low, high = (round(100 * bound) for bound in wilson(right, count))
    pattern = translate("Quality", "{share} % right; with 95 % confidence {low} to {high} % (Wilson's interval)")
    return pattern.format(share=round(100 * right / count), low=low, high=high)


def often(right: int, count: int) -> str:
    """How often that is, as people say it; in hundredths near never and always."""
    if right == count:
        return translate("Quality", "Right every time")
    if not right:
        return translate("Quality", "Wrong every time")
    share = right / count
    if 0.05 <= share < 0.95:
        return translate("Quality", "Right about {} times in 10").format(round(10 * share))
    return translate("Quality", "Right about {} times in 100").format(min(99, max(1, round(100 * share))))


def doubtful(images: Iterable[ImageId], picked: Set[ImageId]) -> str:
    """Which of the examples were picked because they looked doubtful; "" where few were, and nothing depends on it."""
    examples = list(images)
    count = sum(i in picked for i in examples)
    if count < max(1, DOUBTFUL * len(examples)):
        return ""
    pattern = translate(
        "Quality",
        "{count} of {all} examples were picked as doubtful, such as by “Ask me first”: they are harder than the "
        "folder, of which more may be right.",
    )
    return pattern.format(count=count, all=len(examples))
