"""SIGINT and SIGTERM close the window. A socket wakes Python, which sees signals only while it runs."""

import signal
import socket
from collections.abc import Callable
from types import FrameType, TracebackType

from PySide6.QtCore import QObject, QSocketNotifier, QTimer


class SignalHandlers(QObject):
    """A context in which signals call ``close``."""

    def __init__(self, close: Callable[[], object]) -> None:
        super().__init__()
        self._close = close
        self._reader, self._writer = socket.socketpair()
        for end in (self._reader, self._writer):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_woken)

    def __enter__(self) -> "SignalHandlers":
        self._wakeup = signal.set_wakeup_fd(self._writer.fileno())
        self._before = {s: signal.signal(s, self._on_signal) for s in (signal.SIGINT, signal.SIGTERM)}
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wakeup)
        self._notifier.setEnabled(False)
        self._reader.close()
        self._writer.close()

    def _on_woken(self) -> None:
        self._reader.recv(64)

    def _on_signal(self, _: int, __: FrameType | None) -> None:
        """Python may be in the middle of painting just now: close from the event loop."""
        QTimer.singleShot(0, self._close)
