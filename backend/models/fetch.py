"""``fewshot models get``: from a name to an installed model."""

from pathlib import Path

from safetensors import SafetensorError

from backend import storage
from backend.backbones.public import TIMM
from backend.errors import RequestError
from backend.models.download import download
from backend.models.public import assembled, installed_path, source_of
from backend.models.store import card_at, read_tensors, save_model
from backend.types import Job, Progress


def fetch(name: str) -> Job[Path]:
    """Downloads the weights of ``name`` and installs its model; returns where. Nothing is done where it is there,
    and whole.

    Raises:
        RequestError: no such model, no connection, another file than expected, no room.
    """
    source, target = source_of(name), installed_path(name)
    if _is_whole(target):
        yield Progress("download", 1, 1)
        return target
    file = storage.public_models() / Path(source.url).name
    if name.startswith(TIMM):
        file = file.with_name(f"{target.stem}.download.safetensors")
    yield from download(source.url, file, source.digest)
    try:
        card, tensors = assembled(name, file, source.input)
        yield Progress("install", 0, 1)
        save_model(card, tensors, target.parent, target.stem)
    finally:
        file.unlink(missing_ok=True)
    return target


def _is_whole(target: Path) -> bool:
    """Whether a model lies there that can be read."""
    try:
        card_at(target)
        read_tensors(target)
    except (RequestError, OSError, SafetensorError, ValueError):
        return False
    return True
