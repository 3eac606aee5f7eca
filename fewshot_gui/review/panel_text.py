"""Texts about the acceptance threshold: error rate, its basis, and counts."""

from math import ceil, floor

from PySide6.QtCore import QCoreApplication

from backend.labelling.thresholds import Check, Line
from fewshot_gui.review.calibration_state import Trust
from fewshot_gui.translation import sentences

translate = QCoreApplication.translate

ENOUGH = 20
"""From so many answers about labels above the line on its figure is no mere guess."""


def errors_in_words(
    line: Line, trust: Trust, tells_strangers: bool, check: Check, following: tuple[int, int] | None = None
) -> str:
    """How many labels above the line are wrong and what that rests on, or why nobody can say.

    ``following``: where no label is above this line, the next number of errors in 1,000 that leaves some, and how many.
    A model that cannot tell images that belong in no bin does not count them, and that is said while it is the only one
    to say anything.
    """
    if trust == Trust.WAITING:
        return translate("Unsure", "Once two bins have examples, the unsure images gather here.")
    if trust == Trust.ANSWERED:
        return translate("Unsure", "All images are answered: no label is left to check")
    if trust == Trust.OPEN:
        return translate("Unsure", "How many are wrong is not known yet")
    if not line.above:
        return _none_above(following)
    if trust == Trust.UNKNOWN and check.count < ENOUGH:
        return translate("Unsure", "A second example tells how many are wrong")
    return _wrong_above(line, tells_strangers, check)


def _wrong_above(line: Line, tells_strangers: bool, check: Check) -> str:
    """What matters comes first: there may be no room for the rest. The tool tip says it at length."""
    share = share_in_words(line.wrong)
    if check.answers and not check.confirmed:
        return translate("Unsure", "{} corrected, none confirmed: how many are wrong is open").format(check.answers)
    if check.answers:
        return _checked(check).format(share=share, range=_range(check), count=check.count)
    if tells_strangers:
        return translate("Unsure", "Unchecked: {} wrong, the model expects").format(share)
    return translate("Unsure", "Unchecked: {} wrong, the model expects, if each image belongs in a bin").format(share)


def _checked(check: Check) -> str:
    """How many answers the figure rests on; there may be some below the line alone."""
    if check.count >= ENOUGH:
        return translate("Unsure", "About {share} wrong ({range}), {count} checked")
    if check.count:
        return translate("Unsure", "Perhaps {share} wrong ({range}), only {count} checked")
    return translate("Unsure", "Perhaps {share} wrong ({range}), none of them checked")


def _none_above(following: tuple[int, int] | None) -> str:
    if following is None:
        return translate("Unsure", "No label is as sure as that")
    pattern = translate("Unsure", "No label is as sure as that; with {share} wrong, {count:,} are")
    return pattern.format(share=share_in_words(following[0] / 1000), count=following[1])


def basis_in_words(line: Line, check: Check) -> str:
    """What the figure rests on, for the tool tip."""
    if not line.above:
        return ""
    if not check.answers:
        text = translate(
            "Unsure", "Confirm or correct {} images above the line to check it, such as by “Check precision”."
        )
        return text.format(ENOUGH)
    said = [_answers_in_words(check)]
    if not check.confirmed:
        said.append(translate("Unsure", "Confirm right labels, too: corrections alone say nothing of the rest."))
    if check.picked:
        text = translate("Unsure", "{} of them were shown because they were doubtful: such answers are no sample.")
        said.append(text.format(check.picked))
    said.append(
        translate("Unsure", "Each answer counts for labels of about its confidence only. In brackets: 95 % sure.")
    )
    return sentences(*said)


def _answers_in_words(check: Check) -> str:
    if not check.count:
        return translate("Unsure", "None of your answers was about a label above this line.")
    pattern = translate(
        "Unsure", "Of your answers, {count} were about labels above this line, and {wrong} of those wrong."
    )
    return pattern.format(count=check.count, wrong=check.wrong)


def share_in_words(share: float) -> str:
    """A share of wrong labels, 0..1."""
    if share < 0.0005:
        return translate("Unsure", "fewer than 1 in 1,000")
    if share < 0.0095:
        return translate("Unsure", "{} in 1,000").format(round(share * 1000))
    return translate("Unsure", "{} in 100").format(round(share * 100))


def limit_in_words(errors: int) -> str:
    """What the slider stands at: ``errors`` of 1,000 labels may be wrong."""
    return translate("Unsure", "up to {}").format(share_in_words(errors / 1000))


def _range(check: Check) -> str:
    low, high = floor(100 * check.low), ceil(100 * check.high)
    return translate("Unsure", "{low} to {high} %").format(low=low, high=high)


def counts_in_words(line: Line, groups: int) -> str:
    """How many images lie on each side of the line, and how many groups were found among the unsure."""
    pattern = translate("Unsure", "{above:,} labelled, {below:,} unsure")
    if groups == 1:
        pattern = translate("Unsure", "{above:,} labelled, {below:,} unsure, 1 alike group")
    elif groups:
        pattern = translate("Unsure", "{above:,} labelled, {below:,} unsure, {groups} alike groups")
    return pattern.format(above=line.above, below=line.below, groups=groups)


def no_clusters_in_words(line: Line, trust: Trust, looking: bool) -> str:
    """Why no group of alike images is offered."""
    if trust == Trust.ANSWERED:
        return translate("Unsure", "Nothing is unsure: all images are answered.")
    if trust in (Trust.WAITING, Trust.OPEN):
        return translate("Unsure", "Alike images among the unsure are offered here as a new bin.")
    if looking:
        return translate("Unsure", "Looking for alike images among the unsure…")
    if not line.below:
        return translate("Unsure", "Nothing is unsure. Move the line to the left to be stricter.")
    return translate("Unsure", "No three of the unsure images are alike enough for a bin of their own.")
