"""Heads on a packaged trunk: domains with classes held back, mixed episodes, and what a head is before training."""

import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch.nn import functional as F

from backend.episodes.image_set import ImageSet
from backend.maintenance.domains import made_small, main
from backend.methods import METHODS, Support
from backend.methods.base import HEAD, class_means
from backend.methods.prototypical import squared_distances
from backend.training.domain_features import _drawn, _split, _units
from backend.training.mixed_batches import MixedBatches, turned_at_random
from backend.training.recipes import HEAD_RECIPES

D = 32
HEADS = [name for name in HEAD_RECIPES if METHODS[name].for_inputs("vector", (D,)).state_dict()]


def vectors(classes: list[str], each: int = 12, groups: int = 1) -> ImageSet:
    generator = torch.Generator().manual_seed(len(classes))
    labels = torch.arange(len(classes)).repeat_interleave(each)
    centres = torch.randn(len(classes), D, generator=generator)
    features = F.normalize(centres[labels] + 0.5 * torch.randn(len(labels), D, generator=generator), dim=1)
    return ImageSet(
        images=(4 * features).half(),
        labels=labels,
        classes=tuple(classes),
        groups=torch.arange(len(classes)) % groups,
        group_names=tuple(f"group{g:02d}" for g in range(groups)),
        paths=tuple(f"{classes[c]}/{n}.jpg" for n, c in enumerate(labels.tolist())),
    )


def test_a_class_is_held_back_in_every_domain_that_has_it() -> None:
    one, other = vectors([f"class{n}" for n in range(20)]), vectors([f"class{n}" for n in range(10, 30)])
    held_back = _drawn(sorted({*_units(one), *_units(other)}))
    parts = [_split("d", images, held_back) for images in (one, other)]
    assert len(held_back) == 9
    assert all(
        set(p.validation.classes) == held_back & set(i.classes) for p, i in zip(parts, (one, other), strict=True)
    )
    assert not set(parts[0].training.classes) & set(parts[1].validation.classes)


def test_where_there_are_groups_enough_they_are_held_back_whole() -> None:
    images = vectors([f"class{n}" for n in range(24)], groups=12)
    part = _split("d", images, _drawn(sorted(set(_units(images)))))
    training, validation = (set(p.groups.tolist()) for p in (part.training, part.validation))
    assert len(validation) == 4 and not training & validation


def test_mixed_episodes_are_a_function_of_seed_and_step_and_vary() -> None:
    domains = [vectors([f"a{n}" for n in range(9)]), vectors([f"b{n}" for n in range(6)])]
    recipe = HEAD_RECIPES["maml"]
    batches = [MixedBatches(domains, recipe, 3).batch(step) for step in range(40)]
    again = MixedBatches(domains, recipe, 3).batch(17)
    assert torch.equal(again.support, batches[17].support) and torch.equal(again.queries, batches[17].queries)
    assert {b.way for b in batches} >= {2, 5, 9} and max(b.way for b in batches) == 9
    shots = {b.support.shape[1] // b.way for b in batches}
    assert {1, 2, 5} <= shots and max(shots) == 7  # of ten, as many as leave five to ask about
    for b in batches:
        assert torch.allclose(b.support.norm(dim=-1), torch.full(b.support.shape[:2], 4.0), atol=0.02)


@pytest.mark.parametrize("name", [n for n in HEADS if n != "matching-fce"])
def test_a_head_starts_as_the_nearest_mean(name: str) -> None:
    """Before any training, with the noise of its own random weights; full-context embeddings have another start."""
    torch.manual_seed(0)
    method = METHODS[name].as_head(D).eval()
    assert HEAD in method.state_dict()
    images = vectors([f"c{n}" for n in range(8)], each=10)
    order = torch.arange(80).view(8, 10)
    support = Support(images.images[order[:, :3].flatten()].float(), torch.arange(8).repeat_interleave(3))
    queries = images.images[order[:, 3:].flatten()].float()
    means = class_means(support.inputs[None], support.labels[None], 8)
    nearest = squared_distances(queries[None], means)[0].argmin(1)
    folder = queries if method.transductive else None
    agreed = (method.fit(support, folder).log_probs(queries).argmax(1) == nearest).float().mean()
    assert float(agreed) > 0.9, f"{name} agrees with the nearest mean on {agreed:.0%}"


def test_a_turn_of_the_space_keeps_distances_and_is_no_mere_permutation() -> None:
    points = torch.randn(2, 3, 4, 1280)
    turned = turned_at_random(points, torch.Generator().manual_seed(0))
    for e in range(2):
        before, after = torch.cdist(points[e].flatten(0, 1), points[e].flatten(0, 1)), turned[e].flatten(0, 1)
        assert torch.allclose(torch.cdist(after, after), before, atol=1e-3)
    assert not torch.allclose(turned.sort(-1).values, points.sort(-1).values, atol=0.1)
    assert not torch.allclose(turned_at_random(points, torch.Generator().manual_seed(1)), turned, atol=0.1)


@pytest.mark.slow
def test_domains_are_drawn_alike_from_the_same_seed(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    for kind, suffix, classes in (("objects", "jpg", ("cup", "hat")), ("letters/latin", "png", ("a", "b"))):
        for name in classes:
            folder = tmp_path / kind / name
            folder.mkdir(parents=True)
            for n in range(2):
                Image.fromarray(rng.integers(0, 255, (40, 60, 3), dtype=np.uint8)).save(folder / f"{n}.{suffix}")
    objects = shutil.make_archive(str(tmp_path / "objects"), "tar", tmp_path / "objects")
    letters = shutil.make_archive(str(tmp_path / "letters"), "zip", tmp_path / "letters")
    for into in ("one", "two"):
        assert (
            main(["--objects", objects, "--characters", letters, "--into", str(tmp_path / into), "--creatures", "2"])
            == 0
        )
    drawn = sorted(p.relative_to(tmp_path / "one") for p in (tmp_path / "one").rglob("*") if p.is_file())
    assert {p.parts[0] for p in drawn} == {"objects", "small", "outlines", "creatures", "characters"}
    assert all((tmp_path / "one" / p).read_bytes() == (tmp_path / "two" / p).read_bytes() for p in drawn)


def test_a_small_object_leaves_most_of_the_picture_to_the_background() -> None:
    red = Image.new("RGB", (160, 120), (255, 0, 0))
    pixels = np.asarray(made_small(red, np.random.default_rng(1)))
    share = ((pixels[..., 0] > 250) & (pixels[..., 1] < 5)).mean()
    assert pixels.shape == (224, 224, 3) and 0.05 < share < 0.35
