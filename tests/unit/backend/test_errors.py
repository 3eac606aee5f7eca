"""Sentences keep their template and values; to everybody else they are text."""

import json
from pathlib import Path

import pytest

from backend.errors import RequestError, Sentence
from backend.images import DecoderPool
from backend.types import Unreadable


def test_a_sentence_is_its_text_and_remembers_what_it_is_made_of() -> None:
    sentence = Sentence("{0} has {1} images.", Path("/a{b}"), 3)
    assert sentence == "/a{b} has 3 images."
    assert json.dumps(sentence) == '"/a{b} has 3 images."'
    assert sentence.template == "{0} has {1} images."
    assert sentence.values == ("/a{b}", "3")


def test_the_values_of_a_request_error_go_into_sentence_and_remedy() -> None:
    error = RequestError("Not fetched yet", "The model {0} is not here.", "Fetch {0}", "x")
    assert str(error) == "Not fetched yet: The model x is not here. Fetch x"
    assert error.sentence.values == ("x",)


def test_a_remedy_may_have_values_of_its_own() -> None:
    error = RequestError("Title", "{0} is gone.", Sentence("Run {0}", "undo '/a b'"), "/a b")
    assert str(error) == "Title: /a b is gone. Run undo '/a b'"


def test_without_values_braces_are_text() -> None:
    assert RequestError("Title", "No {0} here.", "{").sentence == "No {0} here."


@pytest.mark.parametrize(
    ("data", "values"), [(b"%PDF-1.7", ("a PDF document",)), (b"plain text, no image", ()), (b"", ())]
)
def test_the_reason_that_a_decoder_process_gives_keeps_its_values(
    tmp_path: Path, data: bytes, values: tuple[str, ...]
) -> None:
    (tmp_path / "x.png").write_bytes(data)
    with DecoderPool(workers=1) as pool:
        outcome = pool.decode(tmp_path / "x.png", 8).result()
    assert isinstance(outcome, Unreadable) and isinstance(outcome.reason, Sentence)
    assert outcome.reason.values == values
