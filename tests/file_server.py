"""A server on this machine that hands out files, and misbehaves on demand."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


@dataclass
class FileServer:
    """``files`` by path, such as ``/a.bin``. ``asked`` keeps path and Range header of every request.

    Args:
        resumes: whether Range is understood.
        stop_after: bytes of an answer's body after which the connection is cut; None cuts nothing.
        refuse: status that every request is answered with; 0 refuses nothing.
        silent: requests are never answered.
        halfway: called when half of a body has been sent.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    resumes: bool = True
    stop_after: int | None = None
    refuse: int = 0
    silent: threading.Event | None = None
    halfway: Callable[[], None] | None = None
    url: str = ""


class _Handler(BaseHTTPRequestHandler):
    file_server: FileServer

    def do_GET(self) -> None:
        server, path = self.file_server, urlsplit(self.path).path
        server.asked.append((self.path, self.headers["Range"]))
        if server.silent is not None:
            server.silent.wait(20)
        elif server.refuse or path not in server.files:
            self.send_error(server.refuse or 404)
        else:
            self._send(server.files[path])

    def _send(self, data: bytes) -> None:
        wanted = self.headers["Range"] if self.file_server.resumes else None
        start = int(wanted.removeprefix("bytes=").removesuffix("-")) if wanted else 0
        if start and start >= len(data):
            self.send_error(416)
            return
        self.send_response(206 if wanted else 200)
        if wanted:
            self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        self.send_header("Content-Length", str(len(data) - start))
        self.end_headers()
        body = data[start:][: self.file_server.stop_after]
        self.wfile.write(body[: len(body) // 2])
        if self.file_server.halfway is not None:
            self.wfile.flush()
            self.file_server.halfway()
        try:
            self.wfile.write(body[len(body) // 2 :])
        except ConnectionError:  # whoever asked has gone
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on standard error."""


@contextmanager
def serving() -> Iterator[FileServer]:
    """A server that is up."""
    state = FileServer()
    handler = type("Handler", (_Handler,), {"file_server": state})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        state.url = f"http://127.0.0.1:{server.server_port}"
        try:
            yield state
        finally:
            if state.silent is not None:
                state.silent.set()
            server.shutdown()
            thread.join()
