"""Whether a display server answers. Asked before Qt loads, which would abort the process where none does."""

import ctypes
import os
import re
import socket
import sys
from pathlib import Path

TIMEOUT_S = 1.0
SCREENLESS = ("offscreen", "minimal", "vnc")


def has_screen() -> bool:
    """Whether a window can be shown."""
    wanted = os.environ.get("QT_QPA_PLATFORM", "")
    if wanted.startswith(SCREENLESS):
        return False
    if sys.platform in ("win32", "darwin") or wanted.startswith(("eglfs", "linuxfb")):
        return True
    return has_wayland() or has_x(os.environ.get("DISPLAY", ""))


def has_wayland() -> bool:
    """Whether a Wayland compositor answers."""
    name = os.environ.get("WAYLAND_DISPLAY", "")
    if not name:
        return False
    return _answers(socket.AF_UNIX, str(Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / name))


def has_x(display: str) -> bool:
    """Whether an X server answers on ``display`` and lets us in."""
    parts = re.fullmatch(r"(?P<host>.*):(?P<number>\d+)(\.\d+)?", display)
    if parts is None:
        return False
    host, number = parts["host"], int(parts["number"])
    if host in ("", "unix"):
        path = f"/tmp/.X11-unix/X{number}"
        reachable = _answers(socket.AF_UNIX, path) or _answers(socket.AF_UNIX, "\0" + path)
    else:
        reachable = _answers(socket.AF_INET, (host, 6000 + number))
    return reachable and _lets_us_in(display)


def _answers(family: socket.AddressFamily, address: str | tuple[str, int]) -> bool:
    try:
        with socket.socket(family) as connection:
            connection.settimeout(TIMEOUT_S)
            connection.connect(address)
    except (OSError, OverflowError):  # a number that is no port
        return False
    return True


def _lets_us_in(display: str) -> bool:
    """A server may answer and still refuse us; only a real handshake shows that. Without libxcb, trust the answer."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(display.encode(), None))
    refused = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not refused
