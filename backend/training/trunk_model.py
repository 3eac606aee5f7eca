"""``fewshot train-trunk``: from photographs to a model whose methods read one trunk."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch

from backend import storage
from backend.backbones import PHOTO_TRUNKS, PhotoTrunk, build_trunk
from backend.backbones.photo import FLIP, RawTrunk
from backend.embedding.device import Device
from backend.embedding.embedder import Embedder
from backend.embedding.memory import keep_freed_memory
from backend.episodes.image_set import ImageSet
from backend.errors import RequestError
from backend.images.preparation import InputSpec
from backend.methods import METHODS
from backend.models.card import Card, MethodCard, TrunkCard, portable_command
from backend.models.model import with_prefix
from backend.models.store import half_precision, load_model, read_card, save_model
from backend.training.loop import Entry, Run, train
from backend.training.order import check_least, check_name, check_place, check_shares
from backend.training.photo_batches import PhotoBatches
from backend.training.photo_data import PhotoData, embed_photos, read_photo_data, sample_of
from backend.training.precision import autocast_pays
from backend.training.trunk import TrunkRecipe, TrunkTrainee, course_of
from backend.training.validation import QUERIES, SETTINGS, Measured, accuracies, measured
from backend.types import Job, Progress

TRUNK = "photos"
"""The trunk's name in the model file."""
METHOD = "prototypical"
"""It has no weights of its own: the trunk is all it needs."""
EPISODES = 600
GLANCE_IMAGES, CENTRE_IMAGES = 60, 10
"""Images of each class: of a glance, and for the mean of the training features."""


@dataclass(frozen=True, slots=True)
class TrunkOrder:
    """What to train. ``data`` may be several folders, zips or tars; ``start`` a model of this machine whose trunk the
    training sets out from; see ``order.Order`` for the rest."""

    data: tuple[Path, ...]
    model: str
    recipe: TrunkRecipe
    start: str | None = None
    seed: int = 0
    seconds: float | None = None
    resume: bool = False
    command: str = ""
    checkpoint_seconds: float = 45.0


def check_trunk_order(order: TrunkOrder) -> None:
    """Refuses what cannot be trained before anything is read.

    Raises:
        RequestError: an unknown architecture, a bad name, a name that is taken, a figure out of range.
    """
    r = order.recipe
    if r.architecture.removesuffix(FLIP) not in PHOTO_TRUNKS:
        what = f"There is no architecture {r.architecture!r}; there are: {', '.join(PHOTO_TRUNKS)}."
        raise RequestError("No such architecture", what, "Choose one of these.")
    check_least(("size", r.size, 32), ("embed-size", r.input_size, 32), ("side", r.side, 32))
    check_least(("batch", r.batch, 4), ("epochs", r.epochs, 1))
    check_shares(("label-smoothing", r.smoothing), ("rotation", r.rotation))
    check_name(order.model)
    if order.start is not None:
        _trunk_of(order.start, r.architecture)  # refused now, not after the images are read
    if not order.resume and (storage.user_models() / f"{order.model}.safetensors").exists():
        what = f"There is a model {order.model}, whose methods read its present trunk."
        raise RequestError("Name taken", what, "Choose another name, or delete the model first.")
    check_place()


def train_trunk_model(order: TrunkOrder, device: Device) -> Job[Path]:
    """Trains a trunk, chooses between its last and its mean weights on validation classes, and saves a model.

    Raises:
        RequestError: bad data or checkpoint.
    """
    keep_freed_memory()
    data = yield from read_photo_data(order.data, order.recipe.side)
    _check_amount(data, order.recipe)
    torch.manual_seed(order.seed)
    trunk = build_trunk(order.recipe.architecture, 3) if order.start is None else _begun(order)
    assert isinstance(trunk, PhotoTrunk)
    trainee = TrunkTrainee(trunk, len(data.training.classes)).to(device.torch_device)
    r = order.recipe
    batches = PhotoBatches(data.training, r.batch, r.size, order.seed, device.torch_device, r.smallest, r.jitter)
    judge = _Judge(data, r.input_size, device)
    autocast = autocast_pays(device.torch_device)
    course = course_of(trainee, batches, r, autocast, lambda: judge.glance(trainee.average))
    done = yield from train(course, _run(order, data, batches.steps_per_epoch), order.resume)
    return (yield from _finish(order, trainee, data, judge, done.history))


def _begun(order: TrunkOrder) -> torch.nn.Module:
    """The trunk that the training sets out from, as it was before its centre and scale were set."""
    assert order.start is not None
    trunk = _trunk_of(order.start, order.recipe.architecture).requires_grad_(True)
    trunk.centre.zero_()
    trunk.scale.fill_(1)
    return trunk


def _trunk_of(model: str, architecture: str) -> PhotoTrunk:
    """The trunk of ``model``, float32.

    Raises:
        RequestError: no such model, or its trunk is of another architecture.
    """
    source = load_model(model)
    ready = source.ready(source.card.default_method)
    found = source.card.trunks[ready.card.trunk].architecture
    if found != architecture or not isinstance(ready.trunk, PhotoTrunk):
        what = f"The trunk of {model} is {found}, not {architecture}."
        raise RequestError("Another architecture", what, f"Give --architecture {found}, or leave --start out.")
    return ready.trunk


def _check_amount(data: PhotoData, recipe: TrunkRecipe) -> None:
    if len(data.training.labels) < recipe.batch:
        what = f"There are {len(data.training.labels)} training images, a batch takes {recipe.batch}."
        raise RequestError("Too few images", what, "Give more, or lower --batch.")
    held_back, need = data.validation, 5 + QUERIES  # refused now, not after the training
    for name, members in zip(held_back.classes, held_back.members(), strict=True):
        if len(members) < need:
            what = f"Class {name} is held back and has too few images ({len(members)}); {need} are needed."
            raise RequestError("Class too small", what, "Give more of them, or leave the class out.")
    if len(held_back.classes) < 5:
        what = f"A tenth of the classes is held back, which makes {len(held_back.classes)}; 5 are needed."
        raise RequestError("Too few classes", what, "Give more classes, or folders train and val with 5 in val.")


def _run(order: TrunkOrder, data: PhotoData, steps_per_epoch: int) -> Run:
    steps = None if order.seconds is not None else order.recipe.epochs * steps_per_epoch
    recipe = asdict(order.recipe)
    if order.seconds is not None:
        del recipe["epochs"]  # the budget decides
    facts = {"trunk": recipe, "seed": order.seed, "classes": len(data.training.classes)}
    facts["images"] = len(data.training.labels)
    if order.start is not None:
        facts["start"] = order.start
    return Run(
        order.seed,
        steps,
        order.seconds,
        storage.checkpoints() / order.model / "trunk.safetensors",
        facts,
        defaults=asdict(TrunkRecipe(order.recipe.architecture)),
        curve=storage.user_models() / f"{order.model}.trunk.curve.json",
        checkpoint_seconds=order.checkpoint_seconds,
    )


class _Judge:
    """Few-shot accuracy of a trunk on validation classes."""

    def __init__(self, data: PhotoData, size: int, device: Device) -> None:
        self._spec = InputSpec("photo", size)
        self._centre = sample_of(data.training, CENTRE_IMAGES)
        self._few, self._all = sample_of(data.validation, GLANCE_IMAGES), data.validation
        quick = torch.bfloat16 if autocast_pays(device.torch_device) else device.dtype
        self._device, self._quick = device, Device(device.torch_device, quick)

    def glance(self, trunk: PhotoTrunk) -> dict[str, float]:
        """5-way accuracies in per cent on a part of the images, in quick arithmetic."""
        features = self._features(trunk, self._few, self._quick)
        return accuracies(_measured(features, self._few, ((5, 1), (5, 5)), EPISODES // 2))

    def settle(self, trunk: PhotoTrunk) -> None:
        """Sets the trunk's centre, and the scale at which its 5-way 1-shot probabilities are calibrated."""
        trunk.centre.zero_()
        trunk.scale.fill_(1)
        trunk.centre.copy_(self._raw_mean(trunk, self._device))
        features = self._features(trunk, self._few, self._device, settled=True)
        [(_, temperature, _)] = _measured(features, self._few, ((5, 1),), EPISODES // 2)
        trunk.scale.fill_(temperature**-0.5)

    def verdict(self, trunk: PhotoTrunk) -> list[Measured]:
        """Temperature and figures of every setting, on all validation images, in the arithmetic of use."""
        features = self._features(trunk, self._all, self._device, settled=True)
        return list(_measured(features, self._all, SETTINGS, EPISODES))

    def _raw_mean(self, trunk: PhotoTrunk, device: Device) -> torch.Tensor:
        return embed_photos(Embedder(RawTrunk(trunk), "centre", self._spec, device), self._centre.images).mean(0)

    def _features(self, trunk: PhotoTrunk, images: ImageSet, device: Device, settled: bool = False) -> torch.Tensor:
        if settled:
            return embed_photos(Embedder(trunk, "validation", self._spec, device), images.images)
        raw = embed_photos(Embedder(RawTrunk(trunk), "validation", self._spec, device), images.images)
        return torch.nn.functional.normalize(raw - self._raw_mean(trunk, device), dim=1)


def _measured(
    features: torch.Tensor, images: ImageSet, settings: Sequence[tuple[int, int]], episodes: int
) -> Iterator[Measured]:
    method = METHODS[METHOD].for_inputs("vector", tuple(features.shape[1:]))
    return measured(method, features, images, settings, episodes)


def _finish(
    order: TrunkOrder, trainee: TrunkTrainee, data: PhotoData, judge: _Judge, history: list[Entry]
) -> Job[Path]:
    candidates = {"mean": trainee.average, "last": trainee.trunk}
    scores = {}
    for name, trunk in candidates.items():
        scores[name] = sum(judge.glance(trunk).values())
        yield Progress("choose", len(scores), len(candidates))
    chosen = max(scores, key=lambda name: scores[name])
    trunk = candidates[chosen].eval()
    trunk.load_state_dict(half_precision(trunk.state_dict()))
    judge.settle(trunk)
    trunk.load_state_dict(half_precision(trunk.state_dict()))
    yield Progress("validate", 0, 1)
    found = judge.verdict(trunk)
    yield Progress("validate", 1, 1)
    training = {
        "command": portable_command(order.command, order.data),
        "seed": order.seed,
        "recipe": asdict(order.recipe),
        "weights": chosen,
        "validation": {setting: figures for setting, _, figures in found},
        "history": history,
    }
    if order.start is not None:
        training["started_from"] = _training_of(order.start)
    temperatures = {setting: temperature for setting, temperature, _ in found}
    return save_model(_card(order, trunk, data, temperatures, training), _tensors(trunk), storage.user_models())


def _training_of(model: str) -> dict[str, Any]:
    """How the trunk of ``model`` was trained, as its card says; {} where it does not."""
    made = read_card(model).methods.get(METHOD)
    return made.training if made is not None else {}


def _card(
    order: TrunkOrder, trunk: PhotoTrunk, data: PhotoData, temperatures: dict[str, float], training: dict[str, Any]
) -> Card:
    source = {"source": ", ".join(p.name for p in order.data), "classes": list(data.training.classes)}
    return Card(
        name=order.model,
        title=order.model,
        input=InputSpec("photo", order.recipe.input_size),
        trunks={TRUNK: TrunkCard(order.recipe.architecture, (trunk.width,))},
        methods={METHOD: MethodCard(TRUNK, temperatures, training={"general": training})},
        default_method=METHOD,
        data=source,
    )


def _tensors(trunk: PhotoTrunk) -> dict[str, torch.Tensor]:
    return with_prefix(f"trunk/{TRUNK}/", trunk.state_dict())
