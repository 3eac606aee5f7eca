"""Drags and pastes from another program, on a real X server; and a file that turns up in a watched folder."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from backend.jobs import make_demo
from tests.e2e.xserver import Program, until, x_server
from tests.glyph_folders import drain

pytestmark = [pytest.mark.xserver, pytest.mark.timeout(600)]
LEFT = 1660
"""Of the other program's window, which stands beside ours."""
FILE, DATA, ADDRESS = ((LEFT + 50, y) for y in (50, 150, 250))
"""Where to take hold of a file, of image data as a browser gives it, of a mere address."""
OTHER_PROGRAM = f"""
import sys
from pathlib import Path
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget

file = Path(sys.argv[1])

def local():
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    return mime

def address():
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/cat.png")])
    mime.setHtml('<img src="https://example.org/cat.png">')
    return mime

def data():
    mime = address()
    mime.setData("application/octet-stream", file.read_bytes() + b" ")
    return mime

class Pane(QLabel):
    def mouseMoveEvent(self, event):
        drag = QDrag(self)
        drag.setMimeData(self.make())
        moved = drag.exec(Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, Qt.DropAction.MoveAction)
        if moved == Qt.DropAction.MoveAction:
            file.unlink()

app = QApplication(sys.argv[:1])
window = QWidget()
window.setGeometry({LEFT}, 0, 100, 300)
for place, make in enumerate((local, data, address)):
    pane = Pane(make.__name__, window)
    pane.make = make
    pane.setGeometry(0, 100 * place, 100, 100)
window.show()
picture = QImage(40, 40, QImage.Format.Format_RGB32)
picture.fill(0xFF2277AA)
QGuiApplication.clipboard().setImage(picture)
print("ready", flush=True)
app.exec()
"""


@contextmanager
def other_program(display: str, file: Path) -> Iterator[None]:
    environment = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    command = [sys.executable, "-c", OTHER_PROGRAM, str(file)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as program:
        try:
            assert program.stdout is not None and program.stdout.readline() == "ready\n"
            yield
        finally:
            program.terminate()
            program.wait(10)


def test_another_programs_images_become_examples(tmp_path: Path) -> None:
    demo = drain(make_demo(tmp_path / "set"))
    pictures = sorted(demo.folder.glob("*.png"))
    for extra in pictures[24:]:
        extra.rename(tmp_path / extra.name)
    foreign, late = (tmp_path / p.name for p in pictures[24:26])
    with x_server(1800) as display, other_program(display, foreign):
        program = Program(display, tmp_path, str(demo.folder))
        try:
            program.settle()
            program.drag(FILE, program.middle("New bin"))
            program.wait_for("Bin Bin 1, examples: 1")
            assert foreign.is_file()
            program.drag(ADDRESS, program.middle("New bin"))
            program.wait_for("Only an address came")
            program.drag(DATA, program.middle("New bin"))
            program.wait_for("Bin Bin 2, examples: 1")
            program.settle()
            program.click(program.tile("003.png"))  # without a window manager the keyboard follows a click
            program.keys("ctrl+v")
            program.wait_for("Bin Bin 2, examples: 2")
            program.keys("ctrl+shift+w")
            program.wait_for("Watched")
            program.settle()
            shutil.copyfile(late, demo.folder / "000.png")
            until(lambda: program.find("25 images"), "the new file to be listed")
            code, _, errors = program.quit()
            assert (code, errors) == (0, "")
        finally:
            program.end()
