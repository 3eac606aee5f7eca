"""Embedding networks (trunks). Each maps float32 images [n, c, h, w] to what a method takes: a vector or a map."""

from torch import nn

from backend.backbones.conv4 import Conv4, Conv4Map

TRUNKS: dict[str, type[Conv4] | type[Conv4Map]] = {"conv4": Conv4, "conv4-map": Conv4Map}
"""Every architecture by its name in a model's card."""

PIXELS = "pixels"
"""The architecture that hands the image itself to the method, which then has a network inside."""


def build_trunk(architecture: str, in_channels: int) -> nn.Module:
    """A randomly initialised trunk.

    Raises:
        KeyError: no architecture of that name.
    """
    if architecture == PIXELS:
        return nn.Identity()
    return TRUNKS[architecture](in_channels)


__all__ = ["PIXELS", "TRUNKS", "Conv4", "Conv4Map", "build_trunk"]
