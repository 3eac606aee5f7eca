"""Projects features to two dimensions: by principal components at once, by UMAP on request."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from torch import Tensor

from backend.embedding.feature_map import FeatureMap, Points, groups_of, umap_installed
from backend.embedding.feature_store import FeatureStore
from backend.errors import RequestError
from backend.types import ImageId, Job, Progress

SAMPLE = 4096
"""Images that decide about the components, spread evenly; all are projected."""
CHUNK = 1024
UMAP_COMPONENTS = 50
"""UMAP reads so many principal components: distances hardly change, and 100,000 images are 20 MB."""
LEAST_FOR_UMAP = 10
WAIT_SECONDS = 0.03


def pca_map(store: FeatureStore, ids: Sequence[ImageId]) -> Job[FeatureMap]:
    """A map of ``ids``, which must have features, by their two principal components (Pearson 1901)."""
    projected, shares = yield from project(store, ids, 2)
    points: Points = projected.numpy()
    yield Progress("map", len(ids), len(ids))
    return FeatureMap(tuple(ids), points, groups_of(points), float(shares.sum()))


def project(store: FeatureStore, ids: Sequence[ImageId], components: int) -> Job[tuple[Tensor, Tensor]]:
    """Coordinates float32 [n, components] of ``ids`` and each component's share of the variance [components].

    Where features have fewer dimensions, or there are fewer images, the last coordinates are 0. All is worked out on
    the CPU, so that a folder's map is the same whatever the device.
    """
    if not ids:
        return torch.zeros(0, components), torch.zeros(components)
    mean, axes, shares = principal_axes(_vectors(store, ids[:: -(-len(ids) // SAMPLE)]), components)
    yield Progress("map", 0, len(ids))
    parts: list[Tensor] = []
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        parts.append((_vectors(store, part) - mean) @ axes)
        yield Progress("map", start + len(part), len(ids))
    return torch.cat(parts), shares


def _vectors(store: FeatureStore, ids: Sequence[ImageId]) -> Tensor:
    """Features of ``ids`` on the CPU, [n, d]."""
    return store.features(ids).flatten(1).cpu()


def principal_axes(features: Tensor, components: int) -> tuple[Tensor, Tensor, Tensor]:
    """Mean [d], orthonormal axes [d, components] by falling variance, and each axis's share of the variance, of
    ``features`` [n, d]. The largest entry of an axis is positive, so that the same features give the same map.

    The axes come from a randomised singular value decomposition, seeded (Halko, Martinsson & Tropp 2011,
    arXiv:0909.4061).
    """
    mean = features.mean(0)
    centred = features - mean
    rank = min(components, *features.shape)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        _, values, right = torch.svd_lowrank(centred, q=min(rank + 6, *features.shape), niter=6)
    axes = features.new_zeros(features.shape[1], components)
    signs = right[:, :rank].gather(0, right[:, :rank].abs().argmax(0, keepdim=True)).sign()
    axes[:, :rank] = right[:, :rank] * torch.where(signs == 0, 1.0, signs)
    shares = features.new_zeros(components)
    shares[:rank] = values[:rank] ** 2 / (centred**2).sum().clamp_min(1e-12)
    return mean, axes, shares


def umap_map(store: FeatureStore, ids: Sequence[ImageId]) -> Job[FeatureMap]:
    """A map of ``ids`` by UMAP (McInnes et al. 2018, arXiv:1802.03426), worked out in a process of its own: it takes
    many seconds that nothing could interrupt. Closing the job ends it.

    Raises:
        RequestError: the extra is not installed, there are too few images, or UMAP fails.
    """
    if not umap_installed():
        raise RequestError("UMAP is not installed", "The map by UMAP needs it.", "pip install 'fewshot[map]'")
    if len(ids) < LEAST_FOR_UMAP:
        raise RequestError(
            "Too few images", "UMAP needs {0} images or more.", "Wait until more are read, or use PCA.", LEAST_FOR_UMAP
        )
    projected, _ = yield from project(store, ids, UMAP_COMPONENTS)
    with TemporaryDirectory(prefix="fewshot-umap-", ignore_cleanup_errors=True) as folder:
        source, target = Path(folder) / "features.npy", Path(folder) / "points.npy"
        np.save(source, projected.numpy())
        yield from _run_child(source, target)
        points: Points = np.load(target, allow_pickle=False)
    return FeatureMap(tuple(ids), points, groups_of(points))


def _run_child(source: Path, target: Path) -> Job[None]:
    command = [sys.executable, "-P", "-m", "backend.embedding.umap_child", str(source), str(target)]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
    try:
        while child.poll() is None:
            yield Progress("umap", 0, None)
            _wait(child)
        _, errors = child.communicate()
    finally:
        child.kill()
        child.wait()
        if child.stderr is not None:
            child.stderr.close()
    if child.returncode or not target.is_file():
        last = (errors.decode(errors="replace").strip().splitlines() or [f"it ended with {child.returncode}"])[-1]
        raise RequestError("UMAP failed", "UMAP says: {0}.", "Reinstall it, or use PCA.", last)


def _wait(child: "subprocess.Popen[bytes]") -> None:
    try:
        child.wait(WAIT_SECONDS)
    except subprocess.TimeoutExpired:
        return
