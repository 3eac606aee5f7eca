"""The table of labels: rows, formats, and files that were there before."""

import csv
import json
import os
import sys
from pathlib import Path

import pytest

from backend.errors import RequestError
from backend.export import ANSWERED_COLUMNS, COLUMNS, check_writable, rows_of, write_table
from backend.types import ImageFile, Prediction, Status

ROOT = Path("/folder")


def files(*names: str) -> list[ImageFile]:
    return [ImageFile(ROOT / name, 1, 1) for name in names]


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8", errors="surrogateescape") as file:
        return list(csv.DictReader(file))


def test_rows_come_in_code_point_order_of_the_path() -> None:
    listed = files("b/a.png", "b.png", "a.png", "B.png", "b-1.png", "😀.png", "\udcff.png")
    paths = [str(row["path"]) for row in rows_of(ROOT, listed, {})]
    assert paths == ["B.png", "a.png", "b-1.png", "b.png", "b/a.png", "\udcff.png", "😀.png"]


def test_an_answer_is_the_label_and_the_guess_stands_behind(tmp_path: Path) -> None:
    listed = files("a.png", "b.png", "c.png", "d.png", "e.png")
    a, b, c, d, _ = (f.id for f in listed)
    guess = Prediction(Status.UNSURE, "cat", 0.75, "dog", 0.25)
    broken = Prediction(Status.ERROR, message="The file is empty.")
    rows = rows_of(ROOT, listed, {a: guess, b: guess, c: broken}, {b: "dog", c: "dog", d: "cat"})
    rest = ("second_label", "second_confidence", "status", "message", "predicted_label", "predicted_confidence")
    assert [tuple(row.values()) for row in rows] == [
        ("a.png", "cat", 0.75, "dog", 0.25, "unsure", "", "cat", 0.75),
        ("b.png", "dog", 1.0, "", None, "given", "", "cat", 0.75),
        ("c.png", "dog", 1.0, "", None, "given", "The file is empty.", "", None),
        ("d.png", "cat", 1.0, "", None, "given", "", "", None),
        ("e.png", "", None, "", None, "error", "not labelled yet", "", None),
    ]
    assert list(rows[0]) == list(ANSWERED_COLUMNS) == ["path", "label", "confidence", *rest]
    write_table(tmp_path / "t.csv", rows, ANSWERED_COLUMNS)
    assert read(tmp_path / "t.csv")[1]["predicted_label"] == "cat"


def test_without_a_person_there_are_seven_columns() -> None:
    [row] = rows_of(ROOT, files("a.png"), {})
    assert list(row) == list(COLUMNS) and len(COLUMNS) == 7


@pytest.mark.parametrize("name", ['"', "a,b", "a\nb", "a\rb", "a\r\nb", " a ", "\udcff", "=1+1", "\u2028", "é", "'"])
def test_every_name_survives(tmp_path: Path, name: str) -> None:
    [file] = files(f"x{name}y.png")
    rows = rows_of(ROOT, [file], {file.id: Prediction(Status.OK, name, 0.5, name, 0.25)})
    write_table(tmp_path / "t.csv", rows)
    write_table(tmp_path / "t.JSON", rows)
    [row] = read(tmp_path / "t.csv")
    assert (row["path"], row["label"], row["confidence"]) == (f"x{name}y.png", name, "0.5")
    assert json.loads((tmp_path / "t.JSON").read_text("utf-8")) == rows


def test_lines_end_with_a_line_feed(tmp_path: Path) -> None:
    write_table(tmp_path / "t.csv", rows_of(ROOT, files("a.png"), {}))
    assert (tmp_path / "t.csv").read_bytes() == f"{','.join(COLUMNS)}\na.png,,,,,error,not labelled yet\n".encode()


def test_a_link_is_written_through(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "t.csv").symlink_to(tmp_path / "elsewhere" / "real.csv")
    write_table(tmp_path / "t.csv", rows_of(ROOT, files("a.png"), {}))
    assert (tmp_path / "t.csv").is_symlink() and len(read(tmp_path / "elsewhere" / "real.csv")) == 1


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    check_writable(tmp_path / "t.csv")
    assert not list(tmp_path.iterdir())
    (tmp_path / "t.csv").write_text("old")
    check_writable(tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_text() == "old"
    write_table(tmp_path / "t.csv", [])
    assert [p.name for p in tmp_path.iterdir()] == ["t.csv"]


def test_a_name_may_be_as_long_as_the_file_system_takes(tmp_path: Path) -> None:
    path = tmp_path / f"{'x' * 251}.csv"
    check_writable(path)
    write_table(path, [])
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


@pytest.mark.skipif(sys.platform == "win32", reason="no such pipes")
@pytest.mark.parametrize("linked", [False, True])
def test_a_device_or_a_pipe_is_not_replaced(tmp_path: Path, linked: bool) -> None:
    pipe = tmp_path / ("pipe" if linked else "t.csv")
    os.mkfifo(pipe)
    if linked:
        (tmp_path / "t.csv").symlink_to(pipe)
    for attempt in (check_writable, lambda path: write_table(path, [])):
        with pytest.raises(RequestError, match=r"t\.csv: is a device or a pipe"):
            attempt(tmp_path / "t.csv")
    assert pipe.is_fifo()


@pytest.mark.parametrize("name", ["t.txt", "t", ".csv", "none/t.csv", "folder.csv"])
def test_what_cannot_be_written_is_refused_early_and_late(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.csv").mkdir()
    for attempt in (check_writable, lambda path: write_table(path, [])):
        with pytest.raises(RequestError, match=name):
            attempt(tmp_path / name)
