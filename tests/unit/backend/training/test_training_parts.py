import dataclasses

import pytest
import torch

from backend.episodes.augment import random_affine
from backend.episodes.image_set import ImageSet
from backend.episodes.sampler import generator_for
from backend.training.batches import BatchSource
from backend.training.method_training import WARM_UP, learning_rate
from backend.training.recipes import Recipe
from backend.training.split import split_groups

RECIPE = Recipe(way=6, shots=(1, 2), queries=2, meta_batch=2, learning_rate=1.0)


def image_set(groups: int = 3, classes: int = 4, drawings: int = 5) -> ImageSet:
    """Every image is one gradient whose direction tells its rotation, scaled by its class."""
    count = groups * classes
    ramp = torch.arange(56, dtype=torch.float32).expand(56, 56)
    images = torch.stack([ramp * (c + 1) / count * 4 for c in range(count) for _ in range(drawings)])
    return ImageSet(
        images=images.to(torch.uint8)[:, None],
        labels=torch.arange(count).repeat_interleave(drawings),
        classes=tuple(f"group{c // classes}/class{c}" for c in range(count)),
        groups=torch.arange(groups).repeat_interleave(classes),
        group_names=tuple(f"group{g}" for g in range(groups)),
        paths=tuple(f"{i}.png" for i in range(count * drawings)),
    )


def turn_of(image: torch.Tensor) -> int:
    """By how many quarters of a turn a gradient image [1, s, s] was rotated: where its bright edge lies."""
    edges = torch.stack([image[0, :, -1].mean(), image[0, 0].mean(), image[0, :, 0].mean(), image[0, -1].mean()])
    return int(edges.argmax())


def test_rotations_are_classes_of_their_own() -> None:
    batch = BatchSource(image_set(), RECIPE, seed=0, distort=False).batch(3)
    for e in range(2):
        for i, label in enumerate(batch.query_labels[e].tolist()):
            assert turn_of(batch.queries[e, i]) == int(batch.class_ids[e, label]) % 4


def test_a_batch_is_a_function_of_seed_and_step() -> None:
    first, second, other = (BatchSource(image_set(), RECIPE, seed).batch(9) for seed in (1, 1, 2))
    assert torch.equal(first.queries, second.queries)
    assert not torch.equal(first.class_ids, other.class_ids)


def test_shapes_and_labels_of_a_batch() -> None:
    batch = BatchSource(image_set(), dataclasses.replace(RECIPE, shots=(2,)), seed=0).batch(0)
    assert batch.support.shape == (2, 12, 1, 28, 28)
    assert batch.queries.shape == (2, 12, 1, 28, 28)
    assert batch.support_labels[0].tolist() == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert batch.support_mask.all()
    assert batch.way == 6


def test_narrow_episodes_stay_within_one_alphabet_and_one_rotation() -> None:
    recipe = dataclasses.replace(RECIPE, way=12, within=1.0, meta_batch=1)
    batch = BatchSource(image_set(), recipe, seed=0).batch(0)
    assert batch.class_ids.shape == (3, 4)
    for e in range(3):
        assert len(batch.group_ids[e].unique()) == 1
        assert len((batch.class_ids[e] % 4).unique()) == 1


def test_without_groups_that_are_large_enough_all_episodes_are_wide() -> None:
    recipe = dataclasses.replace(RECIPE, way=15, within=1.0, meta_batch=1)
    assert BatchSource(image_set(groups=6), recipe, seed=0).batch(0).class_ids.shape == (1, 15)


def test_no_distortion_is_the_identity() -> None:
    images = torch.rand(3, 1, 16, 16)
    same = random_affine(images, generator_for(0, 0), degrees=0, translate=0, scale=0, shear=0)
    assert torch.allclose(same, images, atol=1e-5)


def test_each_image_is_distorted_in_its_own_way() -> None:
    images = torch.rand(1, 1, 16, 16).expand(4, -1, -1, -1)
    distorted = random_affine(images, generator_for(0, 0))
    assert not torch.allclose(distorted[0], distorted[1])


def test_the_rate_warms_up_and_falls_to_zero_as_a_cosine() -> None:
    assert learning_rate(RECIPE, 0, 1000) == pytest.approx(0.1)
    assert learning_rate(RECIPE, WARM_UP, 1000) == pytest.approx(1.0)
    assert learning_rate(RECIPE, WARM_UP + 450, 1000) == pytest.approx(0.5)
    assert learning_rate(RECIPE, 1000, 1000) == pytest.approx(0.0)
    assert learning_rate(RECIPE, 50, None) == learning_rate(RECIPE, 50, 1000)


def test_whole_alphabets_are_held_back() -> None:
    training, validation = split_groups(image_set(groups=12), seed=0)
    names = [{c.split("/")[0] for c in part.classes} for part in (training, validation)]
    assert len(names[1]) == 3
    assert not names[0] & names[1]
    assert len(training.classes) + len(validation.classes) == 48
    assert torch.equal(training.labels.unique(), torch.arange(len(training.classes)))


def test_classes_are_held_back_where_there_are_few_groups() -> None:
    training, validation = split_groups(image_set(groups=2, classes=10), seed=0)
    assert len(validation.classes) == 2
    assert not set(training.classes) & set(validation.classes)
