"""The workspace file that is open: its lock, and saving it after every change."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from backend.errors import RequestError
from backend.locks import FileLock
from backend.workspace import file, form
from backend.workspace.state import Workspace
from fewshot_gui.session.workspace.file_writer import FileWriter

SAVE_AFTER_MS = 700
"""From the first change to its being written: well within the two seconds that are promised."""
RETRY_MS = 10_000
"""After a write that failed."""
CLOSE_S = 0.5
"""What the last write may take when the window closes and all else has ended."""
LEAVE_S = 1.0
"""What it may take when another file is opened."""


class Autosave(QObject):
    """Saves the workspace that ``snapshot`` gives.

    Signals:
        attached(): another file is open, or none.
        saved(path), save_failed(path, reason): how writing went, each time that it was tried.
    """

    attached = Signal()
    saved = Signal(object)
    save_failed = Signal(object, str)

    def __init__(self, snapshot: Callable[[], Workspace], parent: QObject) -> None:
        super().__init__(parent)
        self._snapshot = snapshot
        self._lock: FileLock | None = None
        self._due = QTimer(self, singleShot=True)
        self._due.timeout.connect(self._save)
        self._writer = FileWriter(self)
        self._writer.saved.connect(self._on_saved)
        self._writer.failed.connect(self._on_failed)
        self._failing = False
        self.path: Path | None = None
        self.read_only = False
        self._hindrance = ""
        """Why a lock could not be had: the system's reason, or "" where another window has it."""

    def attach(self, path: Path | None, check: Callable[[Workspace | None], None]) -> Workspace | None:
        """Open the workspace file at ``path`` (None: nothing is kept) in place of the one before, which is saved first.

        Returns:
            What it holds; None where there is no such file yet.

        Raises:
            RequestError: it is damaged or too new, or ``check`` raises one; then the one before stays open.
        """
        self._write_out()
        if path is None:
            self._leave()
            self.attached.emit()
            return None
        held = self._lock if path == self.path else None
        lock, hindrance = (held, "") if held is not None else _take(path)
        try:
            loaded = file.read(path) if path.exists() else None
            check(loaded)
        except RequestError:
            if lock is not None and lock is not held:
                lock.release()
            raise
        self._leave(keep=held)
        self.path, self._lock, self.read_only, self._hindrance = path, lock, lock is None, hindrance
        self.attached.emit()
        return loaded

    def why(self) -> str:
        """Why the file is read-only, in a sentence."""
        if self._hindrance and self.path is not None:
            return self._unwritable(self.path, self._hindrance)
        return self.tr("Another window has this workspace open.")

    def save_as(self, path: Path) -> None:
        """Go on in another file.

        Raises:
            RequestError: another window has that file open, or it cannot be written.
        """
        if path == self.path and not self.read_only:
            self._save()
            return
        lock = self._taken(path, self.tr("Cannot save there"))
        self._leave()
        self.path, self._lock = path, lock
        self.attached.emit()
        self._save()

    def step_back(self, path: Path) -> None:
        """Make the previous version of a refused file the present one. Raises RequestError."""
        lock = self._taken(path, self.tr("Cannot go back"))
        try:
            file.step_back(path)
        finally:
            lock.release()

    def touch(self) -> None:
        """Something changed: save soon."""
        if self.path is not None and not self.read_only and not self._due.isActive():
            self._due.start(RETRY_MS if self._failing else SAVE_AFTER_MS)

    def pending(self) -> bool:
        """Whether something is not written yet."""
        return self._due.isActive() or not self._writer.flush(0)

    def unsaved(self, timeout_s: float = LEAVE_S) -> str:
        """Why what was done last cannot be written, after another try; "" where it is written, or where a slow disk
        has not answered after ``timeout_s``."""
        if self.path is None or self.read_only:
            return ""
        if self._due.isActive():
            self._save()
        self._writer.flush(timeout_s)
        return self._writer.problem(self.path)

    def give_up(self) -> None:
        """What could not be written may be lost."""
        self._due.stop()
        self._writer.forget()

    def begin_closing(self) -> None:
        """Have what is left written, while other things are closed."""
        if self._due.isActive():
            self._save()
        self._writer.finish()

    def close(self) -> bool:
        """Wait until everything is written; False where that takes too long."""
        clean = self._writer.close(CLOSE_S)
        if self._lock is not None:
            self._lock.release()
        return clean

    def _taken(self, path: Path, title: str) -> FileLock:
        """The lock of that file; RequestError with that title where it cannot be had."""
        lock, hindrance = _take(path)
        if lock is not None:
            return lock
        if hindrance:
            remedy = self.tr("Choose another folder, or allow writing there.")
            raise RequestError(title, self._unwritable(path, hindrance), remedy)
        text = self.tr("{} is open in another window.").format(path)
        raise RequestError(title, text, self.tr("Close it there first, or choose another name."))

    def _unwritable(self, path: Path, reason: str) -> str:
        return self.tr("{folder} cannot be written: {reason}.").format(folder=path.parent, reason=reason)

    def _leave(self, keep: FileLock | None = None) -> None:
        """Write what is left and let the file go."""
        self._write_out()
        if self._lock is not None and self._lock is not keep:
            self._lock.release()
        self.path, self._lock, self.read_only, self._failing, self._hindrance = None, None, False, False, ""

    def _write_out(self) -> None:
        if self._due.isActive():
            self._save()
        self._writer.flush(LEAVE_S)

    def _save(self) -> None:
        self._due.stop()
        if self.path is not None and not self.read_only:
            self._writer.save(self.path, partial(form.encode, self._snapshot()))

    def _on_saved(self, path: Path) -> None:
        self._failing = False
        self.saved.emit(path)

    def _on_failed(self, path: Path, reason: str) -> None:
        if path == self.path:
            self._failing = True
            self.touch()
            self.save_failed.emit(path, reason)


def _take(path: Path) -> tuple[FileLock | None, str]:
    """The lock of that file; None where another has it, or, with the reason, where its folder cannot be written."""
    lock = file.lock_of(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return (lock if lock.take() else None), ""
    except OSError as error:
        return None, error.strerror or str(error)
