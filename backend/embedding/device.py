"""Which device and which arithmetic: CUDA, then Apple's MPS, then the CPU."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

import torch

from backend.errors import RequestError


@dataclass(frozen=True, slots=True)
class Device:
    """A torch device and the precision of trunk forward passes on it."""

    torch_device: torch.device
    dtype: torch.dtype

    @property
    def title(self) -> str:
        """What a person reads: the device's own name."""
        if self.torch_device.type == "cuda":
            return torch.cuda.get_device_name(self.torch_device)
        return {"mps": "Apple GPU", "cpu": "CPU"}[self.torch_device.type]

    @contextmanager
    def arithmetic(self) -> Iterator[None]:
        """Autocast to ``dtype``; nothing where that is float32."""
        with nullcontext() if self.dtype == torch.float32 else torch.autocast(self.torch_device.type, self.dtype):
            yield


def choose_device(name: str = "auto") -> Device:
    """The device called ``name``: auto, cpu, cuda or mps.

    float16 on CUDA and MPS, the precision of the cache; how closely that agrees with float32 has not been
    measured yet. The CPU computes in float32: bfloat16 keeps 8 bits only, and on a processor that multiplies it without
    matrix units (AVX-512, one thread) EfficientNet-Lite0 is slower in it, operation by operation.

    Raises:
        RequestError: that device is not on this machine.
    """
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
    if name == "cuda" and not torch.cuda.is_available():
        raise RequestError(
            "No such device", "There is no CUDA device on this machine.", "Use --device auto or --device cpu."
        )
    if name == "mps" and not torch.backends.mps.is_available():
        raise RequestError(
            "No such device", "There is no Apple GPU on this machine.", "Use --device auto or --device cpu."
        )
    return Device(torch.device(name), torch.float32 if name == "cpu" else torch.float16)


def available_devices() -> dict[str, str]:
    """The devices of this machine by their names, with what a person reads: the fastest first, the CPU last."""
    there = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    return {name: choose_device(name).title for name, is_there in there.items() if is_there}


def share_threads() -> None:
    """Leaves one core in four (one at least, from three cores on) to the window and the decoders."""
    cores = os.cpu_count() or 1
    share = max(1, cores - max(1, cores // 4)) if cores > 2 else cores
    torch.set_num_threads(min(share, torch.get_num_threads()))  # fewer where OMP_NUM_THREADS or a container says so
