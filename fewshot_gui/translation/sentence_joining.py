"""Complete sentences, one after another."""

from functools import reduce

from PySide6.QtCore import QCoreApplication


def sentences(*texts: str) -> str:
    """``texts`` as the window's language sets sentences side by side: Chinese ones stand without a space between. Empty
    ones are left out."""
    return reduce(_joined, filter(None, texts), "")


def _joined(first: str, then: str) -> str:
    if not first:
        return then
    pattern = QCoreApplication.translate("Sentences", "{first} {then}")
    if first[-1].isascii():  # a sentence in English, of the system or of a library, in any window
        pattern = "{first} {then}"
    return pattern.format(first=first, then=then)
