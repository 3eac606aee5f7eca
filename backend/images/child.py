"""A decoder process: reads requests from standard input, answers on standard output, ends when its parent is gone.

Nothing here is shared with the parent but the code: a crash, a hang or a memory bomb stays in this process.
"""

import importlib.util
import os
import queue
import signal
import sys
import threading
import warnings
from pathlib import Path
from typing import BinaryIO

from PIL import AvifImagePlugin, Image

from backend.errors import Sentence
from backend.images.decoding import UnreadableImage, decode_unguarded
from backend.images.formats import RAW_ENDINGS
from backend.images.reading import identify, read_file
from backend.images.wire import Message, read_message, write_message
from backend.types import ContentKey

READY: Message = {"ready": True}
MEMORY_LIMIT = 6 * 1024**3
"""Bytes of address space: enough for 200 megapixels on the way through every conversion."""
FIRST_TO_GO = "500"
"""Of 1,000: when memory runs out, Linux ends a decoder before the program."""
GRACE_SECONDS = 5.0
"""How long the parent may be late in ending a decoder that hangs, before the decoder's own alarm does."""


def main() -> None:
    """Serves requests until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    answers = _silence()
    _limit_memory()
    _prepare_pillow()
    requests: queue.SimpleQueue[Message] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(requests,), daemon=True).start()
    write_message(answers, READY)
    while True:
        request = requests.get()
        _set_alarm(request["timeout_s"] + GRACE_SECONDS)
        write_message(answers, *answer(request))
        _set_alarm(0.0)


def answer(request: Message) -> tuple[Message, bytes | memoryview]:
    """What to send back for ``request``."""
    path = Path(os.fsdecode(bytes.fromhex(request["path"])))
    try:
        if request["op"] == "identify":
            return {"key": _plain(identify(path))}, b""
        return _decode(path, request["side"], request["max_megapixels"])
    except UnreadableImage as error:
        return _reason(error.reason), b""
    except MemoryError:
        return _reason(Sentence("The image needs too much memory.")), b""
    except OSError as error:
        return _reason(Sentence("The file cannot be read ({0}).", error.strerror or error)), b""


def _reason(reason: Sentence) -> Message:
    """Of the template and its values the parent makes the same ``Sentence``."""
    return {"reason": [reason.template, *reason.values]}


def _decode(path: Path, side: int | None, max_megapixels: float) -> tuple[Message, memoryview]:
    key, data = read_file(path)
    pixels, original = decode_unguarded(_preview(data, path), side, max_megapixels)
    return {"key": _plain(key), "shape": pixels.shape, "original": original}, pixels.data.cast("B")


def _plain(key: ContentKey) -> list[int | str]:
    return [key.size, key.mtime_ns, key.digest]


def _preview(data: bytes, path: Path) -> bytes:
    """A RAW file's embedded preview; any other file as it is."""
    if path.suffix[1:].lower() not in RAW_ENDINGS or importlib.util.find_spec("rawpy") is None:
        return data
    from backend.images.raw import embedded_preview

    return embedded_preview(data)


def _receive(requests: "queue.SimpleQueue[Message]") -> None:
    """On a thread of its own, so that the end of the parent is noticed in the middle of a decoding."""
    try:
        while (request := read_message(sys.stdin.buffer)) is not None:
            requests.put(request)
    finally:
        os._exit(0)


def _silence() -> BinaryIO:
    """Standard output for answers alone: native decoders print what they like, which now goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return answers


def _limit_memory() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    except (ImportError, OSError, ValueError):  # Windows has no such limits, macOS refuses some
        pass
    try:
        Path("/proc/self/oom_score_adj").write_text(FIRST_TO_GO)
    except OSError:  # not Linux, or not allowed
        return


def _prepare_pillow() -> None:
    warnings.simplefilter("ignore")  # doubts about sizes and metadata; what matters is an error
    Image.MAX_IMAGE_PIXELS = None  # the limit is the request's
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # the pool is parallel already


def _set_alarm(seconds: float) -> None:
    """The system ends this process after ``seconds``, even where a native decoder hangs and the parent is gone."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


if __name__ == "__main__":
    main()
