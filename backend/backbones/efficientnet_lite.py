"""EfficientNet-Lite: EfficientNet (Tan & Le 2019, arXiv:1905.11946) without squeeze-excitation and with ReLU6.

For inference: convolutions have biases and there is no batch normalisation: what training had of it is folded into them
(``folded``). Padding is TensorFlow's "same", as the weights expect it. On a CPU a convolution clamps what it writes
while it is still at hand (``one_pass``): the maps are large, and memory is slower than arithmetic. Its weights are
arranged for that once (``Arranged``), not for each batch.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

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


class Arranged:
    """A convolution's weights in the order in which oneDNN reads them, for maps of one size: those it saw last.

    Of no weights but those they were made of: where they change or are others, it begins anew.
    """

    def __init__(self) -> None:
        self._made: tuple[tuple[int, ...], Tensor] | None = None
        self._source: Tensor | None = None  # held, so that no other weights can come to lie at its address

    def __reduce__(self) -> tuple[type["Arranged"], tuple[()]]:
        return Arranged, ()  # copied and pickled without what it holds

    def of(self, conv: "SameConv", x: Tensor) -> Tensor:
        """The weights of ``conv`` for ``x`` [n, i, h, w] of any n."""
        made = (conv.weight.data_ptr(), conv.weight._version, *x.shape[-2:])
        if self._made is None or self._made[0] != made:
            settings = (conv.padding, conv.stride, conv.dilation, conv.groups)
            arranged = torch.ops.mkldnn._reorder_convolution_weight(conv.weight_for(x), *settings, list(x.shape))
            self._made, self._source = (made, arranged), conv.weight.detach()
        return self._made[1]


class SameConv(nn.Conv2d):
    """A convolution with TensorFlow's "same" padding; an odd kernel, and stride 1 or 2."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int = 1, groups: int = 1) -> None:
        super().__init__(inputs, outputs, kernel, stride, padding=kernel // 2, groups=groups)
        self._arranged = Arranged()

    def forward(self, x: Tensor) -> Tensor:
        """[n, i, h, w] → [n, o, ⌈h / stride⌉, ⌈w / stride⌉]."""
        if fuses(x, self.weight):
            return one_pass(x, self._arranged.of(self, x), self, clamps=False)
        return F.conv2d(x, self.weight_for(x), self.bias, self.stride, self.padding, groups=self.groups)

    def clamped(self, x: Tensor) -> Tensor:
        """As ``forward``, then ReLU6."""
        if fuses(x, self.weight):
            return one_pass(x, self._arranged.of(self, x), self, clamps=True)
        return F.relu6(self(x), inplace=True)

    def weight_for(self, x: Tensor) -> Tensor:
        """With stride 2, an even side is padded by one pixel less at its start than at its end. A row of zeros before
        the kernel does the same, and copies no map."""
        if self.stride[0] == 1:
            return self.weight
        height, width = x.shape[-2:]
        return F.pad(self.weight, (1 - width % 2, 0, 1 - height % 2, 0))


def fuses(x: Tensor, weight: Tensor) -> bool:
    """Whether ``one_pass`` can take ``x``: on CPUs, in float32, without gradients."""
    if _FUSED is None or torch.is_grad_enabled() or torch.is_autocast_enabled("cpu"):
        return False
    return x.device.type == "cpu" and x.dtype == weight.dtype == torch.float32


def _fused() -> Any:
    """oneDNN's convolution, as torch's compiler calls it; None where torch was built without it.

    ``F.conv2d`` would take others where it computes on one thread, which copy the maps.
    """
    return getattr(torch.ops.mkldnn, "_convolution_pointwise", None) if torch.backends.mkldnn.is_available() else None


_FUSED = _fused()


def one_pass(x: Tensor, weight: Tensor, like: SameConv, clamps: bool) -> Tensor:
    """The convolution of ``x`` with ``weight``, and ReLU6 where it ``clamps``, in one pass over memory."""
    settings = (like.padding, like.stride, like.dilation, like.groups)
    after = ("hardtanh", [0.0, 6.0]) if clamps else ("none", [])
    result: Tensor = _FUSED(x, weight, like.bias, *settings, *after, "")
    return result


class Layers(nn.Sequential):
    """Convolutions, some of which a ReLU6 follows."""

    def forward(self, x: Tensor) -> Tensor:
        """[n, i, h, w] → [n, o, h', w']."""
        layers = list(self)
        for layer, after in zip(layers, [*layers[1:], None], strict=True):
            if isinstance(layer, SameConv):
                x = layer.clamped(x) if isinstance(after, nn.ReLU6) else layer(x)
        return x


class Block(nn.Module):
    """An inverted residual: expand, filter each channel, project; added to its input where the shapes agree."""

    def __init__(self, inputs: int, stage: Stage, stride: int) -> None:
        super().__init__()
        width = inputs * stage.expansion
        expand = [SameConv(inputs, width, 1), nn.ReLU6(inplace=True)] if stage.expansion > 1 else []
        self.layers = Layers(
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
        self.stem = Layers(SameConv(3, STEM, 3, 2), nn.ReLU6(inplace=True))
        blocks: list[nn.Module] = []
        inputs = STEM
        for stage in stages:
            for number in range(stage.blocks):
                blocks.append(Block(inputs, stage, stage.stride if number == 0 else 1))
                inputs = stage.channels
        self.blocks = nn.Sequential(*blocks)
        self.head = Layers(SameConv(inputs, WIDTH, 1), nn.ReLU6(inplace=True))

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
