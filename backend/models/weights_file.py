"""Reads weights files of third parties. Nothing in a file is ever executed: safetensors, or torch's own format through
its weights-only reader."""

import pickle
import warnings
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from backend.errors import RequestError, Sentence

NESTED = ("state_dict", "model")
"""Where training programs put the weights beside other things."""


def read_weights(path: Path) -> dict[str, Tensor]:
    """The named tensors of a ``.safetensors`` file, or of one that ``torch.save`` wrote, on the CPU.

    Raises:
        RequestError: missing, damaged, no weights, or with code inside.
    """
    if not path.is_file():
        raise RequestError("No such weights", "{0} does not exist or is no file.", "Give a weights file.", path)
    try:
        found = load_file(path) if path.suffix == ".safetensors" else _torch_file(path)
    except (OSError, SafetensorError, BadZipFile, RuntimeError, EOFError, ValueError, KeyError) as error:
        raise _damaged(path, error) from error
    return _named_tensors(found, path)


def _torch_file(path: Path) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of pickles by other programs, which are refused below
            return torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        if "Unsupported global" in str(error):
            what = Sentence("{0} holds more than weights: opening it would run code from the file.", path)
        else:
            what = Sentence("{0} is no file of weights alone: it is damaged, or could run code.", path)
        raise RequestError("Not opened", what, "Ask for a file of weights only, such as .safetensors.") from error


def _damaged(path: Path, error: Exception) -> RequestError:
    reason = (str(error).strip().splitlines() or [repr(error)])[0]
    return RequestError("Damaged weights", "{0} cannot be read: {1}.", "Copy or fetch the file again.", path, reason)


def _named_tensors(found: Any, path: Path) -> dict[str, Tensor]:
    for key in NESTED:
        if isinstance(found, dict) and isinstance(found.get(key), dict):
            found = found[key]
    if not isinstance(found, dict) or not found or not all(isinstance(v, Tensor) for v in found.values()):
        raise RequestError(
            "No weights", "{0} holds no table of weights.", "Give a file with a network's weights.", path
        )
    if not all(bool(v.isfinite().all()) for v in found.values()):
        raise RequestError("Damaged weights", "{0}: a weight is not finite.", "Copy or fetch the file again.", path)
    return {str(k).removeprefix("module."): v for k, v in found.items()}  # DataParallel's prefix
