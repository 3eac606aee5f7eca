"""Parts of the training on photographs: crops, colours, batches, schedules, the trunk's normalisation."""

import pytest
import torch

from backend.backbones import PHOTO_TRUNKS, PhotoTrunk, build_trunk
from backend.episodes.image_set import ImageSet, merged
from backend.episodes.sampler import generator_for
from backend.training.photo_batches import PhotoBatches, random_colours, random_crops
from backend.training.trunk import TrunkRecipe, TrunkTrainee, learning_rate

CPU = torch.device("cpu")


def image_set(classes: tuple[str, ...], each: int, value: int = 0) -> ImageSet:
    n = len(classes) * each
    return ImageSet(
        images=torch.full((n, 3, 8, 8), value, dtype=torch.uint8),
        labels=torch.arange(len(classes)).repeat_interleave(each),
        classes=classes,
        groups=torch.zeros(len(classes), dtype=torch.int64),
        group_names=("train",),
        paths=tuple(f"{c}/{i}.png" for c in classes for i in range(each)),
    )


def test_a_whole_crop_is_the_image_or_its_mirror_image() -> None:
    images = torch.rand(40, 3, 16, 16, generator=generator_for(0, 0))
    crops = random_crops(images, 16, 1.0, generator_for(0, 1))
    same = (crops - images).abs().amax((1, 2, 3)) < 1e-4
    mirrored = (crops - images.flip(-1)).abs().amax((1, 2, 3)) < 1e-4
    narrowed = ~(same | mirrored)  # a ratio other than 1 keeps less of one side
    assert narrowed.any()
    square = random_crops(images[:, :, :, :1].expand(-1, -1, -1, 16), 16, 1.0, generator_for(0, 1))
    assert torch.isfinite(square).all()


def test_crops_lie_within_the_image_and_keep_their_share_of_it() -> None:
    ramp = ((torch.arange(64) + 0.5) / 64).expand(200, 3, 64, 64)
    crops = random_crops(ramp, 32, 0.35, generator_for(0, 2))
    widths = (crops[:, 0, 0, -1] - crops[:, 0, 0, 0]).abs() / (31 / 32)
    assert crops.min() >= 0 and crops.max() <= 1
    assert widths.min() > (0.35 * 3 / 4) ** 0.5 - 0.05 and widths.max() <= 1.02
    mirrored = (crops[:, 0, 0, -1] < crops[:, 0, 0, 0]).float().mean()
    assert 0.35 < mirrored < 0.65


def test_colours_change_image_by_image_and_stay_in_range() -> None:
    images = torch.rand(1, 3, 1, 1).expand(50, 3, 6, 6)
    changed = random_colours(images, 0.4, generator_for(0, 3))
    assert changed.min() >= 0 and changed.max() <= 1
    assert len({tuple(p) for p in changed[:, :, 0, 0].round(decimals=4).tolist()}) > 45
    assert torch.allclose(random_colours(images, 0.0, generator_for(0, 3)), images, atol=1e-6)


def test_an_epoch_sees_every_image_once_and_draws_depend_on_the_step_alone() -> None:
    images = image_set(("a", "b", "c"), 8)
    images.images[:] = torch.arange(24)[:, None, None, None].to(torch.uint8)
    batches = PhotoBatches(images, 6, 8, 0, CPU, 1.0, 0.0)
    assert batches.steps_per_epoch == 4
    drawn = [batches.batch(step) for step in range(8)]
    for epoch in (drawn[:4], drawn[4:]):
        seen = torch.cat([pixels[:, 0, 0, 0] for pixels, _ in epoch]).mul(255).round()
        assert seen.sort().values.tolist() == list(range(24))
    fresh = PhotoBatches(images, 6, 8, 0, CPU, 1.0, 0.0).batch(6)
    assert all(torch.equal(a, b) for a, b in zip(fresh, drawn[6], strict=True))


def test_sets_are_merged_by_the_names_of_classes() -> None:
    both = merged([image_set(("a", "c"), 2, 1), image_set(("b", "c"), 3, 2)])
    assert both.classes == ("a", "b", "c")
    assert torch.bincount(both.labels).tolist() == [2, 3, 5]
    assert [both.paths[i].split("/")[0] for i in both.members()[2].tolist()] == ["c"] * 5
    assert both.images[both.members()[1]].unique().tolist() == [2]


def test_the_rate_rises_to_its_peak_and_falls_to_zero() -> None:
    recipe = TrunkRecipe("resnet18", warm_up=10, learning_rate=0.4)
    rates = [learning_rate(recipe, step, 100) for step in range(100)]
    assert rates[0] == pytest.approx(0.04)
    assert max(rates) == rates[10] == pytest.approx(0.4)
    assert rates[-1] < 0.001
    assert [learning_rate(recipe, step, None) for step in (0, 9, 30)] == pytest.approx([0.04, 0.4, 0.4])


@pytest.mark.parametrize("name", ["regnet_y_400mf", "resnet18-small-stem", "resnet12-narrow", "mobilenet_v3_large"])
def test_an_architecture_gives_vectors_of_its_width_and_stays_small(name: str) -> None:
    trunk = build_trunk(name, 3).eval()
    assert isinstance(trunk, PhotoTrunk)
    features = trunk(torch.rand(2, 3, 64, 64))
    assert features.shape == (2, PHOTO_TRUNKS[name]()[1])
    assert sum(p.numel() for p in trunk.parameters()) <= 15_000_000


def test_a_flipped_image_has_the_features_of_the_image() -> None:
    trunk = build_trunk("shufflenet_v2_x1_0+flip", 3).eval()
    images = torch.rand(3, 3, 64, 64)
    assert torch.allclose(trunk(images), trunk(images.flip(-1)), atol=1e-5)
    assert not torch.allclose(trunk(images)[0], trunk(images)[1], atol=1e-3)


def test_the_mean_of_weights_follows_and_is_not_trained() -> None:
    trainee = TrunkTrainee(build_trunk("shufflenet_v2_x1_0", 3), 5).train()  # type: ignore[arg-type]
    trained = {id(p) for group in trainee.parameter_groups(1e-4) for p in group["params"]}
    assert not trained & {id(p) for p in trainee.average.parameters()}
    assert not trainee.average.training
    with torch.no_grad():
        trainee.trunk.centre.fill_(1.0)
    trainee.follow(0.9)
    assert torch.allclose(trainee.average.centre, torch.full((1024,), 0.1))
