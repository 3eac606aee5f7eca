"""Keeps ``None``, ``True`` and ``False`` alive under PySide6 6.12.0 and Python 3.11."""

import ctypes
import sys

IMMORTAL = 1 << 40


def keep_singletons_alive() -> None:
    """Give them more references than a program can lose.

    PySide6 6.12.0 returns them from some calls (``Signal.emit()``, painting) without taking a reference, so that each
    call loses one, and after some thousand Python 3.11 aborts: "deallocating True or False", "deallocating None". From
    Python 3.12 on they are immortal by themselves (PEP 683); PySide6 6.11.3 is free of the fault. The reference count
    is the first field of a CPython object.
    """
    if sys.implementation.name == "cpython" and sys.version_info < (3, 12):
        for each in (None, True, False):
            ctypes.c_ssize_t.from_address(id(each)).value += IMMORTAL
