"""Where workspace files are: in the user's data folder, one for each folder, unless saved elsewhere."""

import hashlib
import os
import re
from pathlib import Path

from backend import storage
from backend.errors import RequestError
from backend.workspace.file import ENDING, read
from backend.workspace.relocation import is_same

MOST_READ = 50
"""Workspaces that are looked into for a folder that may have moved, the newest first."""


def workspaces() -> Path:
    """The folder of workspace files. Not created here."""
    return storage.data_folder() / "workspaces"


def default_path(root: Path) -> Path:
    """The workspace file of the folder at ``root``: its name, and a hash of its path so that no two are alike."""
    name = re.sub(r"[^\w.-]+", "-", root.name).strip(".-")[:40] or "folder"
    digest = hashlib.blake2b(os.fsencode(root), digest_size=5).hexdigest()
    return workspaces() / f"{name}-{digest}{ENDING}"


def path_for(root: Path) -> Path:
    """The workspace file for ``root``: its own, that of a folder that was moved here, or one that is not there yet."""
    own = default_path(root)
    return own if own.exists() else _moved_here(root) or own


def _moved_here(root: Path) -> Path | None:
    for path in sorted(workspaces().glob(f"*{ENDING}"), key=_age)[:MOST_READ]:
        try:
            [folder, *_] = read(path).folders
        except (RequestError, ValueError):
            continue
        if folder.path == root or (is_same(folder, root) and not folder.path.exists()):
            return path
    return None


def _age(path: Path) -> float:
    try:
        return -path.stat().st_mtime
    except OSError:
        return 0.0
