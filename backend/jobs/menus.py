"""Descriptions of models and methods for menus."""

from backend.errors import RequestError
from backend.methods import METHODS
from backend.models.card import Card, validation_accuracy
from backend.models.model import method_card
from backend.models.store import model_names, read_card
from backend.types import MethodInfo, ModelInfo


def method_infos(card: Card) -> tuple[MethodInfo, ...]:
    """All methods. One that the model has no weights for is listed too: people should know that there is one."""
    return tuple(_method_info(name, card) for name in METHODS)


def model_infos(chosen: Card) -> tuple[ModelInfo, ...]:
    """All models on this machine, and the ``chosen`` one where it is made of a file elsewhere."""
    found = [_model_info(name) for name in model_names()]
    return (*found, *([] if chosen.name in [m.name for m in found] else [ModelInfo(chosen.name, chosen.title)]))


def _method_info(name: str, card: Card) -> MethodInfo:
    method, own = METHODS[name], method_card(card, name)
    accuracy = {} if own is None else validation_accuracy(own.training)
    return MethodInfo(name, method.title, method.summary, method.transductive, method.adapts, own is not None, accuracy)


def _model_info(name: str) -> ModelInfo:
    """A model that is damaged stays in the list: choosing it says what is wrong, and the others go on working."""
    try:
        return ModelInfo(name, read_card(name).title)
    except RequestError:
        return ModelInfo(name, name)
