"""Start-up, first stage: arguments, screen and system libraries, all without Qt."""

import argparse
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from backend.errors import RequestError
from fewshot_gui import screen, system_libraries

DEMO_PICTURE = Path("fewshot-demo.png")
DONE, REFUSED = 0, 2


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for."""

    folder: Path | None = None
    examples: Path | None = None
    demo: bool = False
    screenshot: Path | None = None
    workspace: Path | None = None


class _Parser(argparse.ArgumentParser):
    """Refuses in one line, without the usage text."""

    def error(self, message: str) -> NoReturn:
        raise RequestError("Cannot start", f"{message}.", "See fewshot-gui --help.")


def parse(argv: list[str] | None) -> Wish:
    """The command line as a wish.

    Raises:
        RequestError: unknown options, folders that do not exist, options that exclude each other.
    """
    parser = _Parser(prog="fewshot-gui", description="Sort images from a handful of examples.")
    parser.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help="the images to label")
    parser.add_argument(
        "--examples",
        type=Path,
        metavar="DIR",
        help="bins to begin with: one subfolder per bin; not for a workspace that is there",
    )
    parser.add_argument("--demo", action="store_true", help="open with demonstration images and bins")
    parser.add_argument(
        "--screenshot", type=Path, metavar="FILE", help="write a picture of the settled window and exit"
    )
    parser.add_argument("--workspace", type=Path, metavar="FILE", help="open this workspace, or begin it for FOLDER")
    given = parser.parse_args(argv)
    wish = Wish(given.folder, given.examples, given.demo, given.screenshot, given.workspace)
    _check(wish)
    return wish


def _check(wish: Wish) -> None:
    if wish.demo and (wish.folder or wish.examples):
        raise RequestError("Cannot start", "--demo brings its own images and bins.", "Leave FOLDER and --examples out.")
    if wish.examples and not wish.folder and not _is_there(wish.workspace):
        raise RequestError("Cannot start", "--examples needs a FOLDER to label.", "Name the folder, too.")
    for folder in (wish.folder, wish.examples):
        if folder is not None and not folder.is_dir():
            raise RequestError("No such folder", f"{folder} is not a folder.", "Check the spelling.")
    _check_workspace(wish)
    if wish.screenshot is not None and not wish.screenshot.absolute().parent.is_dir():
        raise RequestError("Cannot write", f"{wish.screenshot.parent} is not a folder.", "Name a folder that exists.")


def _is_there(workspace: Path | None) -> bool:
    """A workspace that says itself which folder it is about, and which bins there are."""
    return workspace is not None and workspace.is_file()


def _check_workspace(wish: Wish) -> None:
    path = wish.workspace
    if path is None:
        return
    if wish.demo:
        raise RequestError("Cannot start", "--workspace brings its own images and bins.", "Leave --demo out.")
    if not path.is_file() and not (wish.folder and path.absolute().parent.is_dir() and not path.exists()):
        raise RequestError("No such workspace", f"{path} is not a file.", "Check the spelling, or name a FOLDER, too.")


def complain(text: str) -> None:
    """One line on standard error."""
    sys.stderr.write(f"fewshot-gui: {text}\n")


def run(argv: list[str] | None) -> int:
    """Both stages. What cannot be met is one line on standard error."""
    try:
        wish = parse(argv)
        shown = screen.has_screen()
        _check_screen(wish, shown)
        if not shown:
            os.environ["QT_QPA_PLATFORM"] = "offscreen"
        lacking = system_libraries.missing(on_x=shown and not screen.has_wayland())
        if lacking:
            raise RequestError("Cannot start", system_libraries.complaint(lacking), "")
        if wish.examples and _is_there(wish.workspace):
            complain(f"{wish.workspace} is there already: its own bins are shown, --examples is not read.")
        return _run_demo_without_screen() if wish.demo and not shown and not wish.screenshot else _run_window(wish)
    except RequestError as error:
        complain(str(error).strip())
        return REFUSED


def _check_screen(wish: Wish, shown: bool) -> None:
    if not (shown or wish.demo or wish.screenshot):
        raise RequestError(
            "No screen",
            "There is no display to open a window on.",
            "Use --demo for the demonstration, or FOLDER --screenshot FILE for a picture of the window.",
        )


def _run_demo_without_screen() -> int:
    """Print what ``fewshot demo`` prints and write a picture of the window."""
    from backend import cli

    code = cli.main(["demo"])
    return code or _run_window(Wish(demo=True, screenshot=DEMO_PICTURE))


def _run_window(wish: Wish) -> int:
    from fewshot_gui.application import run_window

    return run_window(wish)
