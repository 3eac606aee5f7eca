"""Public pretrained trunks: torchvision's networks, and timm's where that is installed."""

from dataclasses import dataclass
from typing import Any

from torch import nn

from backend.backbones.photo import PhotoTrunk
from backend.errors import RequestError

TORCHVISION, TIMM = "torchvision:", "timm:"
"""How names of such models, and of their architectures in a card, begin."""
TIMM_SIZE = 224
"""Pixels of a timm network's input at most, where the network can be told: cost grows with the square."""


@dataclass(frozen=True, slots=True)
class PublicTrunk:
    """A network of torchvision's: the length of its vectors, and where its classifier sits."""

    title: str
    width: int
    head: str


PUBLIC_TRUNKS: dict[str, PublicTrunk] = {
    "mobilenet_v3_large": PublicTrunk("MobileNetV3-Large", 960, "classifier"),
    "efficientnet_b0": PublicTrunk("EfficientNet-B0", 1280, "classifier"),
    "regnet_y_800mf": PublicTrunk("RegNetY-800MF", 784, "fc"),
    "resnet50": PublicTrunk("ResNet-50", 2048, "fc"),
    "convnext_tiny": PublicTrunk("ConvNeXt-Tiny", 768, "classifier.2"),  # what stands before it normalises
    "vit_b_16": PublicTrunk("ViT-B/16", 768, "heads"),
}


def torchvision_network(name: str) -> nn.Module:
    """The whole network, classifier included, with random weights."""
    from torchvision.models import get_model

    network: nn.Module = get_model(name, weights=None)
    return network


def without_head(network: nn.Module, name: str) -> PhotoTrunk:
    """The trunk of a whole network: its classifier is taken off."""
    public = PUBLIC_TRUNKS[name]
    parent, _, child = public.head.rpartition(".")
    setattr(network.get_submodule(parent), child, nn.Identity())
    return PhotoTrunk(network, public.width)


def timm_trunk(name: str) -> PhotoTrunk:
    """A network of timm's without its classifier, with random weights.

    Raises:
        RequestError: timm is not installed, or has no such network.
    """
    return timm_wrapped(timm_network(name))


def timm_network(name: str, **more: Any) -> Any:
    """``timm.create_model`` without a classifier, for inputs of ``TIMM_SIZE`` pixels where the network's size is larger
    and can be chosen; errors as ``timm_trunk``."""
    try:
        import timm
    except ImportError as error:
        what = f"{TIMM}{name} needs the package timm."
        raise RequestError("Extra not installed", what, "Run: pip install 'fewshot[timm]'") from error
    library: Any = timm
    try:
        config = library.get_pretrained_cfg(name, allow_unregistered=False)
        size = {"img_size": TIMM_SIZE} if config.fixed_input_size and config.input_size[-1] > TIMM_SIZE else {}
        return library.create_model(name, num_classes=0, **size, **more)
    except RuntimeError as error:
        reason = str(error).splitlines()[0]
        raise RequestError(
            "No such network", f"timm cannot make {name!r}: {reason}", "See timm.list_models()."
        ) from error


def timm_wrapped(network: Any) -> PhotoTrunk:
    """``network`` with the normalisation of pixels that it was trained with."""
    config = network.pretrained_cfg
    return PhotoTrunk(network, network.num_features, mean=config["mean"], deviation=config["std"])


def is_public(architecture: str) -> bool:
    """Whether ``architecture`` names a network of torchvision's or timm's."""
    return architecture.startswith((TORCHVISION, TIMM))


def build_public_trunk(architecture: str) -> PhotoTrunk:
    """A trunk with random weights; errors as ``timm_trunk``.

    Raises:
        KeyError: no such network of torchvision's.
    """
    if architecture.startswith(TIMM):
        return timm_trunk(architecture.removeprefix(TIMM))
    name = architecture.removeprefix(TORCHVISION)
    if name not in PUBLIC_TRUNKS:
        raise KeyError(architecture)
    return without_head(torchvision_network(name), name)
