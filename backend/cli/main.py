"""Entry point: arguments, exit codes, and the last line of defence."""

import logging
import os
import shlex
import sys
from collections.abc import Sequence

from backend import storage
from backend.cli.parser import build_parser
from backend.errors import RequestError

DONE, EXCEPTIONS, REFUSED, CANCELLED = 0, 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Runs ``fewshot`` with ``argv`` and returns the exit code: 0 done, 1 with exceptions, 2 refused, 130 cancelled."""
    _survive_odd_names()
    try:
        given = sys.argv[1:] if argv is None else list(argv)
        arguments = build_parser().parse_args(given)
        arguments.command = shlex.join(["fewshot", *given])
        code: int = arguments.run(arguments)
        sys.stdout.flush()
    except RequestError as error:
        print(f"fewshot: {error}", file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        print("fewshot: cancelled", file=sys.stderr)
        return CANCELLED
    except BrokenPipeError:
        # Whoever read our output has enough. Python would complain again at exit unless stdout leads elsewhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:  # the boundary: a bug ends in one line and a log, not in a traceback
        print(f"fewshot: a bug: {error!r}. The details are in {_log(error)}.", file=sys.stderr)
        return EXCEPTIONS
    return code


def _survive_odd_names() -> None:
    """File names may hold bytes that are no text; printing them must not fail."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
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
