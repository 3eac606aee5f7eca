"""Batches of photographs: random crops, mirror images and colours, for whole batches at once and on any device.

Every draw is a function of (seed, step), made on the CPU, so that a resumed training sees what an unbroken one would.
"""

import math

import torch
from torch import Tensor
from torch.nn import functional as F

from backend.episodes.image_set import ImageSet
from backend.episodes.sampler import generator_for

LARGEST_RATIO = 4 / 3
"""Of a crop's width to its height, or the other way round (torchvision's RandomResizedCrop has the same)."""
EPOCH_SEED = 1 << 40
"""Set apart from the steps' draws."""


class PhotoBatches:
    """Draws the batch of a step from ``images`` (uint8 [N, 3, side, side]).

    Args:
        batch: images of one step; what is left of an epoch is dropped.
        size: pixels of an augmented image.
        smallest: least share of the area that a crop keeps.
        jitter: brightness, contrast and saturation change by 1 ± this.
        device: where batches are made; the images are copied there if it is no CPU.
    """

    def __init__(
        self, images: ImageSet, batch: int, size: int, seed: int, device: torch.device, smallest: float, jitter: float
    ) -> None:
        self._images = images.images if device.type == "cpu" else images.images.to(device)
        self._labels, self._device = images.labels, device
        self._batch, self._size, self._seed = batch, size, seed
        self._smallest, self._jitter = smallest, jitter
        self.steps_per_epoch = len(images.labels) // batch
        self._epoch, self._order = -1, torch.empty(0)

    def batch(self, step: int) -> tuple[Tensor, Tensor]:
        """The batch of ``step``: float32 [b, 3, size, size] in 0..1 and labels int64 [b], on the device."""
        chosen = self._chosen(step)
        pixels = self._images[chosen.to(self._images.device)].float().div_(255)
        images = augmented(pixels, self._size, self._smallest, self._jitter, generator_for(self._seed, step))
        return images, self._labels[chosen].to(self._device)

    def _chosen(self, step: int) -> Tensor:
        epoch, place = divmod(step, self.steps_per_epoch)
        if epoch != self._epoch:
            generator = generator_for(self._seed, EPOCH_SEED + epoch)
            self._epoch, self._order = epoch, torch.randperm(len(self._labels), generator=generator)
        return self._order[place * self._batch : (place + 1) * self._batch]


def augmented(images: Tensor, size: int, smallest: float, jitter: float, generator: torch.Generator) -> Tensor:
    """A random crop, half of them mirrored, and random colours for each image; [n, 3, s, s] → [n, 3, size, size]."""
    cropped = random_crops(images, size, smallest, generator)
    return random_colours(cropped, jitter, generator) if jitter else cropped


def random_crops(images: Tensor, size: int, smallest: float, generator: torch.Generator) -> Tensor:
    """Each image gets its own crop, scaled to ``size`` (Szegedy et al. 2015, arXiv:1409.4842, section 6), half of them
    mirrored.

    A crop keeps between ``smallest`` and all of the area, with sides in a ratio of 3:4 to 4:3, cut to the image's own
    side. Scaled bilinearly from the nearest pixels: ``size`` should not be much smaller than the crop.
    """
    n = len(images)
    u = torch.rand(n, 5, generator=generator)
    area = smallest + (1 - smallest) * u[:, 0]
    ratio = torch.exp((2 * u[:, 1] - 1) * math.log(LARGEST_RATIO))
    width, height = (area * ratio).sqrt().clamp(max=1), (area / ratio).sqrt().clamp(max=1)
    mirror = torch.where(u[:, 4] < 0.5, -1.0, 1.0)
    theta = torch.zeros(n, 2, 3)
    theta[:, 0, 0], theta[:, 1, 1] = width * mirror, height
    theta[:, 0, 2], theta[:, 1, 2] = (1 - width) * (2 * u[:, 2] - 1), (1 - height) * (2 * u[:, 3] - 1)
    grid = F.affine_grid(theta.to(images.device), [n, 3, size, size], align_corners=False)
    return F.grid_sample(images, grid, mode="bilinear", padding_mode="border", align_corners=False)


def random_colours(images: Tensor, jitter: float, generator: torch.Generator) -> Tensor:
    """Each image gets its own brightness, contrast and saturation, 1 ± ``jitter`` of what they were, in this order."""
    factors = 1 + jitter * (2 * torch.rand(3, len(images), 1, 1, 1, generator=generator) - 1)
    brightness, contrast, saturation = factors.to(images.device)
    images = (images * brightness).clamp_(0, 1)
    images = torch.lerp(_grey(images).mean((2, 3), keepdim=True), images, contrast).clamp_(0, 1)
    return torch.lerp(_grey(images).expand_as(images), images, saturation).clamp_(0, 1)


def _grey(images: Tensor) -> Tensor:
    red, green, blue = images.unbind(1)
    return (0.299 * red + 0.587 * green + 0.114 * blue)[:, None]
