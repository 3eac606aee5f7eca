"""Answers follow contents, and folders are known again by them."""

import shutil
from pathlib import Path

import pytest

from backend.images import list_images
from backend.types import ImageFile, ImageId
from backend.workspace import contents, file, form, places, relocation
from backend.workspace.contents import UNKNOWN, Hashed, Resolution
from backend.workspace.state import Content, Folder, Workspace
from tests.glyph_folders import drain


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "album" / "pictures"
    folder.mkdir(parents=True)
    for n in range(6):
        (folder / f"{n}.png").write_bytes(bytes([n]) * 1000)
    return folder


def listed(root: Path) -> dict[ImageId, ImageFile]:
    return {f.id: f for f in drain(list_images(root)).files}


def known(root: Path, *names: str) -> dict[ImageId, Content]:
    """The contents of these files, as the job tells them."""
    files = listed(root)
    found: dict[ImageId, Content] = {}
    for step in contents.hash_files([files[str(root / n)] for n in names]):
        assert isinstance(step, Hashed) or step.stage == "hash"
        found |= step.contents if isinstance(step, Hashed) else {}
    return found


def resolve(answers: dict[ImageId, Content], root: Path) -> Resolution:
    return drain(contents.resolve(answers, listed(root)))


def test_what_stays_in_its_place_stays(root: Path) -> None:
    answers = known(root, "0.png", "1.png")
    result = resolve(answers, root)
    assert (result.moved, result.missing, result.files) == ({}, frozenset(), ())
    assert result.contents == answers


def test_a_renamed_file_and_one_in_a_subfolder_keep_their_answers(root: Path) -> None:
    answers = known(root, "0.png", "1.png")
    (root / "sub").mkdir()
    (root / "0.png").rename(root / "zero.png")
    (root / "1.png").rename(root / "sub" / "1.png")
    result = resolve(answers, root)
    assert result.moved == {
        str(root / "0.png"): str(root / "zero.png"),
        str(root / "1.png"): str(root / "sub" / "1.png"),
    }
    assert not result.missing


def test_two_files_that_swapped_names_swap_answers(root: Path) -> None:
    answers = known(root, "0.png", "1.png")
    (root / "0.png").rename(root / "x.png")
    (root / "1.png").rename(root / "0.png")
    (root / "x.png").rename(root / "1.png")
    zero, one = str(root / "0.png"), str(root / "1.png")
    assert resolve(answers, root).moved == {zero: one, one: zero}


def test_another_content_under_the_old_name_gets_no_answer(root: Path) -> None:
    answers = known(root, "0.png")
    (root / "0.png").write_bytes(b"!" * 1000)
    result = resolve(answers, root)
    [apart] = result.missing
    assert result.moved == {str(root / "0.png"): apart}
    assert apart not in listed(root)
    assert contents.last_path(apart) == root / "0.png"
    (root / "back.png").write_bytes(bytes([0]) * 1000)  # once the content is back, the answer is, too
    again = drain(contents.resolve(dict(result.contents), listed(root)))
    assert again.moved == {apart: str(root / "back.png")}
    assert not again.missing


def test_a_file_that_is_gone_keeps_its_answer_waiting(root: Path) -> None:
    answers = known(root, "0.png")
    (root / "0.png").unlink()
    result = resolve(answers, root)
    assert result.missing == {str(root / "0.png")}
    assert result.moved == {}
    assert result.contents == answers


def test_duplicates_keep_separate_answers(root: Path) -> None:
    shutil.copyfile(root / "0.png", root / "copy.png")
    answers = known(root, "0.png", "copy.png")
    (root / "sub").mkdir()
    for name in ("0.png", "copy.png"):
        (root / name).rename(root / "sub" / name)
    assert resolve(answers, root).moved == {str(root / n): str(root / "sub" / n) for n in ("0.png", "copy.png")}


def test_a_duplicate_with_an_answer_of_its_own_is_not_taken(root: Path) -> None:
    shutil.copyfile(root / "0.png", root / "copy.png")
    answers = known(root, "0.png", "copy.png")
    (root / "0.png").unlink()
    result = resolve(answers, root)
    assert result.missing == {str(root / "0.png")}
    assert result.moved == {}


def test_a_guest_is_found_at_its_own_path(root: Path, tmp_path: Path) -> None:
    guest = tmp_path / "guest.png"
    guest.write_bytes(b"guest")
    answers = {str(guest): known(tmp_path, "guest.png")[str(guest)]}
    result = resolve(answers, root)
    assert [f.path for f in result.files] == [guest]
    guest.unlink()
    assert resolve(answers, root).missing == {str(guest)}


def test_an_answer_whose_hash_was_not_known_yet_goes_by_size_and_time(root: Path) -> None:
    image = str(root / "0.png")
    file_ = listed(root)[image]
    same, other = Content(file_.size, file_.mtime_ns), Content(file_.size, file_.mtime_ns + 1)
    assert resolve({image: same}, root).contents[image].hash == known(root, "0.png")[image].hash
    assert resolve({image: other}, root).missing
    assert resolve({image: UNKNOWN}, root).contents == known(root, "0.png")


def test_twins_are_found_and_mere_likeness_is_not(root: Path) -> None:
    ends = bytes(70_000)
    (root / "a.png").write_bytes(ends + b"1" * 70_000 + ends)
    (root / "b.png").write_bytes(ends + b"2" * 70_000 + ends)
    shutil.copyfile(root / "0.png", root / "copy.png")
    files = listed(root)
    keys = {i: (f.size, "same" if f.size > 1000 else str(f.path.read_bytes()[0])) for i, f in files.items()}
    twins = drain(contents.duplicates(keys, {i: f.path for i, f in files.items()}))
    assert set(twins) == {str(root / "0.png"), str(root / "copy.png")}
    assert len(set(twins.values())) == 1


def folder_of(root: Path) -> Folder:
    return Folder(root, drain(relocation.take_landmarks(root, list(listed(root).values()))))


def test_a_renamed_folder_and_a_moved_one_are_found(root: Path, tmp_path: Path) -> None:
    folder = folder_of(root)
    (root.parent / "empty").mkdir()
    renamed = root.rename(root.parent / "renamed")
    assert drain(relocation.find(folder)) == renamed
    (tmp_path / "elsewhere").mkdir()
    moved = renamed.rename(tmp_path / "elsewhere" / "pictures")
    assert drain(relocation.find(folder, [moved])) == moved


def test_a_folder_that_lost_some_images_is_still_the_same_one(root: Path) -> None:
    folder = folder_of(root)
    (root / "0.png").unlink()
    assert relocation.is_same(folder, root)
    for n in range(1, 5):
        (root / f"{n}.png").write_bytes(b"x" * 1000)
    assert not relocation.is_same(folder, root)


def test_an_empty_folder_is_never_taken_for_another(tmp_path: Path) -> None:
    assert not relocation.is_same(Folder(tmp_path / "gone"), tmp_path)


def test_opening_a_folder_that_was_moved_finds_its_workspace(root: Path) -> None:
    path = places.path_for(root)
    file.write(path, form.encode(Workspace(folders=(folder_of(root),))))
    copy = root.with_name("copy")
    shutil.copytree(root, copy)
    assert places.path_for(copy) == places.default_path(copy)  # the old one is still there: a copy is another folder
    moved = root.rename(root.with_name("moved"))
    assert places.path_for(moved) == path
