"""Every method of the bundled model, from the command line: the demonstration, and a folder with examples."""

from pathlib import Path

import pytest

from backend import storage
from backend.models.store import card_at
from tests.cli_runs import CommandLine, read_csv
from tests.glyph_folders import sorting_task

MODEL = "characters"
BUNDLED = list(card_at(storage.bundled_models() / f"{MODEL}.safetensors").methods)

every_method = pytest.mark.parametrize("method", BUNDLED)


@pytest.fixture
def fewshot(capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(capsys)


@every_method
def test_the_demonstration(fewshot: CommandLine, method: str) -> None:
    run = fewshot("demo", "--model", MODEL, "--method", method, "--json")
    assert (run.code, run.err, run.values["method"], run.values["images"]) == (0, "", method, 200)
    assert run.values["accuracy"] > 2 * 100 / run.values["classes"]  # far above chance, however hard for the method


@every_method
def test_a_folder_of_characters(fewshot: CommandLine, tmp_path: Path, method: str) -> None:
    folder, examples = sorting_task(tmp_path)
    table = tmp_path / "t.csv"
    names = ("--examples", examples, "--model", MODEL, "--method", method)
    run = fewshot("classify", folder, *names, "--out", table)
    rows = read_csv(table)
    assert (run.code, run.err, len(rows)) == (0, "", 20)
    assert {row["status"] for row in rows} == {"ok"}
    assert all(0.2 <= float(row["confidence"]) <= 1 for row in rows)
    right = sum(row["path"].startswith(f"{row['label']}-") for row in rows)
    assert right > 2 * 20 / 5
    again = tmp_path / "again.csv"
    assert fewshot("classify", folder, *names, "--out", again).code == 0
    # In chunks of another size the last digit may differ: sums are taken in another order.
    for one, other in zip(rows, read_csv(again), strict=True):
        assert (other["path"], other["label"]) == (one["path"], one["label"])
        assert float(other["confidence"]) == pytest.approx(float(one["confidence"]), abs=1e-4)
