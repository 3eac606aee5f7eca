"""``fewshot demo``, ``methods`` and ``models``."""

import shutil
from pathlib import Path

import pytest

from backend import storage
from backend.methods import METHODS
from backend.models.store import load_model
from tests.cli_runs import CommandLine, read_csv


@pytest.fixture
def fewshot(capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(capsys)


def test_demo_keeps_its_set_and_classify_agrees(fewshot: CommandLine, tmp_path: Path) -> None:
    kept = tmp_path / "new" / "set"
    values = fewshot("demo", "--keep", kept, "--seed", 5, "--json").values
    assert (values["seed"], values["classes"], values["images"]) == (5, 20, 200)
    assert 0 <= values["raw_pixel_accuracy"] < values["accuracy"] <= 100
    colour = values["colour"]
    assert (values["model"], colour["model"], colour["classes"], colour["images"]) == ("characters", "photos", 10, 120)
    assert 0 <= colour["raw_pixel_accuracy"] < colour["accuracy"] <= 100
    truth = {row["path"]: row["character"] for row in read_csv(kept / "truth.csv")}
    table = tmp_path / "t.csv"
    model = ("--model", values["model"])
    assert fewshot("classify", kept / "images", "--examples", kept / "examples", "--out", table, *model).code == 0
    right = [row["label"] == truth[row["path"]] for row in read_csv(table)]
    assert values["accuracy"] == pytest.approx(100 * sum(right) / len(right))


def test_demo_prints_a_table_and_both_accuracies(fewshot: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    run = fewshot("demo", "--keep", tmp_path / "empty")
    assert (run.code, run.err) == (0, "")
    assert "character 20" in run.out and "creature 10" in run.out and run.out.count("% right") == 4
    assert (tmp_path / "empty" / "truth.csv").is_file()
    again = fewshot.refused("demo", "--keep", tmp_path / "empty")
    assert str(tmp_path / "empty") in again


def test_a_method_without_the_part_in_colour(fewshot: CommandLine) -> None:
    run = fewshot("demo", "--method", "matching-fce", "--json")
    assert run.code == 0 and run.values["accuracy"] > 90 and "colour" not in run.values
    assert "colour" in run.err and run.err.count("\n") == 1
    assert "nobody" in fewshot.refused("demo", "--method", "nobody")


def test_a_refused_demo_leaves_nothing(fewshot: CommandLine, tmp_path: Path) -> None:
    assert "nobody" in fewshot.refused("demo", "--keep", tmp_path / "set", "--model", "nobody")
    assert not (tmp_path / "set").exists()


def test_methods_and_models(fewshot: CommandLine) -> None:
    methods = fewshot("methods", "--json").values["methods"]
    assert {"name", "title", "transductive"} <= methods[0].keys()
    assert [m["name"] for m in methods] == list(METHODS)
    assert all(m["summary"] and m["paper"] for m in methods)
    assert [m["name"] for m in methods if "characters" in m["models"]] == load_model("characters").methods
    models = {m["name"]: m["card"] for m in fewshot("models", "--json").values["models"]}
    assert models["characters"]["default_method"] in models["characters"]["methods"]
    for command in ("methods", "models"):
        run = fewshot(command)
        assert (run.code, run.err) == (0, "") and run.out.startswith("name ")


def test_a_damaged_model_does_not_hide_the_others(fewshot: CommandLine, tmp_path: Path) -> None:
    storage.user_models().mkdir(parents=True)
    for ending in ("safetensors", "json"):
        shutil.copy(storage.bundled_models() / f"characters.{ending}", storage.user_models() / f"mine.{ending}")
    (storage.user_models() / "mine.json").write_text("{")
    run = fewshot("models", "--json")
    assert run.code == 1 and "characters" in [m["name"] for m in run.values["models"]]
    assert "mine" in run.err and run.err.count("\n") == 1
    assert fewshot("demo", "--model", "characters").code == 0
    assert "mine" in fewshot.refused("demo", "--model", "mine")
