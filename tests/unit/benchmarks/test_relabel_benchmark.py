"""``python -m benchmarks.relabel``: every method of a model, timed through the window's own engine."""

import json

import pytest

from benchmarks.relabel import main

pytestmark = pytest.mark.slow


def test_it_times_every_method_and_counts_flips(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--images", "140", "--bins", "2,20", "--methods", "prototypical"]) == 0
    rows = json.loads(capsys.readouterr().out)["relabel"]
    assert [(r["method"], r["bins"], r["images"]) for r in rows] == [("prototypical", n, 140) for n in (2, 20)]
    for row in rows:
        assert (
            0 < row["first_ms"] <= row["ms"]
            and row["calibrate_ms"] > 0
            and row["cpu_ms"] > 0
            and row["longest_step_ms"] > 0
        )
        assert row["flips"] == 0
