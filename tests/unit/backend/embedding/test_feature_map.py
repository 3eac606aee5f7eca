"""The map of features: principal components, groups, and UMAP's process."""

import os
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from backend.embedding.feature_map import MOST_GROUPS, groups_of
from backend.embedding.feature_store import FeatureStore
from backend.embedding.projection import CHUNK, pca_map, principal_axes, project, umap_map
from backend.errors import RequestError
from tests.glyph_folders import drain


class Rows(FeatureStore):
    """A store whose features are given by row."""

    def __init__(self, rows: torch.Tensor) -> None:
        self._features = {str(n): row.half().numpy() for n, row in enumerate(rows)}


def test_a_map_by_hand() -> None:
    # Along (3, 4, 0)/5 the images lie at -2, -2, 2, 2, along (0, 0, 1) at 1, -1, 1, -1: variances 4 and 1.
    rows = torch.tensor([[-1.2, -1.6, 1], [-1.2, -1.6, -1], [1.2, 1.6, 1], [1.2, 1.6, -1]]) + 3
    found = drain(pca_map(Rows(rows), ["0", "1", "2", "3"]))
    assert np.allclose(found.points, [[-2, 1], [-2, -1], [2, 1], [2, -1]], atol=5e-3)
    assert found.share == pytest.approx(1.0, abs=1e-3) and found.ids == ("0", "1", "2", "3")
    _, axes, shares = principal_axes(rows, 2)
    assert torch.allclose(axes.T, torch.tensor([[0.6, 0.8, 0], [0, 0, 1]]), atol=1e-3)
    assert shares.tolist() == pytest.approx([0.8, 0.2], abs=1e-3)


def test_axes_are_those_of_an_exact_decomposition_and_the_same_at_every_call() -> None:
    state = torch.random.get_rng_state()
    features = torch.randn(300, 64, generator=torch.Generator().manual_seed(1)) * torch.linspace(3, 0.1, 64)
    mean, axes, _ = principal_axes(features, 2)
    exact = torch.linalg.svd(features - mean, full_matrices=False)[2][:2]
    assert (exact @ axes).abs().diag().tolist() == pytest.approx([1, 1], abs=5e-3)
    assert torch.equal(principal_axes(features, 2)[1], axes)
    assert torch.equal(torch.random.get_rng_state(), state)


def test_maps_of_features_with_a_shape_are_made_in_steps() -> None:
    rows = torch.randn(CHUNK + 5, 2, 3, 3, generator=torch.Generator().manual_seed(2))
    ids = [str(n) for n in range(len(rows))]
    steps = list(project(Rows(rows), ids, 2))
    assert [s.done for s in steps] == [0, CHUNK, CHUNK + 5]
    points, _ = drain(project(Rows(rows), ids, 2))
    flat = rows.half().float().flatten(1)
    mean, axes, _ = principal_axes(flat, 2)
    assert torch.allclose(points, (flat - mean) @ axes, atol=1e-4)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_map_of_hardly_anything(count: int) -> None:
    ids = [str(n) for n in range(count)]
    found = drain(pca_map(Rows(torch.ones(count, 4)), ids))
    assert found.points.shape == (count, 2) and np.isfinite(found.points).all() and len(found.groups) == count


def test_groups_are_clumps() -> None:
    rng = np.random.default_rng(0)
    middles = np.array([[0, 0], [10, 0], [0, 10]])
    truth = np.repeat([0, 1, 2], 16)
    points = (middles[truth] + rng.normal(0, 0.3, (48, 2))).astype(np.float32)
    groups = groups_of(points)
    assert {len(set(groups[truth == n])) for n in range(3)} == {1} and set(groups) == {0, 1, 2}
    assert np.array_equal(groups, groups_of(points))
    many = groups_of(rng.normal(0, 1, (20_000, 2)).astype(np.float32))
    assert set(many) == set(range(MOST_GROUPS))
    assert set(groups_of(np.zeros((50, 2), np.float32))) == {0}


FAKE = """
import numpy as np, time
class UMAP:
    def __init__(self, n_components, n_neighbors, random_state):
        assert (n_components, n_neighbors, random_state) == (2, 11, 0)
    def fit_transform(self, features):
        {body}
        return features[:, :2] * 2
"""


@pytest.fixture
def umap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for the library, found by this process and by the one that is started."""
    module = tmp_path / "extra" / "umap.py"
    module.parent.mkdir()
    module.write_text(FAKE.format(body=""))
    monkeypatch.syspath_prepend(str(module.parent))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(module.parent), str(Path(__file__).parents[4]))))
    return module


IDS = [str(n) for n in range(12)]
ROWS = torch.randn(12, 5, generator=torch.Generator().manual_seed(3))


def test_umap_reads_the_components_in_a_process_of_its_own(umap: Path) -> None:
    found = drain(umap_map(Rows(ROWS), IDS))
    assert np.allclose(found.points, 2 * drain(project(Rows(ROWS), IDS, 2))[0].numpy(), atol=1e-4)
    assert found.share is None and found.ids == tuple(IDS)


def test_closing_the_job_ends_umap(umap: Path) -> None:
    umap.write_text(FAKE.format(body="time.sleep(600)"))
    job = umap_map(Rows(ROWS), IDS)
    while next(job).stage != "umap":
        pass
    job.close()  # the fixture no_leaks looks for the process


def test_a_failure_of_umap_is_told_in_its_own_words(umap: Path) -> None:
    umap.write_text(FAKE.format(body="raise ValueError('out of luck')"))
    with pytest.raises(RequestError, match="out of luck"):
        drain(umap_map(Rows(ROWS), IDS))


def test_umap_needs_the_library_and_some_images(umap: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RequestError, match="Too few images"):
        drain(umap_map(Rows(ROWS), IDS[:9]))
    monkeypatch.setattr(sys, "path", [p for p in sys.path if p != str(umap.parent)])
    if not any((Path(p) / "umap").is_dir() for p in sys.path):
        with pytest.raises(RequestError, match=r"fewshot\[map\]"):
            drain(umap_map(Rows(ROWS), IDS))
