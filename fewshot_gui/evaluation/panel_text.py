"""Texts of the evaluation panel: what its figures say."""

from collections.abc import Set

from PySide6.QtCore import QCoreApplication

from backend.evaluation.reliability import promise
from backend.explain.reports import Quality, ShotsCurve
from backend.types import ImageId
from fewshot_gui.translation import sentences
from fewshot_gui.translation.accuracy_text import doubtful, often

translate = QCoreApplication.translate

CERTAIN = 0.03
"""A gain of so much is worth more examples; less than a third of it is none."""
ROUGH = 100
"""Fewer answers than this make confidences hard to judge."""

Answers = list[tuple[float, bool]]


def headline(quality: Quality) -> str:
    """The accuracy in a plain sentence."""
    right, count = quality.right, len(quality.answers)
    pattern = translate("Quality", "{often}: {right} of {count} examples are claimed by their own bin")
    return pattern.format(often=often(right, count), right=right, count=count)


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
