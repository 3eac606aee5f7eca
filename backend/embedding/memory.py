"""Keeps glibc from returning freed memory to the system, until told to return it."""

import ctypes
import gc
import sys
from typing import Any

_TRIM_THRESHOLD, _TOP_PAD, _MMAP_MAX = -1, -2, -4  # glibc's malloc.h
_NEVER, _AHEAD, _NONE = 2**31 - 1, 2**28, 0


def keep_freed_memory() -> bool:
    """Asks glibc to keep what is freed; False where there is no glibc.

    It gives large blocks back to the system at once, and the system has to clear them anew: a quarter to
    a third of the time of a convolutional trunk on a CPU.
    """
    mallopt = _of_glibc("mallopt")
    if mallopt is None:
        return False
    settings = ((_TRIM_THRESHOLD, _NEVER), (_TOP_PAD, _AHEAD), (_MMAP_MAX, _NONE))
    return all(mallopt(option, value) == 1 for option, value in settings)


def give_back_memory() -> bool:
    """Gives what is free to the system, all of it; False where glibc had nothing to give, or there is none.

    To be called after what is large has gone, such as a method that another has replaced: by itself glibc gives
    nothing back once ``keep_freed_memory`` has been called.
    """
    gc.collect()
    trim = _of_glibc("malloc_trim")
    return trim is not None and trim(ctypes.c_size_t(0)) == 1


def _of_glibc(name: str) -> Any:
    """The function of that name; None where there is another C library."""
    return getattr(ctypes.CDLL(None), name, None) if sys.platform.startswith("linux") else None
