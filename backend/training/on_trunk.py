"""``fewshot train --trunk`` on a trunk for photographs: a method is meta-trained on features that were made once."""

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor, nn

from backend import storage
from backend.embedding.device import Device
from backend.embedding.embedder import Embedder
from backend.embedding.memory import keep_freed_memory
from backend.errors import RequestError
from backend.methods import METHODS, EpisodeBatch, Method
from backend.models.card import Card, portable_command
from backend.models.model import Ready, part, with_prefix
from backend.models.packaged import is_packaged
from backend.models.store import load_model, model_path, read_card, read_tensors, save_model
from backend.training.domain_features import read_domains
from backend.training.loop import train
from backend.training.method_training import Trainee, as_in_file, course_of, method_card, run_of
from backend.training.mixed_batches import MixedBatches
from backend.training.order import Order, begin_with, check_learns
from backend.training.photo_data import data_key, embed_photos, read_photo_data
from backend.training.photo_features import FeatureBatches, feature_views
from backend.training.precision import autocast_pays
from backend.training.validation import SETTINGS, Measured, accuracies, measured, measured_on_domains
from backend.types import Job, Progress

EPISODES = 200
DOMAIN_EPISODES = 40
"""Of each domain and setting."""


def is_on_photos(order: Order) -> bool:
    """Whether ``order`` trains on a trunk for photographs.

    Raises:
        RequestError: no such trunk.
    """
    return order.trunk is not None and read_card(order.trunk).input.kind == "photo"


def train_on_photos(order: Order, sources: tuple[Path, ...], device: Device) -> Job[Path]:
    """Trains, calibrates on validation classes and saves; returns the path of the model's weights.

    The trunk stays as it is, and the model's methods share it.

    Raises:
        RequestError: bad data, method, model or checkpoint; a method without weights.
    """
    keep_freed_memory()
    base = _Base.of(order)
    torch.manual_seed(order.seed)
    method = METHODS[order.method].as_head(*base.card.trunks[base.trunk_id].shape)
    _begin(method, order)
    if is_packaged(base.card.trunks[base.trunk_id].architecture):
        return (yield from _train_on_domains(order, base, method, sources, device))
    side = base.ready.card.training.get("general", {}).get("recipe", {}).get("side", base.card.input.size)
    order = replace(order, command=portable_command(order.command, sources))
    data = yield from read_photo_data(sources, side)
    embedder = Embedder(base.ready.trunk, base.ready.space, base.card.input, device)
    quick = Embedder(base.ready.trunk, base.ready.space, base.card.input, _quick(device))
    features = yield from feature_views(data.training, quick, data_key(sources, side))
    held_back = embed_photos(embedder, data.validation.images)
    draw = FeatureBatches(data.training, features, order.recipe, order.seed).batch

    def measure(method: Method, episodes: int) -> Iterator[Measured]:
        return measured(method, held_back, data.validation, SETTINGS, episodes)

    classes = len(data.training.classes)
    return (yield from _train_head(order, base, method, draw, classes, measure, EPISODES, device))


def _train_on_domains(
    order: Order, base: "_Base", method: Method, sources: tuple[Path, ...], device: Device
) -> Job[Path]:
    """As ``train_on_photos``, on episodes of one domain after the other; each of ``sources`` is one."""
    order = replace(order, command=portable_command(order.command, sources))
    domains = yield from read_domains(sources, base.ready, device)
    draw = MixedBatches([d.training for d in domains], order.recipe, order.seed).batch

    def measure(method: Method, episodes: int) -> Iterator[Measured]:
        return measured_on_domains(method, domains, SETTINGS, episodes)

    classes = sum(len(d.training.classes) for d in domains)
    return (yield from _train_head(order, base, method, draw, classes, measure, DOMAIN_EPISODES, device))


def _train_head(
    order: Order,
    base: "_Base",
    method: Method,
    draw: Callable[[int], EpisodeBatch],
    classes: int,
    measure: Callable[[Method, int], Iterator[Measured]],
    episodes: int,
    device: Device,
) -> Job[Path]:
    """Trains ``method`` on the batches of ``draw``, measures it on ``episodes`` (on a quarter of them on the way) and
    saves."""
    trainee = Trainee(nn.Identity(), method).to(device.torch_device)

    def look() -> dict[str, float]:
        return accuracies(measure(as_in_file(copy.deepcopy(method).cpu()), episodes // 4))

    course = course_of(trainee, draw, order.recipe, False, look)
    yield from train(course, run_of(order, classes, trunk=base.ready.space), order.resume)
    as_in_file(method.cpu())
    yield Progress("validate", 0, 1)
    return base.save(order, method, list(measure(method, episodes)))


def _quick(device: Device) -> Device:
    """For training features, of which there are many; validation is embedded as the product does it."""
    return Device(device.torch_device, torch.bfloat16) if autocast_pays(device.torch_device) else device


def _begin(method: Method, order: Order) -> None:
    check_learns(method, order)
    if order.start is not None:
        begin_with(method, load_model(order.start).ready(order.method).method.state_dict(), order)


@dataclass(frozen=True, slots=True)
class _Base:
    """The model that is added to: its card and tensors, and the trunk at work."""

    card: Card
    tensors: dict[str, Tensor]
    ready: Ready

    @property
    def trunk_id(self) -> str:
        return self.ready.card.trunk

    @classmethod
    def of(cls, order: Order) -> "_Base":
        """The model ``order`` names, or a new one around the trunk.

        Raises:
            RequestError: the model reads another trunk.
        """
        source = load_model(str(order.trunk))
        ready = source.ready(source.card.default_method)
        target = storage.user_models() / f"{order.model}.safetensors"
        if not target.is_file():
            return cls._new(order, source.card, ready)
        card = read_card(order.model)
        there = ready.card.trunk in card.trunks and card.input == source.card.input
        own = {m: load_model(order.model).ready(m) for m in card.methods} if there else {}
        if not any(r.space == ready.space and r.card.trunk == ready.card.trunk for r in own.values()):
            what = f"The methods of {order.model} do not read the trunk of {order.trunk}."
            raise RequestError("Another trunk", what, "Give the model a new name.")
        return cls(card, read_tensors(target), ready)

    @classmethod
    def _new(cls, order: Order, source: Card, ready: Ready) -> "_Base":
        """With the trunk's own method, if that has no weights: the trunk is all it needs."""
        trunk_id = ready.card.trunk
        tensors = part(read_tensors(model_path(str(order.trunk))), f"trunk/{trunk_id}/")
        weightless = not list(ready.method.parameters())
        card = replace(
            source,
            name=order.model,
            title=order.model,
            trunks={trunk_id: source.trunks[trunk_id]},
            methods={ready.name: ready.card} if weightless else {},
            default_method=ready.name if weightless else order.method,
        )
        return cls(card, with_prefix(f"trunk/{trunk_id}/", tensors), ready)

    def save(self, order: Order, method: Method, found: list[Measured]) -> Path:
        """Adds or replaces the method in the model, leaving the others as they are."""
        prefix = f"method/{order.key}/"
        tensors = {k: v for k, v in self.tensors.items() if not k.startswith(prefix)}
        tensors |= with_prefix(prefix, method.state_dict())
        entry = method_card(order, self.card.methods.get(order.method), self.trunk_id, found, command=order.command)
        card = replace(self.card, methods={**self.card.methods, order.method: entry})
        return save_model(card, tensors, storage.user_models())
