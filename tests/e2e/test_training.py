"""Meta-training through the real command line: killed and resumed, refused, added to a model."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch

from backend import storage
from backend.cli import main
from backend.models.store import load_model, read_card, read_tensors
from tests.glyph_folders import alphabets

FEW = ["--way", "5", "--shot", "1", "--queries", "2", "--seed", "3", "--device", "cpu"]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return alphabets(tmp_path_factory.mktemp("alphabets"), groups=3, classes=8, drawings=14)


def train(data: Path, model: str, *more: str) -> int:
    return main(["train", "--data", str(data), "--method", "prototypical", "--model", model, *FEW, *more])


def kill_after_first_checkpoint(arguments: list[str], checkpoint: Path) -> None:
    process = subprocess.Popen([sys.executable, "-m", "backend.cli", *arguments])
    deadline = time.monotonic() + 60
    while not checkpoint.exists() and process.poll() is None and time.monotonic() < deadline:
        pass
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL, "the training ended before it could be killed"


def test_a_killed_training_resumes_to_the_weights_of_an_unbroken_one(data: Path) -> None:
    options = ["--episodes", "150", "--checkpoint-every", "0.2"]
    broken = ["train", "--data", str(data), "--method", "prototypical", "--model", "broken", *FEW, *options]
    kill_after_first_checkpoint(broken, storage.checkpoints() / "broken" / "prototypical.safetensors")
    assert not (storage.user_models() / "broken.safetensors").exists()
    assert train(data, "broken", *options, "--resume") == 0
    assert train(data, "whole", *options) == 0
    whole = read_tensors(storage.user_models() / "whole.safetensors")
    resumed = read_tensors(storage.user_models() / "broken.safetensors")
    assert whole.keys() == resumed.keys()
    assert all(torch.equal(whole[k], resumed[k]) for k in whole)


def test_a_trained_model_can_be_measured(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert train(data, "mine", "--episodes", "120") == 0
    capsys.readouterr()
    options = ["--way", "5", "--shot", "1", "--queries", "5", "--episodes", "40", "--json"]
    assert main(["evaluate", "--data", str(data), "--model", "mine", "--method", "prototypical", *options]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["accuracy"] > 60
    assert main(["models", "--json"]) == 0
    cards = {m["name"]: m["card"] for m in json.loads(capsys.readouterr().out)["models"]}
    assert cards["mine"]["methods"]["prototypical"]["training"]["general"]["seed"] == 3


def test_held_back_classes_with_few_images_cost_no_training(tmp_path: Path) -> None:
    few = alphabets(tmp_path / "few", groups=10, classes=2, drawings=8)
    assert train(few, "mine", "--episodes", "2") == 0
    assert load_model("mine").ready("prototypical").card.temperatures == {}


def test_images_that_a_training_could_not_read_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = alphabets(tmp_path / "data", groups=3, classes=8, drawings=14)
    broken = next(data.glob("*/*")) / "broken.png"
    broken.write_bytes(b"no image")
    assert train(data, "mine", "--episodes", "2") == 1
    captured = capsys.readouterr()
    assert "trained" in captured.out and captured.err.count("\n") == 1 and broken.name in captured.err


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--resume"], "Nothing to resume"),
        (["--episodes", "0"], "--episodes is 0"),
        (["--way", "500"], "500 ways"),
        (["--shot", "14"], "Class too small"),
        (["--seed", "-1", "--episodes", "1"], "--seed"),
        (["--seed", str(2**40), "--episodes", "1"], "--seed"),
        (["--trunk", "characters", "--episodes", "1"], "learns nothing but its trunk"),
        (["--start", "photos-small", "--episodes", "1"], "photos-small takes photo64"),
        (
            ["--trunk", "photos-small", "--method", "maml", "--start", "characters", "--episodes", "1"],
            "characters takes ink28",
        ),
    ],
)
def test_what_cannot_be_trained_is_refused_in_one_line(
    data: Path, more: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train(data, "mine", *more) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert words in lines[0]


def test_methods_without_weights_cannot_be_trained(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "--data", str(data), "--method", "linear", "--model", "mine", *FEW]) == 2
    assert "linear has no weights to meta-train" in capsys.readouterr().err


def test_another_training_is_not_resumed(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert train(data, "mine", "--episodes", "10") == 0
    assert train(data, "mine", "--episodes", "10", "--seed", "4", "--resume") == 2
    assert "begun with seed 3, not 4" in capsys.readouterr().err
    assert train(data, "mine", "--episodes", "11", "--resume") == 2
    assert "begun with episodes 10, not 11." in capsys.readouterr().err


@pytest.mark.parametrize("name", ["../evil", "", "a b", ".x"])
def test_bad_model_names_are_refused(data: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert train(data, name) == 2
    assert "Bad name" in capsys.readouterr().err


def test_a_training_can_set_out_from_another_models_weights(data: Path) -> None:
    assert train(data, "first", "--episodes", "20") == 0
    assert train(data, "second", "--episodes", "1", "--learning-rate", "1e-9", "--start", "first") == 0
    first = read_tensors(storage.user_models() / "first.safetensors")
    second = read_tensors(storage.user_models() / "second.safetensors")
    weights = [k for k in first if k.endswith("weight")]
    assert weights
    assert all(torch.allclose(first[k], second[k], atol=1e-3) for k in weights)


def test_the_bundled_model_can_be_set_out_from(data: Path) -> None:
    assert train(data, "second", "--episodes", "1", "--start", "characters") == 0


def test_a_setting_gets_weights_and_a_temperature_of_its_own(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert train(data, "mine", "--episodes", "10") == 0
    assert train(data, "mine", "--episodes", "14", "--setting", "5w1s") == 0
    general = read_card("mine").methods["prototypical"].temperatures
    options = ["--way", "5", "--queries", "5", "--episodes", "5"]
    for shot in ("1", "5"):
        assert main(["evaluate", "--data", str(data), "--model", "mine", "--shot", shot, *options]) == 0
    own = load_model("mine").ready("prototypical", "5w1s")
    assert own.space != load_model("mine").ready("prototypical").space
    assert read_card("mine").methods["prototypical"].temperatures == general


def test_a_setting_without_general_weights_is_refused_before_training(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train(data, "fresh", "--setting", "5w1s") == 2
    assert "No general weights" in capsys.readouterr().err
