"""The trunks that can be fetched, as the window lists them."""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from backend.backbones.public import TORCHVISION
from backend.models import public
from backend.models.install_commands import LARGE_NEEDS, TIMM_NEEDS
from backend.models.packaged import is_there
from backend.pretrained.install import download_path
from backend.types import Job, Progress

LARGE, LARGE_ARCHITECTURE = "photos-large", "efficientnet-lite2"
"""The larger sibling of the trunk of ``photos``: it is not fetched but installed."""
LARGE_MEGABYTES, LARGE_GFLOPS = 24.0, 0.9
DINO_MEGABYTES, DINO_GFLOPS = 88.0, 6.1
"""22 million parameters in float32, and a forward pass at 224 pixels; timm tells neither before it has the file."""
DINO_TERMS = "Apache 2.0"
TORCHVISION_TERMS = "BSD 3-Clause; trained on ImageNet-1K"


@dataclass(frozen=True, slots=True)
class TrunkOffer:
    """A trunk to fetch.

    ``megabytes`` and ``gflops`` (billions of operations for an image) are about right. ``received`` bytes wait of a
    download that was stopped. ``needs`` is what must be run first; "" where nothing is missing.
    """

    name: str
    title: str
    megabytes: float
    gflops: float
    source: str
    terms: str
    installed: bool = False
    received: int = 0
    needs: str = ""


def trunk_offers() -> Job[list[TrunkOffer]]:
    """All of them, and how far each is: that which is installed as a package, torchvision's by size, then timm's. Makes
    no connection."""
    yield Progress("load", 0, 1)
    there = set(public.installed_names())
    fetched = [_offer(o.name, o.title.partition(" (")[0], o.megabytes, o.name in there) for o in public.offers()]
    return [_large(), *fetched]


def _large() -> TrunkOffer:
    there = is_there(LARGE_ARCHITECTURE)
    needs = "" if there else LARGE_NEEDS
    return TrunkOffer(
        LARGE, "EfficientNet-Lite2", LARGE_MEGABYTES, LARGE_GFLOPS, "pypi.org", DINO_TERMS, there, needs=needs
    )


def _offer(name: str, title: str, megabytes: float, there: bool) -> TrunkOffer:
    if not name.startswith(TORCHVISION):
        needs = "" if find_spec("timm") else TIMM_NEEDS
        waiting = _size(download_path(name, ""))
        return TrunkOffer(name, title, DINO_MEGABYTES, DINO_GFLOPS, "huggingface.co", DINO_TERMS, there, waiting, needs)
    weights = public.torchvision_weights(name.removeprefix(TORCHVISION))
    waiting, gflops = _size(download_path(name, weights.url)), float(weights.meta["_ops"])
    return TrunkOffer(name, title, megabytes, gflops, urlsplit(weights.url).netloc, TORCHVISION_TERMS, there, waiting)


def _size(file: Path) -> int:
    partial = file.with_name(f"{file.name}.partial")
    return partial.stat().st_size if partial.exists() else 0
