"""A folder's look suggests the other bundled model: asked once, quietly, and nothing changes unasked."""

import shutil
from pathlib import Path

import pytest

from backend import storage
from fewshot_gui.main_window.window import MainWindow
from tests.photo_folders import photographs
from tests.small_models import part_of_characters
from tests.windows import Make, Settle


@pytest.fixture(autouse=True)
def two_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both bundled models are there; ``photos`` is the default then. What they are made of does not matter here."""
    folder = tmp_path / "bundled"
    for name in ("characters", "photos"):
        part_of_characters(name, ["prototypical"], folder)
    monkeypatch.setattr(storage, "bundled_models", lambda: folder)


def opened(make_window: Make, settle: Settle, folder: Path) -> MainWindow:
    window = make_window()
    window.session.engine_host.wish(None, None)  # the default
    window.session.open_folder(folder)
    settle(window)
    return window


def said(window: MainWindow) -> str:
    return window.banner.accessibleName() if window.banner.isVisible() else ""


def clear_buttons(window: MainWindow) -> list[str]:
    """Those that stand out."""
    return [b.text() for b in window.banner.buttons if b.isVisible() and b.property("kind") == "primary"]


def model(window: MainWindow) -> str:
    assert window.session.engine_host.engine is not None
    return window.session.engine_host.engine.model


def test_glyphs_suggest_characters_and_using_them_keeps_the_bins(
    make_window: Make, settle: Settle, folder: Path
) -> None:
    window = opened(make_window, settle, folder)
    assert model(window) == "photos" and said(window).startswith("These look like characters")
    assert window.banner.buttons[1].text() == "Keep “photos”"
    assert clear_buttons(window) == ["Use “characters”"]
    images = list(window.session.library.files)
    window.session.bins.assign(images[:1], window.session.bins.add())
    before = window.session.bins.bins()
    window.model_commands.suggesting._asked = False
    window.model_commands.suggesting._look()
    settle(window)
    window.banner.hide()  # "Your first bin" was read
    assert said(window).startswith("These look like characters")
    window.banner.buttons[0].click()
    settle(window)
    assert model(window) == "characters" and window.session.bins.bins() == before
    window.session.reload()
    settle(window)
    assert said(window) == ""


def test_kept_once_it_is_not_asked_again_for_that_folder(
    make_window: Make, settle: Settle, folder: Path, tmp_path: Path
) -> None:
    window = opened(make_window, settle, folder)
    window.banner.buttons[1].click()
    assert model(window) == "photos"
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    window.session.open_folder(other)
    settle(window)
    assert said(window).startswith("These look like characters")
    window.banner.hide()
    window.session.open_folder(folder)
    settle(window)
    assert said(window) == ""


def test_photographs_suggest_photos_and_only_where_something_else_is_in_use(
    make_window: Make, settle: Settle, tmp_path: Path
) -> None:
    pictures = photographs(tmp_path / "pictures", 2, 3)
    window = opened(make_window, settle, pictures)
    assert model(window) == "photos" and said(window) == ""
    window.session.engine_host.choose(model="characters")
    settle(window)
    copy = tmp_path / "copy"
    shutil.copytree(pictures, copy)
    window.session.open_folder(copy)
    settle(window)
    assert said(window).startswith("These look like photographs")


def test_after_one_demonstration_the_other_ones_images_offer_the_other_model(
    make_window: Make, settle: Settle, folder: Path, tmp_path: Path
) -> None:
    window = make_window()
    window.session.open_demo()
    settle(window)
    assert model(window) == "characters" and said(window) == ""
    window.session.open_folder(photographs(tmp_path / "pictures", 2, 3))
    settle(window)
    assert said(window).startswith("These look like photographs") and clear_buttons(window) == ["Use “photos”"]
    window.banner.buttons[0].click()
    settle(window)
    assert model(window) == "photos" and said(window) == ""
    window.session.open_demo(colour=True)
    settle(window)
    assert model(window) == "photos" and said(window) == ""
    window.session.open_folder(folder)
    settle(window)
    assert said(window).startswith("These look like characters") and clear_buttons(window) == ["Use “characters”"]
    window.banner.hint("Something else", "", "Do it")
    assert clear_buttons(window) == []


def test_a_message_that_was_closed_does_not_come_again_for_that_folder(
    make_window: Make, settle: Settle, folder: Path
) -> None:
    window = opened(make_window, settle, folder)
    window.banner._close.click()
    assert model(window) == "photos"
    window.close()
    assert said(opened(make_window, settle, folder)) == ""


def test_whoever_has_chosen_another_model_is_left_alone(make_window: Make, settle: Settle, folder: Path) -> None:
    part_of_characters("mine", ["prototypical"])
    window = make_window()
    window.session.engine_host.wish("mine", None)
    window.session.open_folder(folder)
    settle(window)
    assert model(window) == "mine" and said(window) == ""


def test_a_workspace_of_the_former_photos_goes_on_with_it_and_is_offered_the_new_one_once(
    make_window: Make, settle: Settle, tmp_path: Path
) -> None:
    part_of_characters("photos-small", ["prototypical"], tmp_path / "bundled")
    pictures = photographs(tmp_path / "pictures", 2, 3)
    window = opened(make_window, settle, pictures)
    window.session.engine_host.choose(model="photos-small")
    settle(window)
    copy = tmp_path / "copy"
    shutil.copytree(pictures, copy)
    window.session.open_folder(copy)
    settle(window)
    assert model(window) == "photos-small" and said(window).startswith("A better model for photographs has come")
    assert clear_buttons(window) == ["Use “photos”"]
    window.banner.buttons[1].click()  # keep
    window.session.reload()
    settle(window)
    assert model(window) == "photos-small" and said(window) == ""
