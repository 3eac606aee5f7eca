"""The README's first picture: the window on a folder of photographs, five bins, and a kind that has no bin yet.

    python -m benchmarks.window_picture --objects objects.tar --out docs/images/window.png

``objects.tar`` holds photographs of Caltech-101 (Li, Andreetto, Ranzato & Perona) as ``CLASS/FILE.jpg``; which of them
are shown, in which order, and which are examples stands in ``window_picture.toml``. Labels, confidences and reasons are
those of the default model, as in any other window. Nothing of the person's own is read or kept.
FEWSHOT_APPEARANCE=dark and FEWSHOT_LANGUAGE=zh_CN show the same in dark and in Chinese.
"""

import argparse
import os
import sys
import tarfile
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from backend.workspace import file, form
from backend.workspace.state import Bin, Folder, History, View, Workspace

CHOICE = Path(__file__).with_suffix(".toml")
FIRST = 2041
"""The number in the name of the first photograph."""
ERRORS = 10
"""Of 1,000 sure labels so many may be wrong."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Photographs by their names in the archive, ``CLASS/FILE``: all in order, one that is selected, bins' examples."""

    folder: tuple[str, ...]
    selected: str
    examples: dict[str, list[str]]

    def path(self, name: str, folder: Path) -> Path:
        """Where the photograph lies in ``folder``."""
        return folder / f"IMG_{FIRST + self.folder.index(name)}.jpg"


def chosen() -> Choice:
    """What the picture shows."""
    found = tomllib.loads(CHOICE.read_text(encoding="utf-8"))
    return Choice(tuple(found["folder"]), found["selected"], found["examples"])


def lay_out(objects: Path, choice: Choice, folder: Path) -> None:
    """Writes the photographs into ``folder``."""
    folder.mkdir(parents=True)
    with tarfile.open(objects) as archive:
        for member in archive:
            name = member.name.removeprefix("./").removesuffix(".jpg")
            content = archive.extractfile(member) if name in choice.folder else None
            if content is not None:
                choice.path(name, folder).write_bytes(content.read())


def workspace(choice: Choice, folder: Path) -> Workspace:
    """What a person has done who has made the bins, drawn the line a little stricter and clicked on an image."""
    bins = tuple(
        Bin(title, colour, tuple(str(choice.path(name, folder)) for name in names))
        for colour, (title, names) in enumerate(choice.examples.items())
    )
    view = View(current=str(choice.path(choice.selected, folder)), errors=ERRORS)
    return Workspace(folders=(Folder(folder),), history=History(bins), view=view)


def take(objects: Path, work: Path, out: Path) -> int:
    """Writes the picture; returns the exit code. ``work`` is an empty folder."""
    os.environ |= {"FEWSHOT_HOME": str(work / "home"), "QT_QPA_PLATFORM": "offscreen"}
    from fewshot_gui import main, settings

    choice, folder, path = chosen(), work / "Photographs", work / "photographs.fewshot"
    lay_out(objects, choice, folder)
    file.write(path, form.encode(workspace(choice, folder)))
    (work / "home" / "data").mkdir(parents=True)
    settings.SHELF_OPEN.set(True)
    return main(["--workspace", str(path), "--screenshot", str(out)])


def main(argv: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="benchmarks.window_picture", description="Takes the README's first picture.")
    parser.add_argument("--objects", type=Path, required=True, metavar="TAR", help="photographs of Caltech-101")
    parser.add_argument("--out", type=Path, required=True, metavar="PNG", help="the picture")
    wish = parser.parse_args(argv)
    out = wish.out.absolute()
    with TemporaryDirectory(prefix="fewshot-picture-") as work:
        return take(wish.objects, Path(work), out)


if __name__ == "__main__":
    sys.exit(main())
