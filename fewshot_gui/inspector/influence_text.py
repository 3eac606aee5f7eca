"""Texts about the influence of examples on a label."""

from collections import defaultdict
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from backend.types import Absence, RestsOn
from fewshot_gui.translation.confidence_text import figure

translate = QCoreApplication.translate


def about_label(answer: RestsOn) -> str:
    """What an image's label rests on."""
    if len(answer.flips) == 1:
        return translate("InfluencePanel", "This label rests on one example. Without it the label would be:")
    if answer.flips:
        text = translate("InfluencePanel", "This label rests on {} examples. Without any one of them it would change:")
        return text.format(len(answer.flips))
    if not answer.tried:
        return translate("InfluencePanel", "Each bin has a single example, so there is none to leave out.")
    if answer.farther:
        text = translate("InfluencePanel", "The label would stay without any one of the nearest examples ({} tried).")
    else:
        text = translate("InfluencePanel", "The label would stay, whichever example were left out ({} tried).")
    return text.format(answer.tried)


def about_example(answer: Absence) -> str:
    """What an example holds up."""
    if answer.changes is None:
        return translate(
            "InfluencePanel", "It is the only example of its bin, and without that bin nothing could be told apart."
        )
    count = len(answer.changes)
    if not count:
        text = translate("InfluencePanel", "Without this example none of {asked} labels would change.")
    elif count == 1:
        text = translate("InfluencePanel", "Without this example one of {asked} labels would change:")
    else:
        text = translate("InfluencePanel", "Without this example {count} of {asked} labels would change:")
    words = text.format(count=f"{count:,}", asked=f"{answer.asked:,}")
    return translate("InfluencePanel", "It is the only example of its bin. {}").format(words) if answer.last else words


def about_reasons(label: str, shares: Sequence[tuple[str, float]], alone: str) -> str:
    """Why an image is labelled ``label`` although the heaviest of the examples' ``shares`` (bin, weight) is another
    bin's, or the examples ``alone`` would make it another; "" where nothing needs saying."""
    if alone:
        text = translate("Evidence", "By the examples alone it would be “{}”. The folder's other images outweigh them.")
        return text.format(alone)
    heaviest = max(shares, key=lambda share: share[1])[0] if shares else label
    if heaviest == label:
        return ""
    together = defaultdict[str, float](float)
    for home, weight in shares:
        together[home] += weight
    if max(together, key=together.__getitem__) == label:
        text = translate("Evidence", "Together, the examples of “{label}” weigh {share}.")
        return text.format(label=label, share=figure(together[label], None))
    text = translate("Evidence", "The nearest example is of “{other}”, but “{label}” as a whole fits better.")
    return text.format(other=heaviest, label=label)
