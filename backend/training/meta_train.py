"""``fewshot train``: from a folder of classes to a model in the user's data folder."""

import copy
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F

from backend import storage
from backend.backbones import build_trunk
from backend.embedding.device import Device
from backend.embedding.embedder import Embedder, embed_all
from backend.embedding.memory import keep_freed_memory
from backend.episodes.image_set import ImageSet, read_image_set
from backend.images.preparation import InputSpec
from backend.methods import METHODS
from backend.models.card import Card, TrunkCard, portable_command
from backend.models.model import with_prefix
from backend.models.store import load_model, read_card, read_tensors, save_model
from backend.training.batches import OVERSAMPLING, BatchSource
from backend.training.loop import Finished, train
from backend.training.method_training import Trainee, as_in_file, course_of, method_card, run_of
from backend.training.order import INK, Order, begin_with, check_learns
from backend.training.precision import autocast_pays
from backend.training.split import split_groups
from backend.training.validation import SETTINGS, Measured, accuracies, measured, streamed
from backend.types import Job, Progress

EPISODES, QUERIES = 200, 10
"""Of meta-validation: episodes of each setting, and queries of each class."""


def meta_train(order: Order, device: Device) -> Job[Path]:
    """Trains, calibrates on meta-validation and saves; returns the path of the model's weights.

    Raises:
        RequestError: bad data, method, model or checkpoint.
    """
    keep_freed_memory()
    fine = InputSpec(INK.kind, INK.size * OVERSAMPLING)
    images = yield from read_image_set(order.data, fine)
    training, validation = split_groups(images, seed=0)
    torch.manual_seed(order.seed)
    trainee, trunk = _trainee(order)
    trainee.to(device.torch_device)
    judge = _Judge(validation, device)
    there = replace(training, images=training.images.to(device.torch_device))  # distorted where they are learned from
    draw = BatchSource(there, order.recipe, order.seed).batch
    autocast = autocast_pays(device.torch_device)
    course = course_of(trainee, draw, order.recipe, autocast, lambda: judge.look(trainee))
    length = yield from train(course, run_of(order, len(training.classes)), order.resume)
    found = []
    as_in_file(trainee.cpu())
    for each in judge.measured(trainee, SETTINGS, EPISODES):
        found.append(each)
        yield Progress("validate", len(found), len(SETTINGS))
    return _save(order, trainee, trunk, training, length, found)


def _trainee(order: Order) -> tuple[Trainee, TrunkCard]:
    kinds = METHODS[order.method]
    if order.trunk is not None:
        source = load_model(order.trunk)
        ready = source.ready(source.card.default_method)
        card = source.card.trunks[ready.card.trunk]
        method = kinds.for_inputs("vector", card.shape)
        check_learns(method, order)
        return Trainee(ready.trunk, method, frozen_trunk=True), card
    trunk = build_trunk(order.recipe.trunk, INK.channels)
    with torch.no_grad():
        shape = tuple(trunk.eval()(torch.zeros(1, *INK.shape)).shape[1:])
    trainee = Trainee(trunk, kinds.for_inputs(kinds.default_input, shape))
    if order.start is not None:
        begun = load_model(order.start).ready(order.method)
        begin_with(trunk, begun.trunk.state_dict(), order)
        begin_with(trainee.method, begun.method.state_dict(), order)
    return trainee, TrunkCard(order.recipe.trunk, shape)


class _Judge:
    """Few-shot accuracy on the groups that were held back, uint8 at ``OVERSAMPLING`` times the model's size."""

    def __init__(self, validation: ImageSet, device: Device) -> None:
        self._images, self._device = validation, device
        self._pixels = F.avg_pool2d(validation.images.float(), OVERSAMPLING).round().to(torch.uint8)

    def look(self, trainee: Trainee) -> dict[str, float]:
        """Accuracies of a copy, as its file would hold it."""
        trainee = as_in_file(copy.deepcopy(trainee))
        features = self._features(trainee)
        found = measured(trainee.method, features, self._images, SETTINGS, EPISODES // 4, QUERIES)
        return accuracies(found) | streamed(trainee.method, features, self._images, EPISODES // 4)

    def measured(self, trainee: Trainee, settings: Sequence[tuple[int, int]], episodes: int) -> Iterator[Measured]:
        """Temperature and accuracy of every setting."""
        return measured(trainee.method, self._features(trainee), self._images, settings, episodes, QUERIES)

    def _features(self, trainee: Trainee) -> Tensor:
        """On the device of the method."""
        place = next((p.device for p in trainee.method.parameters()), torch.device("cpu"))
        return embed_all(Embedder(trainee.trunk, "validation", INK, self._device), self._pixels).to(place)


def _save(
    order: Order, trainee: Trainee, trunk: TrunkCard, training: ImageSet, length: Finished, found: list[Measured]
) -> Path:
    """Adds or replaces the method in the model, leaving the others as they are."""
    path, key = storage.user_models() / f"{order.model}.safetensors", order.key
    data = {"source": order.data.name, "classes": list(training.classes)}
    card, tensors = Card(order.model, order.model, INK, {}, {}, order.method, data), dict[str, Tensor]()
    if path.is_file():
        card, tensors = read_card(order.model), read_tensors(path)
    tensors = {k: v for k, v in tensors.items() if not k.startswith((f"trunk/{key}/", f"method/{key}/"))}
    tensors |= with_prefix(f"trunk/{key}/", trainee.trunk.state_dict())
    tensors |= with_prefix(f"method/{key}/", trainee.method.state_dict())
    entry = method_card(
        order,
        card.methods.get(order.method),
        key,
        found,
        command=portable_command(order.command, [order.data]),
        started_from=read_card(order.start).methods[order.method].training if order.start else None,
        steps=length.steps,
        seconds=round(length.seconds),
    )
    card = replace(card, trunks={**card.trunks, key: trunk}, methods={**card.methods, order.method: entry}, data=data)
    return save_model(card, tensors, storage.user_models())
