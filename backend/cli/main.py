"""Entry point: arguments, exit codes, and the last line of defence.

What this module imports is light, so that Ctrl-C finds the guards below in place from the first moment on.
"""

import logging
import os
import shlex
import signal
import sys
from collections.abc import Sequence

from backend import storage
from backend.cli.notices import Notices
from backend.errors import RequestError, escape_controls

DONE, EXCEPTIONS, REFUSED, CANCELLED = 0, 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Runs ``fewshot`` with ``argv`` and returns the exit code: 0 done, 1 with exceptions, 2 refused, 130 cancelled.

    Without ``argv`` it is the whole program and settles the process's signals and warnings too.
    """
    _ready_streams()
    if argv is None and not sys.warnoptions:
        import warnings

        warnings.simplefilter("ignore")  # what libraries have to say to programmers
    with Notices() as notices:
        code = _run(sys.argv[1:] if argv is None else list(argv))
        if code == CANCELLED and argv is None:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not disturb the ending
        if code != REFUSED:  # a refusal is one line
            notices.tell()
    return code


def _run(given: list[str]) -> int:
    try:
        from backend.cli.parser import build_parser

        arguments = build_parser().parse_args(given)
        arguments.command = shlex.join(["fewshot", *given])
        code: int = arguments.run(arguments)
        sys.stdout.flush()
    except RequestError as error:
        return _refused(str(error))
    except KeyboardInterrupt:
        print("fewshot: cancelled", file=sys.stderr)
        return CANCELLED
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
    path = storage.log_folder() / "fewshot.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.FileHandler(path, encoding="utf-8", errors="backslashreplace")
    except OSError as reason:
        return f"no log: {reason}"
    record = logging.LogRecord(
        "fewshot", logging.ERROR, __file__, 0, "bug", None, (type(error), error, error.__traceback__)
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    handler.handle(record)
    handler.close()
    return str(path)
