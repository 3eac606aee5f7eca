"""Training a trunk for photographs through the real command line: killed and resumed, refused, measured."""

import json
import signal
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import pytest
import torch

from backend import storage
from backend.cli import main
from backend.embedding.device import choose_device
from backend.embedding.embedder import Embedder
from backend.episodes.image_set import ImageSet
from backend.methods import METHODS
from backend.models.store import load_model, read_card, read_tensors
from backend.training.photo_features import feature_views
from tests.cli_runs import CommandLine
from tests.glyph_folders import drain
from tests.photo_folders import photographs

SMALL = [
    "--architecture",
    "shufflenet_v2_x1_0",
    "--size",
    "32",
    "--side",
    "32",
    "--batch",
    "16",
    "--learning-rate",
    "0.02",
    "--device",
    "cpu",
]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tar with the folders train, val and test; what lies in test is no image, so that reading it shows."""
    root = tmp_path_factory.mktemp("photographs")
    photographs(root / "train", classes=6, images=24)
    photographs(root / "val", classes=5, images=20, first=6)
    (root / "test" / "class20").mkdir(parents=True)
    (root / "test" / "class20" / "00.png").write_bytes(b"no image")
    with tarfile.open(root / "data.tar", "w") as archive:
        for name in ("train", "val", "test"):
            archive.add(root / name, name)
    return root / "data.tar"


@pytest.fixture
def fewshot(capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(capsys)


def arguments(data: Path, model: str, *more: str) -> list[str]:
    return ["train-trunk", "--data", str(data), "--model", model, *SMALL, *more]


def kill_after_a_checkpoint(command: list[str], checkpoint: Path) -> None:
    process = subprocess.Popen([sys.executable, "-m", "backend.cli", *command], stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 120
    while not checkpoint.exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL, "the training ended before it could be killed"


def test_a_killed_training_resumes_to_the_weights_of_an_unbroken_one(data: Path) -> None:
    options = ["--epochs", "4", "--rotation", "0.5", "--checkpoint-every", "0.2"]
    checkpoint = storage.checkpoints() / "broken" / "trunk.safetensors"
    kill_after_a_checkpoint(arguments(data, "broken", *options), checkpoint)
    assert not (storage.user_models() / "broken.safetensors").exists()
    assert main(arguments(data, "broken", *options, "--resume")) == 0
    assert main(arguments(data, "whole", *options)) == 0
    whole = read_tensors(storage.user_models() / "whole.safetensors")
    resumed = read_tensors(storage.user_models() / "broken.safetensors")
    assert whole.keys() == resumed.keys()
    assert all(torch.equal(whole[k], resumed[k]) for k in whole)


def test_a_trained_trunk_can_be_measured_and_used(data: Path, tmp_path: Path, fewshot: CommandLine) -> None:
    done = fewshot(*arguments(data, "mine", "--epochs", "8", "--json"))
    assert done.code == 0, done.err
    assert "step 72/72" in done.err and "validation 5w1s" in done.err
    assert Path(done.values["weights"]).is_file()
    unseen = photographs(tmp_path / "unseen", classes=6, images=12, size=(70, 50), first=12)
    options = ["--way", "5", "--shot", "1", "--queries", "5", "--episodes", "60", "--json"]
    figures = fewshot("evaluate", "--data", unseen, "--model", "mine", "--method", "prototypical", *options).values
    assert figures["accuracy"] > 60
    card = read_card("mine")
    assert (card.input.kind, card.input.size, card.default_method) == ("photo", 32, "prototypical")
    assert not any("test" in name for name in card.data["classes"])
    assert card.methods["prototypical"].training["general"]["history"][-1]["step"] == 72


def test_a_training_sets_out_from_the_trunk_of_a_model(data: Path, fewshot: CommandLine) -> None:
    """A rate of nearly nothing leaves the weights where they were, so that where they came from shows."""
    assert fewshot(*arguments(data, "first", "--epochs", "1")).code == 0
    assert fewshot(*arguments(data, "second", "--epochs", "1", "--start", "first", "--learning-rate", "1e-9")).code == 0
    weights = [read_tensors(storage.user_models() / f"{name}.safetensors") for name in ("first", "second")]
    kernels = [k for k in weights[0] if k.endswith("weight")]
    assert kernels and all(torch.allclose(weights[0][k], weights[1][k], atol=1e-3) for k in kernels)
    training = read_card("second").methods["prototypical"].training["general"]
    assert training["started_from"]["general"]["recipe"]["learning_rate"] == 0.02


def test_features_are_centred_and_of_one_length(data: Path) -> None:
    assert main(arguments(data, "mine", "--epochs", "2")) == 0
    ready = load_model("mine").ready("prototypical")
    features = ready.trunk(torch.rand(7, 3, 32, 32))
    lengths = features.norm(dim=1)
    assert torch.allclose(lengths, lengths[0].expand(7), rtol=1e-3)
    assert float(ready.trunk.get_buffer("centre").norm()) > 0


def test_a_time_budget_becomes_a_number_of_steps_that_a_resumed_training_keeps(
    data: Path, fewshot: CommandLine
) -> None:
    assert fewshot(*arguments(data, "timed", "--minutes", "0.05")).code == 0
    total = json.loads(_facts(storage.checkpoints() / "timed" / "trunk.safetensors"))["total"]
    assert total >= 55
    again = fewshot(*arguments(data, "timed", "--minutes", "0.05", "--resume"))
    assert again.code == 0
    assert json.loads(_facts(storage.checkpoints() / "timed" / "trunk.safetensors"))["total"] == total


def _facts(checkpoint: Path) -> str:
    from safetensors import safe_open

    with safe_open(checkpoint, framework="pt") as file:
        facts: str = file.metadata()["facts"]
    return facts


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--resume"], "Nothing to resume"),
        (["--architecture", "resnet9000"], "No such architecture"),
        (["--batch", "5000"], "Too few images"),
        (["--rotation", "2"], "--rotation is 2.0"),
        (["--size", "8"], "--size is 8"),
        (["--model", "a b"], "Bad name"),
        (["--start", "nobody"], "nobody"),
        (["--start", "photos-small"], "is resnet12-narrow+flip"),
    ],
)
def test_what_cannot_be_trained_is_refused_in_one_line(
    data: Path, more: list[str], words: str, fewshot: CommandLine
) -> None:
    assert words in fewshot.refused(*arguments(data, "mine", *more))


def test_a_model_is_not_replaced_by_another_trunk(data: Path, fewshot: CommandLine) -> None:
    assert fewshot(*arguments(data, "mine", "--epochs", "1")).code == 0
    assert "Name taken" in fewshot.refused(*arguments(data, "mine", "--epochs", "1"))
    other = fewshot.refused(*arguments(data, "mine", "--epochs", "1", "--resume", "--seed", "4"))
    assert "begun with seed 0, not 4" in other


def test_a_damaged_archive_is_refused(data: Path, tmp_path: Path, fewshot: CommandLine) -> None:
    broken = tmp_path / "broken.tar"
    broken.write_bytes(data.read_bytes()[:60_000])
    assert "Archive not readable" in fewshot.refused(*arguments(broken, "mine"))


def test_too_few_images_are_told_in_this_commands_own_words(tmp_path: Path, fewshot: CommandLine) -> None:
    few = photographs(tmp_path / "few", classes=10, images=5)
    refusal = fewshot.refused(*arguments(few, "mine"))
    assert "has too few images (5)" in refusal and "--shot" not in refusal
    enough = photographs(tmp_path / "enough", classes=10, images=20)
    assert "folders train and val" in fewshot.refused(*arguments(enough, "mine"))


@pytest.mark.allow_log("are read again")
@pytest.mark.parametrize("name", ["index.json", "images.npy"])
def test_damaged_images_in_the_cache_are_read_again(
    data: Path, name: str, fewshot: CommandLine, caplog: pytest.LogCaptureFixture
) -> None:
    first = arguments(data, "mine", "--epochs", "1", "--batch", "5000")  # reads the images, then refuses
    fewshot.refused(*first)
    [kept] = (storage.cache_folder() / "training-images").glob(f"*/{name}")
    whole = kept.read_bytes()
    kept.write_bytes(whole[: len(whole) // 2])
    assert "Too few images" in fewshot.refused(*first)
    assert "are read again" in caplog.text
    assert kept.read_bytes() == whole


@pytest.mark.allow_log("are made again")
def test_damaged_features_in_the_cache_are_made_again() -> None:
    images = torch.randint(0, 256, (6, 3, 32, 32), dtype=torch.uint8)
    labels, nothing = torch.zeros(6, dtype=torch.int64), torch.zeros(1, dtype=torch.int64)
    data = ImageSet(images, labels, ("a",), nothing, ("",), tuple("abcdef"))
    trunk = load_model("photos-small").ready("prototypical")
    embedder = Embedder(trunk.trunk, "here", trunk.input, choose_device("cpu"))
    first = drain(feature_views(data, embedder, "key", views=1))
    [kept] = (storage.cache_folder() / "training-features").glob("key/*/view0.npy")
    kept.write_bytes(kept.read_bytes()[:200])
    assert torch.equal(drain(feature_views(data, embedder, "key", views=1)), first)


@pytest.mark.parametrize("method", ["matching", "maml"])
def test_a_method_is_trained_on_the_trunk_and_shares_it(data: Path, method: str, fewshot: CommandLine) -> None:
    assert fewshot(*arguments(data, "mine", "--epochs", "1")).code == 0
    before = load_model("mine").ready("prototypical").space
    few = ["--way", "5", "--shot", "1", "--queries", "2", "--episodes", "12", "--device", "cpu"]
    command = ["train", "--data", data, "--method", method, "--trunk", "mine", "--model", "mine", *few]
    assert fewshot(*command).code == 0
    assert fewshot(*command, "--resume").code == 0
    model = load_model("mine")
    assert set(model.card.methods) == {"prototypical", method}
    assert set(model.methods) - set(model.card.methods) == {m for m in METHODS if not METHODS[m].trainable}
    assert model.ready(method).space == model.ready("prototypical").space == before
    weights = read_tensors(storage.user_models() / "mine.safetensors")
    assert len({k.split("/")[1] for k in weights if k.startswith("trunk/")}) == 1


def test_a_new_model_takes_the_trunk_along(data: Path, fewshot: CommandLine) -> None:
    assert fewshot(*arguments(data, "base", "--epochs", "1")).code == 0
    few = ["--way", "5", "--shot", "1", "--queries", "2", "--episodes", "4", "--device", "cpu"]
    command = ["train", "--data", data, "--trunk", "base", "--model", "new", *few]
    assert fewshot(*command, "--method", "relation").code == 0
    assert set(load_model("new").card.methods) == {"relation", "prototypical"}
    assert "Nothing to train" in fewshot.refused(*command, "--method", "prototypical")
    assert fewshot(*arguments(data, "other", "--epochs", "1", "--seed", "1")).code == 0
    mixed = ["train", "--data", data, "--trunk", "other", "--model", "new", "--method", "matching", *few]
    assert "Another trunk" in fewshot.refused(*mixed)
