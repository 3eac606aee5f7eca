"""Conv4: the four-block convolutional network of the few-shot literature (Vinyals et al. 2016, section 3.1.1)."""

from itertools import pairwise

from torch import Tensor, nn


def conv_block(in_channels: int, out_channels: int, pool: bool = True) -> nn.Sequential:
    """3×3 convolution, batch normalisation, ReLU, and with ``pool`` 2×2 max-pooling."""
    layers: list[nn.Module] = [
        nn.Conv2d(in_channels, out_channels, 3, padding=1, bias=False),
        nn.BatchNorm2d(out_channels),
    ]
    if pool:  # before the ReLU, with which it commutes: a quarter of the values is left to pass through that
        layers.append(nn.MaxPool2d(2))
    return nn.Sequential(*layers, nn.ReLU(inplace=True))


class Conv4(nn.Module):
    """Four blocks of ``width`` channels: [n, c, 28, 28] → [n, width] (the last map is 1×1 and is flattened).

    Args:
        in_channels: 1 for grey images, 3 for colour.
        width: channels of each block, 64 in the literature.
    """

    def __init__(self, in_channels: int = 1, width: int = 64) -> None:
        super().__init__()
        channels = [in_channels, width, width, width, width]
        self.blocks = nn.Sequential(*(conv_block(a, b) for a, b in pairwise(channels)))

    def forward(self, images: Tensor) -> Tensor:
        """Embeds ``images`` [n, c, h, w] → [n, width · (h // 16) · (w // 16)]."""
        embedded: Tensor = self.blocks(images).flatten(1)
        return embedded


class Conv4Map(nn.Module):
    """Four blocks that pool after the first two only: [n, c, 28, 28] → a map [n, width, 7, 7].

    The embedding module of Relation Networks (Sung et al. 2018, section 3.4), whose head compares maps, not vectors.

    Args:
        in_channels: 1 for grey images, 3 for colour.
        width: channels of each block, 64 in the paper.
    """

    def __init__(self, in_channels: int = 1, width: int = 64) -> None:
        super().__init__()
        pooled = [conv_block(in_channels, width), conv_block(width, width)]
        self.blocks = nn.Sequential(*pooled, *(conv_block(width, width, pool=False) for _ in range(2)))

    def forward(self, images: Tensor) -> Tensor:
        """Embeds ``images`` [n, c, h, w] → [n, width, h // 4, w // 4]."""
        embedded: Tensor = self.blocks(images)
        return embedded
