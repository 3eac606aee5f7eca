"""Confidences in words and figures."""

from PySide6.QtCore import QCoreApplication

from backend.types import Doubt


def figure(confidence: float | None, similarity: float | None) -> str:
    """The number beside a label: a probability in per cent, or with one bin the similarity."""
    if confidence is not None:
        return f"{min(round(confidence * 100), 99) if confidence < 1 else 100}%"
    return f"{similarity:z.2f}" if similarity is not None else ""


def doubt_words(doubt: Doubt) -> str:
    """What is wrong with an example, in a sentence."""
    pattern = QCoreApplication.translate(
        "Doubts", "Its own bin would not claim it: it looks like “{label}” ({number})."
    )
    return pattern.format(label=doubt.label, number=figure(doubt.confidence, None))
