"""Requests that cannot be met: exit code 2 and one line that names what, which and the remedy."""

import shutil
from pathlib import Path

import pytest

from backend.cli.terminal import print_table
from backend.maintenance import bundle, calibrate
from tests.cli_runs import CommandLine, Sorting, sorting


@pytest.fixture
def fewshot(capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(capsys)


@pytest.fixture
def case(tmp_path: Path) -> Sorting:
    return sorting(tmp_path)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ([], "COMMAND"),
        ([], "for the window, run fewshot-gui"),
        (["sing"], "sing"),
        (["classify"], "FOLDER"),
        (["classify", "folder"], "--examples"),
        (["classify", "", "--examples", "x"], "empty name"),
        (["classify", "folder", "--examples", "x", "--reject"], "--reject"),
        (["classify", "folder", "--examples", "x", "--device", "tpu"], "tpu"),
        (["classify", "folder", "--examples", "x", "--colour"], "--colour"),
        (["classify", "folder", "other\nline", "--examples", "x"], "other\\nline"),
        (["evaluate", "--way", "5", "--shot", "1"], "--data"),
        (["evaluate", "--data", "x", "--way", "five", "--shot", "1"], "five"),
        (["demo", "--seed", "-1"], "--seed"),
        (["models", "more"], "more"),
        *(
            (["train", "--data", "x", "--method", "maml", "--model", "y", option, value], option)
            for option in ("--learning-rate", "--minutes", "--checkpoint-every")
            for value in ("0", "-1", "nan", "inf")
        ),
        (["train", "--data", "x", "--method", "maml", "--model", "y", "--setting", "5s1w"], "5s1w"),
    ],
)
def test_arguments(fewshot: CommandLine, arguments: list[str], named: str) -> None:
    assert named in fewshot.refused(*arguments)


@pytest.mark.parametrize("value", ["7", "-0.1", "nan", "inf", "much"])
def test_reject_out_of_range(case: Sorting, fewshot: CommandLine, value: str) -> None:
    assert "--reject" in fewshot.refused(*case.arguments, "--reject", value)


@pytest.mark.parametrize("name", ["no folder/t.csv", "t.txt", "t", "folder", "a folder.csv", "folder/a.png/t.csv"])
def test_tables_that_cannot_be_written(case: Sorting, fewshot: CommandLine, tmp_path: Path, name: str) -> None:
    (tmp_path / "a folder.csv").mkdir()
    assert name in fewshot.refused(*case.arguments, "--out", tmp_path / name)


@pytest.mark.parametrize("option", ["--model", "--method"])
@pytest.mark.parametrize("name", ["nobody", "", "../characters"])
def test_unknown_names(case: Sorting, fewshot: CommandLine, option: str, name: str) -> None:
    assert repr(name) in fewshot.refused(*case.arguments, option, name)


def test_a_device_that_is_not_there(case: Sorting, fewshot: CommandLine) -> None:
    import torch

    device = "mps" if torch.cuda.is_available() else "cuda"
    assert f"{device.upper() if device == 'cuda' else 'Apple'}" in fewshot.refused(*case.arguments, "--device", device)


def test_folders_that_are_none(case: Sorting, fewshot: CommandLine, tmp_path: Path) -> None:
    file = case.folder / "a.png"
    for wrong in (tmp_path / "missing", file):
        assert str(wrong) in fewshot.refused("classify", wrong, "--examples", case.examples)
        assert str(wrong) in fewshot.refused("classify", case.folder, "--examples", wrong)


def test_too_few_classes(case: Sorting, fewshot: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert str(tmp_path / "empty") in fewshot.refused("classify", case.folder, "--examples", tmp_path / "empty")
    for name in "ab":
        shutil.rmtree(case.examples / name)
    assert str(case.examples) in fewshot.refused(*case.arguments)


def test_a_refusal_is_one_line_beside_examples_in_no_class(case: Sorting, fewshot: CommandLine) -> None:
    shutil.copy(case.examples / "a" / "example.png", case.examples / "stray.png")
    assert "nobody" in fewshot.refused(*case.arguments, "--model", "nobody")
    assert "nobody" in fewshot.refused("classify", case.examples, "--examples", case.examples, "--model", "nobody")
    assert "stray.png" in fewshot(*case.arguments).err
    for name in "abc":
        shutil.rmtree(case.examples / name)
    assert "no class" in fewshot.refused(*case.arguments)


def test_classes_without_a_usable_example(case: Sorting, fewshot: CommandLine) -> None:
    (case.examples / "d").mkdir()
    assert str(case.examples / "d") in fewshot.refused(*case.arguments)
    (case.examples / "d" / "broken.png").write_bytes(b"no image")
    assert "broken.png" in fewshot.refused(*case.arguments)


def test_class_folders_that_are_refused(case: Sorting, fewshot: CommandLine) -> None:
    (case.examples / "_unsure").symlink_to(case.folder)
    assert "_unsure links to a folder" in fewshot.refused(*case.arguments)
    (case.examples / "_unsure").unlink()
    (case.examples / "c").rename(case.examples / "_unsure")
    assert "_unsure is no class name" in fewshot.refused(*case.arguments)


def test_one_image_in_two_classes(case: Sorting, fewshot: CommandLine) -> None:
    copy = case.examples / "b" / "again.png"
    shutil.copy(case.examples / "a" / "example.png", copy)
    line = fewshot.refused(*case.arguments)
    assert str(copy) in line and str(case.examples / "a" / "example.png") in line


@pytest.mark.parametrize(("take", "named"), [("nobody:maml", "nobody"), ("characters", "MODEL:METHOD")])
def test_what_cannot_be_bundled_is_told_in_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], take: str, named: str
) -> None:
    options = ["--name", "x", "--title", "x", "--default-method", "maml", "--licence", "none", "--into", str(tmp_path)]
    assert bundle.main([*options, "--take", take]) == 2
    err = capsys.readouterr().err
    assert named in err and err.count("\n") == 1 and not list(tmp_path.iterdir())


def test_what_cannot_be_calibrated_is_told_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert calibrate.main(["--model", "nobody", "--data", "nowhere"]) == 2
    err = capsys.readouterr().err
    assert "nobody" in err and err.count("\n") == 1


def test_a_table_lines_up_beside_wide_characters(capsys: pytest.CaptureFixture[str]) -> None:
    print_table([("ab", "x"), ("汉字", "x"), ("e\u0301", "x")])
    assert capsys.readouterr().out == "ab    x\n汉字  x\ne\u0301     x\n"
