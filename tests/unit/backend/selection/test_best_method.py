"""Best for my bins: the right candidate wins for the right reason; a folder's look suggests a model."""

import numpy as np
import pytest
import torch
from torch import nn

from backend.embedding.feature_store import FeatureStore
from backend.episodes.glyphs import draw, invent
from backend.errors import RequestError
from backend.evaluation.intervals import wilson
from backend.images.preparation import InputSpec
from backend.methods import METHODS
from backend.models.card import MethodCard
from backend.models.model import Ready
from backend.selection.best_method import Candidate, Choice, rank_candidates
from backend.selection.suggestion import colourfulness, is_glyph_like, paper_and_ink, suggestion_for
from backend.types import Bins, ImageFile, Job, Pixels, Progress
from tests.glyph_folders import drain

NAMES = [f"{bin}{n}" for bin in "ab" for n in range(8)]
BINS: Bins = {"a": tuple(NAMES[:8]), "b": tuple(NAMES[8:])}


class Given(FeatureStore):
    """Features that are there already: what is asked for is not decoded."""

    def __init__(self, features: torch.Tensor, names: list[str] | None = None) -> None:
        self._features = dict(zip(names or NAMES, features.half().numpy(), strict=True))

    def embed(self, files: object) -> Job[None]:
        yield Progress("embed", 0, 0)

    def with_views(self, ids: object) -> None:
        """No pixels, no views."""


def candidate(model: str, method: str, store: FeatureStore) -> Candidate:
    made = METHODS[method].for_inputs("vector", (6,)).eval()
    return Candidate(model, Ready(method, made, nn.Identity(), model, InputSpec("ink", 28), MethodCard("t")), store)


def clear(noise: float) -> torch.Tensor:
    generator = torch.Generator().manual_seed(4)
    return torch.eye(2, 6).repeat_interleave(8, 0) + noise * torch.randn(16, 6, generator=generator)


def choose(*candidates: Candidate, bins: Bins = BINS, files: tuple[ImageFile, ...] = ()) -> Choice:
    return drain(rank_candidates(candidates, files, bins))


def test_the_trunk_that_tells_the_bins_apart_wins_and_says_by_how_much() -> None:
    good, bad = Given(clear(0.05)), Given(clear(30.0))
    choice = choose(candidate("poor", "simpleshot", bad), candidate("fine", "simpleshot", good))
    best, other = choice.ranking
    assert (best.model, best.method, best.right, best.left_out) == ("fine", "simpleshot", 16, 16)
    assert best.difference == 0 and other.right < 14
    assert other.difference == pytest.approx(100 * (16 - other.right) / 16)
    assert 0 < other.difference_ci95 < other.difference and best.low == pytest.approx(80.6, abs=0.1)


def test_among_equals_the_surer_one_wins_and_the_tie_is_admitted() -> None:
    store = Given(clear(0.05))
    choice = choose(candidate("m", "prototypical", store), candidate("m", "simpleshot", store))
    assert [s.right for s in choice.ranking] == [16, 16]
    assert choice.ranking[0].loss < choice.ranking[1].loss
    assert choice.ranking[1].difference == 0


def test_transductive_methods_are_not_scored() -> None:
    store = Given(clear(0.05))
    choice = choose(candidate("m", "bd-cspn", store), candidate("m", "linear", store))
    assert [s.method for s in choice.ranking] == ["linear"]
    with pytest.raises(RequestError, match="transductive"):
        choose(candidate("m", "bd-cspn", store))


def test_all_answer_for_the_examples_that_every_trunk_knows() -> None:
    whole, part = Given(clear(0.05)), Given(clear(0.05)[:-1], NAMES[:-1])
    choice = choose(candidate("whole", "simpleshot", whole), candidate("part", "simpleshot", part))
    assert {s.left_out for s in choice.ranking} == {15}


@pytest.mark.parametrize(
    "bins", [{"a": ("a0",), "b": ("b0",)}, {"a": ("a0", "a1")}, {}, {"a": ("a0", "a1"), "b": ("?",)}]
)
def test_too_few_examples_are_refused(bins: Bins) -> None:
    with pytest.raises(RequestError, match="Too few examples"):
        choose(candidate("m", "simpleshot", Given(clear(0.05))), bins=bins)


def test_wilson_by_hand() -> None:
    assert wilson(10, 10, 1.96) == pytest.approx((10 / (10 + 1.96**2), 1))
    assert wilson(0, 10, 1.96) == pytest.approx((0, 1.96**2 / (10 + 1.96**2)))
    low, high = wilson(5, 10)
    assert low + high == pytest.approx(1) and high - low < 0.6


def glyphs(count: int) -> list[Pixels]:
    rng = np.random.default_rng(0)
    return [np.repeat(draw(invent(rng), rng)[..., None], 3, axis=2) for _ in range(count)]


def photographs(count: int) -> list[Pixels]:
    """Colour that changes slowly, with objects and noise."""
    rng = np.random.default_rng(1)
    images = []
    for _ in range(count):
        x, y = np.meshgrid(np.linspace(0, 1, 90), np.linspace(0, 1, 70))
        ends = rng.uniform(20, 235, (4, 3))
        corners = np.stack([(1 - x) * (1 - y), x * (1 - y), (1 - x) * y, x * y], axis=2)
        scene = corners @ ends
        cx, cy, r = rng.uniform(0.3, 0.7, 3)
        inside = (x - cx) ** 2 + (y - cy) ** 2 < (r / 2) ** 2
        scene = np.where(inside[..., None], 0.5 * scene + rng.uniform(0, 127, 3), scene)
        images.append((scene + rng.normal(0, 12, scene.shape)).clip(0, 255).astype(np.uint8))
    return images


def test_glyphs_suggest_characters_in_either_polarity_and_photographs_do_not() -> None:
    available = ["characters", "photos"]
    ink, chalk = glyphs(20), [255 - g for g in glyphs(20)]
    assert suggestion_for(ink, available).model == suggestion_for(chalk, available).model == "characters"
    colour = photographs(20)
    grey = [np.repeat(p.mean(2, keepdims=True).astype(np.uint8), 3, axis=2) for p in colour]
    for images in (colour, grey):
        found = suggestion_for(images, available)
        assert (found.model, found.glyph_like) == ("photos", 0.0)
    assert "0 of 20" in suggestion_for(colour, available).reason


def test_the_majority_decides_and_only_models_that_are_there_are_suggested() -> None:
    mixed = glyphs(6) + photographs(4)
    found = suggestion_for(mixed, ["characters", "photos"])
    assert (found.model, found.glyph_like) == ("characters", 0.6)
    assert suggestion_for(photographs(3), ["characters"]).model == "characters"
    with pytest.raises(ValueError, match="no images"):
        suggestion_for([], ["characters"])


def test_blank_images_are_no_glyphs() -> None:
    assert not is_glyph_like(np.full((40, 40, 3), 255, np.uint8))
    assert not is_glyph_like(np.full((1, 1, 3), 7, np.uint8))


def test_statistics_by_hand() -> None:
    assert colourfulness(np.full((5, 5, 3), 90, np.uint8)) == 0
    halves = np.zeros((2, 2, 3), np.uint8)
    halves[0] = (200, 0, 0)  # opponents: 200 and 100 above, 0 below: σ = 100 and 50, μ likewise
    assert colourfulness(halves) == pytest.approx(1.3 * np.hypot(100, 50))
    grey = np.full((10, 10), 250.0)
    grey[3:7, 4] = 50.0  # four of a hundred pixels, 200 from the paper
    grey[5, 6] = 190.0  # one that is neither: 60 from it
    assert paper_and_ink(grey) == pytest.approx((200.0, 0.95, 0.8))
