"""A thread that writes workspace files: a slow disk holds up neither the window nor the models."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from backend.workspace import file

log = logging.getLogger(__name__)


class FileWriter(QObject):
    """Writes the newest of what it is given; what has been overtaken meanwhile is dropped.

    Signals (on the GUI thread):
        saved(path): a file is written, and lasts.
        failed(path, reason): it could not be written; the old version stands.
    """

    saved = Signal(object)
    failed = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wake = threading.Condition()
        self._next: tuple[Path, Callable[[], bytes]] | None = None
        self._writing = self._closing = False
        self._problem: tuple[Path, str] | None = None
        self._thread = threading.Thread(target=self._run, name="fewshot-saver", daemon=True)
        self._thread.start()

    def save(self, path: Path, make: Callable[[], bytes]) -> None:
        """Write what ``make`` gives (it is called on the saver's thread) to ``path``, soon."""
        with self._wake:
            self._next = path, make
            self._wake.notify_all()

    def flush(self, timeout_s: float) -> bool:
        """Wait until everything is written; False where that takes longer than ``timeout_s``."""
        with self._wake:
            return self._wake.wait_for(lambda: self._next is None and not self._writing, timeout_s)

    def problem(self, path: Path) -> str:
        """Why the newest that was to be written to ``path`` could not be; "" where it could, or is not tried yet."""
        with self._wake:
            return self._problem[1] if self._problem is not None and self._problem[0] == path else ""

    def forget(self) -> None:
        """What could not be written is given up."""
        with self._wake:
            self._next = self._problem = None
            self._wake.notify_all()

    def finish(self) -> None:
        """Write what is left, then end; ``close`` waits for it."""
        with self._wake:
            self._closing = True
            self._wake.notify_all()

    def close(self, timeout_s: float) -> bool:
        """Write what is left and end the thread; False where that takes longer than ``timeout_s``."""
        self.finish()
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (wanted := self._take()) is not None:
            self._write(*wanted)
            with self._wake:
                self._writing = False
                self._wake.notify_all()

    def _take(self) -> tuple[Path, Callable[[], bytes]] | None:
        with self._wake:
            self._wake.wait_for(lambda: self._next or self._closing)
            wanted, self._next = self._next, None
            self._writing = wanted is not None
            return wanted

    def _write(self, path: Path, make: Callable[[], bytes]) -> None:
        try:
            file.write(path, make())
        except OSError as error:
            self._fail(path, error.strerror or str(error))
        except Exception as error:
            log.exception("Saving failed")
            self._fail(path, str(error))
        else:
            with self._wake:
                self._problem = None
            self._tell(self.saved.emit, path)

    def _fail(self, path: Path, reason: str) -> None:
        with self._wake:
            self._problem = path, reason
        self._tell(self.failed.emit, path, reason)

    def _tell(self, emit: Callable[..., None], *arguments: object) -> None:
        if not self._closing:
            emit(*arguments)
