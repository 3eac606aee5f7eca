"""``fewshot train``: from a folder of classes to a model in the user's data folder."""

import re
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import torch
from torch import Tensor, nn

from backend import storage
from backend.backbones import build_trunk
from backend.confidence.open_episodes import sampler_of
from backend.confidence.run_episodes import mean_and_ci95, run_episodes
from backend.confidence.temperature import fit_temperature
from backend.embedding.device import Device
from backend.embedding.embedder import Embedder, embed_all
from backend.embedding.memory import keep_freed_memory
from backend.episodes.image_set import ImageSet, read_image_set
from backend.errors import RequestError
from backend.images.preparation import InputSpec
from backend.methods import METHODS, Method
from backend.models.card import Card, MethodCard, TrunkCard, portable_command
from backend.models.model import with_prefix
from backend.models.packaged import is_packaged
from backend.models.store import half_precision, load_model, read_card, read_tensors, save_model
from backend.training.batches import OVERSAMPLING, BatchSource
from backend.training.loop import Length, Run, Trainee, train
from backend.training.precision import autocast_pays
from backend.training.recipes import HEAD_RECIPES, RECIPES, Recipe
from backend.training.split import split_groups
from backend.types import Job, Progress

VALIDATION_SETTINGS = ((5, 1), (5, 5), (20, 1), (20, 5))
VALIDATION_EPISODES = 200
VALIDATION_QUERIES = 10
INK = InputSpec("ink", 28)


@dataclass(frozen=True, slots=True)
class Order:
    """What to train.

    Args:
        data: folder or zip of class folders.
        method: a name from ``METHODS``.
        model: name of the model that is made or added to.
        trunk: a model of this machine whose trunk is taken, frozen; None trains the method's own.
        start: a model of this machine from whose weights of this method the training sets out.
        setting: ``"20w5s"`` trains weights for that setting alone, beside the general ones.
        recipe: how to train.
        seconds: time budget instead of the recipe's episodes.
        command: the command line, for the card.
        checkpoint_seconds: time between checkpoints.
    """

    data: Path
    method: str
    model: str
    recipe: Recipe
    trunk: str | None = None
    start: str | None = None
    setting: str | None = None
    seed: int = 0
    seconds: float | None = None
    resume: bool = False
    command: str = ""
    checkpoint_seconds: float = 45.0


def default_recipe(method: str, trunk: str | None = None) -> Recipe:
    """The recipe of ``method``, on the trunk of the model ``trunk`` or with its own.

    Raises:
        RequestError: no such method, or one that needs no training.
    """
    if method not in METHODS:
        raise RequestError(
            "No such method", f"There is no method {method!r}; there are: {', '.join(METHODS)}.", "Choose one of these."
        )
    if not METHODS[method].trainable:
        raise RequestError(
            "Nothing to train", f"{method} has no weights to meta-train.", "Use it on any model as it is."
        )
    return HEAD_RECIPES[method] if trunk is not None and has_packaged_trunk(trunk) else RECIPES[method]


def has_packaged_trunk(model: str) -> bool:
    """Whether the default method of ``model`` reads a trunk whose weights come from a package.

    Raises:
        RequestError: no such model.
    """
    card = read_card(model)
    return is_packaged(card.trunks[card.methods[card.default_method].trunk].architecture)


def check_order(order: Order) -> None:
    """Refuses what cannot be trained before anything is read.

    Raises:
        RequestError: a figure is out of range, or the model's name is none.
    """
    r = order.recipe
    for name, value, least in (
        ("way", r.way, 2),
        ("shot", min(r.shots), 1),
        ("queries", r.queries, 1),
        ("episodes", r.episodes, 1),
        ("meta-batch", r.meta_batch, 1),
    ):
        if value < least:
            raise RequestError(
                "Out of range", f"--{name} is {value}; it must be {least} or more.", "Give a larger number."
            )
    if not 0 <= r.within <= 1:
        raise RequestError(
            "Out of range", f"--within is {r.within}; it must lie between 0 and 1.", "Give such a number."
        )
    check_name(order.model)
    if order.setting is not None:
        card, _ = _existing(order.model)
        if card is None or order.method not in card.methods:
            raise _no_general_weights(order)
    if order.start is not None:
        _check_start(order, order.start)
    check_place()


def check_place() -> None:
    """Raises OSError where models cannot be kept: now, not after the training."""
    for folder in (storage.user_models(), storage.checkpoints()):
        folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=folder, prefix=".fewshot-"):
            pass


def _check_start(order: Order, start: str) -> None:
    """Refused now, not after the images are read."""
    begun = load_model(start).ready(order.method).input
    wanted = INK if order.trunk is None else read_card(order.trunk).input
    if begun != wanted:
        what = f"{start} takes {begun.name}, and this training makes weights for {wanted.name}."
        raise RequestError("Other images", what, "Leave --start out, or name another model.")


def check_learns(method: Method, order: Order) -> None:
    """Raises RequestError where, on a frozen trunk, there is nothing left to train."""
    if not list(method.parameters()):
        what = f"{order.method} learns nothing but its trunk, and {order.trunk}'s is taken as it is."
        raise RequestError("Nothing to train", what, "Use it on any model as it is.")


def begin_with(module: nn.Module, state: dict[str, Tensor], order: Order) -> None:
    """Puts weights of ``order.start`` into ``module``.

    Raises:
        RequestError: they are those of another network.
    """
    try:
        module.load_state_dict(state)
    except RuntimeError as error:
        what = f"The weights of {order.method} in {order.start} do not fit the network that is trained here."
        raise RequestError("Another network", what, "Leave --start out, or name another model.") from error


def check_name(model: str) -> None:
    """Refuses what cannot be the name of a new model.

    Raises:
        RequestError: a bad name, or a bundled model's.
    """
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", model):
        raise RequestError(
            "Bad name", f"{model!r} is no model name.", "Use letters, digits, dots, dashes and underscores."
        )
    if (
        model in ("characters", "photos", "photos-small", "photos-large")
        and (storage.bundled_models() / f"{model}.safetensors").is_file()
    ):
        raise RequestError("Name taken", f"{model} is a bundled model.", "Choose another name.")


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
    run = _run(order, training, device)
    trainee.to(device.torch_device)
    source = BatchSource(training, order.recipe, order.seed)
    length = yield from train(trainee, source.batch, run, order.resume)
    trainee.cpu()
    result = _Result(order, trainee, trunk, training, length)
    temperatures, figures = yield from _validate(result, validation, device)
    return result.save(temperatures, figures)


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


def _run(order: Order, training: ImageSet, device: Device) -> Run:
    steps = None if order.seconds is not None else max(1, order.recipe.episodes // order.recipe.meta_batch)
    facts = {
        "method": order.method,
        "seed": order.seed,
        "classes": len(training.classes),
        "recipe": asdict(order.recipe),
    }
    key = f"{order.method}@{order.setting}" if order.setting else order.method
    path = storage.checkpoints() / order.model / f"{key}.safetensors"
    autocast = autocast_pays(device.torch_device)
    return Run(order.recipe, order.seed, steps, order.seconds, path, facts, autocast, order.checkpoint_seconds)


@dataclass(frozen=True, slots=True)
class _Result:
    """What a training made, before it is put into a model."""

    order: Order
    trainee: Trainee
    trunk: TrunkCard
    training: ImageSet
    length: Length

    @property
    def trunk_id(self) -> str:
        return f"{self.order.method}@{self.order.setting}" if self.order.setting else self.order.method

    def method(self) -> Method:
        """The method as its file will hold it, in float16's values, so that figures are those of the file."""
        method = self.trainee.method
        method.load_state_dict(half_precision(method.state_dict()))
        return method.eval().requires_grad_(False)

    def save(self, temperatures: dict[str, float], figures: dict[str, Any]) -> Path:
        """Adds or replaces this method in the model, leaving the others as they are."""
        order = self.order
        card, tensors = _existing(order.model)
        key = self.trunk_id
        tensors = {k: v for k, v in tensors.items() if not k.startswith((f"trunk/{key}/", f"method/{key}/"))}
        tensors |= with_prefix(f"trunk/{key}/", self.trainee.trunk.state_dict())
        tensors |= with_prefix(f"method/{key}/", self.trainee.method.state_dict())
        begun = read_card(order.start).methods[order.method].training if order.start else None
        training = {
            "command": portable_command(order.command, [order.data]),
            "started_from": begun,
            "seed": order.seed,
            "recipe": asdict(order.recipe),
            "steps": self.length.steps,
            "seconds": round(self.length.seconds),
            "validation": figures,
        }
        updated = _with_method(card, order, key, self.trunk, temperatures, training, self.training)
        return save_model(updated, tensors, storage.user_models())


def _existing(name: str) -> tuple[Card | None, dict[str, Tensor]]:
    path = storage.user_models() / f"{name}.safetensors"
    return (read_card(name), read_tensors(path)) if path.is_file() else (None, {})


def _no_general_weights(order: Order) -> RequestError:
    what = f"{order.method} has no general weights in {order.model}."
    return RequestError("No general weights", what, "Train it without --setting first.")


def _with_method(
    card: Card | None,
    order: Order,
    key: str,
    trunk: TrunkCard,
    temperatures: dict[str, float],
    training: dict[str, Any],
    images: ImageSet,
) -> Card:
    data = {"source": order.data.name, "classes": list(images.classes)}
    if card is None:
        card = Card(order.model, order.model, INK, {}, {}, order.method, data)
    old = card.methods.get(order.method)
    if order.setting is None:
        method = MethodCard(
            key,
            temperatures,
            old.settings if old else {},
            {**(old.training if old else {}), "general": training},
            old.setting_temperatures if old else {},
        )
    elif old is None:
        raise _no_general_weights(order)
    else:
        own = {s: t for s, t in temperatures.items() if s == order.setting}
        method = replace(
            old,
            settings={**old.settings, order.setting: key},
            setting_temperatures={**old.setting_temperatures, **own},
            training={**old.training, order.setting: training},
        )
    return replace(card, trunks={**card.trunks, key: trunk}, methods={**card.methods, order.method: method}, data=data)


def _validate(result: _Result, validation: ImageSet, device: Device) -> Job[tuple[dict[str, float], dict[str, Any]]]:
    """Temperature and accuracy of every setting on the groups that were held back."""
    trunk = result.trainee.trunk
    trunk.load_state_dict(half_precision(trunk.state_dict()))
    embedder = Embedder(trunk, "validation", INK, device)
    coarse = torch.nn.functional.avg_pool2d(validation.images.float(), OVERSAMPLING).round().to(torch.uint8)
    features = embed_all(embedder, coarse)
    method = result.method()
    temperatures: dict[str, float] = {}
    figures: dict[str, Any] = {}
    for done, (way, shot) in enumerate(VALIDATION_SETTINGS):
        sampler = sampler_of(validation.members(), way, shot, VALIDATION_QUERIES)
        if sampler is None:
            continue
        outcomes = list(run_episodes(method, features, sampler, VALIDATION_EPISODES, seed=1))
        accuracy, ci95 = mean_and_ci95([o.accuracy for o in outcomes])
        setting = f"{way}w{shot}s"
        temperatures[setting] = fit_temperature(
            torch.cat([o.log_probs for o in outcomes]), torch.cat([o.labels for o in outcomes])
        )
        figures[setting] = {"accuracy": round(accuracy, 2), "ci95": round(ci95, 2)}
        yield Progress("validate", done + 1, len(VALIDATION_SETTINGS))
    return temperatures, figures
