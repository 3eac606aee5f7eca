"""A model's card: what its weights are, how they were trained, and their figures. JSON, validated when read."""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from backend.images.preparation import InputSpec

FORMAT = 1
NONE_OF_THESE = {"none_of_these": 4, "none_of_these_in_folder": 5}
"""Tables of coefficients, and how many a row has."""
SETTING = re.compile(r"[1-9]\d*w[1-9]\d*s")
_WORDS = {str: "text", dict: "object"}


def portable_command(command: str, data: Iterable[Path]) -> str:
    """``command`` with the ``data`` named as files, without the folders they lie in: a card travels, folders do not."""
    for path in data:
        command = command.replace(str(path), path.name)
    return command


@dataclass(frozen=True, slots=True)
class TrunkCard:
    """A trunk: its architecture (``backbones.TRUNKS``) and the shape of what it gives for one image."""

    architecture: str
    shape: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MethodCard:
    """One method's weights: the trunk it reads, how it was trained, what it reached.

    ``temperatures`` maps ``"5w1s"`` to the temperature fitted on meta-validation; ``settings`` names the settings,
    such as
    ``"20w5s"``, that have weights of their own, ``setting_temperatures`` their temperatures; ``training`` holds
    command, seed, episodes and figures.
    """

    trunk: str
    temperatures: dict[str, float] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    training: dict[str, Any] = field(default_factory=dict)
    setting_temperatures: dict[str, float] = field(default_factory=dict)
    none_of_these: dict[str, list[float]] = field(default_factory=dict)
    """Setting → coefficients of the probability that an image belongs in some bin (``confidence/none_of_these.py``);
    may be empty."""
    none_of_these_in_folder: dict[str, list[float]] = field(default_factory=dict)
    """The same where the method has read the folder and tells what it saw there; empty for those that do not."""


@dataclass(frozen=True, slots=True)
class Card:
    """A model's card. ``settings`` of a method map a setting to the trunk that belongs to it."""

    name: str
    title: str
    input: InputSpec
    trunks: dict[str, TrunkCard]
    methods: dict[str, MethodCard]
    default_method: str
    data: dict[str, Any] = field(default_factory=dict)
    licence: str = ""

    def to_json(self) -> dict[str, Any]:
        """The card as JSON-able values."""
        return {"format": FORMAT, **asdict(self)}

    @classmethod
    def from_json(cls, values: Any) -> "Card":
        """Reads a card.

        Raises:
            TypeError, ValueError: the values are no card of this format.
        """
        if isinstance(values, dict) and values.get("format") != FORMAT:
            raise ValueError(f"it has format {values.get('format')!r}, this version reads {FORMAT}")
        check_form(values)
        trunks = {k: TrunkCard(v["architecture"], tuple(v["shape"])) for k, v in values["trunks"].items()}
        methods = {k: MethodCard(**v) for k, v in values["methods"].items()}
        return cls(
            name=values["name"],
            title=values["title"],
            input=InputSpec(**values["input"]),
            trunks=trunks,
            methods=methods,
            default_method=values["default_method"],
            data=values.get("data", {}),
            licence=values.get("licence", ""),
        )


def validation_accuracy(training: dict[str, Any]) -> dict[str, float]:
    """Accuracy in per cent by setting, such as ``5w1s``, of a method's general weights on meta-validation.

    Of weights that are a mean of several trainings each has figures of its own; the lowest are given.

    Args:
        training: ``MethodCard.training``: {"general": …, "5w1s": …} or {"averaged": [...]}.
    """
    parts = training.get("averaged") or [training.get("general", {})]
    tables = [part.get("validation") or {} for part in parts]
    settings = [s for s in tables[0] if all(s in table for table in tables)]
    return {s: min(float(table[s]["accuracy"]) for table in tables) for s in settings}


def check_form(values: Any) -> None:
    """Looks at every part of a card that the program reads.

    Raises:
        ValueError: a part is missing, or is something else than it must be; which one.
    """
    _want(isinstance(values, dict), "it is no JSON object")
    for key, kind in (
        ("name", str),
        ("title", str),
        ("default_method", str),
        ("input", dict),
        ("trunks", dict),
        ("methods", dict),
    ):
        _want(isinstance(values.get(key), kind), f"{key!r} is missing or no {_WORDS[kind]}")
    _want(isinstance(values.get("data", {}), dict), "'data' is no object")
    _want(_texts(values.get("data", {}).get("classes", [])), "'data' has classes that are no names")
    _want(type(values["input"].get("size")) is int and values["input"]["size"] > 0, "'input' has no size")
    for trunk, value in values["trunks"].items():
        _check_trunk(trunk, value)
    for method, value in values["methods"].items():
        _check_method(method, value, values["trunks"])
    _want(values["default_method"] in values["methods"], f"default method {values['default_method']} has no weights")


def _check_trunk(name: str, value: Any) -> None:
    _want(isinstance(value, dict) and isinstance(value.get("architecture"), str), f"trunk {name} has no architecture")
    shape = value.get("shape")
    good = isinstance(shape, list) and bool(shape) and all(type(n) is int and n > 0 for n in shape)
    _want(good, f"trunk {name} has no shape")


def _check_method(name: str, value: Any, trunks: dict[str, Any]) -> None:
    _want(isinstance(value, dict), f"method {name} is no object")
    tables = {key: value.get(key, {}) for key in ("temperatures", "setting_temperatures", "settings", *NONE_OF_THESE)}
    for key, table in tables.items():
        _want(_is_by_setting(table), f"method {name} has {key} that are none")
    _want(all(t in trunks for t in [value.get("trunk"), *tables["settings"].values()]), f"method {name} has no trunk")
    for key in ("temperatures", "setting_temperatures"):
        _want(all(_is_number(t) and t > 0 for t in tables[key].values()), f"method {name} has {key} that are none")
    for key, length in NONE_OF_THESE.items():
        good = all(_is_row(row, length) for row in tables[key].values())
        _want(good, f"method {name} has {key} that are none")
    _check_training(name, value.get("training", {}))


def _check_training(name: str, training: Any) -> None:
    try:
        validation_accuracy(training)
    except (AttributeError, KeyError, IndexError, TypeError, ValueError) as error:
        raise ValueError(f"method {name} has figures that are none") from error


def _is_by_setting(table: Any) -> bool:
    return isinstance(table, dict) and all(SETTING.fullmatch(key) for key in table)


def _is_row(value: Any, length: int) -> bool:
    return isinstance(value, list) and len(value) == length and all(map(_is_number, value))


def _is_number(value: Any) -> bool:
    return type(value) in (int, float) and abs(value) < float("inf")


def _texts(values: Any) -> bool:
    return isinstance(values, list) and all(isinstance(v, str) for v in values)


def _want(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(otherwise)
