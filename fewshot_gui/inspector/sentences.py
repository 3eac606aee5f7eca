"""What leaving one example out would do, in a sentence."""

from PySide6.QtCore import QCoreApplication

from backend.types import Absence, RestsOn

translate = QCoreApplication.translate


def about_label(answer: RestsOn) -> str:
    """What an image's label rests on."""
    if len(answer.flips) == 1:
        return translate("LeftOut", "This label rests on one example. Without it the label would be:")
    if answer.flips:
        text = translate("LeftOut", "This label rests on {} examples. Without any one of them it would change:")
        return text.format(len(answer.flips))
    if not answer.tried:
        return translate("LeftOut", "Each bin has a single example, so there is none to leave out.")
    if answer.farther:
        text = translate("LeftOut", "The label would stay without any one of the nearest examples ({} tried).")
    else:
        text = translate("LeftOut", "The label would stay, whichever example were left out ({} tried).")
    return text.format(answer.tried)


def about_example(answer: Absence) -> str:
    """What an example holds up."""
    if answer.changes is None:
        return translate(
            "LeftOut", "It is the only example of its bin, and without that bin nothing could be told apart."
        )
    count = len(answer.changes)
    if not count:
        text = translate("LeftOut", "Without this example none of {asked} labels would change.")
    elif count == 1:
        text = translate("LeftOut", "Without this example one of {asked} labels would change:")
    else:
        text = translate("LeftOut", "Without this example {count} of {asked} labels would change:")
    words = text.format(count=f"{count:,}", asked=f"{answer.asked:,}")
    return translate("LeftOut", "It is the only example of its bin. {}").format(words) if answer.last else words
