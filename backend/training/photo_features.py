"""Features of training images on a frozen trunk, plain and augmented: embedded once and kept in the user's cache folder
for every method that is trained on the trunk."""

import logging
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from backend import storage
from backend.embedding.embedder import Embedder
from backend.episodes.image_set import ImageSet
from backend.episodes.sampler import generator_for
from backend.training.batches import BatchSource
from backend.training.photo_batches import augmented
from backend.training.photo_data import scaled, to_bytes
from backend.training.recipes import Recipe
from backend.types import Job, Progress

VIEWS = 3
"""Of each training image: itself first, then random crops, mirrored and recoloured, the same whatever the method."""
CHUNK = 128
SMALLEST, JITTER = 0.5, 0.4

_log = logging.getLogger(__name__)


def feature_views(images: ImageSet, embedder: Embedder, key: str, views: int = VIEWS) -> Job[Tensor]:
    """Float16 [views, N, d]: the features of ``images``, and of views of them that are functions of (view, chunk).

    Args:
        key: names the images; the embedder's space names the trunk.
    """
    folder = storage.cache_folder() / "training-features" / key / embedder.space.replace("/", "-")
    found: list[Tensor] = []
    for view in range(views):
        path = folder / f"view{view}.npy"
        features = _kept(path, len(images.paths))
        if features is None:
            features = yield from _view(images, embedder, view)
            _store(path, features)
        found.append(features)
    return torch.stack(found)


def _kept(path: Path, images: int) -> Tensor | None:
    """Features that were stored before; None where none were, or the file is damaged: they can be made again."""
    if not path.is_file():
        return None
    try:
        features = torch.from_numpy(np.load(path))
    except (OSError, EOFError, TypeError, ValueError) as error:
        _log.warning("The features kept in %s cannot be used and are made again: %s", path, error)
        return None
    return features if len(features) == images else None


def _view(images: ImageSet, embedder: Embedder, view: int) -> Job[Tensor]:
    parts: list[Tensor] = []
    size = embedder.spec.size
    for number, chunk in enumerate(images.images.split(CHUNK)):
        if view == 0:
            squares = scaled(chunk, size)
        else:
            generator = generator_for(view, number)
            squares = augmented(chunk.float().div_(255), size, SMALLEST, JITTER, generator)
        parts.append(embedder.embed_tensor(to_bytes(squares)))
        yield Progress(f"embed view {view + 1}", min(len(images.paths), (number + 1) * CHUNK), len(images.paths))
    return torch.cat(parts)


def _store(path: Path, features: Tensor) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".tmp.npy")
    try:
        np.save(unfinished, features.numpy())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


class FeatureBatches(BatchSource):
    """Episodes of features: float32 [b, n, d], each image in one of its views.

    Args:
        features: float16 [views, N, d] of ``images``.
    """

    def __init__(self, images: ImageSet, features: Tensor, recipe: Recipe, seed: int) -> None:
        super().__init__(images, recipe, seed, rotate=False, distort=False)
        self._features = features

    def _pixels(self, turned: Tensor, generator: torch.Generator) -> Tensor:
        views = torch.randint(len(self._features), turned.shape, generator=generator)
        return self._features[views, turned].float()
