"""Somebody answers every image of a folder by one key each; the table that is exported holds just these answers."""

from collections.abc import Collection, Iterator
from itertools import chain
from pathlib import Path

import pytest

from tests.e2e.walker import DIGITS, GALLERY, Walker
from tests.e2e.xserver import until, x_server
from tests.glyph_folders import sorting_task

pytestmark = [pytest.mark.xserver, pytest.mark.timeout(600)]
CLASSES, EACH = 3, 50
COUNT = CLASSES * EACH
KEY_MS = 30
"""Between two keys: faster than anybody types."""
WATCHED = 15
"""Of so many images the label is read before it is answered, and confirmed by Enter where it is right. The order
changes with the first and the second bin that has an example; then it stays."""


@pytest.fixture
def walker(tmp_path: Path) -> Iterator[Walker]:
    folder, _ = sorting_task(tmp_path, CLASSES, 1, EACH)
    truth: dict[str, str] = {}
    for number, path in enumerate(sorted(folder.iterdir(), key=lambda p: (p.stem.split("-")[1], p.stem))):
        image = path.rename(folder / f"{number:03}.png").name  # the classes by turns, under names that say nothing
        truth[image] = f"kind {number % CLASSES + 1}"
    with x_server() as display:
        walker = Walker(display, folder, truth, "answers")
        try:
            yield walker
        finally:
            walker.program.end()


def test_every_image_is_answered_by_one_key(walker: Walker, tmp_path: Path) -> None:
    name_bins(walker)
    walker.do("Home")
    keys = dict(answer_what_is_selected(walker) for _ in range(WATCHED))
    assert len(keys) == WATCHED and "Return" in keys.values()
    answer_the_rest(walker, keys)
    until(lambda: walker.program.find(f"·  {COUNT} of {COUNT} answered"), "all to be answered")
    assert walker.program.find(f"All {COUNT} images are answered")
    walker.picture("all-answered")
    table = walker.export(tmp_path / "table.csv")
    assert {row["path"]: row["label"] for row in table} == walker.truth
    assert {(row["status"], float(row["confidence"])) for row in table} == {("given", 1.0)}
    assert list(table[0])[-3:] == ["message", "predicted_label", "predicted_confidence"]
    assert {row["predicted_label"] for row in table} <= {"", *walker.bins}


def name_bins(walker: Walker) -> None:
    """Empty ones, by the keyboard alone."""
    for name in sorted(set(walker.truth.values())):
        walker.program.keys("ctrl+b")
        walker.name_bin(name, 0)
        until(lambda: gallery_has_keyboard(walker), "the keyboard to come back to the gallery")


def gallery_has_keyboard(walker: Walker) -> bool:
    gallery = walker.program.wait_for(GALLERY)
    return bool(gallery["focused"]) or any(n["focused"] for n in gallery["children"])


def answer_what_is_selected(walker: Walker) -> tuple[str, str]:
    """Enter where the label is right, else the bin's number; the next image is current then. Returns image and key."""
    image = until(lambda: walker.focus() or None, "a tile to have the keyboard")
    right = walker.says(image).startswith(walker.truth[image])
    key = "Return" if right else digit(walker, image)
    walker.do(key)
    until(lambda: walker.focus() not in ("", image), f"the tile behind {image}")
    return image, key


def digit(walker: Walker, image: str) -> str:
    return DIGITS["us"][walker.bins.index(walker.truth[image])]


def answer_the_rest(walker: Walker, answered: Collection[str]) -> None:
    """By the order of their names, from the one that has the keyboard round to the one before it."""
    images = sorted(walker.truth)
    start = images.index(walker.focus())
    rest = [image for image in chain(images[start:], images[:start]) if image not in answered]
    walker.program.tool("key", "--delay", KEY_MS, *(digit(walker, image) for image in rest))
