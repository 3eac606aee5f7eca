"""The line between sure and unsure follows labels and answers, and touches no label."""

import math
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from backend.images.sources import Sources
from backend.labelling.thresholds import Check, Line
from backend.types import ImageFile, Listing, Prediction, Status
from backend.workspace.state import Verdict
from fewshot_gui import settings
from fewshot_gui.review.threshold_bar import STOPS
from fewshot_gui.session.acceptance_threshold import AcceptanceThreshold
from fewshot_gui.session.bin_store import BinStore
from fewshot_gui.session.folder.library import Library


class Case:
    """A folder with labels of these confidences; "a" to "e" are its images."""

    def __init__(self, *confidences: float) -> None:
        self.library, self.bins = Library(), BinStore()
        self.threshold = AcceptanceThreshold(self.library, self.bins)
        self.files = tuple(ImageFile(Path(f"/p/{name}"), 1, 1) for name in "abcdefg"[: len(confidences)])
        self.library.open(Sources(Path("/p")))
        self.library.add(self.files)
        self.label({f.path.name: c for f, c in zip(self.files, confidences, strict=True)})

    def label(self, confidences: dict[str, float]) -> None:
        self.library.set_predictions({f"/p/{n}": Prediction(Status.OK, "x", c) for n, c in confidences.items()})

    def unsure(self) -> str:
        assert all(self.threshold.is_unsure(i) for i in self.threshold.unsure_ids())
        return "".join(Path(i).name for i in self.threshold.unsure_ids())


def test_the_line_follows_labels_as_they_come(qtbot: QtBot) -> None:
    case = Case(1.0, 0.9, 0.5, 0.9)
    assert case.threshold.errors == settings.ERRORS == 50
    assert case.threshold.line() == Line(1.0, 1, 3, 0.0)  # two at 0.9 would make 7 in 100
    assert case.unsure() == "cbd"
    case.label({"b": 1.0})
    assert case.unsure() == "c"
    assert case.threshold.line().wrong == pytest.approx(0.1 / 3)
    with qtbot.waitSignal(case.threshold.changed):
        case.label({"b": 0.2, "c": 1.0})
    assert case.unsure() == "b"


def test_moving_the_line_touches_no_label_and_tells_both(qtbot: QtBot) -> None:
    case = Case(1.0, 0.9, 0.5, 0.9)
    before = dict(case.library.predictions)
    with qtbot.waitSignals([case.threshold.moved, case.threshold.changed]):
        case.threshold.move(70)
    assert case.unsure() == "c"
    case.threshold.move(1000)
    assert case.unsure() == "" and case.threshold.line().threshold == 0.5
    assert all(case.library.predictions[i] is p for i, p in before.items())
    with qtbot.assertNotEmitted(case.threshold.moved):
        case.threshold.move(1000)
        case.threshold.put(200)
    assert case.threshold.errors == 200


def test_answers_and_files_that_are_gone_have_no_part_in_it(qtbot: QtBot) -> None:
    case = Case(0.9, 0.9, 0.3, 0.2)
    name = case.bins.add(["/p/c"])
    assert case.threshold.line() == Line(math.inf, 0, 3, 0.0)
    assert not case.threshold.is_unsure("/p/c")
    case.bins.take_out(["/p/c"])
    assert case.unsure() == "dcab"
    case.bins.assign(["/p/c"], name)
    case.library.complete(Listing(Path("/p"), case.files[:3]))
    assert case.unsure() == "ab"
    case.library.open(None)
    assert case.threshold.line().below == 0


def test_an_image_that_may_have_no_label_is_unsure_wherever_the_line_is(qtbot: QtBot) -> None:
    case = Case(0.9, 0.8)
    case.library.set_predictions({"/p/a": Prediction(Status.UNSURE, message="ruled out")})
    case.threshold.move(1000)
    assert case.unsure() == "a"
    assert (case.threshold.line().above, case.threshold.line().below) == (1, 1)
    case.label({"a": 0.9})
    assert case.unsure() == ""


def test_the_arrays_grow(qtbot: QtBot) -> None:
    case = Case()
    files = tuple(ImageFile(Path(f"/p/{n}"), 1, 1) for n in range(9000))
    case.library.add(files)
    for start in range(0, 9000, 3000):
        case.label({f.path.name: 0.97 if n % 2 else 0.5 for n, f in enumerate(files[start : start + 3000])})
    assert (case.threshold.line().above, case.threshold.line().below) == (4500, 4500)


class Judged(Case):
    """A thousand labels of 90 % or 97 %, of which the model says that 95 % are right."""

    def __init__(self) -> None:
        super().__init__()
        self.ids = [f"/p/{n:04}" for n in range(1000)]
        self.library.add(tuple(ImageFile(Path(i), 1, 1) for i in self.ids))
        self.label({Path(i).name: 0.9 if n % 3 else 0.97 for n, i in enumerate(self.ids)})

    def answer(self, right: int, wrong: int, confidence: float, picked: int = 0) -> None:
        verdicts = {i: Verdict(confidence, n < right) for n, i in enumerate(self.ids[: right + wrong])}
        self.threshold.learn(verdicts, set(self.ids[:picked]))


def test_where_answers_contradict_it_the_promise_gives_way(qtbot: QtBot) -> None:
    case = Judged()
    case.threshold.move(100)
    before = case.threshold.line()
    assert before.above == 1000 and before.wrong == pytest.approx(0.077, abs=0.001)
    with qtbot.waitSignal(case.threshold.changed):
        case.answer(35, 5, 0.97, picked=10)
    assert case.threshold.line() == Line(math.inf, 0, 1000, 0.0)
    case.threshold.move(200)
    check = case.threshold.check()
    assert (check.count, check.wrong, check.picked, check.confirmed) == (40, 5, 10, True)
    assert 0.02 < check.low < 0.125 < check.high < 0.3
    assert case.threshold.line().above == 334
    assert case.threshold.line().wrong == pytest.approx(0.126, abs=0.001)
    case.answer(0, 0, 0.9)
    case.threshold.move(100)
    assert case.threshold.line() == before and case.threshold.check() == Check()


def test_answers_that_confirm_let_more_labels_be_sure(qtbot: QtBot) -> None:
    case = Judged()
    assert case.threshold.line().above == 334
    case.answer(80, 1, 0.9)
    assert case.threshold.line().above == 1000 and case.threshold.check().high < 0.08


def test_who_only_corrects_has_drawn_no_sample(qtbot: QtBot) -> None:
    case = Judged()
    before = case.threshold.line()
    case.answer(0, 4, 0.97)
    assert case.threshold.line() == before
    assert not case.threshold.check().confirmed and case.threshold.check().answers == 4


def test_where_none_is_sure_the_next_line_is_told(qtbot: QtBot) -> None:
    case = Judged()
    case.threshold.move(10)
    assert case.threshold.line().above == 0
    assert case.threshold.next_line(STOPS) == (30, 334)
    assert Case(0.0).threshold.next_line((1, 500)) is None
