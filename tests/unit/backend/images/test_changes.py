"""A folder that is watched, by hand: a clock that stands still, and listings that are made up."""

from pathlib import Path

import pytest

from backend.images import changes
from backend.images.changes import Changes, Look
from backend.types import ImageFile
from tests.glyph_folders import drain


def file(name: str, size: int = 1, mtime: int = 0) -> ImageFile:
    return ImageFile(Path(name), size, mtime)


class Folder:
    """What is shown, and a clock."""

    def __init__(self, *shown: ImageFile) -> None:
        self.now = 100.0
        self.shown = {f.id: f for f in shown}
        self.changes = Changes(lambda: self.now)

    def look(self, at: float, *found: ImageFile) -> tuple[str, int]:
        """Names with sizes as shown at that second, and how many are waited for."""
        self.now = 100.0 + at
        look = drain(self.changes.look(self.shown, found))
        assert look.changed == (look.files != tuple(self.shown.values()))
        self.shown = {f.id: f for f in look.files}
        return " ".join(f"{f.path}{f.size}" for f in look.files), look.resting


A, B = file("a"), file("b", 2)


def test_nothing_new_is_nothing_new() -> None:
    assert Folder(A, B).look(0, A, B) == ("a1 b2", 0)


def test_a_new_file_shows_after_two_seconds_at_its_place() -> None:
    folder = Folder(B)
    assert folder.look(0, A, B) == ("b2", 1)
    assert folder.look(1.9, A, B) == ("b2", 1)
    assert folder.look(2.0, A, B) == ("a1 b2", 0)


@pytest.mark.parametrize("grown", [file("a", 5), file("a", 1, 7)])
def test_one_that_is_still_written_begins_to_rest_anew(grown: ImageFile) -> None:
    folder = Folder()
    folder.look(0, A)
    assert folder.look(1.5, grown) == ("", 1)
    assert folder.look(3.4, grown) == ("", 1)
    assert folder.look(3.5, grown)[1] == 0


def test_one_that_comes_and_goes_and_comes_rests_from_its_last_coming() -> None:
    folder = Folder()
    folder.look(0, A)
    folder.look(1)
    folder.look(2, A)
    assert folder.look(3, A) == ("", 1)
    assert folder.look(4, A) == ("a1", 0)


def test_a_changed_file_is_shown_as_it_was_until_it_rests() -> None:
    folder, grown = Folder(A), file("a", 9)
    assert folder.look(0, grown) == ("a1", 1)
    assert folder.look(2, grown) == ("a9", 0)


def test_what_is_gone_goes_at_once() -> None:
    assert Folder(A, B).look(0, B) == ("b2", 0)


def test_a_renamed_file_comes_as_it_goes() -> None:
    folder, renamed = Folder(A, B), file("c", 1)
    assert folder.look(0, B, renamed) == ("b2 a1", 1)
    assert folder.look(2, B, renamed) == ("b2 c1", 0)


def test_a_file_that_comes_stands_for_one_that_is_gone_only() -> None:
    folder = Folder(A, file("a2", 1), B)
    assert folder.look(0, B, file("c", 1)) == ("b2 a1", 1)


def test_a_file_that_goes_on_growing_does_not_hold_the_gone_one() -> None:
    folder = Folder(A)
    assert folder.look(0, file("c", 1)) == ("a1", 1)
    assert folder.look(1, file("c", 2)) == ("", 1)


def test_the_programs_own_moves_are_no_change() -> None:
    folder, target = Folder(A, B), file("sorted/a", 1)
    folder.changes.ignore({"a": None, "sorted/a": target})
    assert folder.look(0, B, target) == ("b2 a1", 0)
    assert folder.look(9, B, target) == ("b2 a1", 0)


def test_what_happens_to_them_later_is_one_again() -> None:
    folder, target, later = Folder(B), file("sorted/a", 1), file("sorted/a", 8)
    folder.changes.ignore({"sorted/a": target})
    folder.look(0, B, target)
    assert folder.look(5, B, later) == ("b2", 1)
    assert folder.look(7, B, later) == ("b2 sorted/a8", 0)


def test_another_folder_begins_anew() -> None:
    folder = Folder()
    folder.look(0, A)
    folder.changes = folder.changes.anew()
    assert folder.look(2, A) == ("", 1)
    assert drain(folder.changes.look({}, ())) == Look((), 0, False)


def test_many_are_compared_in_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "STEP_FILES", 3)
    files = [file(f"{n}") for n in range(8)]
    assert len(list(Changes().look({f.id: f for f in files}, files))) >= 3
    assert Folder(*files).look(0, *files)[1] == 0
