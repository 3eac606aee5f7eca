from dataclasses import replace
from pathlib import Path

import pytest
import torch

from backend.embedding.device import choose_device
from backend.episodes.image_set import ImageSet, read_image_set
from backend.evaluation.compare import RAW_PIXELS, UNTRAINED, compare, seen_in_training
from backend.evaluation.evaluate import Protocol, evaluate_ready, nearest_pixels
from backend.models.store import load_model, read_card
from tests.glyph_folders import alphabets, drain

PROTOCOL = Protocol(way=5, shot=1, queries=3, episodes=12, seed=4)


@pytest.fixture(scope="module")
def images(tmp_path_factory: pytest.TempPathFactory) -> ImageSet:
    root = alphabets(tmp_path_factory.mktemp("alphabets"), groups=1, classes=8, drawings=5)
    return drain(read_image_set(Path(root), load_model("characters").card.input))


def test_every_method_sees_the_same_episodes_as_evaluate(images: ImageSet) -> None:
    model, device = load_model("characters"), choose_device("cpu")
    rows = drain(compare(images, model, ["prototypical"], PROTOCOL, device, "setting"))
    alone = drain(evaluate_ready(images, model.ready("prototypical", "5w1s"), PROTOCOL, device))
    assert [r.method for r in rows] == ["prototypical", RAW_PIXELS, UNTRAINED]
    assert rows[0].evaluation.accuracies == alone.accuracies
    assert rows[0].difference == 0
    assert rows[0].difference_ci95 == 0


@pytest.mark.slow
def test_methods_without_weights_are_compared_too(images: ImageSet) -> None:
    model, device = load_model("characters"), choose_device("cpu")
    weightless = {"simpleshot", "linear", "alpha-tim", "bd-cspn", "paddle", "label-propagation"}
    assert set(model.methods) > weightless
    rows = drain(compare(images, model, model.methods, PROTOCOL, device, "setting"))
    figures = {r.method: r.evaluation.accuracy for r in rows}
    assert min(figures[m] for m in weightless) > figures[RAW_PIXELS] + 10
    assert min(figures[m] for m in model.methods) > 2 * 100 / PROTOCOL.way  # MANN's weights lie below raw pixels here
    assert {r.method for r in rows if r.transductive} == {
        "maml-transductive",
        "alpha-tim",
        "bd-cspn",
        "paddle",
        "label-propagation",
    }


def test_differences_are_paired_with_the_best(images: ImageSet) -> None:
    model, device = load_model("characters"), choose_device("cpu")
    rows = drain(compare(images, model, ["prototypical"], PROTOCOL, device, "setting"))
    raw = rows[1]
    wanted = raw.evaluation.accuracy - rows[0].evaluation.accuracy
    assert raw.difference == pytest.approx(wanted)
    assert raw.difference < 0
    assert raw.baseline


def test_the_nearest_example_by_pixels() -> None:
    support = torch.tensor([[0.0, 0.0], [10.0, 10.0]])
    assert nearest_pixels(support, torch.tensor([[1.0, 2.0], [9.0, 7.0], [4.0, 5.0]])).tolist() == [0, 1, 0]


def test_classes_of_the_training_are_found(images: ImageSet) -> None:
    card = load_model("characters").card
    assert seen_in_training(images, card) == []
    known = ImageSet(
        images.images,
        images.labels,
        ("Greek/character01", *images.classes[1:]),
        images.groups,
        images.group_names,
        images.paths,
    )
    trained = any(name.endswith("Greek/character01") for name in card.data.get("classes", []))
    assert seen_in_training(known, card) == (["Greek/character01"] if trained else [])


def test_a_class_of_the_training_is_found_in_another_folder_where_names_are_unique(images: ImageSet) -> None:
    moved = replace(images, classes=("mine/n01641577-bullfrog", "mine/n01443537-goldfish", *images.classes[2:]))
    assert seen_in_training(moved, load_model("photos-small").card) == ["mine/n01641577-bullfrog"]
    assert (
        seen_in_training(replace(images, classes=("other/character01", *images.classes[1:])), read_card("characters"))
        == []
    )
