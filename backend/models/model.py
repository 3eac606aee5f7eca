"""A loaded model: gives each method with the trunk it was trained on."""

import hashlib
from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn

from backend.backbones import build_trunk
from backend.errors import RequestError
from backend.images.preparation import InputSpec
from backend.methods import METHODS, Method
from backend.methods.base import HEAD
from backend.methods.centred import CentredMethod
from backend.models.card import Card, MethodCard


@dataclass(frozen=True, slots=True)
class Ready:
    """A method ready for use: eval mode, on the CPU until ``on`` moves it; the trunk is moved by its ``Embedder``.

    ``space`` names the trunk's exact weights, for the cache.
    """

    name: str
    method: Method
    trunk: nn.Module
    space: str
    input: InputSpec
    card: MethodCard

    def on(self, device: torch.device) -> "Ready":
        """The same, its method moved to ``device``, where features must be then."""
        return replace(self, method=self.method.to(device))


BASE_MEAN = "method/simpleshot/base_mean"
"""The tensor [d] that a model's file may carry: the mean of its default trunk's features over the base classes."""


def method_card(card: Card, name: str) -> MethodCard | None:
    """The card of method ``name``: the model's own entry, else, where the method needs no weights and the model has a
    trunk that gives vectors, one on that trunk with no temperatures. None where the model cannot run it."""
    if name not in METHODS or name in card.methods:
        return card.methods.get(name) if name in METHODS else None
    trunk = None if METHODS[name].trainable else vector_trunk(card)
    return None if trunk is None else MethodCard(trunk)


def vector_trunk(card: Card) -> str | None:
    """The trunk that methods without weights read: the default method's, else the first method's that gives vectors."""
    trunks = [card.methods[card.default_method].trunk, *(m.trunk for m in card.methods.values())]
    return next((t for t in trunks if len(card.trunks[t].shape) == 1), None)


def runnable(card: Card) -> list[str]:
    """The methods that a model with ``card`` can run, in the order of ``METHODS``."""
    return [name for name in METHODS if method_card(card, name) is not None]


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
        self._spaces = {trunk_id: self._space(trunk_id) for trunk_id in card.trunks}
        for trunk_id in card.trunks:
            self._trunk(trunk_id)
        for name, method in card.methods.items():
            for setting in (None, *method.settings):
                self._method(name, setting, self._trunk_of(method, setting))

    @property
    def methods(self) -> list[str]:
        """Methods that this model can run: those it has weights for, and those that need none."""
        return runnable(self.card)

    def settings(self, name: str) -> list[str]:
        """Settings, such as ``20w5s``, for which ``name`` has weights of its own."""
        card = method_card(self.card, name)
        return list(card.settings) if card else []

    def ready(self, name: str, setting: str | None = None) -> Ready:
        """Method ``name`` with its weights, those of ``setting`` where it has them.

        Raises:
            RequestError: the model has no such method.
        """
        card = method_card(self.card, name)
        if card is None:
            have = ", ".join(self.methods)
            raise RequestError(
                "No such method",
                "Model {0} has no method {1}; it has: {2}.",
                "Choose one of these.",
                self.card.name,
                repr(name),
                have,
            )
        own = setting if setting in card.settings else None
        trunk_id = self._trunk_of(card, own)
        method = self._method(name, own, trunk_id)
        if own in card.setting_temperatures:
            card = replace(card, temperatures={**card.temperatures, own: card.setting_temperatures[own]})
        return Ready(name, method, self._trunk(trunk_id), self._spaces[trunk_id], self.card.input, card)

    @staticmethod
    def _trunk_of(card: MethodCard, setting: str | None) -> str:
        return card.settings[setting] if setting else card.trunk

    def _trunk(self, trunk_id: str) -> nn.Module:
        trunk = build_trunk(self.card.trunks[trunk_id].architecture, self.card.input.channels)
        trunk.load_state_dict(part(self._tensors, f"trunk/{trunk_id}/"))
        return trunk.eval().requires_grad_(False)

    def _method(self, name: str, setting: str | None, trunk_id: str) -> Method:
        kinds, shape = METHODS[name], self.card.trunks[trunk_id].shape
        key = f"{name}@{setting}" if setting else name
        state = part(self._tensors, f"method/{key}/")
        kind = kinds.default_input if len(shape) != 1 else "vector"
        method = kinds.as_head(*shape) if HEAD in state else kinds.for_inputs(kind, shape)
        if kinds.trainable or state:
            method.load_state_dict(state)
        elif self._base_mean_of(name) is not None:
            method.load_state_dict({"base_mean": self._base_mean_of(name)})
        if isinstance(method, CentredMethod):
            method.is_centred = bool(self._tensors.get(f"trunk/{trunk_id}/centre", torch.zeros(1)).any())
        return method.eval().requires_grad_(False)

    def _base_mean_of(self, name: str) -> Tensor | None:
        """The trunk's mean over its base classes, which a file carries once, for SimpleShot."""
        own, owner = method_card(self.card, name), method_card(self.card, "simpleshot")
        alike = own is not None and owner is not None and own.trunk == owner.trunk
        return self._tensors.get(BASE_MEAN) if alike else None

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
