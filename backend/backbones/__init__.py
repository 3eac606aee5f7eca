"""Embedding networks (trunks). Each maps float32 images [n, c, h, w] to what a method takes: a vector or a map."""

from torch import nn

from backend.backbones.conv4 import Conv4, Conv4Map
from backend.backbones.packaged import PACKAGED_TRUNKS, build_packaged_trunk
from backend.backbones.photo import PHOTO_TRUNKS, PhotoTrunk, build_photo_trunk, is_photo
from backend.backbones.public import build_public_trunk, is_public

TRUNKS: dict[str, type[Conv4] | type[Conv4Map]] = {"conv4": Conv4, "conv4-map": Conv4Map}
"""Architectures for grey glyphs by their names in a model's card; ``PHOTO_TRUNKS`` has those for photographs."""

PIXELS = "pixels"
"""The architecture that hands the image itself to the method, which then has a network inside."""


def build_trunk(architecture: str, in_channels: int) -> nn.Module:
    """A randomly initialised trunk.

    Raises:
        KeyError: no architecture of that name.
    """
    if architecture == PIXELS:
        return nn.Identity()
    if is_public(architecture):
        return build_public_trunk(architecture)
    if architecture in PACKAGED_TRUNKS:
        return build_packaged_trunk(architecture)
    if is_photo(architecture):
        return build_photo_trunk(architecture)
    return TRUNKS[architecture](in_channels)


__all__ = ["PHOTO_TRUNKS", "PIXELS", "TRUNKS", "Conv4", "Conv4Map", "PhotoTrunk", "build_trunk"]
