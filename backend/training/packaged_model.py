"""A model around a trunk that comes with the installation.

Only what belongs to the trunk is measured here: the mean of its features over the training classes of every domain,
each of which counts alike, and the scale at which 5-way 1-shot probabilities of nearest means are calibrated. Its
weights stay in their package. Methods are then meta-trained on it with ``fewshot train --trunk``.
"""

from collections.abc import Sequence
from pathlib import Path

import torch

from backend.backbones.packaged import PACKAGED_TRUNKS, build_packaged_trunk
from backend.embedding.device import Device
from backend.images.preparation import InputSpec
from backend.methods import METHODS
from backend.models.card import Card, MethodCard, TrunkCard
from backend.models.model import Ready
from backend.models.packaged import PACKAGES, network_tensors
from backend.models.store import half_precision, save_model
from backend.training.domain_features import read_domains
from backend.training.validation import SETTINGS, measured_on_domains
from backend.types import Job

TRUNK, METHOD = "photos", "prototypical"
EPISODES = 200
LICENCE = (
    "Apache-2.0. The trunk was trained on ImageNet by its authors and comes in a package of its own (Apache-2.0). What "
    "is here was trained on Caltech-101 (Li, Andreetto, Ranzato & Perona), Omniglot (Lake, Salakhutdinov & Tenenbaum "
    "2015, MIT licence) and drawings of this project's own generator."
)


def make_model(architecture: str, name: str, title: str, sources: Sequence[Path], folder: Path) -> Job[Path]:
    """Measures centre and scale and saves; returns the path of the model's weights.

    Raises:
        RequestError: the package is missing, or bad data.
    """
    trunk = build_packaged_trunk(architecture).eval().requires_grad_(False)
    trunk.network.load_state_dict(network_tensors(architecture))
    spec = InputSpec("photo", PACKAGED_TRUNKS[architecture].size, whole=True)
    method = METHODS[METHOD].for_inputs("vector", (trunk.width,))
    ready = Ready(METHOD, method, trunk, architecture, spec, MethodCard(TRUNK))
    device = Device(torch.device("cpu"), torch.float32)
    domains = yield from read_domains(sources, ready, device)
    trunk.centre.copy_(torch.stack([d.training.images.float().mean(0) for d in domains]).mean(0))
    domains = yield from read_domains(sources, ready, device)
    [(_, temperature, _)] = measured_on_domains(method, domains, ((5, 1),), EPISODES)
    trunk.scale.fill_(temperature**-0.5)
    for buffer in (trunk.centre, trunk.scale):
        buffer.copy_(half_precision({"": buffer})[""])
    domains = yield from read_domains(sources, ready, device)
    found = list(measured_on_domains(method, domains, SETTINGS, EPISODES))
    entry = MethodCard(
        TRUNK,
        temperatures={setting: t for setting, t, _ in found},
        training={"general": {"validation": {setting: figures for setting, _, figures in found}}},
    )
    package = PACKAGES[architecture].requirement
    card = Card(
        name=name,
        title=title,
        input=spec,
        trunks={TRUNK: TrunkCard(architecture, (trunk.width,))},
        methods={METHOD: entry},
        default_method=METHOD,
        data={"source": ", ".join(d.name for d in domains), "trunk": f"ImageNet-1K, by the package {package}"},
        licence=LICENCE,
    )
    tensors = {f"trunk/{TRUNK}/centre": trunk.centre, f"trunk/{TRUNK}/scale": trunk.scale}
    return save_model(card, tensors, folder)
