"""Trunks for colour photographs: a network of torchvision or our own, with its normalisations.

What the trunk gives is centred by the mean of its training images' features and scaled to one length (Wang et al. 2019,
"SimpleShot", arXiv:1911.04623, section 3.2), so that squared Euclidean distances are cosine distances.
"""

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from backend.backbones.resnet12 import ResNet12

MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
"""Of ImageNet's pixels, per channel; torchvision's weights expect images normalised by these."""
FLIP = "+flip"
"""Ending of an architecture's name: an image's features are the mean of its own and its mirror image's."""


class PhotoTrunk(nn.Module):
    """A network between fixed normalisations: images [n, 3, s, s] in 0..1 → vectors [n, d] of length ``scale``.

    Args:
        network: maps normalised images [n, 3, s, s] to vectors [n, d].
        width: d.
        flip: in eval mode each image is embedded together with its mirror image, at twice the cost.
        mean, deviation: the pixels' normalisation per channel.
        power: features ≥ 0 are raised to it and brought to unit length; 1 leaves them as they are.

    ``centre`` [d] (zero at first) and ``scale`` (one at first) are buffers, set when training ends.
    """

    pixel_mean: Tensor
    pixel_deviation: Tensor
    centre: Tensor
    scale: Tensor

    def __init__(
        self,
        network: nn.Module,
        width: int,
        flip: bool = False,
        mean: Sequence[float] = MEAN,
        deviation: Sequence[float] = DEVIATION,
        power: float = 1.0,
    ) -> None:
        super().__init__()
        self.network, self.width, self.flip, self.power = network, width, flip, power
        for name, values in (("pixel_mean", mean), ("pixel_deviation", deviation)):
            self.register_buffer(name, torch.tensor(values).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("centre", torch.zeros(width))
        self.register_buffer("scale", torch.ones(()))

    def raw(self, images: Tensor) -> Tensor:
        """The network's own features of ``images`` [n, 3, s, s], 0..1, before they are centred → float32 [n, d]."""
        inputs = ((images - self.pixel_mean) / self.pixel_deviation).contiguous(memory_format=torch.channels_last)
        features: Tensor = self.network(inputs).float()
        if self.flip and not self.training:
            features = (features + self.network(inputs.flip(-1)).float()) / 2
        return features if self.power == 1 else F.normalize(features.clamp_min(0) ** self.power, dim=1)

    def placed(self, raw: Tensor) -> Tensor:
        """``raw`` features [n, d], centred, each of length ``scale``."""
        return self.scale * F.normalize(raw - self.centre, dim=1)

    def forward(self, images: Tensor) -> Tensor:
        """Embeds ``images`` [n, 3, s, s], 0..1 → [n, d]."""
        return self.placed(self.raw(images))


class RawTrunk(nn.Module):
    """A trunk's features before they are centred."""

    def __init__(self, trunk: PhotoTrunk) -> None:
        super().__init__()
        self.trunk = trunk

    def forward(self, images: Tensor) -> Tensor:
        """[n, 3, s, s] → [n, d]."""
        return self.trunk.raw(images)


def _headless(model: Any, head: str) -> nn.Module:
    """``model`` without its classifier."""
    setattr(model, head, nn.Identity())
    network: nn.Module = model
    return network


def _torchvision(name: str, head: str, width: int) -> Callable[[], tuple[nn.Module, int]]:
    def build() -> tuple[nn.Module, int]:
        from torchvision.models import get_model

        return _headless(get_model(name, weights=None), head), width

    return build


def _resnet18_small_stem() -> tuple[nn.Module, int]:
    """ResNet-18 with a 3×3 stem of stride 2 and no max-pooling, for images of about 64 pixels."""
    from torchvision.models import resnet18

    model = resnet18(weights=None)
    model.conv1 = nn.Conv2d(3, 64, 3, stride=2, padding=1, bias=False)
    nn.init.kaiming_normal_(model.conv1.weight, mode="fan_out", nonlinearity="relu")
    model.maxpool = nn.Identity()
    return _headless(model, "fc"), 512


def _resnet12(widths: tuple[int, int, int, int]) -> Callable[[], tuple[nn.Module, int]]:
    return lambda: (ResNet12(widths), widths[-1])


PHOTO_TRUNKS: dict[str, Callable[[], tuple[nn.Module, int]]] = {
    "regnet_y_400mf": _torchvision("regnet_y_400mf", "fc", 440),
    "regnet_y_800mf": _torchvision("regnet_y_800mf", "fc", 784),
    "resnet18": _torchvision("resnet18", "fc", 512),
    "resnet18-small-stem": _resnet18_small_stem,
    "resnet12-narrow": _resnet12((32, 80, 160, 320)),
    "mobilenet_v3_large": _torchvision("mobilenet_v3_large", "classifier", 960),
    "shufflenet_v2_x1_0": _torchvision("shufflenet_v2_x1_0", "fc", 1024),
    "efficientnet_b0": _torchvision("efficientnet_b0", "classifier", 1280),
}
"""Networks that can be trained here, by name, each with the length of its vectors."""


def is_photo(architecture: str) -> bool:
    """Whether ``architecture``, perhaps ending in ``FLIP``, is one of ``PHOTO_TRUNKS``."""
    return architecture.removesuffix(FLIP) in PHOTO_TRUNKS


def build_photo_trunk(architecture: str) -> PhotoTrunk:
    """A randomly initialised trunk.

    Raises:
        KeyError: no architecture of that name.
    """
    network, width = PHOTO_TRUNKS[architecture.removesuffix(FLIP)]()
    return PhotoTrunk(network, width, flip=architecture.endswith(FLIP))
