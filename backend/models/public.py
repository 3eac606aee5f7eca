"""Models around public pretrained trunks: ``torchvision:NAME``, ``torchvision:NAME@PATH`` and ``timm:NAME``.

They have no weights for methods; methods that need none read the trunk (docs/adr/0007-public-trunks.md).
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from torch import Tensor, nn

from backend import storage
from backend.backbones import PhotoTrunk
from backend.backbones.public import (
    PUBLIC_TRUNKS,
    TIMM,
    TIMM_SIZE,
    TORCHVISION,
    is_public,
    timm_network,
    timm_wrapped,
    torchvision_network,
    without_head,
)
from backend.errors import RequestError, Sentence
from backend.images.preparation import InputSpec
from backend.models.card import Card, MethodCard, TrunkCard
from backend.models.model import Model, with_prefix
from backend.models.weights_file import read_weights

DINO = "vit_small_patch14_dinov2.lvd142m"
TRUNK = "public"
"""The trunk's name in such a model."""
METHOD = "prototypical"
SCALE = 4.0
"""Length of the features. On unit vectors all distances are alike; how sharp probabilities should be has not been
measured for these trunks: the bins' own leave-one-out estimate corrects it."""
TERMS = "torchvision's weights, trained on ImageNet-1K; its terms, and the images', are for you to check."


@dataclass(frozen=True, slots=True)
class Offer:
    """A model that can be fetched; ``megabytes`` is 0 where nobody knows before."""

    name: str
    title: str
    megabytes: float


@dataclass(frozen=True, slots=True)
class Source:
    """Where weights lie, what the SHA-256 digest must begin with, and how images are prepared for them."""

    url: str
    digest: str
    input: InputSpec


def offers() -> list[Offer]:
    """What can be fetched: torchvision's networks by size, and one of timm's as an example of all."""
    found = [Offer(TORCHVISION + n, p.title, _megabytes(n)) for n, p in PUBLIC_TRUNKS.items()]
    return [*found, Offer(TIMM + DINO, "DINOv2 ViT-S/14 (needs the extra timm)", 0.0)]


def torchvision_source(name: str) -> Source:
    """Where torchvision keeps the first version of the weights: later ones were trained so long, for their own classes,
    that nearest-mean classifiers on their features do worse (pytorch/vision issues 7570 and 8382)."""
    weights = torchvision_weights(name)
    digest = Path(weights.url).stem.rsplit("-", 1)[1]  # as torch.hub names its files
    keywords = weights.transforms.keywords
    size, resized = keywords["crop_size"], keywords.get("resize_size", 256)
    return Source(weights.url, digest, InputSpec("photo", size, size / resized))


def timm_source(name: str) -> Source:
    """Where the Hugging Face hub keeps timm's weights, or the mirror of the variable HF_ENDPOINT.

    Raises:
        RequestError: timm is not installed, or has no such weights.
    """
    config = timm_network(name).pretrained_cfg
    if not config.get("hf_hub_id"):
        raise RequestError(
            "No weights", "timm has no weights for {0}.", Sentence("Name them too, such as {0}.", DINO), repr(name)
        )
    host = os.environ.get("HF_ENDPOINT", "https://huggingface.co").rstrip("/")
    return Source(f"{host}/{config['hf_hub_id']}/resolve/main/model.safetensors", "", _timm_input(config))


def torchvision_weights(name: str) -> Any:
    """torchvision's own entry for the weights: url, transforms, meta."""
    from torchvision.models import get_model_weights

    return get_model_weights(name)["IMAGENET1K_V1"]


def _megabytes(name: str) -> float:
    return float(torchvision_weights(name).meta["_file_size"])


def _timm_input(config: Mapping[str, Any]) -> InputSpec:
    return InputSpec("photo", min(config["input_size"][-1], TIMM_SIZE), config["crop_pct"])


def source_of(name: str) -> Source:
    """Where the weights of ``name`` are fetched from.

    Raises:
        RequestError: no such model.
    """
    if name.startswith(TIMM):
        return timm_source(name.removeprefix(TIMM))
    network = name.removeprefix(TORCHVISION)
    if not name.startswith(TORCHVISION) or network not in PUBLIC_TRUNKS:
        names = ", ".join(o.name for o in offers())
        raise RequestError(
            "No such model", "There is no model {0} to fetch; there are: {1}.", "Choose one.", repr(name), names
        )
    return torchvision_source(network)


def installed_path(name: str) -> Path:
    """Where the model ``name`` lies once it is installed. A colon is no letter of file names everywhere."""
    kind, _, network = name.partition(":")
    return storage.public_models() / f"{kind}-{network}.safetensors"


def installed_names() -> list[str]:
    """Names of the models that were fetched."""
    files = sorted(storage.public_models().glob("*-*.safetensors")) if storage.public_models().is_dir() else []
    names = [f.name.removesuffix(".safetensors").replace("-", ":", 1) for f in files]
    return [n for n in names if is_public(n) and not n.endswith(".download")]


def local_model(name: str) -> Model:
    """``torchvision:NAME@PATH``: the model around a weights file of one's own.

    Raises:
        RequestError: no such network or file, or the file holds other weights.
    """
    base, path = local_parts(name)
    card, tensors = assembled(base, path, source_of(base).input)
    return Model(_renamed(card, name), tensors)


def local_card(name: str) -> Card:
    """The card of ``torchvision:NAME@PATH``, without reading the file; RequestError as ``local_model``."""
    base, path = local_parts(name)
    if not path.is_file():
        raise RequestError("No such weights", "{0} does not exist or is no file.", "Give a weights file.", path)
    network = base.removeprefix(TORCHVISION)
    return _renamed(_card(base, source_of(base).input, PUBLIC_TRUNKS[network].width), name)


def local_parts(name: str) -> tuple[str, Path]:
    """``torchvision:NAME@PATH`` → ``torchvision:NAME`` and the path."""
    base, _, path = name.partition("@")
    if not base.startswith(TORCHVISION):
        what = Sentence("{0}: local weights are read for {1}NAME@PATH only.", repr(name), TORCHVISION)
        raise RequestError("No such model", what, "See fewshot models.")
    return base, Path(path).expanduser()


def _renamed(card: Card, name: str) -> Card:
    return replace(card, name=name, title=f"{card.title}, own weights", data={"source": name}, licence="")


def assembled(name: str, file: Path, spec: InputSpec) -> tuple[Card, dict[str, Tensor]]:
    """Card and tensors of the model ``name`` with the weights of ``file``.

    Raises:
        RequestError: the file is damaged, holds code, or other weights.
    """
    if name.startswith(TIMM):
        trunk = _timm_trunk(name.removeprefix(TIMM), file)
    else:
        network = name.removeprefix(TORCHVISION)
        whole = torchvision_network(network)
        _fill(whole, read_weights(file), f"{PUBLIC_TRUNKS[network].head}.", file)
        trunk = without_head(whole, network)
    trunk.scale.fill_(SCALE)
    return _card(name, spec, trunk.width), with_prefix(f"trunk/{TRUNK}/", trunk.state_dict())


def _fill(network: nn.Module, weights: dict[str, Tensor], head: str, file: Path) -> None:
    """Loads all but the classifier, which may be of other classes or missing. torchvision's own loader knows the names
    that older files have."""
    kept = {k: v.float() if v.is_floating_point() else v for k, v in weights.items() if not k.startswith(head)}
    try:
        missing, unexpected = network.load_state_dict(kept, strict=False)
    except RuntimeError as error:  # another shape
        raise _other_network(file, str(error).strip().splitlines()[-1].strip()) from error
    wrong = [k for k in missing if not k.startswith(head)] + list(unexpected)
    if wrong:
        raise _other_network(file, Sentence("{0} and {1} more names do not agree.", wrong[0], len(wrong) - 1))


def _timm_trunk(name: str, file: Path) -> PhotoTrunk:
    """timm's own loader fits position embeddings to the input size."""
    read_weights(file)  # says what is wrong with it, if anything, before timm opens it
    try:
        network = timm_network(name, pretrained=True, pretrained_cfg_overlay={"file": str(file)})
    except RequestError as error:
        raise _other_network(file, error.sentence) from error
    return timm_wrapped(network)


def _other_network(file: Path, reason: str) -> RequestError:
    return RequestError(
        "Other weights", "{0} does not fit the network: {1}", "Give this network's weights.", file, reason
    )


def _card(name: str, spec: InputSpec, width: int) -> Card:
    network = name.removeprefix(TORCHVISION)
    title = PUBLIC_TRUNKS[network].title if network in PUBLIC_TRUNKS else network.removeprefix(TIMM)
    return Card(
        name=name,
        title=title,
        input=spec,
        trunks={TRUNK: TrunkCard(name, (width,))},
        methods={METHOD: MethodCard(TRUNK)},
        default_method=METHOD,
        data={"source": "ImageNet-1K" if name.startswith(TORCHVISION) else "see timm"},
        licence=TERMS if name.startswith(TORCHVISION) else "See the weights' own page.",
    )
