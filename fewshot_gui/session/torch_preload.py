"""Loads torch's native libraries without holding Python's lock, so that the window goes on while they are linked.

``import torch`` links hundreds of megabytes inside one ``dlopen`` under the lock: the window stood still for 0.4 to 1.7
seconds. Called through ctypes, which lets go of the lock, the same ``dlopen`` disturbs nobody; the import that follows
finds the libraries in place. What cannot be loaded so is left to the import.
"""

import ctypes
import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from backend.types import Progress

NAMES = ("c10", "torch_cpu", "torch_cuda")
"""Without those that talk to Python: their initialisers may count on the lock."""


def load_libraries() -> Iterator[Progress]:
    """Loads them one by one. For the worker's thread; nothing to do on Windows, or once torch is there."""
    found = [] if "torch" in sys.modules or sys.platform == "win32" else _files()
    for done, path in enumerate(found, 1):
        _open(path)
        yield Progress("load", done, len(found))


def _files() -> list[Path]:
    spec = importlib.util.find_spec("torch")
    if spec is None or spec.origin is None:
        return []
    ending = "dylib" if sys.platform == "darwin" else "so"
    folder = Path(spec.origin).parent / "lib"
    return [path for name in NAMES if (path := folder / f"lib{name}.{ending}").is_file()]


def _open(path: Path) -> None:
    """``dlopen`` called as a foreign function: ctypes.CDLL itself would hold the lock."""
    dlopen = ctypes.CDLL(None).dlopen
    dlopen.argtypes, dlopen.restype = (ctypes.c_char_p, ctypes.c_int), ctypes.c_void_p
    dlopen(os.fsencode(path), os.RTLD_LAZY)
