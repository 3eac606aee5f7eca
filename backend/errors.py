"""Errors that reach a person, and their sentences.

Three tiers (docs/architecture.md): an unreadable image is data, never an exception (``types.Unreadable``); a request
that cannot be met is a ``RequestError``; everything else is a bug and keeps its traceback in the log.
"""

from typing import Self


class Sentence(str):
    """English text that remembers its ``template`` and the ``values`` in it, so that the window can translate it.

    ``Sentence("{0} does not exist.", path)`` is a ``str`` in every other respect. Values may be sentences, too. The
    template is a literal, so that the translation's tools find it.
    """

    template: str
    values: tuple[str, ...]

    def __new__(cls, template: str, *values: object) -> Self:
        """``template`` with ``values`` in the places of ``{0}``, ``{1}`` and so on; a sentence stays as it is."""
        if isinstance(template, cls):
            return template
        texts = tuple(v if isinstance(v, str) else str(v) for v in values)
        sentence = super().__new__(cls, template.format(*texts) if texts else template)
        sentence.template, sentence.values = template, texts
        return sentence


class RequestError(Exception):
    """A request that cannot be met, in words a person understands.

    Args:
        title: what failed, a few words ("No such model").
        sentence: what exactly, naming the file or the value.
        remedy: what the person can do about it.
        values: what stands in the places of ``{0}``, ``{1}`` … in ``sentence`` and ``remedy``.
    """

    def __init__(self, title: str, sentence: str, remedy: str, *values: object) -> None:
        self.title = title
        self.sentence = Sentence(sentence, *values)
        self.remedy = Sentence(remedy, *values)
        super().__init__(title, self.sentence, self.remedy)

    def __str__(self) -> str:
        """One line: what, which, remedy. Line breaks inside names are shown escaped."""
        return escape_controls(f"{self.title}: {self.sentence} {self.remedy}")


def escape_controls(text: str) -> str:
    """``text`` with line breaks and other control characters shown as escapes, so that it stays on one line."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode("ascii") for c in text)
