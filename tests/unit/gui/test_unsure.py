"""The unsure tray: the line moves statuses alone, and alike images become a bin with one key."""

import csv
import math
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from backend.classify.thresholds import Check, Line
from backend.images.sources import Sources
from backend.jobs import Demo
from backend.types import AlikeGroup, ImageFile, Listing, Prediction, Status
from backend.workspace.state import Verdict
from fewshot_gui import settings
from fewshot_gui.bins.store import BinStore
from fewshot_gui.folder.library import Library
from fewshot_gui.gallery.arrangement import Filter, Order
from fewshot_gui.gallery.model import TILE
from fewshot_gui.unsure.calibration import Trust
from fewshot_gui.unsure.proposing import steady
from fewshot_gui.unsure.strip import STOPS
from fewshot_gui.unsure.sureness import Sureness
from fewshot_gui.unsure.tray import EXAMPLES
from fewshot_gui.unsure.words import basis_in_words, counts_in_words, errors_in_words, limit_in_words
from fewshot_gui.window import MainWindow
from tests.windows import Make, Settle

# The line -----------------------------------------------------------------------------------------------------------


class Case:
    """A folder with labels of these confidences; "a" to "e" are its images."""

    def __init__(self, *confidences: float) -> None:
        self.library, self.bins = Library(), BinStore()
        self.sureness = Sureness(self.library, self.bins)
        self.files = tuple(ImageFile(Path(f"/p/{name}"), 1, 1) for name in "abcdefg"[: len(confidences)])
        self.library.open(Sources(Path("/p")))
        self.library.add(self.files)
        self.label({f.path.name: c for f, c in zip(self.files, confidences, strict=True)})

    def label(self, confidences: dict[str, float]) -> None:
        self.library.set_predictions({f"/p/{n}": Prediction(Status.OK, "x", c) for n, c in confidences.items()})

    def unsure(self) -> str:
        assert all(self.sureness.is_unsure(i) for i in self.sureness.unsure_ids())
        return "".join(Path(i).name for i in self.sureness.unsure_ids())


def test_the_line_follows_labels_as_they_come(qtbot: QtBot) -> None:
    case = Case(1.0, 0.9, 0.5, 0.9)
    assert case.sureness.errors == settings.ERRORS == 50
    assert case.sureness.line() == Line(1.0, 1, 3, 0.0)  # two at 0.9 would make 7 in 100
    assert case.unsure() == "cbd"
    case.label({"b": 1.0})
    assert case.unsure() == "c"
    assert case.sureness.line().wrong == pytest.approx(0.1 / 3)
    with qtbot.waitSignal(case.sureness.changed):
        case.label({"b": 0.2, "c": 1.0})
    assert case.unsure() == "b"


def test_moving_the_line_touches_no_label_and_tells_both(qtbot: QtBot) -> None:
    case = Case(1.0, 0.9, 0.5, 0.9)
    before = dict(case.library.predictions)
    with qtbot.waitSignals([case.sureness.moved, case.sureness.changed]):
        case.sureness.move(70)
    assert case.unsure() == "c"
    case.sureness.move(1000)
    assert case.unsure() == "" and case.sureness.line().threshold == 0.5
    assert all(case.library.predictions[i] is p for i, p in before.items())
    with qtbot.assertNotEmitted(case.sureness.moved):
        case.sureness.move(1000)
        case.sureness.put(200)
    assert case.sureness.errors == 200


def test_answers_and_files_that_are_gone_have_no_part_in_it(qtbot: QtBot) -> None:
    case = Case(0.9, 0.9, 0.3, 0.2)
    name = case.bins.add(["/p/c"])
    assert case.sureness.line() == Line(math.inf, 0, 3, 0.0)
    assert not case.sureness.is_unsure("/p/c")
    case.bins.take_out(["/p/c"])
    assert case.unsure() == "dcab"
    case.bins.assign(["/p/c"], name)
    case.library.complete(Listing(Path("/p"), case.files[:3]))
    assert case.unsure() == "ab"
    case.library.open(None)
    assert case.sureness.line().below == 0


def test_an_image_that_may_have_no_label_is_unsure_wherever_the_line_is(qtbot: QtBot) -> None:
    case = Case(0.9, 0.8)
    case.library.set_predictions({"/p/a": Prediction(Status.UNSURE, message="ruled out")})
    case.sureness.move(1000)
    assert case.unsure() == "a"
    assert (case.sureness.line().above, case.sureness.line().below) == (1, 1)
    case.label({"a": 0.9})
    assert case.unsure() == ""


def test_the_arrays_grow(qtbot: QtBot) -> None:
    case = Case()
    files = tuple(ImageFile(Path(f"/p/{n}"), 1, 1) for n in range(9000))
    case.library.add(files)
    for start in range(0, 9000, 3000):
        case.label({f.path.name: 0.97 if n % 2 else 0.5 for n, f in enumerate(files[start : start + 3000])})
    assert (case.sureness.line().above, case.sureness.line().below) == (4500, 4500)


NEXT = (100, 37)
EXPECTED = ", the model expects"


@pytest.mark.parametrize(
    ("line", "trust", "words"),
    [
        (Line(0.7, 9, 1, 0.051), Trust.KNOWN, "Unchecked: 5 in 100 wrong" + EXPECTED),
        (Line(0.7, 9, 1, 0.004), Trust.KNOWN, "Unchecked: 4 in 1,000 wrong" + EXPECTED),
        (
            Line(0.7, 9, 1, 0.0),
            Trust.KNOWN,
            "Unchecked: fewer than 1 in 1,000 wrong" + EXPECTED,
        ),
        (Line(math.inf, 0, 9, 0.0), Trust.KNOWN, "No label is as sure as that; with 10 in 100 wrong, 37 are"),
        (Line(0.7, 9, 1, 0.05), Trust.OPEN, "How many are wrong is not known yet"),
        (Line(0.7, 9, 1, 0.05), Trust.UNKNOWN, "A second example tells how many are wrong"),
    ],
)
def test_the_line_speaks_in_errors(line: Line, trust: Trust, words: str) -> None:
    following = None if line.above else NEXT
    assert errors_in_words(line, trust, True, Check(), following) == words
    unless = words.replace(EXPECTED, EXPECTED + ", if each image belongs in a bin")
    assert errors_in_words(line, trust, False, Check(), following) == unless


def test_the_line_says_what_its_figure_rests_on() -> None:
    line = Line(0.7, 90, 10, 0.04)

    def said(check: Check, trust: Trust = Trust.KNOWN) -> str:
        return errors_in_words(line, trust, False, check)

    checked = Check(40, 2, 5, 0.012, 0.115, 60, True)
    assert said(checked) == "About 4 in 100 wrong (1 to 12 %), 40 checked"
    assert said(checked, Trust.UNKNOWN) == said(checked)
    assert "“Check precision”" in basis_in_words(line, Check())
    assert basis_in_words(line, checked).startswith(
        "Of your answers, 40 were about labels above this line, and 2 of those"
    )
    assert "5 of them were shown because they were doubtful" in basis_in_words(line, checked)
    few = Check(7, 0, 0, 0.0, 0.2, 8, True)
    assert said(few) == "Perhaps 4 in 100 wrong (0 to 20 %), only 7 checked"
    corrected = Check(3, 3, 0, 0.0, 1.0, 3, False)
    assert said(corrected).startswith("3 corrected, none confirmed")
    assert "Confirm right labels, too" in basis_in_words(line, corrected)
    assert errors_in_words(Line(math.inf, 0, 9, 0.0), Trust.KNOWN, True, few) == "No label is as sure as that"


def test_the_slider_stands_at_a_number() -> None:
    assert [limit_in_words(n) for n in (1, 50, 1000)] == ["up to 1 in 1,000", "up to 5 in 100", "up to 100 in 100"]


class Judged(Case):
    """A thousand labels of 90 % or 97 %, of which the model says that 95 % are right."""

    def __init__(self) -> None:
        super().__init__()
        self.ids = [f"/p/{n:04}" for n in range(1000)]
        self.library.add(tuple(ImageFile(Path(i), 1, 1) for i in self.ids))
        self.label({Path(i).name: 0.9 if n % 3 else 0.97 for n, i in enumerate(self.ids)})

    def answer(self, right: int, wrong: int, confidence: float, picked: int = 0) -> None:
        verdicts = {i: Verdict(confidence, n < right) for n, i in enumerate(self.ids[: right + wrong])}
        self.sureness.learn(verdicts, set(self.ids[:picked]))


def test_where_answers_contradict_it_the_promise_gives_way(qtbot: QtBot) -> None:
    case = Judged()
    case.sureness.move(100)
    before = case.sureness.line()
    assert before.above == 1000 and before.wrong == pytest.approx(0.077, abs=0.001)
    with qtbot.waitSignal(case.sureness.changed):
        case.answer(35, 5, 0.97, picked=10)
    assert case.sureness.line() == Line(math.inf, 0, 1000, 0.0)
    case.sureness.move(200)
    check = case.sureness.check()
    assert (check.count, check.wrong, check.picked, check.confirmed) == (40, 5, 10, True)
    assert 0.02 < check.low < 0.125 < check.high < 0.3
    assert case.sureness.line().above == 334
    assert case.sureness.line().wrong == pytest.approx(0.126, abs=0.001)
    case.answer(0, 0, 0.9)
    case.sureness.move(100)
    assert case.sureness.line() == before and case.sureness.check() == Check()


def test_answers_that_confirm_let_more_labels_be_sure(qtbot: QtBot) -> None:
    case = Judged()
    assert case.sureness.line().above == 334
    case.answer(80, 1, 0.9)
    assert case.sureness.line().above == 1000 and case.sureness.check().high < 0.08


def test_who_only_corrects_has_drawn_no_sample(qtbot: QtBot) -> None:
    case = Judged()
    before = case.sureness.line()
    case.answer(0, 4, 0.97)
    assert case.sureness.line() == before
    assert not case.sureness.check().confirmed and case.sureness.check().answers == 4


def test_where_none_is_sure_the_next_line_is_told(qtbot: QtBot) -> None:
    case = Judged()
    case.sureness.move(10)
    assert case.sureness.line().above == 0
    assert case.sureness.next_line(STOPS) == (30, 334)
    assert Case(0.0).sureness.next_line((1, 500)) is None


def test_counts_are_told_in_words() -> None:
    line = Line(0.7, 1203, 97, 0.05)
    assert counts_in_words(line, 0) == "1,203 labelled, 97 unsure"
    assert counts_in_words(line, 1) == "1,203 labelled, 97 unsure, 1 alike group"
    assert counts_in_words(line, 2) == "1,203 labelled, 97 unsure, 2 alike groups"


def test_groups_keep_their_places() -> None:
    a, b, c = (AlikeGroup(tuple(s)) for s in ("123", "456", "789"))
    grown, other = AlikeGroup(tuple("9780")), AlikeGroup(tuple("xyz"))
    assert steady((a, b, c), (other, grown, a)) == (a, grown, other)
    assert steady((), (b, a)) == (b, a)


# The tray -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def window(make_window: Make, settle: Settle, drawn: Demo, tmp_path: Path) -> MainWindow:
    """The demonstration's 200 images of 20 characters, with bins for ten of them."""
    for source in sorted(drawn.examples.iterdir())[:10]:
        shutil.copytree(source, tmp_path / "examples" / source.name)
    made = make_window()
    made.session.open_folder(drawn.folder, tmp_path / "examples")
    settle(made)
    return made


def title(window: MainWindow) -> str:
    return window.tray.strip._errors.text()


def test_before_there_are_labels_the_tray_says_so(make_window: Make, settle: Settle, folder: Path) -> None:
    window = make_window()
    strip = window.tray.strip
    window.session.open_folder(folder)
    settle(window)
    images = list(window.session.library.files)
    window.session.teach("", images[:1])
    settle(window)
    assert "Once two bins have examples" in title(window)
    assert not strip.slider.isVisible() and not strip._show.isVisible()
    told: list[str] = []

    def tell() -> None:
        strip.refresh()
        told.append(title(window))

    window.session.labelling.finished.connect(tell)
    window.session.teach("", images[1:2])
    settle(window)
    assert told == ["How many are wrong is not known yet"]
    assert "Unchecked" in title(window) or title(window).startswith("No label is as sure as that")
    assert strip.slider.isVisible() and strip._show.isVisible()


def test_the_slider_moves_the_line_and_everything_follows(window: MainWindow, settle: Settle, qtbot: QtBot) -> None:
    session, model, slider = window.session, window.gallery.model, window.tray.strip.slider
    line, predictions = session.sureness.line(), dict(session.library.predictions)
    assert line.above + line.below == 200 and 0.03 < line.wrong <= 0.05
    assert title(window).startswith("Unchecked: 5 in 100 wrong, the model expects")
    assert window.tray.strip.limit.text() == "up to 5 in 100" and window.tray.strip.limit.isVisible()
    assert f"{line.above} labelled, {line.below} unsure" in window.tray.strip._counts.text()
    assert "5 in 100" in slider.accessibleName()
    window.tray.strip._show.click()
    assert model.filter == Filter.UNSURE and len(model.ids()) == line.below
    assert all(model.index_of(i).data(TILE).unsure for i in model.ids())

    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Left)
    stricter = session.sureness.line()
    assert session.sureness.errors == STOPS[STOPS.index(50) - 1]
    assert stricter.below > line.below
    qtbot.waitUntil(lambda: len(model.ids()) == stricter.below)
    window.commands.shortcuts.actions["more_lenient"].trigger()
    qtbot.waitUntil(lambda: len(model.ids()) == line.below)
    window.tray.strip._show.click()
    assert not window.tray.strip._show.isChecked() and len(model.ids()) == 200
    assert session.library.predictions == predictions
    assert session.bins.undo.count() == 0


def test_the_table_and_the_workspace_keep_the_line(
    window: MainWindow, make_window: Make, settle: Settle, drawn: Demo, tmp_path: Path, qtbot: QtBot
) -> None:
    window.session.sureness.move(10)
    below = set(window.session.sureness.unsure_ids())
    with qtbot.waitSignal(window.session.exported):
        window.session.export(tmp_path / "labels.csv")
    with (tmp_path / "labels.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert {str(drawn.folder / r["path"]) for r in rows if r["status"] == "unsure"} == below
    assert all(r["label"] for r in rows)
    window.close()

    again = make_window()
    again.session.open_folder(drawn.folder)
    settle(again)
    assert again.session.sureness.errors == 10
    qtbot.waitUntil(lambda: set(again.session.sureness.unsure_ids()) == below)  # labels are counted a moment later
    again.session.open_folder(tmp_path)  # nothing is known of that one, and it takes nothing over
    assert again.session.sureness.errors == settings.ERRORS == 50


def test_alike_images_become_a_bin_with_one_key_and_undo_takes_it_back(
    window: MainWindow, settle: Settle, drawn: Demo
) -> None:
    session, tray = window.session, window.tray
    assert not tray.shelf.isVisible()
    window.commands.shortcuts.actions["alike_bin"].trigger()
    settle(window)
    cards = tray.shelf.cards()
    assert len(cards) > 1 and tray.shelf.isVisible() and cards[0].hasFocus()
    assert f"{len(cards)} alike groups" in tray.strip._counts.text()
    first, second = cards[0].group, cards[1].group
    assert cards[0].accessibleName() == f"{len(first.images)} alike images"
    assert len({drawn.truth[i] for i in first.images}) == 1
    QTest.keyClick(cards[0], Qt.Key.Key_Return)
    assert session.bins.undo.count() == 1
    made = session.bins.bins()[-1]
    assert made.examples == first.images[:EXAMPLES] and len(session.bins.bins()) == 11
    assert tray.proposing.groups[0] == second  # the rest stays where it is while labels change
    settle(window)
    assert all(set(first.images).isdisjoint(g.images) for g in tray.proposing.groups)
    session.bins.undo.undo()
    settle(window)
    assert set(first.images) in [set(g.images) for g in tray.proposing.groups]


def test_a_group_that_is_dismissed_stays_away(window: MainWindow, settle: Settle) -> None:
    session, tray = window.session, window.tray
    tray.toggle()
    gone, kept = (c.group for c in tray.shelf.cards()[:2])
    tray.shelf.cards()[0]._close.click()
    assert tray.shelf.cards()[0].group == kept
    tray.shelf.cards()[0].setFocus()
    QTest.keyClick(tray.shelf.cards()[0], Qt.Key.Key_Right)
    assert tray.shelf.cards()[1].hasFocus()
    QTest.keyClick(tray.shelf.cards()[1], Qt.Key.Key_Delete)
    assert session.bins.undo.count() == 0 and tray.shelf.cards()[1].hasFocus()
    for _ in range(2):  # other labels, and the same again
        session.bins.switch(session.bins.bins()[0].name)
        settle(window)
    assert tray.proposing.groups
    assert all(set(gone.images).isdisjoint(g.images) for g in tray.proposing.groups)


def test_a_group_can_be_looked_at(window: MainWindow) -> None:
    window.tray.toggle()
    card = window.tray.shelf.cards()[0]
    QTest.keyClick(card, Qt.Key.Key_Space)
    assert window.gallery.model.ids() == list(card.group.images)
    assert window.gallery.model.title == f"{len(card.group.images)} alike images"
    assert settings.shelf_open()


def test_where_there_is_no_group_the_shelf_says_why(window: MainWindow, settle: Settle, qtbot: QtBot) -> None:
    window.tray.toggle()
    window.session.sureness.move(1000)
    qtbot.waitUntil(lambda: not window.tray.shelf.cards())
    assert "Nothing is unsure" in window.tray.shelf._text.text()
    window.session.sureness.move(50)
    qtbot.waitUntil(lambda: bool(window.tray.shelf.cards()))
    for each in window.session.bins.bins()[1:]:
        window.session.bins.switch(each.name)
    assert not window.tray.shelf.cards()
    assert "offered here" in window.tray.shelf._text.text()
    settle(window)


def test_where_methods_differ_comes_first(window: MainWindow, settle: Settle, drawn: Demo) -> None:
    model, predictions = window.gallery.model, window.session.library.predictions
    window.commands.shortcuts.actions["differ_first"].trigger()
    settle(window)
    assert model.order == Order.DIFFER and sorted(model.ids()) == sorted(drawn.truth)
    assert "by disagreement" in window.gallery.toolbar._order.text()
    first = model.ids()[:40]
    wrong = [predictions[i].label != drawn.truth[i] for i in model.ids()]
    assert sum(wrong[:40]) > sum(wrong[-40:])
    by_margin = sorted(predictions, key=window.fetching._uncertainty, reverse=True)
    assert first != by_margin[:40]


def test_a_search_goes_on_after_a_change_that_brings_no_other_labels(window: MainWindow, qtbot: QtBot) -> None:
    proposing, session = window.tray.proposing, window.session
    session.sureness.put(100)
    proposing._look()
    assert proposing.looking()
    session.bins.recolour(session.bins.bins()[0].name, 7)
    assert not proposing.looking()
    qtbot.waitUntil(lambda: proposing._looked_at[1] == tuple(session.sureness.unsure_ids()))
    qtbot.waitUntil(lambda: not proposing.looking())
