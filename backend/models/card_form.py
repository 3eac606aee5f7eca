"""Validates the JSON of a card."""

import re
from typing import Any

from backend.models.figures import validation_accuracy

NONE_OF_THESE = {"none_of_these": 4, "none_of_these_in_folder": 5}
"""Tables of coefficients, and how many a row has."""
SETTING = re.compile(r"[1-9]\d*w[1-9]\d*s")


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


_WORDS = {str: "text", dict: "object"}


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
