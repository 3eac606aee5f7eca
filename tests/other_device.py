"""A second device for machines that have none: tensors on it hold data, and mix with the CPU's as little as a GPU's.

It goes by the name of torch's ``meta``, which no program computes on. Each tensor wraps one of the CPU, on which all
operations run. What a GPU takes from the CPU is taken here too: single
numbers, indices, and lengths of sequences.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_flatten, tree_map_only

OTHER = torch.device("meta")
CPU = torch.device("cpu")
_PACKING = "aten::_pack_padded_sequence"
_TAKEN = ("aten::index.", "aten::index_put", _PACKING, "aten::copy_", "aten::_to_copy")
"""Operations that a GPU lets read from the CPU, or that move."""


class Elsewhere(Tensor):
    """A tensor on ``OTHER``."""

    held: Tensor

    @staticmethod
    def __new__(cls, held: Tensor) -> "Elsewhere":
        made = Tensor._make_wrapper_subclass(
            cls, held.size(), strides=held.stride(), storage_offset=held.storage_offset(), dtype=held.dtype,
            device=OTHER, requires_grad=held.requires_grad,
        )  # fmt: skip
        made.held = held.detach()
        return made

    def __repr__(self) -> str:  # type: ignore[override]
        return f"Elsewhere({self.held})"

    @classmethod
    def __torch_dispatch__(  # type: ignore[override]
        cls, function: Any, types: Any, arguments: tuple[Any, ...] = (), named: dict[str, Any] | None = None
    ) -> Any:
        return _run(function, arguments, named or {})

    def __getitem__(self, place: Any) -> Any:
        return super().__getitem__(_as_indices(place))

    def __setitem__(self, place: Any, values: Any) -> None:
        super().__setitem__(_as_indices(place), values)

    def tolist(self) -> Any:
        return self.held.tolist()

    def numpy(self, **_: Any) -> Any:
        raise TypeError("a tensor on another device has no numpy array; bring it to the CPU first")


def _as_indices(place: Any) -> tuple[Any, ...]:
    """Lists as tensors: torch makes these on the device without asking anybody."""
    places = place if isinstance(place, tuple) else (place,)
    return tuple(torch.tensor(p) if isinstance(p, list) else p for p in places)


class _Factories(TorchDispatchMode):
    """Makes tensors on ``OTHER`` where that is asked for."""

    def __torch_dispatch__(
        self, function: Any, types: Any, arguments: tuple[Any, ...] = (), named: dict[str, Any] | None = None
    ) -> Any:
        return _run(function, arguments, named or {})


class _Given(TorchFunctionMode):
    """As ``_Factories`` for ``torch.tensor``, which is no operation of torch's."""

    def __torch_function__(
        self, function: Any, types: Any, arguments: tuple[Any, ...] = (), named: dict[str, Any] | None = None
    ) -> Any:
        named = named or {}
        if function in (torch.tensor, torch.as_tensor) and named.get("device") is not None:
            made = function(*arguments, **{**named, "device": CPU})
            return made.to(named["device"])
        return function(*arguments, **named)


@contextmanager
def other_device() -> Iterator[torch.device]:
    """The device, as long as it is there."""
    with _Factories(), _Given():  # type: ignore[no-untyped-call]
        yield OTHER


def _run(function: Callable[..., Any], arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
    flat = tree_flatten((arguments, named))[0]
    tensors = [t for t in flat if isinstance(t, Tensor)]
    elsewhere = any(isinstance(t, Elsewhere) for t in tensors)
    assert not any(t.is_meta and not isinstance(t, Elsewhere) for t in tensors), "a tensor of torch's own meta device"
    name = str(function.name())  # type: ignore[attr-defined]
    if elsewhere:
        strangers = [t for t in tensors if not isinstance(t, Elsewhere) and t.ndim > 0]
        if strangers and not name.startswith(_TAKEN):
            raise RuntimeError(f"{name}: tensors of two devices, one of shape {list(strangers[0].shape)} on the CPU")
    wanted = named.get("device")
    target = elsewhere if wanted is None else torch.device(wanted) == OTHER
    if wanted is not None and target:
        if named.get("generator") is not None:
            raise RuntimeError(f"{name}: the generator is the CPU's, so what it draws has to be made there")
        named = {**named, "device": CPU}
    held = tree_map_only(Elsewhere, lambda t: t.held, (arguments, named))
    found = function(*held[0], **held[1])
    if not target:
        return found
    if name.startswith(_PACKING):
        return Elsewhere(found[0]), found[1]  # how many sequences go on at each step stays with the CPU
    given = {id(t.held): t for t in tensors if isinstance(t, Elsewhere)}  # in place, the same tensor comes back
    return tree_map_only(Tensor, lambda t: given[id(t)] if id(t) in given else Elsewhere(t), found)
