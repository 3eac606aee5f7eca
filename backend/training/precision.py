"""Whether a training's forward passes run in bfloat16."""

import torch


def autocast_pays(device: torch.device) -> bool:
    """Whether ``device`` multiplies bfloat16 in hardware; emulated it is slower than float32."""
    if device.type == "cuda":
        return True
    # torch has no public probe for the CPU
    return device.type == "cpu" and torch.backends.mkldnn.is_available() and torch.cpu._is_avx512_bf16_supported()
