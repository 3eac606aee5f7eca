"""Start-up, first stage, without Qt: arguments, display server and system libraries."""

import os
from pathlib import Path

from backend.errors import RequestError
from fewshot_gui.startup import display_server, qt_libraries
from fewshot_gui.startup.command_line import Arguments, is_workspace_there, parse, print_error

DEMO_PICTURE = Path("fewshot-demo.png")
REFUSED = 2


def run(argv: list[str] | None) -> int:
    """Both stages. What cannot be met is one line on standard error."""
    try:
        arguments = parse(argv)
        shown = display_server.has_screen()
        _check_screen(arguments, shown)
        if not shown:
            os.environ["QT_QPA_PLATFORM"] = "offscreen"
        lacking = qt_libraries.missing(on_x=shown and not display_server.has_wayland())
        if lacking:
            raise RequestError("Cannot start", qt_libraries.complaint(lacking), "")
        if arguments.examples and is_workspace_there(arguments.workspace):
            print_error(f"{arguments.workspace} is there already: its own bins are shown, --examples is not read.")
        return (
            _run_demo_without_screen()
            if arguments.demo and not shown and not arguments.screenshot
            else _run_window(arguments)
        )
    except RequestError as error:
        print_error(str(error).strip())
        return REFUSED


def _check_screen(arguments: Arguments, shown: bool) -> None:
    if not (shown or arguments.demo or arguments.screenshot):
        raise RequestError(
            "No screen",
            "There is no display to open a window on.",
            "Use --demo for the demonstration, or FOLDER --screenshot FILE for a picture of the window.",
        )


def _run_demo_without_screen() -> int:
    """Print what ``fewshot demo`` prints and write a picture of the window."""
    from backend import cli

    code = cli.main(["demo"])
    return code or _run_window(Arguments(demo=True, screenshot=DEMO_PICTURE))


def _run_window(arguments: Arguments) -> int:
    from fewshot_gui.startup.application import run_window

    return run_window(arguments)
