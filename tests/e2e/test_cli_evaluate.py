"""``fewshot evaluate``: figures, decisions, and data that is not as it should be."""

import shutil
import zipfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli_runs import CommandLine, Run, read_csv
from tests.glyph_folders import alphabets

KEYS = {"accuracy", "ci95", "way", "shot", "queries", "episodes", "seed", "seconds"}
Evaluate = Callable[..., Run]


@pytest.fixture
def fewshot(capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(capsys)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return alphabets(tmp_path_factory.mktemp("data"), 2, 4, 5)


@pytest.fixture
def data(drawn: Path, tmp_path: Path) -> Path:
    """Two alphabets of four characters, five drawings each."""
    return Path(shutil.copytree(drawn, tmp_path / "data"))


def options(data: Path, *more: object) -> tuple[object, ...]:
    common = ("--model", "characters", "--method", "prototypical", "--way", 4, "--shot", 1, "--queries", 3)
    return ("evaluate", "--data", data, *common, "--episodes", 12, *more)


def without_time(values: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in values.items() if k != "seconds"}


def pack(folder: Path, archive: Path) -> Path:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as file:
        for path in sorted(folder.rglob("*"), reverse=True):
            file.write(path, path.relative_to(folder))
    return archive


def test_figures_are_those_of_the_decisions(data: Path, fewshot: CommandLine, tmp_path: Path) -> None:
    run = fewshot(*options(data, "--json", "--out", tmp_path / "decisions.csv"))
    values = run.values
    rows = read_csv(tmp_path / "decisions.csv")
    assert (run.code, run.err) == (0, "")
    assert values.keys() >= KEYS
    assert [values[k] for k in ("way", "shot", "queries", "episodes", "seed")] == [4, 1, 3, 12, 0]
    assert tuple(rows[0]) == ("episode", "path", "true", "predicted", "confidence")
    right = defaultdict(list)
    for row in rows:
        right[int(row["episode"])].append(row["predicted"] == row["true"])
        assert row["path"].startswith(f"{row['true']}/") and (data / row["path"]).is_file()
        assert 1 / 4 <= float(row["confidence"]) <= 1
    means = [sum(r) / len(r) for r in right.values()]
    mean = sum(means) / 12
    spread = (sum((m - mean) ** 2 for m in means) / 11) ** 0.5
    assert sorted(right) == list(range(12)) and {len(r) for r in right.values()} == {12}
    assert values["accuracy"] == pytest.approx(100 * mean, abs=1e-3)
    assert values["ci95"] == pytest.approx(196 * spread / 12**0.5, abs=1e-3)


def test_same_seed_same_figures_from_folder_and_zip(data: Path, fewshot: CommandLine, tmp_path: Path) -> None:
    tables = [tmp_path / f"{n}.csv" for n in range(3)]
    first = fewshot(*options(data, "--json", "--seed", 3, "--out", tables[0])).values
    again = fewshot(*options(pack(data, tmp_path / "data.zip"), "--json", "--seed", 3, "--out", tables[1])).values
    other = fewshot(*options(data, "--json", "--seed", 4, "--out", tables[2])).values
    assert without_time(again) == without_time(first)
    assert tables[1].read_text() == tables[0].read_text() != tables[2].read_text()
    assert other["seed"] == 4


def test_within_parent_draws_from_one_alphabet(data: Path, fewshot: CommandLine, tmp_path: Path) -> None:
    for mixed, more in ((False, ["--within-parent"]), (True, [])):
        fewshot(*options(data, "--out", tmp_path / "t.csv", *more))
        parents = defaultdict(set)
        for row in read_csv(tmp_path / "t.csv"):
            parents[row["episode"]].add(row["true"].split("/")[0])
        assert any(len(p) > 1 for p in parents.values()) == mixed
        assert set.union(*parents.values()) == {"alphabet0", "alphabet1"}


def test_weights_of_the_setting_or_general_ones(data: Path, fewshot: CommandLine) -> None:
    for weights in ("general", "setting"):
        assert fewshot(*options(data, "--json", "--weights", weights)).values["episodes"] == 12
    assert "special" in fewshot.refused(*options(data, "--weights", "special"))


@pytest.mark.parametrize("method", ["simpleshot", "linear", "alpha-tim", "bd-cspn", "paddle", "label-propagation"])
def test_methods_without_weights_run_on_the_bundled_model(data: Path, fewshot: CommandLine, method: str) -> None:
    values = fewshot(*options(data, "--json", "--method", method, "--episodes", 6, "--shot", 2)).values
    assert values["method"] == method and values["accuracy"] > 50
    listed = {m["name"]: m for m in fewshot("methods", "--json").values["methods"]}
    assert listed[method]["trainable"] is False
    assert listed[method]["transductive"] is (method in ("alpha-tim", "bd-cspn", "paddle", "label-propagation"))


def test_one_episode_has_no_interval(data: Path, fewshot: CommandLine) -> None:
    values = fewshot(*options(data, "--json", "--episodes", 1)).values
    assert values["ci95"] is None and 0 <= values["accuracy"] <= 100


def comparing(data: Path, *more: object) -> tuple[object, ...]:
    options = ("--model", "characters", "--way", 4, "--shot", 1, "--queries", 3)
    return ("compare", "--data", data, *options, "--methods", "prototypical, simpleshot,simpleshot", *more)


def test_a_comparison_writes_every_decision_too(data: Path, fewshot: CommandLine, tmp_path: Path) -> None:
    values = fewshot(*comparing(data, "--episodes", 3, "--json", "--out", tmp_path / "compared.csv")).values
    rows = read_csv(tmp_path / "compared.csv")
    assert tuple(rows[0]) == ("method", "episode", "path", "true", "predicted", "confidence")
    for name in ("prototypical", "simpleshot"):
        own = [r for r in rows if r["method"] == name]
        assert len(own) == 3 * 4 * 3
        [figures] = [r for r in values["results"] if r["method"] == name]
        assert figures["accuracy"] == pytest.approx(100 * sum(r["true"] == r["predicted"] for r in own) / 36, abs=1e-3)
    alone = fewshot(*options(data, "--episodes", 3, "--out", tmp_path / "alone.csv"))
    assert alone.code == 0
    expected = [{"method": "prototypical", **r} for r in read_csv(tmp_path / "alone.csv")]
    assert [r for r in rows if r["method"] == "prototypical"] == expected
    assert "t.txt" in fewshot.refused(*comparing(data, "--out", tmp_path / "t.txt"))


def test_one_episode_has_no_interval_in_a_comparison_either(data: Path, fewshot: CommandLine) -> None:
    values = fewshot(*comparing(data, "--episodes", 1, "--json")).values
    assert [r["method"] for r in values["results"] if not r["baseline"]] == ["prototypical", "simpleshot"]
    assert {(r["ci95"], r["difference_ci95"]) for r in values["results"]} == {(None, None)}
    assert [values[k] for k in ("way", "shot", "queries", "episodes", "seed")] == [4, 1, 3, 1, 0]
    shown = fewshot(*comparing(data, "--episodes", 1))
    assert shown.code == 0 and "nan" not in shown.out and "±" not in shown.out


def test_classes_of_unequal_sizes(data: Path, fewshot: CommandLine) -> None:
    (data / "alphabet1" / "character02" / "01.png").unlink()
    assert fewshot(*options(data, "--json")).code == 0
    (data / "alphabet1" / "character02" / "02.png").unlink()
    line = fewshot.refused(*options(data, "--json"))
    assert "alphabet1/character02 has 3 images" in line


@pytest.mark.parametrize("packed", [False, True])
def test_unreadable_images_are_named(data: Path, fewshot: CommandLine, tmp_path: Path, packed: bool) -> None:
    broken = data / "alphabet0" / "character01" / "01.png"
    broken.write_bytes(b"no image")
    run = fewshot(*options(pack(data, tmp_path / "d.zip") if packed else data, "--json"))
    assert run.code == 1 and run.values["episodes"] == 12
    assert "alphabet0/character01/01.png" in run.err and run.err.count("\n") == 1


def test_a_link_that_leads_nowhere_is_named(data: Path, fewshot: CommandLine) -> None:
    (data / "alphabet0" / "character01" / "99.png").symlink_to("nowhere.png")
    run = fewshot(*options(data, "--json"))
    assert run.code == 1 and "99.png" in run.err and run.err.count("\n") == 1


@pytest.mark.parametrize(
    ("more", "named"),
    [
        (["--way", 9], "9 ways"),
        (["--way", 5, "--within-parent"], "5 classes"),
        (["--shot", 3], "3 + 3"),
        (["--way", 1], "--way"),
        (["--shot", 0], "--shot"),
        (["--queries", 0], "--queries"),
        (["--episodes", 0], "--episodes"),
        (["--method", "nobody"], "nobody"),
        (["--model", "nobody"], "nobody"),
        (["--out", "no folder/t.csv"], "no folder/t.csv"),
    ],
)
def test_requests_that_cannot_be_met(data: Path, fewshot: CommandLine, more: list[object], named: str) -> None:
    assert named in fewshot.refused(*options(data, "--json", *more))


def test_data_that_is_none(data: Path, fewshot: CommandLine, tmp_path: Path) -> None:
    whole = pack(data, tmp_path / "whole.zip").read_bytes()
    (tmp_path / "text.zip").write_bytes(b"no archive")
    (tmp_path / "cut.zip").write_bytes(whole[: len(whole) // 2])
    flipped = bytearray(whole)
    flipped[whole.index(b"IDAT") + 20] ^= 255
    (tmp_path / "flipped.zip").write_bytes(flipped)
    (tmp_path / "empty").mkdir()
    assert "cut off" in fewshot.refused(*options(tmp_path / "cut.zip"))
    for name in ("missing", "text.zip", "cut.zip", "flipped.zip", "empty"):
        assert name in fewshot.refused(*options(tmp_path / name))
