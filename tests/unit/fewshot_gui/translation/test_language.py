"""The window in Chinese, and what the backend says in it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QMenu, QWidget

from backend.errors import RequestError, Sentence
from backend.images.diagnosis import what_it_is
from backend.images.listing import list_images
from backend.workspace import form
from fewshot_gui import settings, translation
from fewshot_gui.translation.backend_messages import said
from fewshot_gui.translation.language import VARIABLE, of_system
from tests.glyph_folders import drain
from tests.windows import Make, Settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen


@pytest.fixture
def chinese(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The application speaks Chinese while the test runs."""
    monkeypatch.setenv(VARIABLE, "zh_CN")
    translation.install(qapp)
    yield
    monkeypatch.delenv(VARIABLE)
    translation.install(qapp)


@pytest.mark.parametrize(
    ("system", "wanted"),
    [("zh_CN", "zh_CN"), ("zh_SG", "zh_CN"), ("zh_TW", "en"), ("en_GB", "en"), ("de_DE", "en"), ("C", "en")],
)
def test_the_window_follows_the_system(system: str, wanted: str) -> None:
    assert of_system(QLocale(system)) == wanted


def test_the_menus_choice_overrules_the_system_and_the_environment_both(monkeypatch: pytest.MonkeyPatch) -> None:
    settings.LANGUAGE.set("zh_CN")
    assert translation.current() == "zh_CN"
    monkeypatch.setenv(VARIABLE, "en")
    assert translation.current() == "en"
    monkeypatch.delenv(VARIABLE)
    settings.LANGUAGE.set("")
    assert translation.current() == of_system(QLocale.system())


def test_what_the_backend_says_is_translated_with_its_values(chinese: None, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    with pytest.raises(RequestError) as refused:
        drain(list_images(gone))
    assert said(refused.value.title) == "没有此文件夹"
    assert said(refused.value.sentence) == f"{gone} 不存在。"
    assert said(what_it_is(b"%PDF-1.7")) == "这是PDF 文档，不是图像。"
    assert said("video") == "视频"
    assert said(Sentence("{0} does not exist.", "video")) == "video 不存在。"  # a folder's name is no phrase
    assert said("a sentence of nobody") == "a sentence of nobody"
    assert said("") == ""


def test_why_a_workspace_cannot_be_read_is_translated(chinese: None) -> None:
    with pytest.raises(RequestError) as refused:
        form.decode(b"[]", "mine.fewshot")
    assert said(refused.value.sentence) == "无法读取 mine.fewshot：这不是工作区文件。"


def test_in_english_the_backend_keeps_its_words() -> None:
    assert said("video does not exist.") == "video does not exist."


def test_qts_own_words_are_chinese_too(chinese: None) -> None:
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"


def shown_texts(window: QWidget) -> Iterator[str]:
    for label in window.findChildren(QLabel):
        yield label.text()
    for button in window.findChildren(QAbstractButton):
        yield button.text()
    for field in window.findChildren(QLineEdit):
        yield field.placeholderText()
    for menu in window.findChildren(QMenu):
        yield menu.title()
    for action in window.findChildren(QAction):
        yield action.text()
    for widget in window.findChildren(QWidget):
        yield widget.accessibleName()
        yield widget.toolTip()


NAMES = re.compile(r"\d\d\.png|pictures|Fewshot|English|[\d.,% ×·▾~–-]+|/\S+|\d{4}-\d\d-\d\d.*")
"""What is the same in both languages."""


def test_no_english_is_left_in_the_chinese_window(
    chinese: None, make_window: Make, settle: Settle, folder: Path
) -> None:
    window = make_window()
    window.session.open_folder(folder)
    settle(window)
    images = list(window.session.library.files)
    window.session.teach("", images[:1])
    window.session.teach("", images[1:2])
    window.gallery.view.choose(images[4])
    settle(window)
    window.gallery.toolbar._fill_filter()
    window.gallery.toolbar._fill_order()
    latin = {t for t in shown_texts(window) if re.search("[A-Za-z]{2}", t) and not re.search("[一-鿿]", t)}
    assert window.session.engine_host.engine is not None
    devices = window.session.engine_host.engine.devices.values()
    assert {
        t for t in latin if not NAMES.fullmatch(t.removesuffix(" ▾")) and t.removesuffix(" ▾") not in devices
    } == set()
