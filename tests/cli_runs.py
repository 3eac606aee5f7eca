"""Running the command line inside a test, and small folders for it."""

import csv
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from backend import cli
from tests.glyph_folders import alphabets


@dataclass(frozen=True, slots=True)
class Run:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def values(self) -> dict[str, Any]:
        """The one JSON object on standard output."""
        assert self.out.count("\n") == 1
        values: dict[str, Any] = json.loads(self.out)
        return values


class CommandLine:
    """Calls ``fewshot`` in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: object) -> Run:
        self._capsys.readouterr()
        code = cli.main([str(a) for a in arguments])
        captured = self._capsys.readouterr()
        return Run(code, captured.out, captured.err)

    def refused(self, *arguments: object) -> str:
        """The one line of a request that cannot be met."""
        run = self(*arguments)
        assert (run.code, run.out) == (2, ""), run
        assert run.err.startswith("fewshot: ") and run.err.endswith("\n") and run.err.count("\n") == 1, run.err
        assert "usage" not in run.err and "Traceback" not in run.err
        return run.err


@dataclass(frozen=True, slots=True)
class Sorting:
    """``examples`` has classes a, b and c with one drawing each; ``folder`` holds copies of them, so that every label
    is known whatever the model."""

    folder: Path
    examples: Path

    @property
    def arguments(self) -> tuple[object, ...]:
        return ("classify", self.folder, "--examples", self.examples)

    def add(self, name: str, of: str) -> Path:
        """A further image of class ``of`` in the folder."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(self.examples / of / "example.png", path)
        return path


def sorting(root: Path) -> Sorting:
    """Writes the two folders below ``root``."""
    drawings = sorted(alphabets(root / "glyphs", 1, 3, 1).glob("*/*/*.png"))
    case = Sorting(root / "folder", root / "examples")
    for name, drawing in zip("abc", drawings, strict=True):
        (case.examples / name).mkdir(parents=True)
        shutil.copy(drawing, case.examples / name / "example.png")
        case.add(f"{name}.png", name)
    return case


def read_csv(path: Path) -> list[dict[str, str]]:
    """Rows of a table; undecodable bytes of names come back as the file system has them."""
    with path.open(newline="", encoding="utf-8", errors="surrogateescape") as file:
        return list(csv.DictReader(file))
