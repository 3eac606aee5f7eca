"""What the window remembers between starts: recent folders and its own place. Lies in the user's data folder."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from backend import storage

RECENT = 8
ERRORS = 50
"""Of 1,000 sure labels so many may be wrong, until the person says otherwise."""


def _settings() -> QSettings:
    return QSettings(str(storage.data_folder() / "window.ini"), QSettings.Format.IniFormat)


def recent_folders() -> list[Path]:
    """The folders opened last, the newest first. Whether they still exist is found out when one is opened."""
    stored = _settings().value("recent", [])
    names = [stored] if isinstance(stored, str) else list(stored) if isinstance(stored, list) else []
    return [Path(name) for name in names]


def remember_folder(folder: Path) -> None:
    """Put a folder at the top of the list."""
    others = [f for f in recent_folders() if f != folder]
    _settings().setValue("recent", [str(f) for f in (folder, *others)][:RECENT])


def geometry() -> QByteArray:
    """Where the window stood; empty at the first start."""
    stored = _settings().value("geometry", QByteArray())
    return stored if isinstance(stored, QByteArray) else QByteArray()


def remember_geometry(place: QByteArray) -> None:
    """Keep where the window stands."""
    _settings().setValue("geometry", place)


def last_workspace() -> Path | None:
    """The workspace file that was open last; whether it still exists is for the caller to find out."""
    stored = _settings().value("workspace", "")
    return Path(stored) if isinstance(stored, str) and stored else None


def remember_workspace(path: Path) -> None:
    """The next start opens this workspace."""
    _settings().setValue("workspace", str(path))


def layout() -> QByteArray:
    """Docks and their sizes, of ``QMainWindow.saveState``; empty at the first start."""
    stored = _settings().value("docks", QByteArray())
    return stored if isinstance(stored, QByteArray) else QByteArray()


def remember_layout(state: QByteArray) -> None:
    """Keep it."""
    _settings().setValue("docks", state)


def tile_size(usual: int) -> int:
    """Side of the gallery's pictures in logical pixels; ``usual`` until the person has chosen."""
    stored = str(_settings().value("tile_size", usual))
    return int(stored) if stored.isdecimal() else usual


def remember_tile_size(side: int) -> None:
    """Keep it."""
    _settings().setValue("tile_size", side)


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


def shelf_open() -> bool:
    """Whether the groups of alike images are in sight."""
    return str(_settings().value("shelf_open", "false")) == "true"


def remember_shelf_open(is_open: bool) -> None:
    """Keep whether they are."""
    _settings().setValue("shelf_open", "true" if is_open else "false")


def goes_on() -> bool:
    """Whether an answer takes the person to the next image without one."""
    return str(_settings().value("goes_on", "true")) == "true"


def remember_goes_on(goes_on: bool) -> None:
    """Keep whether it does."""
    _settings().setValue("goes_on", "true" if goes_on else "false")


def tour_seen() -> bool:
    """Whether the tour has been shown."""
    return str(_settings().value("tour", "")) == "seen"


def remember_tour() -> None:
    """It has; it is not shown again of itself."""
    _settings().setValue("tour", "seen")


def appearance() -> str:
    """``light`` or ``dark``, chosen in the menu; "" for the system's."""
    return str(_settings().value("appearance", ""))


def choose_appearance(name: str) -> None:
    """Look so from now on; "" is as the system does."""
    _settings().setValue("appearance", name)


def language() -> str:
    """The window's language, chosen in the menu; "" for the system's."""
    return str(_settings().value("language", ""))


def choose_language(name: str) -> None:
    """The next start speaks this language; "" is the system's."""
    _settings().setValue("language", name)
