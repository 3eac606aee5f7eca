"""Somebody who knows what the images show and works through the window: what they see, and what they do."""

import csv
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backend.workspace import file, places
from backend.workspace.state import Workspace
from tests.e2e.xserver import Program, until

SHOTS = "FEWSHOT_WALK_SHOTS"
"""Names a folder for the walks' pictures; without it they lie in the test's own folder."""
TITLE = " – Fewshot"
"""What the main window's title ends with."""
GALLERY = "Images of the folder"
DIGITS = {"us": ("1", "2", "3", "4"), "fr": ("ampersand", "eacute", "quotedbl", "apostrophe")}
"""What the first keys of the upper row type."""


class Walker:
    """A program on a display, with the truth about each image by its path below ``folder``.

    Args:
        pictures: what the pictures' names begin with.
    """

    def __init__(self, display: str, folder: Path, truth: dict[str, str], pictures: str) -> None:
        self.display, self.folder, self.truth = display, folder, truth
        self.bins: list[str] = []
        self._own, self._pictures, self._shots = folder.parent, pictures, 0
        self._start(str(folder))

    # Sight -------------------------------------------------------------------------------------------------------

    def tiles(self) -> dict[str, str]:
        """What the tiles in full sight say, by path, in order."""
        gallery = self.program.wait_for(GALLERY)
        top, bottom = gallery["rect"][1], gallery["rect"][1] + gallery["rect"][3]
        words = [
            n["name"].partition(": ")
            for n in gallery["children"]
            if n["role"] == "ListItem" and n["rect"][1] >= top and n["rect"][1] + n["rect"][3] <= bottom
        ]
        return {image: text for image, _, text in words}

    def says(self, image: str) -> str:
        """What the tile says of the image; "" where it is out of sight."""
        return self.tiles().get(image, "")

    def open_images(self) -> list[str]:
        """Images in sight that have no answer yet."""
        return [image for image, words in self.tiles().items() if "example of" not in words]

    def focus(self) -> str:
        """The path of the tile with the keyboard; "" where none in sight has it."""
        gallery = self.program.wait_for(GALLERY)
        return next((n["name"].partition(": ")[0] for n in gallery["children"] if n["focused"]), "")

    def picture(self, name: str) -> None:
        """Keeps what is on the screen."""
        given = os.environ.get(SHOTS)
        folder = Path(given) if given else self._own / "pictures"
        folder.mkdir(parents=True, exist_ok=True)
        self._shots += 1
        self.program.picture(folder / f"{self._pictures}-{self._shots:02d}-{name}.png")

    # Deeds -------------------------------------------------------------------------------------------------------

    def do(self, *keys: str) -> None:
        """Presses keys and waits until nothing is on its way."""
        self.program.keys(*keys)
        self.program.settle()

    def find_three(self, name: str) -> list[str]:
        """Three images of that class in sight together, further down if need be."""

        def look() -> list[str] | None:
            self.show_whole_tile()
            mine = [i for i in self.open_images() if self.truth[i] == name][:3]
            if len(mine) < 3:
                self.do("Next")
            return mine if len(mine) == 3 else None

        return until(look, f"three images of {name}")

    def step_to(self, image: str) -> None:
        """With the arrow keys, along the rows."""
        self._go(image, "")

    def reach(self, image: str) -> None:
        """With the arrow keys, without letting go what is selected; then that image is selected, too."""
        self._go(image, "ctrl+")
        self.program.keys("ctrl+space")

    def _focus_in_sight(self) -> str | None:
        image = self.focus()
        return image if image in self.tiles() else None

    def show_whole_tile(self) -> None:
        """A tile that has the keyboard, but is cut off at the edge, comes into full sight."""
        if self.focus() not in self.tiles():
            self.do("Up")

    def _go(self, image: str, held: str) -> None:
        here = until(self._focus_in_sight, "a tile in sight to have the keyboard")
        names = list(self.tiles())
        by = names.index(image) - names.index(here)
        self.program.keys(*[f"{held}Right" if by > 0 else f"{held}Left"] * abs(by))
        until(lambda: self.focus() == image, f"{image} to have the keyboard")

    def name_bin(self, name: str, examples: int) -> None:
        """Types the name that a new bin asks for."""
        self.program.name_bin(name, examples)
        self.bins.append(name)
        self.program.settle()

    def answer(self, image: str, layout: str = "us") -> bool:
        """By one key: Enter where the label is right, else the number of the right bin. Whether it was right."""
        right = self.says(image).startswith(self.truth[image])
        self.program.keys("Return" if right else DIGITS[layout][self.bins.index(self.truth[image])])
        until(lambda: self.says(image).startswith(f"example of {self.truth[image]}"), f"the answer about {image}")
        return right

    def next_open(self) -> str:
        """The first image without an answer, of a kind that has a bin, that is in sight; further down if need be."""

        def look() -> str | None:
            image = next((i for i in self.open_images() if self.truth[i] in self.bins), None)
            if image is None:
                self.do("Next")
            return image

        return until(look, "an image without an answer")

    def answer_some(self, count: int, layout: str = "us") -> int:
        """Answers so many images, one after the other; returns how many labels were wrong."""
        wrong = 0
        for _ in range(count):
            image = self.next_open()
            self.step_to(image)
            wrong += not self.answer(image, layout)
        self.program.settle()
        return wrong

    def tab_to(self, words: str) -> None:
        """With the Tab key, to what is called so."""

        def there() -> bool:
            node = next((n for n in self.program.nodes() if n["focused"] and words in n["name"]), None)
            if node is None:
                self.do("Tab")
            return node is not None

        until(there, f"the keyboard to come to {words}")

    def export(self, path: Path) -> list[dict[str, str]]:
        """Writes the table of labels."""
        self.program.keys("ctrl+e")
        self.program.take_keyboard("Export labels as CSV")
        self.program.keys("ctrl+a")
        self.program.write(str(path))
        self.program.keys("Return")
        until(path.exists, "the table")
        self.program.take_keyboard(TITLE)
        with path.open(encoding="utf-8", newline="") as opened:
            return list(csv.DictReader(opened))

    def kill(self) -> None:
        """SIGKILL, at once."""
        self.program.process.kill()
        self.program.process.communicate()

    def start_again(self) -> None:
        """As a person does: without saying which folder."""
        self._start()

    def _start(self, *arguments: str) -> None:
        """Ends the program again where it does not come to rest: nobody else can, as long as there is no walker."""
        self.program = Program(self.display, self._own, *arguments)
        try:
            self.program.take_keyboard(TITLE)
            self.program.settle()
        except BaseException:
            self.program.end()
            raise


def saved() -> Workspace | None:
    """What the only workspace file holds; None before there is one."""
    paths = list(places.workspaces().glob("*.fewshot"))
    return file.read(paths[0]) if paths else None


@contextmanager
def keyboard(program: Program, layout: str) -> Iterator[None]:
    """Another keyboard layout for a while."""
    subprocess.run(["setxkbmap", "-display", program.display, layout], check=True)
    try:
        yield
    finally:
        subprocess.run(["setxkbmap", "-display", program.display, "us"], check=True)
