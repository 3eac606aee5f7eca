"""A folder as people have them, with broken files in it, through the real command line."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from backend.cli.main import main
from tests.samples import BROKEN, DANGLING, drawing, encoded, write_mixed_folder

COUNT, BROKEN_COUNT = 300, 30
REASONS = {kind: words for kind, (_, _, words) in BROKEN.items()} | {DANGLING: "link to a file that is not there"}


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    root = tmp_path / "examples"
    for name, seeds in {"one": (101, 102), "two": (103,)}.items():
        (root / name).mkdir(parents=True)
        for seed in seeds:
            (root / name / f"{seed}.png").write_bytes(encoded(drawing(seed), "PNG"))
    return root


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_image_is_a_row_and_broken_ones_say_why(
    tmp_path: Path, examples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, table = tmp_path / "mixed", tmp_path / "labels.csv"
    kinds = write_mixed_folder(folder, COUNT, BROKEN_COUNT, seed=7)
    for name in ("film.mp4", "letter.pdf", "a/notes.txt", ".hidden.png"):
        (folder / name).write_bytes(b"something else")
    arguments = ["classify", str(folder), "--examples", str(examples), "--out", str(table), "--device", "cpu"]
    assert main(arguments) == 0

    rows = rows_of(table)
    assert [row["path"] for row in rows] == sorted(kinds)
    for row in rows:
        kind = kinds[row["path"]]
        if kind:
            assert row["status"] == "error" and REASONS[kind] in row["message"], (kind, row)
            assert not row["label"] and not row["confidence"]
        else:
            assert row["status"] == "ok" and row["label"] in ("one", "two"), row
            assert 0 <= float(row["confidence"]) <= 1 and not row["message"]
    assert Counter(row["status"] for row in rows) == {"ok": COUNT - BROKEN_COUNT, "error": BROKEN_COUNT}
    told = capsys.readouterr().err
    assert "2 document" in told and "1 video" in told and "Traceback" not in told


def test_a_folder_of_broken_images_only_is_no_failure(tmp_path: Path, examples: Path) -> None:
    folder, table = tmp_path / "mixed", tmp_path / "labels.csv"
    kinds = write_mixed_folder(folder, 11, 11, seed=8)
    assert main(["classify", str(folder), "--examples", str(examples), "--out", str(table), "--device", "cpu"]) == 0
    assert {row["path"]: row["status"] for row in rows_of(table)} == dict.fromkeys(kinds, "error")
