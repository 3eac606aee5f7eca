"""Folder names that every platform takes, and file names that are free."""

import re
import unicodedata
from collections.abc import Container, Iterable
from itertools import chain, count
from pathlib import PurePath

from backend.images.hidden import is_hidden

UNSURE = "_unsure"
"""The folder of images below the line; no class may be called so."""
DOT = ".fewshot"
"""The folder of the journals."""
MOST_BYTES = 200
"""Of a folder's name in UTF-8: 255 is what file systems take, and a suffix may follow."""
NAME_BYTES = 255
DEVICES = frozenset(("CON", "PRN", "AUX", "NUL", *(f"{p}{n}" for p in ("COM", "LPT") for n in "123456789¹²³")))
"""Names that are devices on Windows, whatever ending follows."""
FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\ud800-\udfff]')


def folder_names(labels: Iterable[str]) -> dict[str, str]:
    """Each label's folder name. Two labels never share one, not even where a file system does not tell case apart."""
    names: dict[str, str] = {}
    taken = {UNSURE, DOT}
    for label in sorted(set(labels)):
        names[label] = free_name(safe_name(label), taken)
        taken.add(names[label].casefold())
    return names


def safe_name(label: str) -> str:
    """``label`` as a name of a folder on Linux, macOS and Windows."""
    name = FORBIDDEN.sub("_", unicodedata.normalize("NFC", label)).strip(" ")
    name = cut(name, MOST_BYTES).rstrip(" .")
    if name.startswith(".") or not name:
        name = f"_{name[1:]}"
    if is_hidden(name):  # no listing would show what is sorted there
        return f"_{name}"
    return f"_{name}" if name.split(".")[0].rstrip(" ").upper() in DEVICES else name


def free_name(name: str, taken: Container[str]) -> str:
    """``name``, or with the smallest number that makes it differ from ``taken``, which are casefolded."""
    names = chain([name], (numbered(name, k) for k in count(2)))
    return next(n for n in names if n.casefold() not in taken)


def numbered(name: str, number: int) -> str:
    """Such as ``a (2).jpg``, cut before the number where it would be too long."""
    path = PurePath(name)
    end = f" ({number}){path.suffix}"
    return cut(path.stem, NAME_BYTES - len(end.encode("utf-8", "surrogateescape"))) + end


def cut(name: str, most: int) -> str:
    """As many whole characters as fit into ``most`` bytes of UTF-8."""
    data = name.encode("utf-8", "surrogateescape")
    return name if len(data) <= most else data[:most].decode("utf-8", "ignore")
