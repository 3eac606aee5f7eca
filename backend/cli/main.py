"""Entry point. It imports next to nothing, so that Ctrl-C is understood from the first moment on."""

import os
import signal
import sys
from collections.abc import Sequence

CANCELLED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Runs ``fewshot`` with ``argv`` and returns the exit code: 0 done, 1 with exceptions, 2 refused, 130 cancelled.

    Without ``argv`` it is the whole program, and settles the process's warnings and its end.
    """
    try:
        if argv is None and not sys.warnoptions:
            import warnings

            warnings.simplefilter("ignore")  # what libraries have to say to programmers
        from backend.cli.exit_codes import run_guarded

        return run_guarded(sys.argv[1:] if argv is None else list(argv))
    except KeyboardInterrupt:
        print("fewshot: cancelled", file=sys.stderr)
        if argv is None:
            _leave()
        return CANCELLED


def _leave() -> None:
    """Ends the process at once: a second Ctrl-C must not disturb the ending, and Python would replace the exit code if
    the first one fell into code that a library executes from text."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            continue
    os._exit(CANCELLED)
