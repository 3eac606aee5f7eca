"""More classes than fifty: up to a thousand are labelled, more are refused with the remedy."""

import shutil
from pathlib import Path

import pytest

from backend.types import MAX_BINS
from tests.cli_runs import CommandLine, read_csv
from tests.samples import drawing

CLASSES = 201


@pytest.fixture
def fewshot(capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(capsys)


def classes(root: Path, count: int) -> Path:
    for n in range(count):
        (root / f"kind {n:04}").mkdir(parents=True)
        drawing(n).save(root / f"kind {n:04}" / "a.png")
    return root


def test_two_hundred_and_one_classes_are_labelled(fewshot: CommandLine, tmp_path: Path) -> None:
    examples = classes(tmp_path / "examples", CLASSES)
    asked = (0, 57, 200)
    (tmp_path / "folder").mkdir()
    for n in asked:
        shutil.copy(examples / f"kind {n:04}" / "a.png", tmp_path / "folder" / f"{n:04}.png")
    out = tmp_path / "t.csv"
    run = fewshot("classify", tmp_path / "folder", "--examples", examples, "--method", "prototypical", "--out", out)
    assert (run.code, run.err) == (0, "")
    assert [row["label"] for row in read_csv(out)] == [f"kind {n:04}" for n in asked]


def test_more_than_a_thousand_are_refused_with_the_remedy(fewshot: CommandLine, tmp_path: Path) -> None:
    examples = classes(tmp_path / "examples", MAX_BINS + 1)
    (tmp_path / "folder").mkdir()
    drawing(0).save(tmp_path / "folder" / "a.png")
    line = fewshot.refused("classify", tmp_path / "folder", "--examples", examples)
    assert "1,001 classes; at most 1,000" in line
    assert "Use fewer, or sort in two steps" in line
