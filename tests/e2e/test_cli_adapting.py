"""``fewshot evaluate`` of methods that adapt: streams, and adaptation switched off. The weights are barely trained."""

from pathlib import Path

import pytest

from tests.cli_runs import CommandLine, read_csv
from tests.glyph_folders import alphabets


@pytest.fixture
def fewshot(capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(capsys)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return alphabets(tmp_path_factory.mktemp("data"), 1, 6, 11)


@pytest.fixture
def model(data: Path, fewshot: CommandLine) -> str:
    for method in ("mann", "mann-conv", "maml"):
        run = fewshot(
            "train", "--data", data, "--method", method, "--model", "some", "--episodes", 2, "--way", 3, "--queries", 2
        )
        assert run.code == 0, run.err
    return "some"


def options(data: Path, model: str, method: str, *more: object) -> tuple[object, ...]:
    names = ("evaluate", "--data", data, "--model", model, "--method", method)
    return (*names, "--way", 5, "--shot", 1, "--episodes", 40, *more)


@pytest.mark.parametrize("method", ["mann", "mann-conv"])
def test_streaming_tells_accuracy_by_instance(
    data: Path, model: str, fewshot: CommandLine, tmp_path: Path, method: str
) -> None:
    table = tmp_path / "t.csv"
    run = fewshot(*options(data, model, method, "--metric", "streaming", "--json", "--out", table))
    values = run.values
    assert (run.code, run.err, values["metric"], values["queries"]) == (0, "", "streaming", 9)
    assert [i["instance"] for i in values["instances"]] == list(range(1, 11))
    assert values["instances"][1] == {"instance": 2, "accuracy": values["accuracy"], "ci95": values["ci95"]}
    rows = read_csv(table)
    assert len(rows) == 40 * 5 * 10
    for instance in values["instances"]:
        chosen = [row for row in rows if int(row["instance"]) == instance["instance"]]
        right = sum(row["true"] == row["predicted"] for row in chosen)
        assert instance["accuracy"] == pytest.approx(100 * right / len(chosen), abs=1e-3)
    again = fewshot(*options(data, model, method, "--metric", "streaming", "--json", "--out", table)).values
    assert again["instances"] == values["instances"]
    other = fewshot(*options(data, model, method, "--metric", "streaming", "--json", "--seed", 1)).values
    assert other["instances"] != values["instances"]


def test_streaming_prints_a_table(data: Path, model: str, fewshot: CommandLine) -> None:
    run = fewshot(*options(data, model, "mann", "--metric", "streaming", "--queries", 4))
    assert run.code == 0 and len(run.out.splitlines()) == 2 + 5 and "streaming" in run.out


@pytest.mark.parametrize("method", ["maml", "mann"])
def test_without_adaptation_a_method_guesses(data: Path, model: str, fewshot: CommandLine, method: str) -> None:
    values = fewshot(*options(data, model, method, "--without-adaptation", "--queries", 5, "--json")).values
    assert values["adaptation"] is False
    assert values["accuracy"] == pytest.approx(20, abs=3)
    assert "adaptation off" in fewshot(*options(data, model, method, "--without-adaptation", "--queries", 5)).out


@pytest.mark.parametrize(
    ("method", "more", "words"),
    [
        ("maml", ["--metric", "streaming"], "maml labels by a finished set"),
        ("mann", ["--metric", "streaming", "--without-adaptation"], "--without-adaptation"),
        ("mann", ["--metric", "streaming", "--queries", 11], "11 images; 1 + 11"),
        ("mann", ["--metric", "streaming", "--shot", 0], "--shot is 0"),
    ],
)
def test_what_cannot_be_measured_is_refused(
    data: Path, model: str, fewshot: CommandLine, method: str, more: list[object], words: str
) -> None:
    assert words in fewshot.refused(*options(data, model, method, *more))


def test_a_method_without_adaptation_has_none_to_switch_off(data: Path, fewshot: CommandLine) -> None:
    line = fewshot.refused(*options(data, "characters", "prototypical", "--without-adaptation"))
    assert "prototypical compares with the examples" in line
