"""Collects log records while a command runs and prints them on standard error at its end."""

import logging
import sys
from types import TracebackType
from typing import Self

from backend.errors import escape_controls


class Notices(logging.Handler):
    """Collects log records of WARNING or above while it is entered; each text once."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._texts: dict[str, None] = {}

    def __enter__(self) -> Self:
        logging.getLogger().addHandler(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        logging.getLogger().removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps the record's text."""
        self._texts[record.getMessage()] = None

    def tell(self) -> None:
        """Prints what was collected, one line each."""
        for text in self._texts:
            print(escape_controls(f"fewshot: {text}"), file=sys.stderr)
