"""``fewshot classify``: rows, columns, what is left out, what is named."""

import json
import os
import sys
from pathlib import Path

import pytest

from backend.export import COLUMNS
from tests.cli_runs import CommandLine, Sorting, read_csv, sorting


@pytest.fixture
def fewshot(capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(capsys)


@pytest.fixture
def case(tmp_path: Path) -> Sorting:
    return sorting(tmp_path)


def test_every_image_is_a_row_in_code_point_order(case: Sorting, fewshot: CommandLine, tmp_path: Path) -> None:
    for name in ("z.PNG", "Sub/x.png", "sub/deep/y.png", "a-1.png", "é.png", "sub.png"):
        case.add(name, "b")
    out = tmp_path / "labels.csv"
    run = fewshot(*case.arguments, "--out", out)
    rows = read_csv(out)
    paths = [row["path"] for row in rows]
    assert (run.code, run.err) == (0, "")
    assert tuple(rows[0]) == COLUMNS == tuple(out.read_text("utf-8").splitlines()[0].split(","))
    assert paths == sorted(paths) and len(paths) == 9 and "sub/deep/y.png" in paths
    assert {row["path"]: row["label"] for row in rows if row["path"] in ("a.png", "b.png", "c.png")} == {
        f"{name}.png": name for name in "abc"
    }
    assert all(row["label"] == "b" for row in rows if row["path"] not in ("a.png", "c.png"))
    assert all(0 <= float(row["second_confidence"]) <= float(row["confidence"]) <= 1 for row in rows)


@pytest.mark.skipif(sys.platform != "linux", reason="other file systems refuse such names")
def test_odd_names_survive_the_table(case: Sorting, fewshot: CommandLine, tmp_path: Path) -> None:
    odd = ["new\nline.png", 'comma, "quote".png', "return\rhere.png", os.fsdecode(b"\xff\xfe.png"), " space .png"]
    for name in odd:
        case.add(name, "c")
    assert fewshot(*case.arguments, "--out", tmp_path / "t.csv").code == 0
    assert {row["path"] for row in read_csv(tmp_path / "t.csv")} == {*odd, "a.png", "b.png", "c.png"}
    assert fewshot(*case.arguments, "--out", tmp_path / "t.json").code == 0
    rows = json.loads((tmp_path / "t.json").read_text("utf-8"))
    assert [row["path"] for row in rows] == sorted({*odd, "a.png", "b.png", "c.png"})
    printed = fewshot(*case.arguments)
    assert printed.code == 0 and len(printed.out.splitlines()) == 1 + len(rows)


def test_what_cannot_be_read_is_a_row(case: Sorting, fewshot: CommandLine, tmp_path: Path) -> None:
    (case.folder / "broken.jpg").write_bytes(b"no image")
    (case.folder / "empty.png").write_bytes(b"")
    (case.folder / "dangling.png").symlink_to(tmp_path / "nowhere")
    run = fewshot(*case.arguments, "--out", tmp_path / "t.csv")
    errors = {row["path"]: row for row in read_csv(tmp_path / "t.csv") if row["status"] == "error"}
    assert (run.code, run.err) == (0, "")
    assert set(errors) == {"broken.jpg", "empty.png", "dangling.png"}
    for row in errors.values():
        assert row["message"] and not any(row[k] for k in COLUMNS if k not in ("path", "status", "message"))


def test_links_hidden_files_and_other_kinds(case: Sorting, fewshot: CommandLine, tmp_path: Path) -> None:
    (case.folder / "linked.png").symlink_to(case.examples / "a" / "example.png")
    (case.folder / "linked folder").symlink_to(case.examples)
    case.add(".hidden.png", "a")
    case.add(".folder/inside.png", "a")
    for name in ("film.mp4", "film2.MOV", "notes.txt"):
        (case.folder / name).write_bytes(b"x")
    run = fewshot(*case.arguments, "--out", tmp_path / "t.csv")
    rows = {row["path"]: row["label"] for row in read_csv(tmp_path / "t.csv")}
    assert set(rows) == {"a.png", "b.png", "c.png", "linked.png"} and rows["linked.png"] == "a"
    assert (run.code, run.err) == (0, "fewshot: Left out, no images: 1 document, 2 video\n")


def test_what_systems_leave_behind_is_neither_a_row_nor_a_class(
    case: Sorting, fewshot: CommandLine, tmp_path: Path
) -> None:
    case.add("@eaDir/a.png/SYNOPHOTO_THUMB_M.jpg", "a")
    case.add("__MACOSX/._a.png", "a")
    for folder in (case.folder, case.examples, case.examples / "a"):
        (folder / "Thumbs.db").write_bytes(b"x")
        (folder / "__MACOSX" / "a").mkdir(parents=True, exist_ok=True)
        (folder / "__MACOSX" / "a" / "._example.png").write_bytes(b"\0\5\x16\7")
        (folder / "@eaDir").mkdir(exist_ok=True)
        (folder / "@eaDir" / "thumb.jpg").write_bytes(b"x")
        (folder / "System Volume Information").mkdir()
    run = fewshot(*case.arguments, "--out", tmp_path / "t.csv")
    assert (run.code, run.err) == (0, "")
    assert [(row["path"], row["label"]) for row in read_csv(tmp_path / "t.csv")] == [(f"{c}.png", c) for c in "abc"]


def test_reject_makes_unsure_and_keeps_the_label(case: Sorting, fewshot: CommandLine, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    confidences = {r["path"]: float(r["confidence"]) for r in fewshot(*case.arguments, "--json").values["images"]}
    limit = sorted(confidences.values())[1]
    for threshold in (0, limit, 1):
        run = fewshot(*case.arguments, "--reject", threshold, "--out", table)
        assert run.code == 0
        for row in read_csv(table):
            assert float(row["confidence"]) == confidences[row["path"]] and row["label"]
            assert row["status"] == ("unsure" if float(row["confidence"]) < threshold else "ok")


def test_json_is_one_object_also_beside_a_file(case: Sorting, fewshot: CommandLine, tmp_path: Path) -> None:
    (case.folder / "broken.jpg").write_bytes(b"no image")
    alone = fewshot(*case.arguments, "--json").values
    beside = fewshot(*case.arguments, "--json", "--out", tmp_path / "t.json").values
    rows = json.loads((tmp_path / "t.json").read_text("utf-8"))
    assert alone["images"] == rows and rows[-1]["path"] == "c.png"
    assert rows[2]["confidence"] is None and rows[2]["label"] == ""
    assert beside["counts"] == {"ok": 3, "unsure": 0, "error": 1} and beside["model"]


def test_examples_inside_the_folder_are_left_out(case: Sorting, fewshot: CommandLine) -> None:
    inside = case.examples.rename(case.folder / "examples")
    run = fewshot("classify", case.folder, "--examples", inside, "--json")
    assert [row["path"] for row in run.values["images"]] == ["a.png", "b.png", "c.png"]


@pytest.mark.parametrize("part", ["", "a"])
def test_a_folder_among_the_examples_has_no_rows(case: Sorting, fewshot: CommandLine, part: str) -> None:
    run = fewshot("classify", case.examples / part, "--examples", case.examples, "--json")
    assert (run.code, run.values["images"]) == (0, [])
    assert "lies among the examples" in run.err


def test_an_empty_folder_has_no_rows(case: Sorting, fewshot: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    run = fewshot("classify", tmp_path / "empty", "--examples", case.examples, "--out", tmp_path / "t.csv")
    assert (run.code, run.err) == (0, "")
    assert (tmp_path / "t.csv").read_text() == ",".join(COLUMNS) + "\n"


def test_ways_to_name_the_folders(
    case: Sorting, fewshot: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = fewshot(*case.arguments, "--json").values
    (tmp_path / "link").symlink_to(case.folder)
    (case.folder / "sub").mkdir()
    monkeypatch.chdir(case.folder)
    for folder, examples in (
        (".", "../examples"),
        ("../folder/", f"{case.examples}/"),
        ("sub/..", "../folder/../examples"),
        (tmp_path / "link", case.examples),
        (f"{tmp_path}/link/", case.examples),
    ):
        assert fewshot("classify", folder, "--examples", examples, "--json").values == wanted


def test_subfolders_of_a_class_belong_to_it(case: Sorting, fewshot: CommandLine) -> None:
    (case.examples / "a" / "more").mkdir()
    example = case.examples / "a" / "example.png"
    example.rename(case.examples / "a" / "more" / "one.png")
    (case.examples / "stray.png").write_bytes((case.examples / "b" / "example.png").read_bytes())
    run = fewshot(*case.arguments, "--json")
    assert [row["label"] for row in run.values["images"]] == ["a", "b", "c"]
    assert run.code == 0 and "stray.png" in run.err and run.err.count("\n") == 1


def test_an_unreadable_example_is_an_exception(case: Sorting, fewshot: CommandLine) -> None:
    (case.examples / "a" / "broken.png").write_bytes(b"no image")
    run = fewshot(*case.arguments, "--json")
    assert run.code == 1
    assert [row["label"] for row in run.values["images"]] == ["a", "b", "c"]
    assert "broken.png" in run.err and run.err.count("\n") == 1


def test_a_file_replaced_under_its_name_is_read_again(case: Sorting, fewshot: CommandLine) -> None:
    assert [row["label"] for row in fewshot(*case.arguments, "--json").values["images"]] == ["a", "b", "c"]
    stamp = (case.folder / "a.png").stat().st_mtime_ns
    os.utime(case.add("a.png", "c"), ns=(stamp, stamp))
    assert [row["label"] for row in fewshot(*case.arguments, "--json").values["images"]] == ["c", "b", "c"]
