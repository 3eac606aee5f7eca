"""ResNet-12 of the few-shot literature (Oreshkin, Rodríguez López & Lacoste 2018, "TADAM", arXiv:1805.10123, appendix;
widths 64-160-320-640 by Lee et al. 2019, "MetaOptNet", arXiv:1904.03758, section 4.1).

Departures: narrower here, so that a laptop's processor embeds a folder in reasonable time; no DropBlock.
"""

from collections.abc import Sequence
from itertools import pairwise

from torch import Tensor, nn


def _convolution(in_channels: int, out_channels: int, size: int) -> nn.Sequential:
    """A convolution that keeps height and width, and batch normalisation."""
    return nn.Sequential(
        nn.Conv2d(in_channels, out_channels, size, padding=size // 2, bias=False), nn.BatchNorm2d(out_channels)
    )


class ResidualBlock(nn.Module):
    """Three 3×3 convolutions beside a 1×1 one, then 2×2 max-pooling: [n, c, h, w] → [n, c', h // 2, w // 2]."""

    def __init__(self, in_channels: int, out_channels: int) -> None:
        super().__init__()
        self.straight = nn.Sequential(
            _convolution(in_channels, out_channels, 3),
            nn.LeakyReLU(0.1, inplace=True),
            _convolution(out_channels, out_channels, 3),
            nn.LeakyReLU(0.1, inplace=True),
            _convolution(out_channels, out_channels, 3),
        )
        self.beside = _convolution(in_channels, out_channels, 1)
        self.end = nn.Sequential(nn.LeakyReLU(0.1, inplace=True), nn.MaxPool2d(2))

    def forward(self, maps: Tensor) -> Tensor:
        """[n, c, h, w] → [n, c', h // 2, w // 2]."""
        out: Tensor = self.end(self.straight(maps) + self.beside(maps))
        return out


class ResNet12(nn.Module):
    """Four residual blocks and the mean over places: [n, 3, h, w] → [n, widths[-1]].

    Args:
        widths: channels of each block.
    """

    def __init__(self, widths: Sequence[int]) -> None:
        super().__init__()
        self.blocks = nn.Sequential(*(ResidualBlock(a, b) for a, b in pairwise([3, *widths])))
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="leaky_relu")

    def forward(self, images: Tensor) -> Tensor:
        """Embeds ``images`` [n, 3, h, w] → [n, widths[-1]]."""
        embedded: Tensor = self.blocks(images).mean((2, 3))
        return embedded
