"""Memory that a step frees and the next one takes again stays with the process."""

import ctypes
import sys

_TRIM_THRESHOLD, _TOP_PAD, _MMAP_MAX = -1, -2, -4  # glibc's malloc.h
_NEVER, _AHEAD, _NONE = 2**31 - 1, 2**28, 0


def keep_freed_memory() -> bool:
    """Asks glibc to keep what is freed; False where there is no glibc.

    It gives large blocks back to the system at once, and the system has to clear them anew: a quarter to
    a third of the time of a convolutional trunk on a CPU.
    """
    if not sys.platform.startswith("linux"):
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:  # another C library
        return False
    settings = ((_TRIM_THRESHOLD, _NEVER), (_TOP_PAD, _AHEAD), (_MMAP_MAX, _NONE))
    return all(mallopt(option, value) == 1 for option, value in settings)
