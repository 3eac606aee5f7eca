"""A decoder process: reads requests from standard input, answers on standard output, ends when its parent is gone.

Wire format, both ways: a header of four bytes (length, big endian), so many bytes of JSON, then for an image its raw
pixels.
"""

import hashlib
import importlib.util
import json
import os
import signal
import stat
import struct
import sys
from pathlib import Path
from typing import Any, BinaryIO

from backend.images.decoding import UnreadableImage, decode_bytes
from backend.images.formats import RAW_ENDINGS
from backend.types import ContentKey

ENDS = 64 * 1024
MEMORY_LIMIT = 6 * 1024**3
"""Bytes of address space, where the system can limit it: a decompression bomb then costs one file, not the machine."""
SIZE_LIMIT = 2 * 1024**3
"""Bytes of a file."""


def read_message(stream: BinaryIO) -> dict[str, Any] | None:
    """The next message, or None at the end of the stream."""
    head = stream.read(4)
    if len(head) < 4:
        return None
    body = stream.read(struct.unpack(">I", head)[0])
    message: dict[str, Any] = json.loads(body)
    return message


def write_message(stream: BinaryIO, message: dict[str, Any], payload: bytes | memoryview = b"") -> None:
    """Sends ``message`` and the ``payload`` that it announces."""
    body = json.dumps(message).encode()
    stream.write(struct.pack(">I", len(body)) + body)
    stream.write(payload)
    stream.flush()


def open_regular(path: Path) -> BinaryIO:
    """Opens ``path`` without ever waiting for a pipe's other end.

    Raises:
        UnreadableImage: it is no regular file, is empty or too large, or cannot be opened.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError as error:
        raise UnreadableImage("The file is no longer there.") from error
    except PermissionError as error:
        raise UnreadableImage("Reading the file is not allowed.") from error
    except OSError as error:
        raise UnreadableImage(f"The file cannot be opened ({error.strerror}).") from error
    file = os.fdopen(descriptor, "rb")
    status = os.fstat(descriptor)
    reason = _not_readable(status)
    if reason:
        file.close()
        raise UnreadableImage(reason)
    return file


def _not_readable(status: os.stat_result) -> str:
    if stat.S_ISDIR(status.st_mode):
        return "This is a folder, not a file."
    if not stat.S_ISREG(status.st_mode):
        return "This is a device or a pipe, not a file."
    if status.st_size == 0:
        return "The file is empty."
    if status.st_size > SIZE_LIMIT:
        return f"The file has {status.st_size / 1e9:.1f} GB; the limit is {SIZE_LIMIT / 1e9:.1f} GB."
    return ""


def key_of(file: BinaryIO) -> ContentKey:
    """The content key of an open file."""
    status = os.fstat(file.fileno())
    digest = hashlib.blake2b(file.read(ENDS), digest_size=16)
    if status.st_size > ENDS:
        file.seek(max(ENDS, status.st_size - ENDS))
        digest.update(file.read(ENDS))
    return ContentKey(status.st_size, status.st_mtime_ns, digest.hexdigest())


def identify(path: Path) -> dict[str, Any]:
    """The answer to a request for a content key."""
    with open_regular(path) as file:
        key = key_of(file)
    return {"key": [key.size, key.mtime_ns, key.digest]}


def decode(path: Path, side: int | None, max_megapixels: float) -> tuple[dict[str, Any], memoryview]:
    """The answer to a request for pixels."""
    with open_regular(path) as file:
        key = key_of(file)
        file.seek(0)
        data = file.read()
        status = os.fstat(file.fileno())
    if (status.st_size, status.st_mtime_ns) != (key.size, key.mtime_ns) or len(data) != key.size:
        raise UnreadableImage("The file changed while it was read.")
    pixels, original = decode_bytes(_preview(data, path), side, max_megapixels)
    message = {"key": [key.size, key.mtime_ns, key.digest], "shape": pixels.shape, "original": original}
    return message, memoryview(pixels.tobytes())


def _preview(data: bytes, path: Path) -> bytes:
    """A RAW file's embedded preview; any other file as it is."""
    if path.suffix[1:].lower() not in RAW_ENDINGS or importlib.util.find_spec("rawpy") is None:
        return data
    from backend.images.raw import embedded_preview

    return embedded_preview(data)


def answer(request: dict[str, Any]) -> tuple[dict[str, Any], bytes | memoryview]:
    """What to send back for ``request``."""
    path = Path(os.fsdecode(bytes.fromhex(request["path"])))
    try:
        if request["op"] == "identify":
            return identify(path), b""
        return decode(path, request["side"], request["max_megapixels"])
    except UnreadableImage as error:
        return {"reason": str(error)}, b""
    except MemoryError:
        return {"reason": "The image needs too much memory."}, b""
    except OSError as error:
        return {"reason": f"The file cannot be read ({error.strerror or error})."}, b""


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Serves requests until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    _limit_memory()
    answers = os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)  # native decoders print what they like
    os.dup2(silence, 2)
    while (request := read_message(sys.stdin.buffer)) is not None:
        message, payload = answer(request)
        try:
            write_message(answers, message, payload)
        except BrokenPipeError:
            return


if __name__ == "__main__":
    main()
