"""What the parts log is told at the end of a command, unless it was refused; a bug leads to the log."""

from pathlib import Path

import pytest

from backend import storage
from backend.cli.commands import methods
from tests.cli_runs import CommandLine, Sorting, sorting


@pytest.fixture
def fewshot(capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(capsys)


@pytest.fixture
def case(tmp_path: Path) -> Sorting:
    return sorting(tmp_path)


def damage_the_cache() -> None:
    storage.cache_folder().mkdir(parents=True, exist_ok=True)
    (storage.cache_folder() / "embeddings.sqlite").write_bytes(b"no database, but text " * 100)


@pytest.mark.allow_log("unusable and is begun anew")
def test_a_damaged_cache_is_told_and_rebuilt(case: Sorting, fewshot: CommandLine) -> None:
    damage_the_cache()
    run = fewshot(*case.arguments, "--json")
    assert [row["label"] for row in run.values["images"]] == ["a", "b", "c"]
    assert run.code == 0 and "begun anew" in run.err and run.err.count("\n") == 1
    assert fewshot(*case.arguments, "--json").err == ""


@pytest.mark.allow_log("unusable and is begun anew")
def test_a_refusal_is_one_line_beside_any_notice(case: Sorting, fewshot: CommandLine) -> None:
    damage_the_cache()
    (case.examples / "a" / "example.png").write_bytes(b"no image")
    assert "example.png" in fewshot.refused(*case.arguments)


def test_a_bug_names_the_log(fewshot: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(value: object) -> None:
        raise ZeroDivisionError(f"two\nlines of {type(value)}")

    monkeypatch.setattr(methods, "print_json", fail)
    run = fewshot("methods", "--json")
    log = storage.log_folder() / "fewshot.log"
    assert (run.code, run.out) == (1, "") and run.err.count("\n") == 1 and str(log) in run.err
    assert "Traceback" in log.read_text() and "ZeroDivisionError" in log.read_text()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_log_that_takes_no_more_is_told_in_the_same_line(
    fewshot: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(value: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(methods, "print_json", fail)
    storage.log_folder().mkdir(parents=True)
    (storage.log_folder() / "fewshot.log").symlink_to("/dev/full")
    run = fewshot("methods", "--json")
    assert (run.code, run.out) == (1, "") and run.err.count("\n") == 1 and "no log" in run.err


@pytest.mark.parametrize("command", [("train", "--method", "maml"), ("train-trunk",)])
def test_a_training_that_could_not_be_kept_is_refused_first(fewshot: CommandLine, command: tuple[str, ...]) -> None:
    storage.data_folder().parent.mkdir(parents=True, exist_ok=True)
    storage.data_folder().write_bytes(b"a file where the folder would be")
    assert str(storage.data_folder()) in fewshot.refused(*command, "--data", "nowhere", "--model", "mine")
