"""What the window remembers between starts, in ``window.ini`` of the data folder."""

from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QByteArray, QSettings

from backend import storage

T = TypeVar("T")
RECENT = 8
ERRORS = 50
"""Of 1,000 sure labels so many may be wrong, until the person says otherwise."""


def _settings() -> QSettings:
    return QSettings(str(storage.data_folder() / "window.ini"), QSettings.Format.IniFormat)


class Setting(Generic[T]):
    """The value under ``key``; ``default`` where there is none, and ``read`` of what is stored there otherwise."""

    def __init__(self, key: str, default: T, read: Callable[[object], T]) -> None:
        self._key, self._default, self._read = key, default, read

    def get(self) -> T:
        """The value kept last."""
        stored = _settings().value(self._key)
        return self._default if stored is None else self._read(stored)

    def set(self, value: T) -> None:
        """Keep it."""
        text = str(value).lower() if isinstance(value, bool) else str(value)
        _settings().setValue(self._key, value if isinstance(value, QByteArray) else text)


def _bytes(stored: object) -> QByteArray:
    return stored if isinstance(stored, QByteArray) else QByteArray()


def _flag(stored: object) -> bool:
    return str(stored) == "true"


def _number(stored: object) -> int:
    return int(str(stored)) if str(stored).isdecimal() else 0


def _path(stored: object) -> Path | None:
    return Path(str(stored)) if stored else None


GEOMETRY = Setting("geometry", QByteArray(), _bytes)
"""Where the window stood; empty at the first start."""
WORKSPACE = Setting("workspace", None, _path)
"""The workspace file that was open last; it may be gone."""
BELOW = Setting("below", "", str)
"""Which panel stood open below the gallery; "" for none."""
DIVISION = Setting("division", QByteArray(), _bytes)
"""How the height was divided between gallery and panel."""
SIDES = Setting("sides", QByteArray(), _bytes)
"""How the width was divided between bins, gallery and inspector; empty until the person has moved an edge."""
DRAWER = Setting("drawer", QByteArray(), _bytes)
"""How the height was divided between the images and the drawer below them; empty until the person has."""
TILE_SIZE = Setting("tile_size", 0, _number)
"""Side of the gallery's pictures in logical pixels; 0 until the person has chosen."""
SHELF_OPEN = Setting("shelf_open", False, _flag)
"""Whether the groups of alike images are in sight."""
GOES_ON = Setting("goes_on", True, _flag)
"""Whether an answer takes the person to the next image without one."""
TOUR = Setting("tour", "", str)
"""'seen' once the tour has been shown."""
APPEARANCE = Setting("appearance", "", str)
"""``light`` or ``dark``; "" for the system's."""
LANGUAGE = Setting("language", "", str)
"""The window's language from the next start on; "" for the system's."""


def recent_folders() -> list[Path]:
    """The folders opened last, the newest first. Whether they still exist is found out when one is opened."""
    stored = _settings().value("recent", [])
    names = [stored] if isinstance(stored, str) else list(stored) if isinstance(stored, list) else []
    return [Path(name) for name in names]


def remember_folder(folder: Path) -> None:
    """Put a folder at the top of the list."""
    others = [f for f in recent_folders() if f != folder]
    _settings().setValue("recent", [str(f) for f in (folder, *others)][:RECENT])


def shortcuts() -> dict[str, str]:
    """The person's own keys: command → key sequences in Qt's portable form, one a line; "" for none."""
    stored = _settings()
    stored.beginGroup("shortcuts")
    return {name: str(stored.value(name, "")) for name in stored.childKeys()}


def keep_shortcuts(keys: dict[str, str]) -> None:
    """Keep these in place of all before."""
    stored = _settings()
    stored.remove("shortcuts")
    stored.beginGroup("shortcuts")
    for name, text in keys.items():
        stored.setValue(name, text)
