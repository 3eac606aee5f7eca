"""Groups among the unsure: small cases worked out by hand."""

import numpy as np
import torch
from torch import Tensor

from backend.active.clusters import MOST, TIGHT, alike_groups, between_bins, linked
from tests.glyph_folders import drain


def at(*degrees: float) -> Tensor:
    """Unit vectors in a plane: their cosine distance is 1 less the cosine of the angle between them."""
    angles = torch.tensor(degrees).deg2rad()
    return torch.stack([angles.cos(), angles.sin()], 1)


def test_average_linkage_by_hand() -> None:
    """Of points at 0, 1, 3 and 10 the first two merge at 1; the third is then 2.5 away; the last 8 2/3."""
    points = np.array([0.0, 1, 3, 10])
    distances = np.abs(points[:, None] - points).astype(np.float32)
    expected = {
        0.5: [[0], [1], [2], [3]],
        1.0: [[0, 1], [2], [3]],
        2.4: [[0, 1], [2], [3]],
        2.5: [[0, 1, 2], [3]],
        8.6: [[0, 1, 2], [3]],
        8.7: [[0, 1, 2, 3]],
    }
    for limit, clusters in expected.items():
        assert drain(linked(distances.copy(), limit)) == clusters


def test_average_linkage_is_what_the_naive_algorithm_gives() -> None:
    points = np.random.default_rng(3).random((40, 2))
    distances = np.linalg.norm(points[:, None] - points, axis=2).astype(np.float32)
    clusters = [[i] for i in range(40)]
    while True:
        pairs = [(distances[np.ix_(a, b)].mean(), a, b) for a in clusters for b in clusters if a[0] < b[0]]
        height, a, b = min(pairs)
        if height > 0.2:
            break
        clusters = [c for c in clusters if c not in (a, b)] + [sorted(a + b)]
    assert 1 < len(clusters) < 40
    assert drain(linked(distances.copy(), 0.2)) == sorted(clusters)


def test_the_distance_between_bins_by_hand() -> None:
    """Bins at 0°, 60° and 180°: to the nearest other bin it is 0.5, 0.5 and 1.5."""
    means = at(0, 60, 180)
    assert abs(between_bins(means) - 2.5 / 3) < 1e-6


def test_tight_groups_away_from_the_bins_are_proposed() -> None:
    unsure = at(180, 2, 90, 184, 3, 92, 181, 1, 91, 300, 182, 270)
    #           a    bin b   a    bin b   a    bin b   -    a    -      group a: 180 to 184, group b: 90 to 92
    groups = drain(alike_groups(unsure, at(0, 4, 40), torch.tensor([0, 0, 1])))
    assert [set(g) for g in groups] == [{0, 3, 6, 10}, {2, 5, 8}]
    assert groups[0][0] in (6, 10)  # 181° and 182° lie in the middle
    assert groups[1] == [8, 2, 5]


def test_what_is_loose_small_or_alike_to_a_bin_is_not() -> None:
    examples, labels = at(0, 60), torch.tensor([0, 1])  # the bins are 0.5 apart, so groups are TIGHT * 0.5 wide
    assert 1 - float(at(40)[0, 0]) > 0.2 == TIGHT * 0.5
    for unsure in (at(200, 240, 280), at(200, 201), at(1, 2, 3, 4), at()):
        assert drain(alike_groups(unsure, examples, labels)) == []
    assert drain(alike_groups(at(200, 201, 203), examples, labels)) == [[1, 0, 2]]


def test_maps_and_many_images_are_no_trouble() -> None:
    generator = torch.Generator().manual_seed(0)
    kinds = torch.randn(4, 3, 2, 2, generator=generator)
    unsure = kinds[torch.arange(MOST + 50) % 2] + 0.01 * torch.randn(MOST + 50, 3, 2, 2, generator=generator)
    groups = drain(alike_groups(unsure, kinds[2:], torch.tensor([0, 1])))
    assert [len(g) for g in groups] == [MOST // 2, MOST // 2]
    assert {n % 2 for n in groups[0]} != {n % 2 for n in groups[1]}
    assert drain(alike_groups(unsure, kinds[2:], torch.tensor([0, 1]))) == groups
