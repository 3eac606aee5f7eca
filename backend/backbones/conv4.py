"""Conv4: the four-block convolutional network of the few-shot literature (Vinyals et al. 2016, section 3.1.1)."""

from torch import Tensor, nn


def conv_block(in_channels: int, out_channels: int) -> nn.Sequential:
    """3×3 convolution, batch normalisation, ReLU, 2×2 max-pooling."""
    return nn.Sequential(
        nn.Conv2d(in_channels, out_channels, 3, padding=1, bias=False),
        nn.BatchNorm2d(out_channels),
        nn.ReLU(inplace=True),
        nn.MaxPool2d(2),
    )


class Conv4(nn.Module):
    """Four blocks of ``width`` channels: [n, c, 28, 28] → [n, width] (the last map is 1×1 and is flattened).

    Args:
        in_channels: 1 for grey images, 3 for colour.
        width: channels of each block, 64 in the literature.
    """

    def __init__(self, in_channels: int = 1, width: int = 64) -> None:
        super().__init__()
        channels = [in_channels, width, width, width, width]
        self.blocks = nn.Sequential(*(conv_block(a, b) for a, b in zip(channels, channels[1:], strict=False)))

    def forward(self, images: Tensor) -> Tensor:
        """Embeds ``images`` [n, c, h, w] → [n, width · (h // 16) · (w // 16)]."""
        embedded: Tensor = self.blocks(images).flatten(1)
        return embedded
