"""The line between sure and unsure, in words: how many labels are wrong, and what that rests on."""

import math

import pytest

from backend.labelling.thresholds import Check, Line
from fewshot_gui.review.calibration_state import Trust
from fewshot_gui.review.panel_text import basis_in_words, counts_in_words, errors_in_words, limit_in_words

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
        (Line(math.inf, 0, 0, 0.0), Trust.WAITING, "Once two bins have examples, the unsure images gather here."),
        (Line(math.inf, 0, 0, 0.0), Trust.ANSWERED, "All images are answered: no label is left to check"),
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
    elsewhere = Check(0, 0, 0, 0.0, 0.2, 8, True)
    assert said(elsewhere) == "Perhaps 4 in 100 wrong (0 to 20 %), none of them checked"
    assert basis_in_words(line, elsewhere).startswith("None of your answers was about a label above this line.")
    corrected = Check(3, 3, 0, 0.0, 1.0, 3, False)
    assert said(corrected).startswith("3 corrected, none confirmed")
    assert "Confirm right labels, too" in basis_in_words(line, corrected)
    assert errors_in_words(Line(math.inf, 0, 9, 0.0), Trust.KNOWN, True, few) == "No label is as sure as that"


def test_the_slider_stands_at_a_number() -> None:
    assert [limit_in_words(n) for n in (1, 50, 1000)] == ["up to 1 in 1,000", "up to 5 in 100", "up to 100 in 100"]


def test_counts_are_told_in_words() -> None:
    line = Line(0.7, 1203, 97, 0.05)
    assert counts_in_words(line, 0) == "1,203 labelled, 97 unsure"
    assert counts_in_words(line, 1) == "1,203 labelled, 97 unsure, 1 alike group"
    assert counts_in_words(line, 2) == "1,203 labelled, 97 unsure, 2 alike groups"
