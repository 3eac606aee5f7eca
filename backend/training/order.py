"""What ``fewshot train`` is asked for, and what it refuses before anything is read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from torch import Tensor, nn

from backend import storage
from backend.errors import RequestError
from backend.images.preparation import InputSpec
from backend.methods import METHODS, Method
from backend.models.packaged import is_packaged
from backend.models.store import load_model, read_card
from backend.training.recipes import HEAD_RECIPES, RECIPES, Recipe

INK = InputSpec("ink", 28)
OPTIONS = ("way", "queries", "meta_batch", "learning_rate", "within", "episodes")
"""Options of the command line that are parts of a recipe."""


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

    @property
    def key(self) -> str:
        """Names the weights within the model: the method, and the setting where they are for one alone."""
        return f"{self.method}@{self.setting}" if self.setting else self.method

    @property
    def steps(self) -> int | None:
        """Length of the training; None where ``seconds`` decides."""
        return None if self.seconds is not None else max(1, self.recipe.episodes // self.recipe.meta_batch)

    @property
    def checkpoint(self) -> Path:
        """Where the unfinished training is kept."""
        return storage.checkpoints() / self.model / f"{self.key}.safetensors"

    @property
    def curve(self) -> Path:
        """Where its looks at the validation classes are written, as JSON."""
        return storage.user_models() / f"{self.model}.{self.key}.curve.json"


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


def with_options(recipe: Recipe, options: Mapping[str, Any]) -> Recipe:
    """``recipe`` with those ``options`` of the command line that are given: ``shot`` and ``OPTIONS``."""
    changes = {name: options[name] for name in OPTIONS if options.get(name) is not None}
    if options.get("shot") is not None:
        changes["shots"] = (options["shot"],)
    return replace(recipe, **changes)


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
    check_least(("way", r.way, 2), ("shot", min(r.shots), 1), ("queries", r.queries, 1))
    check_least(("episodes", r.episodes, 1), ("meta-batch", r.meta_batch, 1))
    check_shares(("within", r.within))
    check_name(order.model)
    if order.setting is not None:
        path = storage.user_models() / f"{order.model}.safetensors"
        if not path.is_file() or order.method not in read_card(order.model).methods:
            what = f"{order.method} has no general weights in {order.model}."
            raise RequestError("No general weights", what, "Train it without --setting first.")
    if order.start is not None:
        _check_start(order, order.start)
    check_place()


def check_least(*figures: tuple[str, int, int]) -> None:
    """Refuses a (name, value, least) whose value is smaller than its least.

    Raises:
        RequestError: there is one.
    """
    for name, value, least in figures:
        if value < least:
            what = f"--{name} is {value}; it must be {least} or more."
            raise RequestError("Out of range", what, "Give a larger number.")


def check_shares(*shares: tuple[str, float]) -> None:
    """Refuses a (name, value) whose value is no share.

    Raises:
        RequestError: there is one.
    """
    for name, share in shares:
        if not 0 <= share <= 1:
            what = f"--{name} is {share}; it must lie between 0 and 1."
            raise RequestError("Out of range", what, "Give such a number.")


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
