"""Methods that adapt their weights take their time; the window does not."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from backend import cli
from backend.jobs.demo_set import Demo
from fewshot_gui.main_window.window import MainWindow
from tests.glyph_folders import alphabets
from tests.windows import Make, Settle


@pytest.fixture
def window(make_window: Make, settle: Settle, drawn: Demo, tmp_path: Path) -> MainWindow:
    """A window with two bins under MAML, barely trained: what counts here is that it adapts."""
    data = alphabets(tmp_path / "data", 1, 6, 6)
    options = ["--way", "3", "--shot", "1", "--episodes", "2"]
    assert cli.main(["train", "--data", str(data), "--method", "maml", "--model", "slow", *options]) == 0
    made = make_window()
    made.session.open_folder(drawn.folder)
    settle(made)
    made.session.engine_host.choose(model="slow", method="maml")
    images = list(made.session.library.files)
    made.session.teach("", images[:2])
    made.session.teach("", images[2:3])
    settle(made)
    return made


def test_tiles_in_sight_come_first(window: MainWindow, settle: Settle) -> None:
    library = window.session.library
    window.gallery.view.scrollToBottom()
    settle(window)
    seen = set(window.session.visible_ids())
    assert 0 < len(seen) < 60
    order: list[str] = []
    library.labelled.connect(lambda ids: order.extend(ids or ()))
    window.session.labelling.relabel()
    settle(window)
    assert seen <= set(order[:64])
    assert set(order) == set(library.files)


def test_labelling_can_be_stopped_and_taken_up_again(window: MainWindow, settle: Settle, qtbot: QtBot) -> None:
    library = window.session.library
    library.clear_predictions()
    stop = library.labelled.connect(window.session.stop)
    with qtbot.waitSignal(library.labelled):
        window.session.labelling.relabel()
    library.labelled.disconnect(stop)
    done = len(library.predictions)
    assert 0 < done < len(library.files)
    settle(window)
    window.status_bar.refresh()
    assert len(library.predictions) == done
    assert not window.status_bar._resume.isHidden()
    window.status_bar._resume.click()
    settle(window)
    window.status_bar.refresh()
    assert set(library.predictions) == set(library.files)
    assert window.status_bar._resume.isHidden()


def test_tiles_that_come_into_sight_meanwhile_are_labelled_next(
    window: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    labelling, library = window.session.labelling, window.session.library
    last = list(library.files)[-8:]
    order: list[str] = []
    library.labelled.connect(lambda ids: order.extend(ids or ()))
    labelling.relabel()
    labelling.in_sight(last)
    settle(window)
    assert max(map(order.index, last)) < 64 + len(last)  # after the chunk under way at the latest
    assert set(order) == set(library.files)
