"""What makes the trunk of photographs fast must not change what it says."""

import copy
import io
import pickle
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch.nn import functional as F

from backend import jobs
from backend.backbones.efficientnet_lite import EfficientNetLite, SameConv, fuses
from backend.embedding.cache import EmbeddingCache
from backend.images import DecoderPool, decode_bytes
from backend.images.preparation import InputSpec
from backend.types import Embedded
from tests.glyph_folders import drain
from tests.photo_folders import photographs
from tests.pixel_stores import pixel_store


def padded(x: torch.Tensor, conv: SameConv) -> torch.Tensor:
    """TensorFlow's "same" padding, as it is defined."""
    kernel, stride = conv.kernel_size[0], conv.stride[0]
    edges: list[int] = []
    for size in (x.shape[3], x.shape[2]):
        total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
        edges += [total // 2, total - total // 2]
    return F.conv2d(F.pad(x, edges), conv.weight, conv.bias, stride, groups=conv.groups)


@pytest.mark.parametrize("sides", [(32, 32), (31, 31), (16, 33), (17, 8)], ids=str)
@pytest.mark.parametrize(("kernel", "stride"), [(1, 1), (3, 1), (5, 1), (3, 2), (5, 2)])
def test_padding_is_tensorflows(kernel: int, stride: int, sides: tuple[int, int]) -> None:
    torch.manual_seed(0)
    conv, x = SameConv(6, 6, kernel, stride, groups=6), torch.randn(2, 6, *sides)
    expected = padded(x, conv)
    assert torch.allclose(conv(x), expected, atol=1e-5)
    assert torch.allclose(conv.clamped(x), expected.clamp(0, 6), atol=1e-5)
    with torch.no_grad():  # now in one pass
        assert torch.allclose(
            conv.clamped(x.contiguous(memory_format=torch.channels_last)), expected.clamp(0, 6), atol=1e-5
        )


@pytest.mark.parametrize("stride", [1, 2])
def test_weights_are_arranged_once_and_anew_when_they_or_the_maps_change(stride: int) -> None:
    torch.manual_seed(0)
    conv, x = SameConv(6, 6, 3, stride), torch.randn(3, 6, 13, 9).contiguous(memory_format=torch.channels_last)

    def agrees(images: torch.Tensor) -> bool:
        return torch.allclose(conv.clamped(images), padded(images, conv).clamp(0, 6), atol=1e-5)

    with torch.no_grad():
        assert agrees(x) and agrees(x[:1]) and agrees(x[..., :8]) and agrees(x)
        first = conv._arranged.of(conv, x)
        assert conv._arranged.of(conv, x[:1]) is first
        conv.weight.neg_()
        assert agrees(x)
        conv.load_state_dict({"weight": torch.randn(6, 6, 3, 3), "bias": torch.randn(6)})
        assert agrees(x)
        conv.weight = torch.nn.Parameter(torch.randn(6, 6, 3, 3))
        assert agrees(x)
        for other in (copy.deepcopy(conv), pickle.loads(pickle.dumps(conv))):
            assert torch.equal(other.clamped(x), conv.clamped(x))


def test_a_cpu_computes_convolution_and_clamp_in_one_pass_unless_it_cannot() -> None:
    x, weight = torch.zeros(1, 3, 8, 8), torch.zeros(4, 3, 3, 3)
    assert not fuses(x, weight)  # a gradient is wanted
    with torch.no_grad():
        assert fuses(x, weight) == torch.backends.mkldnn.is_available()
        assert not fuses(x.bfloat16(), weight) and not fuses(x.to("meta"), weight)
        with torch.autocast("cpu", torch.bfloat16):
            assert not fuses(x, weight)


def test_the_network_gives_the_same_features_with_and_without_gradients() -> None:
    torch.manual_seed(0)
    network = EfficientNetLite().eval()
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.05)
    images = 2 * torch.rand(2, 3, 96, 96) - 1
    whole = network(images).detach()
    with torch.no_grad():
        fused = network.to(memory_format=torch.channels_last)(images.contiguous(memory_format=torch.channels_last))
    assert whole.std() > 1e-6 and torch.allclose(fused, whole, rtol=1e-3, atol=1e-5 * float(whole.max()))


def test_a_whole_photograph_is_decoded_no_larger_than_the_trunk_needs() -> None:
    noise = np.random.default_rng(0).integers(0, 256, (60, 80, 3), dtype=np.uint8)
    file = io.BytesIO()
    Image.fromarray(noise).resize((1280, 960)).save(file, "JPEG")
    pixels, original = decode_bytes(file.getvalue(), InputSpec("photo", 224, whole=True).decode_side)
    quarter = Image.open(io.BytesIO(file.getvalue()))
    quarter.draft(None, (320, 240))  # libjpeg leaves the finer coefficients out
    assert original == (1280, 960) and np.array_equal(pixels, np.asarray(quarter))
    assert InputSpec("photo", 224).decode_side == 448  # of which a square is cut
    assert InputSpec("photo", 64, crop=0.875).decode_side == 147 and InputSpec("ink", 28).decode_side == 112


@pytest.mark.parametrize(("side", "most"), [(64, 32), (224, 8)])
def test_large_images_go_through_the_trunk_a_few_at_a_time(side: int, most: int, tmp_path: Path) -> None:
    files = drain(jobs.list_folder(photographs(tmp_path / "photos", 2, 20))).files
    cache = EmbeddingCache(tmp_path / "cache.sqlite")
    with DecoderPool(workers=1) as pool:
        steps = list(pixel_store(InputSpec("photo", side), cache, pool).embed(files))
    cache.close()
    sizes = [len(s.ids) for s in steps if isinstance(s, Embedded)]
    assert sum(sizes) == 40 and max(sizes) == most
