"""Thumbnails: decoded by the pool when a tile asks, kept in a bounded cache, made into pixmaps on the GUI thread.

A picture is known by its image's id, modification time and size on the screen, never by a row: a late one can only
reach its own tile.
"""

from collections import OrderedDict
from concurrent.futures import CancelledError, Future
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPixmap

from backend.images import DecoderPool
from backend.types import Decoded, ImageFile, ImageId, Pixels, Unreadable

Key = tuple[ImageId, int, int]
BUDGET_BYTES = 192 * 2**20
IN_FLIGHT = 8
WAITING = 256


class Thumbnails(QObject):
    """A bounded cache of pixmaps.

    Signals:
        ready(id): a picture that was asked for is there.
        unreadable(id, reason): there will be none.
    """

    ready = Signal(object)
    unreadable = Signal(object, object)  # a str would lose its template
    _decoded = Signal(object, object)

    def __init__(self, pool: DecoderPool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = pool
        self._pixmaps: OrderedDict[Key, QPixmap] = OrderedDict()
        self._bytes = 0
        self._newest: dict[tuple[ImageId, int], Key] = {}
        self._waiting: OrderedDict[Key, ImageFile] = OrderedDict()
        self._running: set[Key] = set()
        self._broken: set[Key] = set()
        self._originals: dict[tuple[ImageId, int], tuple[int, int]] = {}
        self._closed = False
        self._decoded.connect(self._store, Qt.ConnectionType.QueuedConnection)

    def get(self, file: ImageFile, side: int) -> QPixmap | None:
        """The picture with a longer side of about ``side`` device pixels; None while it is decoded, or unreadable."""
        key = (file.id, file.mtime_ns, side)
        known = self._pixmaps.get(key)
        if known is not None:
            self._pixmaps.move_to_end(key)
            return known
        if key not in self._running and key not in self._broken:
            self._waiting[key] = file
            self._waiting.move_to_end(key)
            self._shorten()
            self._start()
        return None

    def stand_in(self, file: ImageFile) -> QPixmap | None:
        """A picture of another size, until the one that was asked for is there; None where there is none."""
        key = self._newest.get((file.id, file.mtime_ns))
        return None if key is None else self._pixmaps.get(key)

    def original(self, file: ImageFile) -> tuple[int, int] | None:
        """Width and height in the file, in pixels, once it has been decoded."""
        return self._originals.get((file.id, file.mtime_ns))

    def busy(self) -> bool:
        """Whether pictures are being waited for."""
        return bool(self._waiting or self._running)

    def retry_broken(self) -> None:
        """The folder was listed again: what could not be read may be readable now."""
        self._broken.clear()

    def close(self) -> None:
        """Ask for nothing more and take in nothing more."""
        self._closed = True
        self._waiting.clear()

    def _shorten(self) -> None:
        """What was asked for long ago has scrolled out of sight; its tile asks again when it returns."""
        while len(self._waiting) > WAITING:
            self._waiting.popitem(last=False)

    def _start(self) -> None:
        while self._waiting and len(self._running) < IN_FLIGHT and not self._closed:
            key, file = self._waiting.popitem()
            self._running.add(key)
            future = self._pool.decode(file.path, key[2], urgent=True)
            future.add_done_callback(partial(self._hand_over, key))

    def _hand_over(self, key: Key, future: "Future[Decoded | Unreadable]") -> None:
        """On one of the pool's threads: pass the result to the GUI thread."""
        if self._closed:
            return
        try:
            outcome: object = future.result()
        except (CancelledError, OSError, RuntimeError) as error:
            outcome = Unreadable(str(error))
        self._decoded.emit(key, outcome)

    @Slot(object, object)
    def _store(self, key: Key, outcome: Decoded | Unreadable) -> None:
        self._running.discard(key)
        if isinstance(outcome, Unreadable):
            self._broken.add(key)
            self.unreadable.emit(key[0], outcome.reason)
        else:
            self._originals[key[:2]] = outcome.original
            self._keep(key, to_pixmap(outcome.pixels))
            self.ready.emit(key[0])
        self._start()

    def _keep(self, key: Key, pixmap: QPixmap) -> None:
        self._pixmaps[key] = pixmap
        self._newest[key[:2]] = key
        self._bytes += _bytes(pixmap)
        while self._bytes > BUDGET_BYTES and len(self._pixmaps) > 1:
            gone, oldest = self._pixmaps.popitem(last=False)
            self._bytes -= _bytes(oldest)
            if self._newest.get(gone[:2]) == gone:
                del self._newest[gone[:2]]


def to_pixmap(pixels: Pixels) -> QPixmap:
    """uint8 [h, w, 3] RGB → a pixmap. On the GUI thread only."""
    height, width, _ = pixels.shape
    image = QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
    return QPixmap.fromImage(image)


def _bytes(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4
