"""What the figures say, in sentences."""

from collections.abc import Iterable, Set

from PySide6.QtCore import QCoreApplication

from backend.classify.reports import Quality, ShotsCurve
from backend.evaluation.intervals import wilson
from backend.evaluation.reliability import promise
from backend.types import ImageId
from fewshot_gui.language import sentences

translate = QCoreApplication.translate

CERTAIN = 0.03
"""A gain of so much is worth more examples; less than a third of it is none."""
DOUBTFUL = 0.1
"""From such a share of examples on that were picked as doubtful, figures say so."""
ROUGH = 100
"""Fewer answers than this make confidences hard to judge."""

Answers = list[tuple[float, bool]]


def headline(quality: Quality) -> str:
    """The accuracy in a plain sentence."""
    right, count = quality.right, len(quality.answers)
    pattern = translate("Quality", "{often}: {right} of {count} examples are claimed by their own bin")
    return pattern.format(often=often(right, count), right=right, count=count)


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


def notes(quality: Quality, picked: Set[ImageId] = frozenset()) -> str:
    """How the figure came about, and which examples it leaves out."""
    how = translate("Quality", "One of each bin was left out at a time, and the bins said whose it is.")
    said = [doubtful((a.image for a in quality.answers), picked), how]
    spare = sum(size for size in quality.sizes if size > 1)
    if spare > len(quality.answers):
        pattern = translate("Quality", "{count} of {all} examples were asked about, spread evenly.")
        said.append(pattern.format(count=len(quality.answers), all=spare))
    if len(quality.alone) == 1:
        said.append(
            translate("Quality", "“{}” has a single example, which cannot be left out.").format(quality.alone[0])
        )
    elif quality.alone:
        pattern = translate("Quality", "{} bins have a single example, which cannot be left out.")
        said.append(pattern.format(len(quality.alone)))
    return sentences(*said)


def confusions(quality: Quality) -> str:
    """The confusion that is most frequent."""
    wrong = {pair: n for pair, n in quality.counts.items() if pair[0] != pair[1]}
    if not wrong:
        return translate("Quality", "No example is claimed by another bin.")
    (own, claimed), count = max(wrong.items(), key=lambda item: item[1])
    pattern = translate(
        "Quality", "Most often “{claimed}” claims what is yours for “{own}”: {count}. A click or Enter selects them."
    )
    return pattern.format(claimed=claimed, own=own, count=count)


def confidence(left_out: Answers, given: Answers) -> str:
    """Whether confidences keep what they promise, and how much that rests on."""
    promised, kept = promise([*left_out, *given])
    pattern = translate("Quality", "Confidences promise {promised} %, and {kept} % are right.")
    said = [pattern.format(promised=round(100 * promised), kept=round(100 * kept))]
    if given:
        pattern = translate("Quality", "This rests on {left_out} left-out examples and {given} answers of yours.")
        said.append(pattern.format(left_out=len(left_out), given=len(given)))
    else:
        said.append(translate("Quality", "This rests on {} left-out examples.").format(len(left_out)))
    if len(left_out) + len(given) < ROUGH:
        said.append(translate("Quality", "So few make it rough."))
    return sentences(*said)


def advice(curve: ShotsCurve) -> str:
    """What more examples would buy, judged by what the last ones have."""
    last = len(curve.shots) - 1
    at = curve.at(last)
    if last == 0:
        pattern = translate(
            "Quality", "With one example of each bin {} % are right. A trend shows from three examples a bin on."
        )
        return pattern.format(round(100 * at.mean))
    gain = curve.gain(curve.half, last)
    pattern = translate(
        "Quality", "From {start} to {end} examples a bin: {gain:+d} points ({low:+d} to {high:+d} in 8 of 10 draws)."
    )
    figures = {"gain": gain.mean, "low": gain.low, "high": gain.high}
    points = {name: round(100 * value) for name, value in figures.items()}
    figures_said = pattern.format(start=curve.shots[curve.half], end=curve.shots[last], **points)
    return sentences(figures_said, _verdict(gain.mean))


def _verdict(gain: float) -> str:
    if gain >= CERTAIN:
        return translate("Quality", "More examples should still help.")
    if gain >= CERTAIN / 3:
        return translate("Quality", "More examples would help a little.")
    return translate("Quality", "It levels off: more of the same would buy little.")
