"""Compare methods: the same examples are left out for all, each labels the folder, and differences are paired."""

from collections.abc import Sequence
from pathlib import Path

import pytest
import torch

from backend.errors import RequestError
from backend.evaluation.intervals import paired_difference
from backend.explain.quality import leave_each_out
from backend.labelling.calibration import MOST_READ
from backend.labelling.fitted_bins import fit_bins
from backend.selection.best_method import Candidate, rank_candidates
from backend.selection.comparison import Task, score_candidates
from backend.selection.scores import MethodScore
from backend.types import Bins, ImageFile, Rejected
from tests.glyph_folders import drain
from tests.unit.backend.selection.test_best_method import BINS, NAMES, Given, candidate, clear

FOLDER = [f"query{n}" for n in range(4)]
LOOKS = torch.eye(2, 6)[[0, 0, 1, 1]]


def files(names: Sequence[str]) -> list[ImageFile]:
    return [ImageFile(Path(name), 1, 1) for name in names]


def store(noise: float = 0.05) -> Given:
    return Given(torch.cat([clear(noise), LOOKS]), [*NAMES, *FOLDER])


def compare(
    *methods: str, bins: Bins = BINS, rejected: Rejected | None = None, at: Given | None = None
) -> list[MethodScore]:
    candidates = [candidate("m", method, at or store()) for method in methods]
    return drain(score_candidates(candidates, Task(bins, files(NAMES), files(FOLDER), rejected or {})))


def test_each_method_answers_for_the_left_out_and_labels_the_folder() -> None:
    scores = compare("prototypical", "simpleshot", "linear")
    assert [(s.method, s.done, s.total) for s in scores] == [
        ("prototypical", 1, 3),
        ("simpleshot", 2, 3),
        ("linear", 3, 3),
    ]
    for score in scores:
        assert score.right == (True,) * 16 and score.problem == ""
        assert dict(score.labels) == dict(zip(FOLDER, "aabb", strict=True))
        assert score.seconds > 0


def test_what_was_ruled_out_is_no_label() -> None:
    [score] = compare("prototypical", rejected={FOLDER[0]: {"a"}})
    assert [score.labels[i] for i in FOLDER] == ["b", "a", "b", "b"]


def test_what_is_left_out_with_one_method_is_left_out_with_all() -> None:
    bins = {"a": tuple(NAMES[:8]), "b": tuple(NAMES[8:11])}
    alone, with_another = compare("simpleshot", bins=bins), compare("simpleshot", "maml", bins=bins)
    assert [len(s.right) for s in (*alone, *with_another)] == [11, 11, 11]
    mixed = NAMES[8]  # labelled b, looks like a: right only where it is not asked for
    wrong = Given(torch.cat([clear(0.05), LOOKS]).index_copy(0, torch.tensor([8]), torch.eye(1, 6)), [*NAMES, *FOLDER])
    [by_itself], [beside, _] = (
        compare("simpleshot", bins=bins, at=wrong),
        compare("simpleshot", "maml", bins=bins, at=wrong),
    )
    assert mixed == "b0" and by_itself.right == beside.right
    assert beside.right.index(False) == 1  # first of the second bin, in the first round


def test_it_agrees_with_how_good_is_it() -> None:
    scattered = torch.cat([clear(1.5), LOOKS])
    bins = {"a": tuple(NAMES[:8]), "b": tuple(NAMES[8:11])}
    given = Given(scattered, [*NAMES, *FOLDER])
    [score] = compare("simpleshot", bins=bins, at=given)
    ready = candidate("m", "simpleshot", given).ready
    found = drain(leave_each_out(ready.method, fit_bins(ready, given, bins)))
    assert [a.claimed == a.bin for a in found.answers] == list(score.right)
    assert 0 < found.right < 11


def test_bins_of_more_than_ten_can_be_ranked_when_some_adapt() -> None:
    names = [f"{b}{n}" for b in "ab" for n in range(12)]
    large = Given(torch.eye(2, 6).repeat_interleave(12, 0) + 0.01 * torch.randn(24, 6), names)
    bins = {"a": tuple(names[:12]), "b": tuple(names[12:])}
    made: list[Candidate] = [candidate("m", method, large) for method in ("simpleshot", "maml")]
    ranking = drain(rank_candidates(made, (), bins)).ranking
    assert {s.left_out for s in ranking} == {24}


def test_a_method_that_cannot_is_a_row_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    made = [candidate("m", method, store()) for method in ("linear", "prototypical")]

    def refuse(*_: object) -> None:
        raise RequestError("No", "Not today.", "Wait.")

    monkeypatch.setattr(made[0].ready.method, "fit", refuse)
    first, second = drain(score_candidates(made, Task(BINS, files(NAMES), files(FOLDER), {})))
    assert (first.problem, first.right) == ("Not today.", ())
    assert second.problem == "" and all(second.right)


def test_transductive_methods_read_the_folder_and_are_compared_too() -> None:
    [score] = compare("bd-cspn")
    assert len(score.right) == 16 and set(score.labels) == set(FOLDER)


def test_too_few_examples_are_refused() -> None:
    with pytest.raises(RequestError, match="Too few examples"):
        compare("simpleshot", bins={"a": ("a0",), "b": ("b0",)})


def test_of_a_large_folder_a_part_is_read() -> None:
    task = Task(BINS, (), files([str(n) for n in range(2 * MOST_READ + 1)]), {})
    assert 0.5 * MOST_READ < len(task.read()) <= MOST_READ
    assert len(Task(BINS, (), files(FOLDER), {}).read()) == 4
    assert Task(BINS, (), (), {}).read() == []


def test_paired_differences_by_hand() -> None:
    yes, no = [True] * 10, [True] * 7 + [False] * 3
    ahead = paired_difference(yes, no)
    # (3 + 1 - 1) / 12 ± 1.96 · √((5/12 - 1/16) / 12)
    assert ahead.share == pytest.approx(0.3)
    assert (ahead.low, ahead.high) == pytest.approx((0.25 - 0.33664, 0.25 + 0.33664), abs=1e-4)
    assert ahead.may_be_chance
    assert not paired_difference([True] * 20, [False] * 20).may_be_chance
    same = paired_difference(yes, yes)
    assert same.share == 0 and same.low == -same.high < 0
    with pytest.raises(ValueError, match="no draws"):
        paired_difference([], [])
