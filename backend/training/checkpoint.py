"""Checkpoints: everything a training needs to go on bit for bit, in one safetensors file that is replaced
atomically."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor, nn

from backend.errors import RequestError
from backend.storage import write_atomically


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A training's state after ``step`` steps. ``facts`` says which training it is (data, recipe, seed, total
    steps)."""

    step: int
    tensors: dict[str, Tensor]
    facts: dict[str, Any]


def save_checkpoint(
    path: Path, step: int, trainee: nn.Module, optimizer: torch.optim.Optimizer, facts: dict[str, Any]
) -> None:
    """Writes the state of ``trainee`` and of ``optimizer`` (its per-parameter tensors) to ``path``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    tensors = {f"trainee/{k}": v.contiguous() for k, v in trainee.state_dict().items()}
    for index, state in optimizer.state_dict()["state"].items():
        tensors |= {f"optimizer/{index}/{k}": v.contiguous() for k, v in state.items()}
    metadata = {"step": str(step), "facts": json.dumps(facts)}
    write_atomically(path, save({k: v.clone() for k, v in tensors.items()}, metadata=metadata))


def load_checkpoint(path: Path) -> Checkpoint:
    """Reads a checkpoint.

    Raises:
        RequestError: missing or damaged.
    """
    try:
        with safe_open(path, framework="pt") as file:
            metadata = file.metadata()
            tensors = {k: file.get_tensor(k) for k in file.keys()}  # noqa: SIM118  (a handle is no mapping)
        return Checkpoint(int(metadata["step"]), tensors, json.loads(metadata["facts"]))
    except (OSError, SafetensorError, KeyError, TypeError, ValueError) as error:
        raise RequestError(
            "Nothing to resume", f"{path} is missing or damaged ({error!r}).", "Start the training without --resume."
        ) from error


def restore(checkpoint: Checkpoint, trainee: nn.Module, optimizer: torch.optim.Optimizer) -> None:
    """Puts the checkpoint's state into ``trainee`` and ``optimizer``."""
    trainee.load_state_dict(
        {k.removeprefix("trainee/"): v for k, v in checkpoint.tensors.items() if k.startswith("trainee/")}
    )
    state: dict[int, dict[str, Tensor]] = {}
    for key, tensor in checkpoint.tensors.items():
        if key.startswith("optimizer/"):
            _, index, name = key.split("/")
            state.setdefault(int(index), {})[name] = tensor
    optimizer.load_state_dict({"state": state, "param_groups": optimizer.state_dict()["param_groups"]})
    for parameter, own in optimizer.state.items():
        for name, tensor in own.items():  # in the parameter's own memory order, or every step converts it
            if isinstance(tensor, Tensor) and tensor.shape == parameter.shape:
                own[name] = torch.empty_like(parameter).copy_(tensor)


def check_same(checkpoint: Checkpoint, facts: dict[str, Any], defaults: dict[str, Any]) -> None:
    """Refuses to go on with another training than the one that was begun. ``defaults`` are the facts of a checkpoint
    that is older than their options.

    Raises:
        RequestError: the checkpoint's facts differ from ``facts``.
    """
    # Through JSON, as the checkpoint's facts went: tuples become lists.
    wanted, begun_with = (_flat(json.loads(json.dumps(each))) for each in (facts, defaults))
    there = {**begun_with, **_flat(checkpoint.facts)}
    differing = [k for k, v in wanted.items() if there.get(k) != v]
    if differing:
        name, begun, asked = differing[0], there.get(differing[0]), wanted[differing[0]]
        raise RequestError(
            "Another training",
            f"The checkpoint was begun with {name} {begun}, not {asked}.",
            "Give the options it was begun with, or train anew without --resume.",
        )


def _flat(facts: dict[str, Any]) -> dict[str, Any]:
    """``facts`` with those of the recipe beside the others, so that a difference has a name."""
    flat: dict[str, Any] = {}
    for key, value in facts.items():
        flat |= value if isinstance(value, dict) else {key: value}
    return flat
