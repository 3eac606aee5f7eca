"""Sentences side by side: with a space in English, without one in Chinese."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from backend.errors import RequestError
from backend.explain.reports import LeftOut, Quality
from backend.images.listing import list_images
from fewshot_gui import translation
from fewshot_gui.evaluation import panel_text
from fewshot_gui.main_window.window import MainWindow
from fewshot_gui.session.worker import Failure
from fewshot_gui.translation import sentences
from fewshot_gui.translation.language import VARIABLE
from tests.glyph_folders import drain


@pytest.fixture
def chinese(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The application speaks Chinese while the test runs."""
    monkeypatch.setenv(VARIABLE, "zh_CN")
    translation.install(qapp)
    yield
    monkeypatch.delenv(VARIABLE)
    translation.install(qapp)


def quality() -> Quality:
    """Four of five answers are right; of six examples five were asked about, and one bin has a single example."""
    answers = tuple(LeftOut(f"{n}", "a" if n < 3 else "b", "a", 0.9) for n in range(5))
    return Quality(("a", "b", "c"), (3, 3, 1), answers)


def test_english_has_a_space_between() -> None:
    assert sentences("One.", "", "Two {x}.", "Three.") == "One. Two {x}. Three."
    assert sentences() == sentences("", "") == ""
    assert panel_text.notes(quality()).count(". ") == 2


def test_chinese_has_none_except_behind_english(chinese: None) -> None:
    assert sentences("第一句。", "", "第二句。", "第三句。") == "第一句。第二句。第三句。"
    assert sentences("Disk full.", "请重试。") == "Disk full. 请重试。"
    assert "。 " not in panel_text.notes(quality()) and panel_text.notes(quality()).count("。") >= 3


def test_the_banner_sets_sentence_and_remedy_side_by_side(
    chinese: None, make_window: Callable[[], MainWindow], tmp_path: Path
) -> None:
    with pytest.raises(RequestError) as refused:
        drain(list_images(tmp_path / "gone"))
    window, error = make_window(), refused.value
    window.banner.fail(Failure(error.title, error.sentence, error.remedy))
    said = window.banner.accessibleName()
    assert said.startswith(f"没有此文件夹。{tmp_path / 'gone'} 不存在。请")
    assert "。 " not in said
