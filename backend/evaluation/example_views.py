"""Augmented views of the examples in an evaluation, so that its figures are those of the product."""

from dataclasses import replace

import numpy as np
import torch
from torch import Tensor

from backend.confidence.run_episodes import Views
from backend.embedding.device import Device
from backend.embedding.embedder import Embedder
from backend.episodes.image_set import ImageSet
from backend.images.augmentation import prepare_views, view_count
from backend.models.model import Ready
from backend.types import Job, Progress

BATCH = 16
"""Images whose views go through the trunk together."""


def views_of(images: ImageSet, ready: Ready, device: Device, examples: Tensor) -> Job[Views | None]:
    """Views of ``examples``, indices int64 of any shape and number into ``images``; None where the method reads none,
    or images of this kind have none."""
    if not ready.method.reads_views or view_count(ready.input) == 0:
        return None
    squares_are_cut = replace(ready.input, crop=1.0)
    embedder = Embedder(ready.trunk, ready.space, ready.input, device)
    drawn = examples.unique()
    parts: list[Tensor] = []
    for done, chunk in enumerate(drawn.split(BATCH)):
        squares = images.images[chunk].permute(0, 2, 3, 1).numpy()  # [n, s, s, 3]
        pixels = np.concatenate([prepare_views(square, squares_are_cut) for square in squares])
        parts.append(embedder.embed_tensor(torch.from_numpy(pixels)).unflatten(0, (len(chunk), -1)))
        yield Progress("views", min((done + 1) * BATCH, len(drawn)), len(drawn))
    rows = torch.full((len(images.paths),), -1)
    rows[drawn] = torch.arange(len(drawn))
    return Views(rows, torch.cat(parts).to(device.torch_device))
