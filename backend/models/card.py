"""A model's card: what its weights are, how they were trained, and their figures. JSON, validated when read."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from backend.images.preparation import InputSpec
from backend.models.card_form import check_form

FORMAT = 1


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
