"""The protocol between the program and a decoder process: four bytes of length (big endian), that many bytes of JSON,
and after an image's answer its raw pixels."""

import json
import struct
from typing import IO, Any

Message = dict[str, Any]


def read_message(stream: IO[bytes]) -> Message | None:
    """The next message, or None where the stream ends, in the middle of a message too."""
    head = stream.read(4)
    if len(head) < 4:
        return None
    length = struct.unpack(">I", head)[0]
    body = stream.read(length)
    if len(body) < length:
        return None
    message: Message = json.loads(body)
    return message


def write_message(stream: IO[bytes], message: Message, payload: bytes | memoryview = b"") -> None:
    """Sends ``message`` and the ``payload`` that it announces."""
    body = json.dumps(message).encode()
    stream.write(struct.pack(">I", len(body)) + body)
    stream.write(payload)
    stream.flush()
