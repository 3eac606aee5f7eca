"""What the backend says, in the window's language."""

from PySide6.QtCore import QCoreApplication

from backend.errors import Sentence

CONTEXT = "Backend"


def said(text: str) -> str:
    """``text`` translated; as it is where it is none of the backend's sentences, or the window speaks English."""
    if isinstance(text, Sentence) and text.values:
        return QCoreApplication.translate(CONTEXT, text.template).format(*map(_value, text.values))
    return QCoreApplication.translate(CONTEXT, text)


def _value(value: str) -> str:
    """A value may be a phrase itself ("a PDF document"); a single word is a name, and is left alone."""
    return said(value) if " " in value else value
