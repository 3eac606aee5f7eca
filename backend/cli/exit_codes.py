"""Runs a command and turns every outcome, bugs included, into an exit code."""

import logging
import os
import shlex
import sys

from backend import storage
from backend.cli.log_summary import Notices
from backend.cli.parser import build_parser
from backend.errors import RequestError, escape_controls

DONE, EXCEPTIONS, REFUSED = 0, 1, 2


def run_guarded(given: list[str]) -> int:
    """Runs ``fewshot`` with the arguments ``given``; every end but Ctrl-C becomes an exit code and a line at most.

    Raises:
        KeyboardInterrupt: cancelled.
    """
    _ready_streams()
    with Notices() as notices:
        code = _run(given)
        if code != REFUSED:  # a refusal is one line
            notices.tell()
    return code


def _run(given: list[str]) -> int:
    try:
        arguments = build_parser().parse_args(given)
        arguments.command = shlex.join(["fewshot", *given])
        code: int = arguments.run(arguments)
        sys.stdout.flush()
    except RequestError as error:
        return _refused(str(error))
    except (SystemExit, BrokenPipeError):  # --help and --version; whoever read our output has enough
        return _flushed()
    except OSError as error:  # a full disk, a folder that vanished: nothing that a repair of the program would change
        _flushed()
        where = error.filename if error.filename is not None else "the output or a temporary file"
        reason = error.strerror or repr(error)
        return _refused(f"Cannot read or write: {where}: {reason}. Free it, then run again; see {_log(error)}.")
    except Exception as error:  # the boundary: a bug ends in one line and a log, not in a traceback
        print(escape_controls(f"fewshot: a bug: {error!r}. The details are in {_log(error)}."), file=sys.stderr)
        return EXCEPTIONS
    return code


def _refused(text: str) -> int:
    print(escape_controls(f"fewshot: {text}"), file=sys.stderr)
    return REFUSED


def _flushed() -> int:
    try:
        sys.stdout.flush()
    except OSError:
        _drop_output()
    return DONE


def _drop_output() -> None:
    """Python would complain again at exit of a standard output that takes no more, unless it leads elsewhere."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # it has no descriptor
        return


def _ready_streams() -> None:
    """A program may be started without standard streams, and file names may hold bytes that are no text: printing must
    not fail."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
        reconfigure = getattr(getattr(sys, name), "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _log(error: Exception) -> str:
    """Where the details are. Written without a handler of ``logging``, which would print a traceback on a full disk."""
    path = storage.log_folder() / "fewshot.log"
    record = logging.LogRecord(
        "fewshot", logging.ERROR, __file__, 0, "bug", None, (type(error), error, error.__traceback__)
    )
    text = logging.Formatter("%(asctime)s %(message)s").format(record) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    except OSError as reason:
        return f"no log: {reason}"
    return str(path)
