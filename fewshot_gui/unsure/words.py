"""The line between sure and unsure, in words."""

from PySide6.QtCore import QCoreApplication

from backend.classify.thresholds import Line
from fewshot_gui.unsure.calibration import Trust


def errors_in_words(line: Line, trust: Trust, tells_strangers: bool) -> str:
    """How many labels above the line are wrong, or why nobody can say. A model that cannot tell images that belong in
    no bin does not count them, and that is said."""
    translate = QCoreApplication.translate
    unknown = {
        Trust.WAITING: translate("Unsure", "Once two bins have examples, the unsure images gather here."),
        Trust.OPEN: translate("Unsure", "How many are wrong is not known yet"),
        Trust.UNKNOWN: translate("Unsure", "A second example tells how many are wrong"),
    }
    if trust in unknown:
        return unknown[trust]
    if not line.above:
        return translate("Unsure", "No label is as sure as that")
    if line.wrong < 0.0005:
        least = translate("Unsure", "Fewer than 1 in 1,000 wrong above this line")
        least_if = translate("Unsure", "Fewer than 1 in 1,000 wrong above this line, if each image belongs in a bin")
        return least if tells_strangers else least_if
    if line.wrong < 0.0095:
        few = translate("Unsure", "About {} in 1,000 wrong above this line")
        few_if = translate("Unsure", "About {} in 1,000 wrong above this line, if each image belongs in a bin")
        return (few if tells_strangers else few_if).format(round(line.wrong * 1000))
    some = translate("Unsure", "About {} in 100 wrong above this line")
    some_if = translate("Unsure", "About {} in 100 wrong above this line, if each image belongs in a bin")
    return (some if tells_strangers else some_if).format(round(line.wrong * 100))


def counts_in_words(line: Line, groups: int) -> str:
    """How many images lie on each side of the line, and how many groups were found among the unsure."""
    translate = QCoreApplication.translate
    pattern = translate("Unsure", "{above:,} labelled, {below:,} unsure")
    if groups == 1:
        pattern = translate("Unsure", "{above:,} labelled, {below:,} unsure, 1 alike group")
    elif groups:
        pattern = translate("Unsure", "{above:,} labelled, {below:,} unsure, {groups} alike groups")
    return pattern.format(above=line.above, below=line.below, groups=groups)


def shelf_in_words(line: Line, trust: Trust, looking: bool) -> str:
    """Why no group of alike images is offered."""
    translate = QCoreApplication.translate
    if trust in (Trust.WAITING, Trust.OPEN):
        return translate("Unsure", "Alike images among the unsure are offered here as a new bin.")
    if looking:
        return translate("Unsure", "Looking for alike images among the unsure…")
    if not line.below:
        return translate("Unsure", "Nothing is unsure. Move the line to the left to be stricter.")
    return translate("Unsure", "No three of the unsure images are alike enough for a bin of their own.")
