"""``python -m benchmarks.results``: its tables, what it remembers, and what a training cost."""

import json
from pathlib import Path
from typing import Any

import pytest

from backend import cli
from benchmarks.ledger import Ledger
from benchmarks.results import main, paper
from benchmarks.training_cost import training_cost
from tests.glyph_folders import alphabets


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return alphabets(tmp_path_factory.mktemp("data"), 1, 20, 10)


@pytest.fixture
def model(data: Path) -> str:
    """Two methods, barely trained; MANN has weights of its own for one setting."""
    few = ["--data", str(data), "--model", "some", "--episodes", "2", "--way", "3", "--queries", "2"]
    for options in (["prototypical"], ["mann"], ["mann", "--setting", "20w1s"]):
        assert cli.main(["train", *few, "--method", *options]) == 0
    return "some"


def tables(text: str) -> dict[str, list[list[str]]]:
    """Title → rows of cells, without head."""
    parts = (part.split("\n", 1) for part in text.split("\n## ")[1:])
    return {
        title: [[c.strip() for c in line.strip("|").split("|")] for line in body.splitlines() if line[:1] == "|"][2:]
        for title, body in parts
    }


@pytest.mark.slow
def test_the_tables_hold_every_method_and_a_rerun_measures_nothing(
    data: Path, model: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "results.json"
    arguments = ["--data", str(data), "--model", model, "--episodes", "2", "--queries", "2", "--json", str(kept)]
    capsys.readouterr()
    assert main(arguments) == 0
    first = capsys.readouterr()
    found = tables(first.out)
    rows = {row[0]: row[1:] for row in found["Accuracy"]}
    without_weights = ["simpleshot", "linear", "alpha-tim", "bd-cspn", "paddle", "label-propagation"]
    assert list(rows) == ["prototypical", "mann", "mann, general weights", *without_weights]
    assert rows["prototypical"][1::2] == ["98.8", "99.7", "96.0", "98.9"] and set(rows["mann"][1::2]) == {"–"}
    assert [cell[-1] == "†" for cell in rows["mann"][::2]] == [False, False, True, False]
    assert not any("†" in cell for cell in rows["mann, general weights"])
    [off] = found["Adaptation off"]
    assert off[0] == "mann" and off[1].split()[0] == rows["mann"][0].split()[0]
    assert float(off[2].split()[0]) == pytest.approx(20, abs=10) and float(off[4].split()[0]) == pytest.approx(5, abs=5)
    streaming = {row[0]: row[1:] for row in found["Accuracy by instance, 5 classes a sequence"]}
    assert len(streaming["mann"]) == 10 and streaming["mann, the paper"][1] == "82.8"
    assert [row[0] for row in found["Within one alphabet"]] == ["prototypical", *without_weights]
    assert [len(row) for row in found["Cost"]] == 8 * [5] and float(found["Cost"][1][3]) > 0
    assert "siamese" in first.err and "maml" in first.err

    stamp, entries = kept.stat().st_mtime_ns, json.loads(kept.read_text())["figures"]
    assert {e["table"] for e in entries} == {"accuracy", "adaptation off", "streaming", "within", "cost"}
    assert main(arguments) == 0
    assert capsys.readouterr().out == first.out and kept.stat().st_mtime_ns == stamp


@pytest.mark.slow
def test_methods_and_tables_can_be_chosen(data: Path, model: str, capsys: pytest.CaptureFixture[str]) -> None:
    few = ["--data", str(data), "--model", model, "--episodes", "1", "--queries", "1"]
    capsys.readouterr()
    assert main([*few, "--methods", "prototypical,maml", "--tables", "within,streaming,adaptation"]) == 0
    run = capsys.readouterr()
    assert list(tables(run.out)) == ["Within one alphabet"]
    assert run.err.strip().endswith("maml") and "mann" not in run.err


def test_a_figure_is_measured_again_once_its_conditions_change(tmp_path: Path) -> None:
    place = {"table": "t", "method": "m", "setting": "5w1s", "weights": "general"}
    calls: list[int] = []

    def measure() -> dict[str, Any]:
        calls.append(1)
        return {"accuracy": len(calls)}

    path = tmp_path / "l.json"
    assert Ledger(path).figures({**place, "digest": "a"}, measure)["accuracy"] == 1
    assert Ledger(path).figures({**place, "digest": "a"}, measure)["accuracy"] == 1
    assert Ledger(path).figures({**place, "digest": "b"}, measure)["accuracy"] == 2
    assert Ledger(path).figures({**place, "setting": "5w5s", "digest": "b"}, measure)["accuracy"] == 3
    assert len(json.loads(path.read_text())["figures"]) == 2


def test_papers_figures_keep_their_digits() -> None:
    assert [paper(f) for f in (96.0, 98.95, None)] == ["96.0", "98.95", "–"]


def entry(name: str, seconds: float | None = None, steps: int | None = None, **more: Any) -> dict[str, Any]:
    recorded = {k: v for k, v in (("seconds", seconds), ("steps", steps)) if v is not None}
    return {"command": name, "seed": 0, "recipe": {}, **recorded, **more}


def test_the_cost_of_a_training_is_that_of_all_it_set_out_from() -> None:
    first = entry("first", 10.0, 100)
    second = entry("second", 5.0, 50, started_from={"general": first})
    assert training_cost({"general": second}) == (15.0, 150)
    assert training_cost({"averaged": [first, {**second, "started_from": first}]}) == (15.0, 150)  # first ran once
    own = entry("own", 1.0, 10, started_from={"averaged": [first, second]})
    assert training_cost({"general": second, "5w1s": own}) == (16.0, 160)
    assert training_cost({"general": entry("old")}) == (None, None)
    assert training_cost({"general": entry("new", 3.0, 30, started_from=entry("old"))}) == (None, None)
    assert training_cost({}) == (None, None)
