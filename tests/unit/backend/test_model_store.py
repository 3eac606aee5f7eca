import json
from pathlib import Path

import pytest
import torch

from backend import storage
from backend.backbones import Conv4
from backend.errors import RequestError
from backend.images.preparation import InputSpec
from backend.models.card import Card, MethodCard, TrunkCard
from backend.models.model import with_prefix
from backend.models.store import load_model, model_names, read_card, save_model


def save_tiny(name: str = "tiny", settings: dict[str, str] | None = None) -> Path:
    """A user's model with a random Conv4; its own weights for each of ``settings``."""
    settings = settings or {}
    trunks = ["prototypical", *settings.values()]
    tensors: dict[str, torch.Tensor] = {}
    for number, trunk in enumerate(trunks):
        torch.manual_seed(number)
        tensors |= with_prefix(f"trunk/{trunk}/", Conv4(1).state_dict())
    card = Card(
        name=name,
        title="Tiny",
        input=InputSpec("ink", 28),
        trunks={t: TrunkCard("conv4", (64,)) for t in trunks},
        methods={"prototypical": MethodCard("prototypical", {"5w1s": 1.5}, settings)},
        default_method="prototypical",
    )
    return save_model(card, tensors, storage.user_models())


def test_a_model_comes_back_as_it_was_saved() -> None:
    save_tiny()
    model = load_model("tiny")
    torch.manual_seed(0)
    wanted = Conv4(1).state_dict()
    for key, tensor in model.ready("prototypical").trunk.state_dict().items():
        assert torch.equal(tensor.float(), wanted[key].half().float())
    assert model.card == read_card("tiny")
    assert "tiny" in model_names()


def test_a_setting_has_weights_of_its_own() -> None:
    save_tiny(settings={"20w5s": "prototypical@20w5s"})
    model = load_model("tiny")
    general, own = model.ready("prototypical"), model.ready("prototypical", "20w5s")
    assert general.space != own.space
    assert model.ready("prototypical", "7w2s").space == general.space


def test_equal_weights_have_equal_hashes() -> None:
    save_tiny("one")
    save_tiny("two")
    assert load_model("one").ready("prototypical").space == load_model("two").ready("prototypical").space


@pytest.mark.parametrize("damage", ["truncated", "garbage", "empty", "missing tensor", "not finite"])
def test_damaged_weights_are_refused_in_words(damage: str) -> None:
    path = save_tiny()
    data = path.read_bytes()
    if damage == "truncated":
        path.write_bytes(data[: len(data) // 2])
    elif damage == "garbage":
        path.write_bytes(b"\x80\x04garbage" * 100)
    elif damage == "empty":
        path.write_bytes(b"")
    else:
        card = read_card("tiny")
        state = with_prefix("trunk/prototypical/", Conv4(1).state_dict())
        key = "trunk/prototypical/blocks.0.0.weight"
        if damage == "missing tensor":
            del state[key]
        else:
            state[key][0] = float("nan")
        save_model(card, state, storage.user_models())
    with pytest.raises(RequestError, match="tiny"):
        load_model("tiny")


@pytest.mark.parametrize("card", ["{", "[]", '{"format": 99}', json.dumps({"format": 1, "name": "tiny"})])
def test_a_damaged_card_is_refused_in_words(card: str) -> None:
    save_tiny().with_suffix(".json").write_text(card)
    with pytest.raises(RequestError, match="card of model tiny"):
        read_card("tiny")


@pytest.mark.parametrize("name", ["nothing", "../tiny", "", "a/b", ".hidden"])
def test_unknown_names_list_what_there_is(name: str) -> None:
    save_tiny()
    with pytest.raises(RequestError, match="tiny"):
        load_model(name)


def test_an_unknown_method_lists_what_the_model_has() -> None:
    save_tiny()
    with pytest.raises(RequestError, match="it has: prototypical"):
        load_model("tiny").ready("psychic")
