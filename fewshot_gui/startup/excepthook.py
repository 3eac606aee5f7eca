"""Exception hooks: an unexpected exception is logged and shown in the window, and does not end the program."""

import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal

from backend import storage
from fewshot_gui.session.session import Session
from fewshot_gui.session.worker import bug

log = logging.getLogger("fewshot_gui")


class _Messenger(QObject):
    """Carries a failure from any thread to the GUI thread."""

    happened = Signal(object)


@contextmanager
def reported_to(session: Session) -> Iterator[None]:
    """While this lasts, unhandled exceptions of every thread are logged and shown in the session's window."""
    messenger = _Messenger()
    messenger.happened.connect(session.refused, Qt.ConnectionType.QueuedConnection)
    handler = _log_file()

    def on_exception(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.critical("A bug", exc_info=(kind, error, trace))
        messenger.happened.emit(bug(error))

    def on_thread_exception(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            on_exception(args.exc_type, args.exc_value, args.exc_traceback)

    before, thread_before = sys.excepthook, threading.excepthook
    sys.excepthook, threading.excepthook = on_exception, on_thread_exception
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook = before, thread_before
        log.removeHandler(handler)
        handler.close()


def _log_file() -> logging.Handler:
    """The log file; standard error where it cannot be written."""
    path = storage.log_folder() / "fewshot-gui.log"
    handler: logging.Handler
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=2**20, backupCount=2, encoding="utf-8", errors="backslashreplace")
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    log.addHandler(handler)
    return handler
