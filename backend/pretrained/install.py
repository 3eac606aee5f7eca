"""``fewshot models get``: from a name to an installed model, at once or in three steps (find, download, install)."""

from pathlib import Path

from safetensors import SafetensorError

from backend import storage
from backend.backbones.public import TIMM
from backend.errors import RequestError
from backend.models.public import Source, assembled, installed_path, source_of
from backend.models.store import card_at, model_here, read_tensors, save_model
from backend.pretrained.download import download
from backend.types import Job, Progress


def fetch_model(name: str) -> Job[Path]:
    """Downloads the weights of a model such as ``torchvision:resnet50`` and installs it; yields bytes, returns where.
    Stopped, it goes on the next time. Nothing is done where the model is there, and whole; one that comes with the
    program or was trained here is never fetched.

    Raises:
        RequestError: no such model, no connection, another file than expected, no room; the package that holds a
            model's weights is not installed.
    """
    here = model_here(name)
    if here is not None:
        return here
    source = source_of(name)
    yield from download_weights(name, source)
    return (yield from install_weights(name, source))


def find_source(name: str) -> Job[Source]:
    """Where the weights of ``name`` lie: the first third of ``fetch_model``, for callers that download on a thread of
    their own. Makes no connection.

    Raises:
        RequestError: no such model, or its extra is not installed.
    """
    yield Progress("load", 0, 1)
    return source_of(name)


def download_weights(name: str, source: Source) -> Job[None]:
    """Receives and checks the weights' file of ``name``, unless its model is installed; yields bytes. Computes nothing,
    and a step may wait for the network. Errors as ``fetch_model``."""
    if is_whole(installed_path(name)):
        yield Progress("download", 1, 1)
        return
    yield from download(source.url, download_path(name, source.url), source.digest)


def install_weights(name: str, source: Source) -> Job[Path]:
    """Makes the model ``name`` of the file that was downloaded, which is deleted; returns where the model lies.

    Raises:
        RequestError: the file is damaged, or not of this network.
    """
    target, file = installed_path(name), download_path(name, source.url)
    if not file.exists() and is_whole(target):
        return target
    try:
        yield Progress("install", 0, 2)
        card, tensors = assembled(name, file, source.input)
        yield Progress("install", 1, 2)
        save_model(card, tensors, target.parent, target.stem)
    finally:
        file.unlink(missing_ok=True)
    return target


def download_path(name: str, url: str) -> Path:
    """Where the file from ``url`` lies until the model ``name`` is made of it. All of timm's have the same name."""
    if name.startswith(TIMM):
        return storage.public_models() / f"{installed_path(name).stem}.download.safetensors"
    return storage.public_models() / Path(url).name


def is_whole(target: Path) -> bool:
    """Whether a model lies there that can be read."""
    try:
        card_at(target)
        read_tensors(target)
    except (RequestError, OSError, SafetensorError, ValueError):
        return False
    return True
