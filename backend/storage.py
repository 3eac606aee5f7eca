"""Folders on this machine: bundled assets, user data, cache and logs. ``FEWSHOT_HOME`` moves all but the assets."""

import os
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

import platformdirs

APP = "fewshot"


def assets() -> Path:
    """The folder of bundled weights and icons, in a wheel (inside the package) or in a checkout (beside it)."""
    inside = Path(__file__).parent / "_assets"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "assets"


def docs() -> Path:
    """The folder of the documents that the window shows: in a wheel among the assets, in a checkout beside them."""
    inside = assets() / "docs"
    return inside if inside.is_dir() else assets().parent / "docs"


def bundled_models() -> Path:
    """Bundled models: ``NAME.safetensors`` with ``NAME.json``, its card."""
    return assets() / "models"


def _home(kind: str, platform_folder: str) -> Path:
    home = os.environ.get("FEWSHOT_HOME")
    return Path(home) / kind if home else Path(platform_folder)


def data_folder() -> Path:
    """What the user made: workspaces, trained models, pasted images. Not created here."""
    return _home("data", platformdirs.user_data_dir(APP, appauthor=False))


def received_images() -> Path:
    """Images that were pasted, or dropped as data: examples that have no file of their own elsewhere."""
    return data_folder() / "received"


def user_models() -> Path:
    """Models from ``fewshot train``."""
    return data_folder() / "models"


def public_models() -> Path:
    """Models from ``fewshot models get``."""
    return data_folder() / "public-models"


def checkpoints() -> Path:
    """Unfinished trainings, one folder each."""
    return data_folder() / "checkpoints"


def cache_folder() -> Path:
    """What can be computed again: the embedding cache."""
    return _home("cache", platformdirs.user_cache_dir(APP, appauthor=False))


def log_folder() -> Path:
    """Log files."""
    return _home("log", platformdirs.user_log_dir(APP, appauthor=False))


def write_atomically(path: Path, data: bytes, before: Callable[[], None] | None = None) -> None:
    """Writes ``data`` beside ``path``, fsyncs it and renames it: at any moment the old file or the new one is there,
    whole. ``before`` is called once the data is on the disk, before the old file gives way.

    Raises:
        OSError: the file cannot be written; the old one stands.
    """
    # The name itself may be as long as names can be.
    digest = blake2b(os.fsencode(path.name), digest_size=6).hexdigest()
    temporary = path.with_name(f".fewshot-{digest}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if before is not None:
            before()
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Names that were made in ``folder`` outlive a power cut, where the system can promise that."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
