"""Errors that reach a person.

Three tiers (docs/architecture.md): an unreadable image is data, never an exception (``types.Unreadable``); a request
that
cannot be met is a ``RequestError``; everything else is a bug and keeps its traceback in the log.
"""


class RequestError(Exception):
    """A request that cannot be met, in words a person understands.

    Args:
        title: what failed, a few words ("No such model").
        sentence: what exactly, naming the file or the value.
        remedy: what the person can do about it.
    """

    def __init__(self, title: str, sentence: str, remedy: str) -> None:
        super().__init__(title, sentence, remedy)
        self.title = title
        self.sentence = sentence
        self.remedy = remedy

    def __str__(self) -> str:
        """One line: what, which, remedy. Line breaks inside names are shown escaped."""
        return escape_controls(f"{self.title}: {self.sentence} {self.remedy}")


def escape_controls(text: str) -> str:
    """``text`` with line breaks and other control characters shown as escapes, so that it stays on one line."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode("ascii") for c in text)
