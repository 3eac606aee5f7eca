"""Figures that were measured, kept in a JSON file so that an interrupted run goes on where it was."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from backend.storage import write_atomically

Figures = dict[str, Any]
PLACE = ("table", "method", "setting", "weights")
"""What a figure is about. Its other conditions (episodes, seed, the weights' digest) say whether it still holds."""


class Ledger:
    """Written after each figure.

    Args:
        path: the file, read if it is there; None keeps nothing.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._entries: list[Figures] = []
        if path is not None and path.is_file():
            self._entries = json.loads(path.read_text(encoding="utf-8"))["figures"]

    def figures(self, conditions: Figures, measure: Callable[[], Figures]) -> Figures:
        """The figures measured under ``conditions``; measured now if they were not yet. An older measurement of the
        same thing under other conditions is replaced."""
        for entry in self._entries:
            if all(entry.get(key) == value for key, value in conditions.items()):
                return entry
        entry = {**conditions, **measure()}
        place = [conditions[key] for key in PLACE]
        self._entries = [e for e in self._entries if [e[key] for key in PLACE] != place] + [entry]
        self._save()
        return entry

    def _save(self) -> None:
        if self._path is not None:
            write_atomically(self._path, (json.dumps({"figures": self._entries}, indent=1) + "\n").encode())
