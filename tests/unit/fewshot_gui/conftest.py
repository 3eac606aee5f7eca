import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend.jobs import make_demo
from backend.jobs.demo_set import Demo
from fewshot_gui.main_window.window import MainWindow
from fewshot_gui.startup.application import make_application
from tests.glyph_folders import drain
from tests.windows import Make, Settle, opened

PATIENCE_MS = 60_000


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demonstration set: 200 drawings, 20 examples. Not to be changed."""
    return drain(make_demo(tmp_path_factory.mktemp("drawn") / "demo"))


@pytest.fixture
def folder(drawn: Demo, tmp_path: Path) -> Path:
    """Twelve drawings that a test may change; so deep that a search beside them does not find another test's."""
    target = tmp_path / "disk" / "pictures"
    target.mkdir(parents=True)
    for number, source in enumerate(sorted(drawn.folder.glob("*.png"))[:12]):
        shutil.copy2(source, target / f"{number:02d}.png")
    return target


@pytest.fixture
def make_window(qtbot: QtBot) -> Iterator[Callable[[], MainWindow]]:
    """Opens windows; they are closed when the test is over, and must end cleanly."""
    make_application()
    windows: list[MainWindow] = []

    def make() -> MainWindow:
        window = MainWindow()
        window.session.engine_host.wish("characters", None)  # the drawings' own model, and a small one
        qtbot.addWidget(window)
        windows.append(window)
        window.show()
        return window

    yield make
    for window in windows:
        window.close()
        assert window.ended_clean


@pytest.fixture
def settle(qtbot: QtBot) -> Callable[[MainWindow], None]:
    """Waits until nothing is on its way in a window."""

    def wait(window: MainWindow) -> None:
        def rests() -> None:
            assert window.session.engine_host.engine is not None
            assert window.session.waiting_for() == []

        qtbot.waitUntil(rests, timeout=PATIENCE_MS)

    return wait


@pytest.fixture
def window(make_window: Make, settle: Settle, folder: Path) -> MainWindow:
    """A window with the folder open, at rest, without bins."""
    return opened(make_window, settle, folder)


@pytest.fixture
def full(make_window: Make, settle: Settle, drawn: Demo) -> MainWindow:
    """A window on the whole demonstration set."""
    made = make_window()
    made.session.open_folder(drawn.folder, drawn.examples)
    settle(made)
    return made


@pytest.fixture
def empty_clipboard() -> None:
    if QGuiApplication.instance() is not None:
        QGuiApplication.clipboard().clear()


@pytest.fixture(scope="session", autouse=True)
def clipboard_is_left_empty(qapp: QApplication) -> Iterator[None]:
    """Qt destroys what lies in it as the process exits; what Python has put there must be gone before Python is."""
    yield
    qapp.clipboard().clear()
