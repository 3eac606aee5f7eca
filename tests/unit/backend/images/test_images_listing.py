"""What a listing finds, what it leaves out, and what it says about the rest."""

import inspect
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from backend.errors import RequestError
from backend.images import IMAGE_ENDINGS, file_of, list_images, looks_like_image
from backend.types import Found, ImageFile, Job, Listing

posix = pytest.mark.skipif(os.name == "nt", reason="names and links as POSIX has them")


def touch(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def listed(root: Path, leave_out: Sequence[Path] = ()) -> tuple[Listing, list[Found]]:
    return finish(list_images(root, leave_out))


def finish(job: Job[Listing]) -> tuple[Listing, list[Found]]:
    steps: list[Found] = []
    while True:
        try:
            step = next(job)
        except StopIteration as stop:
            assert isinstance(stop.value, Listing)
            return stop.value, steps
        assert isinstance(step, Found)
        steps.append(step)


def names(root: Path, leave_out: Sequence[Path] = ()) -> list[str]:
    return [file.path.relative_to(root).as_posix() for file in listed(root, leave_out)[0].files]


def test_images_of_all_subfolders_by_code_point(tmp_path: Path) -> None:
    touch(
        tmp_path, "b.png", "a/z.jpg", "a.png", "Z.PNG", "a-b/c.Gif", "a/b/c/d.HEIC", "ä.webp", "文件/图.avif", "a0.tif"
    )
    assert names(tmp_path) == sorted(
        ["b.png", "a/z.jpg", "a.png", "Z.PNG", "a-b/c.Gif", "a/b/c/d.HEIC", "ä.webp", "文件/图.avif", "a0.tif"]
    )
    (file,) = [f for f in listed(tmp_path)[0].files if f.path.name == "b.png"]
    assert file == file_of(tmp_path / "b.png") == ImageFile(tmp_path / "b.png", 1, file.mtime_ns)


def test_every_ending_counts_in_any_case() -> None:
    promised = ["jpg", "jpeg", "jpe", "jfif", "png", "gif", "bmp", "dib", "webp", "tif", "tiff", "avif", "heic", "heif"]
    assert set(promised) <= IMAGE_ENDINGS
    assert all(looks_like_image(Path(f"x.{e}")) and looks_like_image(Path(f"x.{e.upper()}")) for e in promised)
    assert not any(looks_like_image(Path(name)) for name in ("png", ".png", "x.png.txt", "x", "x."))


def test_hidden_files_and_folders_are_left_out_without_a_word(tmp_path: Path) -> None:
    touch(tmp_path, "seen.png", ".hidden.png", ".folder/inside.png", "a/.git/x.txt", ".note.txt")
    listing, _ = listed(tmp_path)
    assert names(tmp_path) == ["seen.png"] and not listing.skipped and not listing.problems


LEFT_BEHIND = [
    "@eaDir/cat.jpg/SYNOPHOTO_THUMB_M.jpg",
    "#recycle/cat.jpg",
    "#snapshot/GMT-05/cat.jpg",
    "@Recycle/cat.jpg",
    "$RECYCLE.BIN/S-1-5/$R1.jpg",
    "$Recycle.Bin/cat.jpg",
    "System Volume Information/cat.jpg",
    "SYSTEM VOLUME INFORMATION/cat.jpg",
    "lost+found/1234.png",
    "__MACOSX/._cat.jpg",
    "__MACOSX/cats/cat.jpg",
    ".@__thumb/s800cat.jpg",
    "Thumbs.db",
    "THUMBS.DB",
    "ehthumbs.db",
    "desktop.ini",
    ".DS_Store",
    "._cat.jpg",
    "Icon\r",
]


@pytest.mark.parametrize("name", LEFT_BEHIND)
def test_what_systems_leave_behind_is_hidden_wherever_it_lies(name: str, tmp_path: Path) -> None:
    touch(tmp_path, "cat.jpg", "cats/cat.jpg", name, f"cats/deep/{name}")
    listing, _ = listed(tmp_path)
    assert [f.path.relative_to(tmp_path).as_posix() for f in listing.files] == ["cat.jpg", "cats/cat.jpg"]
    assert not listing.skipped and not listing.problems
    assert {f.name for f in listing.folders} == {tmp_path.name, "cats", "deep"}  # nor are they watched


def test_names_that_only_look_alike_are_somebodys_own(tmp_path: Path) -> None:
    own = ["@eadir/a.png", "LOST+FOUND/a.png", "Icon/a.png", "recycle/a.png", "thumbs.db.png", "x._cat.jpg"]
    touch(tmp_path, *own)
    assert names(tmp_path) == sorted(own)


@pytest.mark.parametrize("name", ["@eaDir", "#recycle", "$RECYCLE.BIN", "__MACOSX", "lost+found", ".thumbnails"])
def test_a_folder_that_is_opened_itself_is_listed_whatever_its_name(name: str, tmp_path: Path) -> None:
    touch(tmp_path, f"{name}/a.png", f"{name}/below/b.png", f"{name}/@eaDir/c.png")
    assert names(tmp_path / name) == ["a.png", "below/b.png"]


def test_the_rest_is_counted_by_kind(tmp_path: Path) -> None:
    touch(tmp_path, "a.mp4", "b/c.MOV", "d.pdf", "e.zip", "f.mp3", "g.svg", "h", "i.unheard", "k.png")
    listing, _ = listed(tmp_path)
    assert dict(listing.skipped) == {"video": 2, "document": 1, "archive": 1, "audio": 1, "drawing": 1, "other": 2}


def test_folders_that_are_left_out(tmp_path: Path) -> None:
    touch(tmp_path, "a.png", "examples/x/1.png", "examples/note.txt", "examples2/b.png", "deep/examples/c.png")
    listing, _ = listed(tmp_path, [tmp_path / "examples"])
    assert [f.path.name for f in listing.files] == ["a.png", "c.png", "b.png"] and not listing.skipped
    assert names(tmp_path, [tmp_path / "deep" / ".." / "examples", tmp_path / "deep"]) == ["a.png", "examples2/b.png"]
    assert names(tmp_path, [tmp_path]) == []
    assert names(tmp_path / "examples" / "x", [tmp_path / "examples"]) == []


@posix
def test_links(tmp_path: Path) -> None:
    touch(tmp_path, "inside/real.png", "elsewhere/far.jpg")
    root = tmp_path / "root"
    touch(root, "plain.png")
    (root / "file.png").symlink_to(tmp_path / "inside" / "real.png")
    (root / "folder").symlink_to(tmp_path / "elsewhere")
    (root / "folder.png").symlink_to(tmp_path / "elsewhere")
    (root / "dangling.png").symlink_to("nothing")
    (root / "circle").symlink_to(root)
    (root / "dangling.txt").symlink_to("nothing")
    listing, _ = listed(root)
    assert [f.path.name for f in listing.files] == ["dangling.png", "file.png", "plain.png"]
    assert listing.files[0].size == 0 and listing.files[1].size == 1
    assert dict(listing.skipped) == {"document": 1}
    (tmp_path / "link").symlink_to(root)
    assert names(tmp_path / "link") == ["dangling.png", "file.png", "plain.png"]
    assert names(tmp_path / "link", [root]) == []


@posix
def test_names_with_line_breaks_and_names_that_are_no_text(tmp_path: Path) -> None:
    touch(tmp_path, "line\nbreak.png", "-dash.png", " .png", "folder\n/a.png")
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.png"))
    odd.write_bytes(b"x")
    assert set(names(tmp_path)) == {"line\nbreak.png", "-dash.png", " .png", "folder\n/a.png", odd.name}


def test_a_root_that_cannot_be_listed(tmp_path: Path) -> None:
    touch(tmp_path, "file.png")
    for root, words in ((tmp_path / "nowhere", "does not exist"), (tmp_path / "file.png", "is a file")):
        with pytest.raises(RequestError, match=words) as refused:
            listed(root)
        assert str(root) in refused.value.sentence and refused.value.remedy


def many(root: Path) -> None:
    touch(root, *(f"folder {n // 100}/{n}.png" for n in range(1000)))


def test_a_listing_streams(tmp_path: Path) -> None:
    many(tmp_path)
    listing, steps = listed(tmp_path)
    assert len(steps) >= 3 and steps[0].total is None and 0 < len(steps[0].files) < 1000
    assert [file for step in steps for file in step.files] != list(listing.files)  # as found, then sorted
    assert {file for step in steps for file in step.files} == set(listing.files) and len(listing.files) == 1000
    assert (steps[-1].done, steps[-1].total) == (1000, 1000)
    assert [step.done for step in steps] == sorted(step.done for step in steps)


def test_an_empty_folder_is_an_empty_listing(tmp_path: Path) -> None:
    listing, steps = listed(tmp_path)
    assert listing == Listing(tmp_path, (), folders=(tmp_path,)) and steps[-1].total == 0


def test_a_root_that_vanishes_midway(tmp_path: Path) -> None:
    root = tmp_path / "disk"
    many(root)
    job = list_images(root)
    next(job)
    shutil.rmtree(root)
    with pytest.raises(RequestError, match="no longer there") as lost:
        list(job)
    assert str(root) in lost.value.sentence


def test_a_subfolder_that_vanishes_midway_is_named(tmp_path: Path) -> None:
    many(tmp_path)
    job = list_images(tmp_path)
    step = next(job)
    while not step.done:
        step = next(job)
    assert isinstance(step, Found)
    seen = {file.path.parent for file in step.files}
    lost = next(folder for folder in sorted(tmp_path.iterdir()) if folder not in seen)
    shutil.rmtree(lost)
    listing, _ = finish(job)
    assert lost.name in listing.problems[0] and len(listing.problems) == 1
    assert len(listing.files) == 900


@posix
def test_another_folder_in_the_place_of_the_root_is_no_empty_listing(tmp_path: Path) -> None:
    root = tmp_path / "disk"
    many(root)
    job = list_images(root)
    next(job)
    root.rename(tmp_path / "unplugged")
    root.mkdir()
    with pytest.raises(RequestError, match="no longer there"):
        list(job)


def test_a_listing_that_is_given_up_leaves_nothing_open(tmp_path: Path) -> None:
    many(tmp_path)
    job = list_images(tmp_path)
    next(job)
    job.close()  # an open folder handle would warn, and warnings fail tests
    assert inspect.getgeneratorstate(job) == inspect.GEN_CLOSED


@posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_subfolder_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    touch(tmp_path, "a.png", "closed/b.png")
    (tmp_path / "closed").chmod(0)
    try:
        listing, _ = listed(tmp_path)
    finally:
        (tmp_path / "closed").chmod(0o700)
    assert [f.path.name for f in listing.files] == ["a.png"]
    assert "closed" in listing.problems[0]
