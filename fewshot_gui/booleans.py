"""Keeps ``True`` alive under PySide6 6.12.0 and Python 3.11."""

import ctypes
import sys

IMMORTAL = 1 << 40


def keep_true_alive() -> None:
    """Give ``True`` more references than a program can lose.

    ``Signal.emit()`` of PySide6 6.12.0 returns ``True`` without taking a reference, so that each emit loses one; after
    some hundred Python 3.11 aborts ("deallocating True or False"). From 3.12 on ``True`` is immortal (PEP 683).
    The count is the first field of a CPython object.
    """
    if sys.implementation.name == "cpython" and sys.version_info < (3, 12):
        ctypes.c_ssize_t.from_address(id(True)).value += IMMORTAL
