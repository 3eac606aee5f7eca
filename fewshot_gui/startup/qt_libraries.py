"""System libraries that Qt needs on Linux and its wheel lacks. Probed before Qt loads, which would only say "could not
load the platform plugin", or fail to import."""

import ctypes
import sys

EVERYWHERE = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
"""What Qt's own libraries and the screenless platform link to (by ldd): library → Debian package."""

ON_X = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""What the xcb platform links to besides."""


def missing(*, on_x: bool) -> dict[str, str]:
    """The libraries that cannot be loaded, each with the Debian package that has it."""
    if not sys.platform.startswith("linux"):
        return {}
    wanted = EVERYWHERE | (ON_X if on_x else {})
    return {library: package for library, package in wanted.items() if not _loads(library)}


def complaint(lacking: dict[str, str]) -> str:
    """One line: what is missing, and the line that installs it."""
    libraries, packages = ", ".join(lacking), " ".join(sorted(set(lacking.values())))
    return f"System libraries are missing: {libraries}. Install them: sudo apt-get install -y {packages}"


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
