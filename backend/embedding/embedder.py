"""The trunk's forward pass: prepared images in, float16 features out."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from backend.embedding.device import Device
from backend.images.preparation import PREPARATION_VERSION, InputSpec


class Embedder:
    """A trunk on a device.

    Args:
        trunk: maps float32 [n, c, s, s] to [n, …]; put into eval mode and moved to ``device``.
        weights_hash: names the trunk's exact weights.
    """

    def __init__(self, trunk: nn.Module, weights_hash: str, spec: InputSpec, device: Device) -> None:
        self.spec = spec
        self._trunk = trunk.eval().to(device.torch_device).to(memory_format=torch.channels_last)
        self._device = device
        self.device = device.torch_device
        precision = str(device.dtype).removeprefix("torch.")
        self.space = f"{weights_hash}/{spec.name}v{PREPARATION_VERSION}/{precision}"

    def embed(self, images: NDArray[np.uint8]) -> NDArray[np.float16]:
        """Features of prepared ``images`` uint8 [n, c, s, s] → float16 [n, …]. One step: callers chunk."""
        features = self.embed_tensor(torch.from_numpy(images))
        return features.numpy()

    @torch.no_grad()
    def embed_tensor(self, images: Tensor) -> Tensor:
        """As ``embed``, on tensors: uint8 [n, c, s, s] → float16 [n, …] on the CPU."""
        inputs = to_float(images.to(self._device.torch_device))
        with self._device.arithmetic():
            features: Tensor = self._trunk(inputs)
        limit = torch.finfo(torch.float16).max
        return features.float().clamp(-limit, limit).half().cpu()


def to_float(images: Tensor) -> Tensor:
    """Prepared images uint8 [n, c, s, s] as the trunk takes them: float32, 0..1."""
    return images.to(torch.float32).div(255)


def embed_all(embedder: Embedder, images: Tensor, chunk: int = 256) -> Tensor:
    """Features of many prepared images, uint8 [n, c, s, s] → float32 [n, …], ``chunk`` at a time."""
    return torch.cat([embedder.embed_tensor(part) for part in images.split(chunk)]).float()
