"""Reading and writing models. Weights are safetensors: nothing in a file is ever executed."""

import json
import logging
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor

from backend import storage
from backend.backbones.public import is_public
from backend.errors import RequestError, Sentence
from backend.models import packaged, public
from backend.models.card import Card
from backend.models.model import Model, with_prefix

REINSTALL = "Install the program again, or train the model again with fewshot train."
FETCH_AGAIN = "Fetch it again with fewshot models get."

_log = logging.getLogger(__name__)


def model_names() -> list[str]:
    """Names of all models on this machine, bundled ones first, fetched ones last."""
    return [*(n for n in _own_names() if _has_packages(n)), *public.installed_names()]


def _own_names() -> dict[str, None]:
    """Names of the models that come with the program or were trained here, as keys, whatever they still need."""
    folders = [storage.bundled_models(), storage.user_models()]
    return dict.fromkeys(
        name
        for folder in folders
        if folder.is_dir()
        for name in sorted(p.stem for p in folder.glob("*.safetensors") if p.is_file())
    )


def _has_packages(name: str) -> bool:
    """Whether the packages are installed that the model's trunks come in. A damaged model is listed: choosing it says
    what is wrong."""
    try:
        return all(packaged.is_there(trunk.architecture) for trunk in read_card(name).trunks.values())
    except RequestError:
        return True


DEFAULTS = ("photos", "photos-small", "characters")
"""The first of these that can be loaded is the default."""


def default_model() -> str:
    """``photos``; where the package with its trunk is missing or damaged, the next of ``DEFAULTS``, and the log says
    why."""
    *first, last = DEFAULTS
    for name in first:
        try:
            for trunk in read_card(name).trunks.values():
                packaged.check(trunk.architecture)
        except RequestError as error:
            _log.warning("Model %s cannot be used; another takes its place. %s %s", name, error.sentence, error.remedy)
        else:
            return name
    return last


def model_path(name: str) -> Path:
    """Where the weights of ``name`` lie. A user's model hides a bundled one of the same name.

    Raises:
        RequestError: no such model.
    """
    if is_public(name):
        return _fetched_path(name)
    for folder in (storage.user_models(), storage.bundled_models()):
        path = folder / f"{name}.safetensors"
        if _is_plain(name) and path.is_file():
            return path
    names = ", ".join(model_names()) or "none"
    raise RequestError(
        "No such model",
        "There is no model {0}; there are: {1}.",
        "Choose one of these, or train it with fewshot train.",
        repr(name),
        names,
    )


def _fetched_path(name: str) -> Path:
    path = public.installed_path(name)
    if _is_plain(name.partition(":")[2]) and path.is_file():
        return path
    public.source_of(name)  # whether there is such a model at all
    what = Sentence("The model {0} is not on this machine.", name)
    raise RequestError("Not fetched yet", what, Sentence("Fetch it with: fewshot models get {0}", name))


def _is_plain(name: str) -> bool:
    return bool(name) and Path(name).name == name and not name.startswith(".")


def model_here(name: str) -> Path | None:
    """The weights file of ``name``, where that model comes with the program or was trained here; None for others.

    Raises:
        RequestError: the package that holds its trunk's weights is not installed, or it is damaged.
    """
    if name not in _own_names():
        return None
    for trunk in read_card(name).trunks.values():
        packaged.check(trunk.architecture)
    return model_path(name)


def read_card(name: str) -> Card:
    """The card of model ``name``.

    Raises:
        RequestError: no such model, or its card is missing or damaged.
    """
    if is_public(name) and "@" in name:
        return public.local_card(name)
    return card_at(model_path(name))


def card_at(weights: Path) -> Card:
    """The card beside the weights file ``weights``; errors as ``read_card``."""
    path = weights.with_suffix(".json")
    try:
        return Card.from_json(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, RecursionError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        what = Sentence("The card of model {0} ({1}) cannot be read: {2}.", weights.stem, path, reason)
        raise RequestError("Damaged model", what, _remedy(weights.parent)) from error


def _remedy(folder: Path) -> str:
    """What helps against a damaged model of ``folder``."""
    return FETCH_AGAIN if folder == storage.public_models() else REINSTALL


def load_model(name: str) -> Model:
    """Model ``name`` with all its weights, float32, on the CPU.

    Raises:
        RequestError: no such model, or its files are damaged.
    """
    if is_public(name) and "@" in name:
        return public.local_model(name)
    card, path = read_card(name), model_path(name)
    try:
        return Model(card, read_tensors(path) | _packaged_tensors(card))
    except (OSError, SafetensorError, KeyError, ValueError, RuntimeError) as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else repr(error)
        what = Sentence("The weights of model {0} ({1}) cannot be read: {2}.", name, path, reason)
        raise RequestError("Damaged model", what, _remedy(path.parent)) from error


def _packaged_tensors(card: Card) -> dict[str, Tensor]:
    """The networks that come with the installation, of the trunks that have one."""
    tensors: dict[str, Tensor] = {}
    for trunk_id, trunk in card.trunks.items():
        if packaged.is_packaged(trunk.architecture):
            tensors |= with_prefix(f"trunk/{trunk_id}/network.", packaged.network_tensors(trunk.architecture))
    return tensors


def read_tensors(path: Path) -> dict[str, Tensor]:
    """All tensors of a safetensors file; floating ones come as float32.

    Raises:
        OSError, SafetensorError: missing or damaged.
    """
    tensors: dict[str, Tensor] = {}
    with safe_open(path, framework="pt") as file:
        for key in file.keys():  # noqa: SIM118  (a safetensors handle is no mapping)
            tensor = file.get_tensor(key)
            tensors[key] = tensor.float() if tensor.is_floating_point() else tensor
    if not all(bool(t.isfinite().all()) for t in tensors.values()):
        raise ValueError("a weight is not finite")
    return tensors


def save_model(card: Card, tensors: dict[str, Tensor], folder: Path, stem: str | None = None) -> Path:
    """Writes the model's two files into ``folder``, each atomically, the card first; weights are float16 where that
    holds them. They are named ``stem``, by default as the model. Returns the weights' path."""
    folder.mkdir(parents=True, exist_ok=True)
    half = {k: _compact(t).contiguous().cpu() for k, t in tensors.items()}
    path = folder / f"{stem or card.name}.safetensors"
    storage.write_atomically(path.with_suffix(".json"), _dump(card.to_json()))
    storage.write_atomically(path, save(half, metadata={"format": "pt"}))
    return path


def _dump(values: dict[str, Any]) -> bytes:
    return (json.dumps(values, indent=1, ensure_ascii=False) + "\n").encode()


def half_precision(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """What a round trip through the file makes of ``tensors``: float32 values that float16 can hold."""
    return {k: _compact(t).to(torch.float32) if t.is_floating_point() else t for k, t in tensors.items()}


def _compact(tensor: Tensor) -> Tensor:
    """``tensor`` as float16; as it is where a value lies beyond float16's range (variances of batch normalisation)."""
    if not tensor.is_floating_point():
        return tensor
    half = tensor.half()
    return half if bool(half.isfinite().all()) else tensor
