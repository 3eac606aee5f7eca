"""EfficientNet-Lite: EfficientNet (Tan & Le 2019, arXiv:1905.11946) without squeeze-excitation and with ReLU6.

For inference: convolutions have biases and there is no batch normalisation: what training had of it is folded into them
(``folded``). Padding is TensorFlow's "same", as the weights expect it.
"""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

BATCH_NORM_EPSILON = 1e-3
STEM, WIDTH = 32, 1280
"""Channels of the first convolution and of the last, whatever the network's size."""


class Stage(NamedTuple):
    """Blocks of one resolution: kernel size, stride of the first block, expansion, channels, number of blocks."""

    kernel: int
    stride: int
    expansion: int
    channels: int
    blocks: int


LITE0 = (
    Stage(3, 1, 1, 16, 1),
    Stage(3, 2, 6, 24, 2),
    Stage(5, 2, 6, 40, 2),
    Stage(3, 2, 6, 80, 3),
    Stage(5, 1, 6, 112, 3),
    Stage(5, 2, 6, 192, 4),
    Stage(3, 1, 6, 320, 1),
)


def scaled_stages(width: float, depth: float) -> tuple[Stage, ...]:
    """``LITE0`` with more channels (rounded to multiples of eight) and blocks (but in the first and last stage)."""
    last = len(LITE0) - 1
    return tuple(
        s._replace(
            channels=_rounded(s.channels * width),
            blocks=s.blocks if n in (0, last) else math.ceil(s.blocks * depth),
        )
        for n, s in enumerate(LITE0)
    )


def _rounded(channels: float) -> int:
    """The nearest multiple of eight that is no less than nine tenths of ``channels``."""
    near = max(8, int(channels + 4) // 8 * 8)
    return near + 8 if near < 0.9 * channels else near


LITE2 = scaled_stages(1.1, 1.2)


class SameConv(nn.Conv2d):
    """A convolution with TensorFlow's "same" padding: with stride 2, more at the right and bottom than left and top."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int = 1, groups: int = 1) -> None:
        super().__init__(inputs, outputs, kernel, stride, padding=kernel // 2 if stride == 1 else 0, groups=groups)

    def forward(self, x: Tensor) -> Tensor:
        """[n, i, h, w] → [n, o, ⌈h / stride⌉, ⌈w / stride⌉]."""
        if self.stride[0] > 1:
            (top, bottom), (left, right) = (self._padding(s) for s in x.shape[-2:])
            x = F.pad(x, (left, right, top, bottom))
        return super().forward(x)

    def _padding(self, size: int) -> tuple[int, int]:
        stride, kernel = self.stride[0], self.kernel_size[0]
        total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
        return total // 2, total - total // 2


class Block(nn.Module):
    """An inverted residual: expand, filter each channel, project; added to its input where the shapes agree."""

    def __init__(self, inputs: int, stage: Stage, stride: int) -> None:
        super().__init__()
        width = inputs * stage.expansion
        expand = [SameConv(inputs, width, 1), nn.ReLU6(inplace=True)] if stage.expansion > 1 else []
        self.layers = nn.Sequential(
            *expand,
            SameConv(width, width, stage.kernel, stride, groups=width),
            nn.ReLU6(inplace=True),
            SameConv(width, stage.channels, 1),
        )
        self.is_residual = stride == 1 and inputs == stage.channels

    def forward(self, x: Tensor) -> Tensor:
        """[n, i, h, w] → [n, o, h', w']."""
        out: Tensor = self.layers(x)
        return x + out if self.is_residual else out


class EfficientNetLite(nn.Module):
    """Images [n, 3, s, s] → features float32 [n, 1280], the mean over positions of the last layer; all are ≥ 0.

    Args:
        stages: ``LITE0`` or ``LITE2``.
    """

    def __init__(self, stages: Sequence[Stage] = LITE0) -> None:
        super().__init__()
        self.stem = nn.Sequential(SameConv(3, STEM, 3, 2), nn.ReLU6(inplace=True))
        blocks: list[nn.Module] = []
        inputs = STEM
        for stage in stages:
            for number in range(stage.blocks):
                blocks.append(Block(inputs, stage, stage.stride if number == 0 else 1))
                inputs = stage.channels
        self.blocks = nn.Sequential(*blocks)
        self.head = nn.Sequential(SameConv(inputs, WIDTH, 1), nn.ReLU6(inplace=True))

    def forward(self, x: Tensor) -> Tensor:
        """[n, 3, s, s] → [n, 1280]."""
        features: Tensor = self.head(self.blocks(self.stem(x)))
        return features.mean((2, 3)).float()


def convolutions(network: EfficientNetLite) -> Iterator[SameConv]:
    """The network's convolutions in the order of its forward pass."""
    return (m for m in network.modules() if isinstance(m, SameConv))


def folded(network: EfficientNetLite, tensors: Sequence[Tensor]) -> EfficientNetLite:
    """``network`` with the weights of a published file, batch normalisation folded into the convolutions.

    Args:
        tensors: in the file's order; for each convolution its weight, then scale, shift, mean, variance (and perhaps a
            count of batches) of the batch normalisation behind it; at the end the classifier's two.

    Raises:
        ValueError: they are of another network.
    """
    left = [t.float() for t in tensors if t.ndim > 0]
    expected = 5 * len(list(convolutions(network))) + 2
    if len(left) != expected:
        raise ValueError(f"{len(left)} tensors where the network has {expected}")
    with torch.no_grad():
        for number, conv in enumerate(convolutions(network)):
            weight, scale, shift, mean, variance = left[5 * number : 5 * number + 5]
            if weight.shape != conv.weight.shape or scale.shape != (len(weight),):
                raise ValueError(f"tensor {5 * number} has shape {list(weight.shape)}, not {list(conv.weight.shape)}")
            gain = scale * (variance + BATCH_NORM_EPSILON).rsqrt()
            conv.weight.copy_(weight * gain.view(-1, 1, 1, 1))
            assert conv.bias is not None
            conv.bias.copy_(shift - mean * gain)
    return network
