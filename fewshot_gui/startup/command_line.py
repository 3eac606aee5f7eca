"""The command line of ``fewshot-gui``."""

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from backend.errors import RequestError


@dataclass(frozen=True, slots=True)
class Arguments:
    """The options; see ``parse``."""

    folder: Path | None = None
    examples: Path | None = None
    demo: bool = False
    screenshot: Path | None = None
    workspace: Path | None = None


class _Parser(argparse.ArgumentParser):
    """Refuses in one line, without the usage text."""

    def error(self, message: str) -> NoReturn:
        raise RequestError("Cannot start", f"{message}.", "See fewshot-gui --help.")


def parse(argv: list[str] | None) -> Arguments:
    """The command line, checked.

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
    arguments = Arguments(given.folder, given.examples, given.demo, given.screenshot, given.workspace)
    _check(arguments)
    return arguments


def _check(arguments: Arguments) -> None:
    if arguments.demo and (arguments.folder or arguments.examples):
        raise RequestError("Cannot start", "--demo brings its own images and bins.", "Leave FOLDER and --examples out.")
    if arguments.examples and not arguments.folder and not is_workspace_there(arguments.workspace):
        raise RequestError("Cannot start", "--examples needs a FOLDER to label.", "Name the folder, too.")
    for folder in (arguments.folder, arguments.examples):
        if folder is not None and not folder.is_dir():
            raise RequestError("No such folder", f"{folder} is not a folder.", "Check the spelling.")
    _check_workspace(arguments)
    if arguments.screenshot is not None and not arguments.screenshot.absolute().parent.is_dir():
        raise RequestError(
            "Cannot write", f"{arguments.screenshot.parent} is not a folder.", "Name a folder that exists."
        )


def is_workspace_there(workspace: Path | None) -> bool:
    """A workspace that says itself which folder it is about, and which bins there are."""
    return workspace is not None and workspace.is_file()


def _check_workspace(arguments: Arguments) -> None:
    path = arguments.workspace
    if path is None:
        return
    if arguments.demo:
        raise RequestError("Cannot start", "--workspace brings its own images and bins.", "Leave --demo out.")
    if not path.is_file() and not (arguments.folder and path.absolute().parent.is_dir() and not path.exists()):
        raise RequestError("No such workspace", f"{path} is not a file.", "Check the spelling, or name a FOLDER, too.")


def print_error(text: str) -> None:
    """One line on standard error."""
    sys.stderr.write(f"fewshot-gui: {text}\n")
