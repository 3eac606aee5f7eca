"""A virtual X server of our own, a pointer and keys on it, and what the program under test says is on the screen."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

PATIENCE_S = 120.0
"""For what has to work; a machine with other work to do may take its time."""
QUIT_S = 2.0
"""What quitting may take."""
QUIT_ALLOWANCE_S = 2.0
"""For xdotool, the click's way to the window, and the processes' end to be noticed."""
ROOT = Path(__file__).parents[2]
MOVES = 20
FRESH = 2
"""The second look from now began after now."""
T = TypeVar("T")


def until(look: Callable[[], T | None], what: str, tell: Callable[[], str] = str) -> T:
    """Asks again and again until ``look`` has an answer that is not None or False."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        answer = look()
        if answer is not None and answer is not False:
            return answer
        time.sleep(0.02)
    raise AssertionError(f"waited {PATIENCE_S:.0f} s in vain for {what} {tell()}")


@contextmanager
def x_server(width: int = 1440, height: int = 900) -> Iterator[str]:
    """Starts Xvfb on a free number; yields the DISPLAY."""
    assert shutil.which("Xvfb"), "Xvfb is missing: apt-get install xvfb"
    reader, writer = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(writer),
        "-screen",
        "0",
        f"{width}x{height}x24",
        "-nolisten",
        "tcp",
        "-noreset",
    ]
    with subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL) as server:
        os.close(writer)
        try:
            with os.fdopen(reader) as numbers:
                yield f":{numbers.readline().strip()}"
        finally:
            server.terminate()
            server.wait(10)


class Program:
    """``fewshot-gui`` as a process of its own, seen through its accessibility tree and moved by xdotool."""

    def __init__(self, display: str, folder: Path, *arguments: str, **environment: str) -> None:
        self.display = display
        self._dump = folder / "tree.json"
        self._dump.unlink(missing_ok=True)
        self.environment = os.environ | {
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "FEWSHOT_ACCESS_DUMP": str(self._dump),
            "QT_LOGGING_RULES": "*.debug=false",
            "PYTHONPATH": str(ROOT),  # for a checkout that is not installed
            **environment,
        }
        code = "import sys; from fewshot_gui import main; sys.exit(main())"
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def tree(self) -> dict[str, Any]:
        """What is on the screen now; {} before there is anything."""
        if self.process.poll() is not None:
            raise AssertionError(f"the program ended: {self.process.communicate()}")
        try:
            tree: dict[str, Any] = json.loads(self._dump.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        return tree

    def nodes(self) -> Iterator[dict[str, Any]]:
        """All nodes of the tree."""
        waiting = list(self.tree().get("windows", []))
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node["children"]))

    def find(self, name: str, role: str = "") -> dict[str, Any] | None:
        """The first node whose name begins so."""
        return next((n for n in self.nodes() if n["name"].startswith(name) and role in ("", n["role"])), None)

    def wait_for(self, name: str, role: str = "") -> dict[str, Any]:
        """The node, once it is there."""
        return until(lambda: self.find(name, role), name)

    def middle(self, name: str, role: str = "") -> tuple[int, int]:
        """Where to point at, for that node."""
        x, y, width, height = self.wait_for(name, role)["rect"]
        return x + width // 2, y + height // 2

    def tile(self, image: str) -> tuple[int, int]:
        """Where to point at, for the tile of an image: the inspector may tell its name, too."""
        return self.middle(image, "ListItem")

    def settle(self) -> None:
        """Wait until nothing is on its way, and the tree shows it: one that was drawn up after what was done last."""
        last: list[object] = []
        before = self.tree().get("look", 0)

        def rests() -> bool:
            tree = self.tree()
            last[:] = [tree.get("waiting_for", "the window")]
            return last == [[]] and tree["look"] >= before + FRESH

        until(rests, "the window to settle", tell=lambda: str(last))

    def tool(self, *words: str | int) -> None:
        """Run xdotool."""
        subprocess.run(["xdotool", *map(str, words)], env=self.environment, check=True)

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press, about twenty small moves, a rest at the target, release."""
        words: list[str | int] = ["mousemove", *start, "sleep", "0.1", "mousedown", 1, "sleep", "0.1"]
        for n in range(1, MOVES + 1):
            x, y = (round(a + (b - a) * n / MOVES) for a, b in zip(start, end, strict=True))
            words += ["mousemove", x, y, "sleep", "0.02"]
        self.tool(*words, "mousemove", end[0] + 1, end[1], "sleep", "0.3", "mouseup", 1)

    def click(self, place: tuple[int, int]) -> None:
        """A click."""
        self.tool("mousemove", *place, "click", 1)

    def select(self, images: list[str]) -> None:
        """Click on the first, and on the others with Ctrl."""
        self.click(self.tile(images[0]))
        for image in images[1:]:
            self.tool("keydown", "ctrl")
            self.click(self.tile(image))
            self.tool("keyup", "ctrl")

    def name_bin(self, name: str, examples: int) -> None:
        """Type the name that a new bin asks for."""
        until(lambda: (n := self.find("Name of the bin")) and n["focused"], "the name to be asked for")
        self.write(name)
        self.keys("Return")
        self.wait_for(f"Bin {name}, examples: {examples}")

    def keys(self, *keys: str) -> None:
        """Keys with their modifiers, such as ctrl+z."""
        for key in keys:
            self.tool("key", key)

    def write(self, text: str) -> None:
        """Type a text."""
        self.tool("type", "--delay", "5", text)

    def take_keyboard(self, title: str) -> None:
        """The window of that title gets the keyboard, as a window manager would have it; there is none here."""
        window = ["xdotool", "search", "--onlyvisible", "--name", title, "windowfocus", "--sync"]
        until(lambda: subprocess.run(window, env=self.environment, check=False).returncode == 0, title)

    def picture(self, path: Path) -> None:
        """Write a picture of the whole screen."""
        subprocess.run(["import", "-window", "root", str(path)], env=self.environment, check=True)

    def quit(self) -> tuple[int, float, str]:
        """File, Quit; returns exit code, seconds taken and standard error."""
        self.click(self.middle("File", "MenuItem"))
        place = self.middle("Quit", "MenuItem")
        start = time.monotonic()
        self.click(place)
        try:
            _, error = self.process.communicate(timeout=PATIENCE_S)
        finally:
            self.end()
        return self.process.returncode, time.monotonic() - start, error

    def end(self) -> None:
        """Make sure that it is gone."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate()
