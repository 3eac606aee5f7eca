"""What a drop holds."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from backend.images import file_of
from backend.types import ImageFile
from backend.workspace.gathering import Gathered, gather, kinds_of
from tests.glyph_folders import drain


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with a/1.png, a/2.png (same size, other bytes), b/1.png (the same as a/1.png), notes.txt, empty/."""
    for name, text in {"a/1.png": "one", "a/2.png": "two", "b/1.png": "one", "c.jpg": "three"}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "notes.txt").write_text("one")
    (tmp_path / "empty").mkdir()
    return tmp_path


def take(here: Path, names: Sequence[str], known: Sequence[str] = ()) -> Gathered:
    files = {f.id: f for f in (file_of(here / n) for n in known)}
    return drain(gather([here / n for n in names], files))


def names(here: Path, files: Sequence[ImageFile]) -> list[str]:
    return [f.path.relative_to(here).as_posix() for f in files]


def test_folders_count_with_their_images_and_nothing_twice(here: Path) -> None:
    found = take(here, ["c.jpg", "a", "a/2.png"])
    assert names(here, found.files) == ["c.jpg", "a/1.png", "a/2.png"]
    assert (found.same, found.refused) == ({}, ())


def test_what_is_no_image_is_named_and_what_has_vanished_is_not(here: Path) -> None:
    found = take(here, ["notes.txt", "gone.png", "empty", "gone.txt", "a/1.png"])
    assert names(here, found.files) == ["a/1.png"]
    assert names(here, [file_of(p) for p in found.refused]) == ["notes.txt", "empty"]


def test_what_systems_leave_behind_is_passed_over_but_where_it_is_all(here: Path) -> None:
    for name in ("@eaDir/1.png", "__MACOSX/._c.jpg", "a/@eaDir/1.png", "._c.jpg", "Thumbs.db", ".own.png"):
        (here / name).parent.mkdir(exist_ok=True)
        (here / name).write_text(name)
    everything = ["@eaDir", "__MACOSX", "._c.jpg", "Thumbs.db", "a", "c.jpg", ".own.png"]
    found = take(here, everything)
    assert names(here, found.files) == ["a/1.png", "a/2.png", "c.jpg", ".own.png"] and not found.refused
    folders, others = drain(kinds_of([here / n for n in everything]))
    assert folders == (here / "a",) and others == (here / "c.jpg", here / ".own.png")
    assert names(here, take(here, ["@eaDir"]).files) == ["@eaDir/1.png"]
    assert take(here, ["Thumbs.db"]).refused == (here / "Thumbs.db",)


def test_of_two_with_the_same_content_the_first_is_taken(here: Path) -> None:
    found = take(here, ["a", "b"])
    assert names(here, found.files) == ["a/1.png", "a/2.png"]
    assert found.same == {str(here / "b/1.png"): str(here / "a/1.png")}


def test_a_copy_of_a_known_image_is_that_image(here: Path) -> None:
    found = take(here, ["b/1.png", "a/2.png"], known=["a/1.png", "c.jpg"])
    assert names(here, found.files) == ["a/1.png", "a/2.png"]
    assert found.same == {str(here / "b/1.png"): str(here / "a/1.png")}


def test_known_images_are_never_left_out(here: Path) -> None:
    found = take(here, ["b/1.png", "a/1.png"], known=["a/1.png", "b/1.png"])
    assert names(here, found.files) == ["b/1.png", "a/1.png"]
    assert found.same == {}


def test_it_counts_while_it_looks(here: Path) -> None:
    steps = [p.done for p in gather([here / "c.jpg", here / "a"], {}) if p.stage == "gather"]
    assert steps[0] == 1
    assert steps[-1] == 3


def test_kinds(here: Path) -> None:
    assert drain(kinds_of([here / "a", here / "c.jpg", here / "gone"])) == (
        (here / "a",),
        (here / "c.jpg", here / "gone"),
    )
