"""What the backend says, in the window's language. Its sentences come with names and figures in them, so they are
recognised by their form."""

import re
from functools import lru_cache

from PySide6.QtCore import QCoreApplication

from fewshot_gui.translation.phrases import CONTEXT, PHRASES

_MARK = re.compile(r"\{\d\}")


def said(text: str) -> str:
    """``text`` translated; as it is where it is none of the backend's sentences, or the window speaks English."""
    if not text or _translate(text) != text:
        return _translate(text)
    for phrase, form in _forms():
        match = form.fullmatch(text)
        if match is not None:
            translated = _translate(phrase)
            return text if translated == phrase else translated.format(*map(_value, match.groups()))
    return text


def _value(value: str) -> str:
    """A value may be a phrase itself ("a PDF document"); a single word is a name, and is left alone."""
    return _translate(value) if " " in value else value


def _translate(text: str) -> str:
    return QCoreApplication.translate(CONTEXT, text)


@lru_cache(maxsize=1)
def _forms() -> list[tuple[str, re.Pattern[str]]]:
    """The phrases that have values, those that fix most of the text first."""
    filled = sorted((p for p in PHRASES if _MARK.search(p)), key=lambda p: -len(_MARK.sub("", p)))
    return [(p, re.compile("(.*?)".join(map(re.escape, _MARK.split(p))), re.DOTALL)) for p in filled]
