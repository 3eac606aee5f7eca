"""Files whose names are not UTF-8, which Qt's texts cannot hold: they are images as any other."""

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData
from pytestqt.qtbot import QtBot

from fewshot_gui.widgets import drag_data
from tests.windows import Make, Settle, ids

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="names are UTF-8 there")


@pytest.fixture
def odd(folder: Path) -> Path:
    for image in sorted(folder.iterdir())[1:]:
        image.unlink()
    return (folder / "00.png").rename(os.fsdecode(os.fsencode(folder) + b"/\xff \xfe.png"))


def test_it_is_shown_large_labelled_and_confirmed_as_any_other(
    make_window: Make, settle: Settle, folder: Path, odd: Path, qtbot: QtBot
) -> None:
    window = make_window()
    window.session.open_folder(folder)
    settle(window)
    assert ids(window) == [str(odd)]
    with qtbot.waitSignal(window.session.thumbnails.ready, timeout=20_000) as ready:
        window.gallery.view.choose(str(odd))  # the panel at the right asks for a larger picture
    assert ready.args == [str(odd)]
    assert window.inspector.image() == str(odd)
    with qtbot.waitSignal(window.gallery.view.confirmed) as confirmed:
        window.gallery.view.confirmed.emit(str(odd))
    assert confirmed.args == [str(odd)]


def test_it_travels_in_a_drag_to_other_programs_and_back(odd: Path) -> None:
    addresses = QMimeData()
    addresses.setUrls(drag_data.pack([str(odd)]).urls())
    assert drag_data.unpack(addresses).paths == (odd,)
