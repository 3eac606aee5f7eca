import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from backend import storage
from backend.backbones import Conv4
from backend.errors import RequestError
from backend.images.preparation import InputSpec
from backend.jobs.menus import model_infos
from backend.models.card import Card, MethodCard, TrunkCard
from backend.models.model import BASE_MEAN, runnable, vector_trunk, with_prefix
from backend.models.store import load_model, model_names, read_card, read_tensors, save_model


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


def test_methods_without_weights_run_on_the_default_methods_trunk() -> None:
    save_tiny()
    model = load_model("tiny")
    untrained = ["simpleshot", "linear", "alpha-tim", "bd-cspn", "paddle", "label-propagation"]
    assert model.methods == ["prototypical", *untrained]
    for name in untrained:
        ready = model.ready(name, "5w1s")
        assert ready.space == model.ready("prototypical").space
        assert (ready.card.trunk, ready.card.temperatures, model.settings(name)) == ("prototypical", {}, [])
        assert not bool(ready.method.state_dict()["base_mean"].any())
    assert untrained[0] not in read_card("tiny").methods  # nothing is written into the card


def test_a_card_may_hold_temperatures_of_a_method_without_weights() -> None:
    path = save_tiny()
    card = read_card("tiny")
    entry = MethodCard("prototypical", {"5w1s": 0.7})
    save_model(replace(card, methods={**card.methods, "linear": entry}), read_tensors(path), path.parent)
    assert load_model("tiny").ready("linear").card == entry


def test_all_methods_without_weights_share_the_files_base_mean() -> None:
    path = save_tiny()
    mean = torch.arange(64) / 64
    save_model(read_card("tiny"), {**read_tensors(path), BASE_MEAN: mean}, path.parent)
    for name in ("simpleshot", "linear", "alpha-tim", "bd-cspn", "paddle", "label-propagation"):
        assert torch.equal(load_model("tiny").ready(name).method.state_dict()["base_mean"], mean)


def test_methods_without_weights_need_a_trunk_that_gives_vectors() -> None:
    spec = InputSpec("ink", 28)
    maps, vectors = TrunkCard("conv4-map", (64, 7, 7)), TrunkCard("conv4", (64,))
    relation = Card("r", "r", spec, {"relation": maps}, {"relation": MethodCard("relation")}, "relation")
    assert runnable(relation) == ["relation"]
    both = replace(
        relation,
        trunks={"relation": maps, "matching": vectors},
        methods={**relation.methods, "matching": MethodCard("matching")},
    )
    assert vector_trunk(both) == "matching"
    assert runnable(both) == [
        "matching",
        "relation",
        "simpleshot",
        "linear",
        "alpha-tim",
        "bd-cspn",
        "paddle",
        "label-propagation",
    ]


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


CHANGES: dict[str, object] = {
    "title": 5,
    "methods": [],
    "data": {"classes": [1]},
    "trunks": {"prototypical": {"architecture": "conv4", "shape": [None]}},
    "input": {"kind": "ink", "size": "28"},
    "default_method": ["prototypical"],
}
METHOD_CHANGES: dict[str, object] = {
    "trunk": "elsewhere",
    "temperatures": {"5w1s": "warm"},
    "settings": {"5w1s": "elsewhere"},
    "setting_temperatures": {"often": 1.0},
    "none_of_these": {"5w1s": [True]},
    "training": {"general": {"validation": {"5w1s": 98}}},
}


@pytest.mark.parametrize("key", [*CHANGES, *METHOD_CHANGES])
def test_a_card_of_another_form_is_refused_in_words_and_hides_no_other(key: str) -> None:
    path = save_tiny().with_suffix(".json")
    values = json.loads(path.read_text())
    if key in CHANGES:
        values[key] = CHANGES[key]
    else:
        values["methods"]["prototypical"][key] = METHOD_CHANGES[key]
    path.write_text(json.dumps(values))
    with pytest.raises(RequestError, match="card of model tiny"):
        read_card("tiny")
    assert {m.name: m.title for m in model_infos(read_card("characters"))}["tiny"] == "tiny"


def test_a_folder_is_no_model() -> None:
    (storage.user_models() / "folder.safetensors").mkdir(parents=True)
    assert "folder" not in model_names()


@pytest.mark.parametrize("name", ["nothing", "../tiny", "", "a/b", ".hidden"])
def test_unknown_names_list_what_there_is(name: str) -> None:
    save_tiny()
    with pytest.raises(RequestError, match="tiny"):
        load_model(name)


def test_an_unknown_method_lists_what_the_model_has() -> None:
    save_tiny()
    with pytest.raises(RequestError, match="it has: prototypical"):
        load_model("tiny").ready("psychic")
