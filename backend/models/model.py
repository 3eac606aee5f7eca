"""A loaded model: hands out each method with the trunk it was trained on."""

import hashlib
from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn

from backend.backbones import build_trunk
from backend.errors import RequestError
from backend.images.preparation import InputSpec
from backend.methods import METHODS, Method
from backend.models.card import Card, MethodCard


@dataclass(frozen=True, slots=True)
class Ready:
    """A method ready for use: eval mode, on the CPU. ``space`` names the trunk's exact weights, for the cache."""

    name: str
    method: Method
    trunk: nn.Module
    space: str
    input: InputSpec
    card: MethodCard


class Model:
    """Trunks and methods' weights of one model file.

    Args:
        card: the model's card.
        tensors: ``trunk/<id>/…``, ``method/<name>/…`` and ``method/<name>@<setting>/…``, float32.

    Raises:
        KeyError, RuntimeError: weights are missing or have the wrong shape.
    """

    def __init__(self, card: Card, tensors: dict[str, Tensor]) -> None:
        self.card = card
        self._tensors = tensors
        for name in card.methods:
            self.ready(name)

    @property
    def methods(self) -> list[str]:
        """Methods that this model can run: those it has weights for, and those that need none."""
        return [name for name in METHODS if name in self.card.methods]

    def settings(self, name: str) -> list[str]:
        """Settings, such as ``20w5s``, for which ``name`` has weights of its own."""
        return list(self.card.methods[name].settings)

    def ready(self, name: str, setting: str | None = None) -> Ready:
        """Method ``name`` with its weights, those of ``setting`` where it has them.

        Raises:
            RequestError: the model has no such method.
        """
        if name not in METHODS or name not in self.card.methods:
            have = ", ".join(self.methods)
            raise RequestError(
                "No such method",
                f"Model {self.card.name} has no method {name!r}; it has: {have}.",
                "Choose one of these.",
            )
        card = self.card.methods[name]
        own = setting if setting in card.settings else None
        trunk_id = card.settings[own] if own else card.trunk
        trunk = self._trunk(trunk_id)
        method = self._method(name, own, self.card.trunks[trunk_id].shape)
        if own in card.setting_temperatures:
            card = replace(card, temperatures={**card.temperatures, own: card.setting_temperatures[own]})
        return Ready(name, method, trunk, self._space(trunk_id), self.card.input, card)

    def _trunk(self, trunk_id: str) -> nn.Module:
        trunk = build_trunk(self.card.trunks[trunk_id].architecture, self.card.input.channels)
        trunk.load_state_dict(part(self._tensors, f"trunk/{trunk_id}/"))
        return trunk.eval().requires_grad_(False)

    def _method(self, name: str, setting: str | None, shape: tuple[int, ...]) -> Method:
        kinds = METHODS[name]
        kind = kinds.default_input if len(shape) != 1 else "vector"
        method = kinds.for_inputs(kind, shape)
        key = f"{name}@{setting}" if setting else name
        method.load_state_dict(part(self._tensors, f"method/{key}/"))
        return method.eval().requires_grad_(False)

    def _space(self, trunk_id: str) -> str:
        digest = hashlib.blake2b(digest_size=16)
        digest.update(self.card.trunks[trunk_id].architecture.encode())
        for key, tensor in sorted(part(self._tensors, f"trunk/{trunk_id}/").items()):
            digest.update(key.encode())
            digest.update(
                tensor.contiguous().view(torch.uint8).numpy().tobytes() if tensor.ndim else tensor.numpy().tobytes()
            )
        return digest.hexdigest()


def part(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    """The tensors below ``prefix``, without it."""
    return {k.removeprefix(prefix): t for k, t in tensors.items() if k.startswith(prefix)}


def with_prefix(prefix: str, state: dict[str, Tensor]) -> dict[str, Tensor]:
    """The inverse of ``part``."""
    return {f"{prefix}{k}": t for k, t in state.items()}
