from collections.abc import Callable
from dataclasses import fields

import pytest
from PySide6.QtGui import QColor, QPalette

from fewshot_gui import settings
from fewshot_gui.main_window.setting_menu import SettingMenu
from fewshot_gui.main_window.window import MainWindow
from fewshot_gui.startup.application import make_application
from fewshot_gui.style import theme


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        (text, ground)
        for text in ("text", "muted", "danger", "accent")
        for ground in ("ground", "surface", "sunken", "hover")
        if not (text in ("danger", "accent") and ground in ("sunken", "hover"))
    ]
    + [("on_accent", "accent"), ("text", "accent_soft"), ("text", "danger_soft"), ("muted", "accent_soft")]
    + [("danger", "danger_soft"), ("text", "warn_soft")],
)
def test_text_can_be_read_on_its_ground(tokens: theme.Tokens, text: str, ground: str) -> None:
    assert theme.contrast(QColor(getattr(tokens, text)), QColor(getattr(tokens, ground))) >= 4.5


@pytest.mark.parametrize("slot", range(50))
def test_a_bins_key_can_be_read_on_its_colour(slot: int) -> None:
    colour = theme.bin_colour(slot)
    assert theme.contrast(theme.text_on(colour), colour) >= 4.5


def test_the_first_bins_have_different_colours() -> None:
    assert len({theme.bin_colour(slot).name() for slot in range(40)}) == 40


def test_the_menu_changes_light_and_dark_at_once(make_window: Callable[[], MainWindow]) -> None:
    window = make_window()
    menu = next(m for m in window.findChildren(SettingMenu) if m.title() == "A&ppearance")
    seen = []
    for action in [*menu.actions(), menu.actions()[0]]:
        action.trigger()
        seen.append((theme.tokens(), window.palette().color(QPalette.ColorRole.Window).name()))
    assert seen[1:3] == [(theme.LIGHT, theme.LIGHT.ground), (theme.DARK, theme.DARK.ground)]
    assert seen[0] == seen[3] == (theme.LIGHT, theme.LIGHT.ground)  # without a screen the system has no preference


def test_what_was_chosen_holds_at_the_next_start(make_window: Callable[[], MainWindow]) -> None:
    settings.APPEARANCE.set("dark")
    try:
        make_application()
        assert make_window().palette().color(QPalette.ColorRole.Window).name() == theme.DARK.ground
    finally:
        settings.APPEARANCE.set("")
        make_application()


def test_light_and_dark_name_the_same_tokens() -> None:
    assert all(QColor(getattr(t, f.name)).isValid() for t in (theme.LIGHT, theme.DARK) for f in fields(t))
