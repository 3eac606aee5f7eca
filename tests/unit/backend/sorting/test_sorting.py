"""Filing images by their labels: names, places, collisions, what stays, and what is refused."""

import errno
import json
import shutil
from pathlib import Path

import pytest

from backend import sorting
from backend.errors import RequestError
from backend.locks import FileLock
from backend.sorting import Mode
from backend.sorting.names import free_name, numbered, safe_name
from tests.glyph_folders import drain
from tests.sorted_folders import LABELS, make_folder, plan_of, tree


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_folder(tmp_path / "folder")


@pytest.fixture
def dest(tmp_path: Path) -> Path:
    return tmp_path / "above" / "DEST"


def sort(folder: Path, dest: Path, mode: Mode = Mode.MOVE) -> sorting.Outcome:
    return drain(sorting.sort(plan_of(folder, dest), mode))


def undo(dest: Path) -> sorting.Outcome:
    return drain(sorting.undo(dest))


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("cat", "cat"), ("a/b\\c:d", "a_b_c_d"), ("tail. ", "tail"), ("..", "_"), ("", "_"), ("CON", "_CON"),
        ("nul.txt", "_nul.txt"), (".hidden", "_hidden"), ("new\nline", "new_line"), ("猫", "猫"),
        ("lost+found", "_lost+found"), ("@eaDir", "_@eaDir"), ("desktop.ini", "_desktop.ini"),
        ("x" * 300, "x" * 200), ("猫" * 100, "猫" * 66), ("e\u0301", "é"), ("\udcff", "_"),
    ],
)  # fmt: skip
def test_class_names_become_folder_names_of_every_platform(label: str, name: str) -> None:
    assert safe_name(label) == name


def test_no_two_classes_share_a_folder() -> None:
    names = sorting.folder_names(["Cat", "cat", "a/b", "a:b", "_unsure", ".fewshot"])
    assert len({n.casefold() for n in names.values()}) == 6
    assert not {"_unsure", ".fewshot"} & set(names.values())


def test_a_taken_name_gets_the_smallest_number() -> None:
    assert free_name("a.jpg", {"a.jpg", "a (2).jpg"}) == "a (3).jpg"
    assert free_name("A.jpg", {"a.jpg"}) == "A (2).jpg"
    assert len(numbered("é" * 120 + ".jpg", 2).encode()) <= 255


def test_every_file_goes_to_its_folder_and_comes_back(folder: Path, dest: Path) -> None:
    before = tree(folder)
    assert sort(folder, dest) == sorting.Outcome(6, ())
    assert tree(folder) == {"sub": ("folder", 0)}
    placed = {name: value for name, (value, _) in tree(dest).items() if value != "folder"}
    assert placed == {
        "cat/a.jpg": "content of a.jpg",
        "cat/a (2).jpg": "content of sub/a.jpg",
        "cat/link.jpg": f"→ {folder / 'sub/a.jpg'}",
        "dog/b.jpg": "content of b.jpg",
        "dog/empty.jpg": "",
        "_unsure/c.jpg": "content of c.jpg",
    }
    assert undo(dest) == sorting.Outcome(6, ())
    assert tree(folder) == before and not dest.parent.exists()


@pytest.mark.parametrize("mode", [Mode.COPY, Mode.HARDLINK, Mode.SYMLINK])
def test_the_originals_stay_in_the_other_modes(folder: Path, dest: Path, mode: Mode) -> None:
    before = tree(folder)
    sort(folder, dest, mode)
    assert tree(folder) == before
    assert (dest / "dog/b.jpg").read_text() == "content of b.jpg"
    assert (dest / "dog/b.jpg").samefile(folder / "b.jpg") == (mode is not Mode.COPY)
    assert (dest / "dog/b.jpg").is_symlink() == (mode is Mode.SYMLINK)
    assert (dest / "dog/b.jpg").stat().st_mtime_ns == (folder / "b.jpg").stat().st_mtime_ns
    undo(dest)
    assert tree(folder) == before and not dest.exists()


def test_nothing_that_is_there_is_overwritten_or_taken_away(folder: Path, dest: Path) -> None:
    (dest / "cat").mkdir(parents=True)
    (dest / "cat/A.JPG").write_text("mine")
    before = tree(dest)
    sort(folder, dest)
    assert (dest / "cat/A.JPG").read_text() == "mine"
    assert (dest / "cat/a (2).jpg").read_text() == "content of a.jpg"
    undo(dest)
    assert tree(dest) == before


def test_a_name_that_is_taken_in_the_last_moment(folder: Path, dest: Path) -> None:
    plan = plan_of(folder, dest)
    (dest / "dog").mkdir(parents=True)
    (dest / "dog/b.jpg").write_text("quicker")
    assert drain(sorting.sort(plan, Mode.MOVE)).problems == ()
    assert (dest / "dog/b.jpg").read_text() == "quicker"
    assert (dest / "dog/b (2).jpg").read_text() == "content of b.jpg"
    undo(dest)
    assert {p.name for p in dest.rglob("*.jpg")} == {"b.jpg"}


def test_what_has_changed_since_stays_and_is_told(folder: Path, dest: Path) -> None:
    sort(folder, dest)
    (dest / "dog/b.jpg").write_text("retouched")
    (folder / "a.jpg").write_text("another")
    (dest / "_unsure/c.jpg").unlink()
    outcome = undo(dest)
    assert outcome.done == 3
    assert [p.split(": ", 2)[2] for p in outcome.problems] == [
        f"another file is where it came from: {folder / 'a.jpg'}",
        "it has changed since",
        "it is not there any more",
    ]
    assert (dest / "dog/b.jpg").read_text() == "retouched" and (dest / "cat/a.jpg").exists()
    with pytest.raises(RequestError, match="Nothing was sorted"):
        undo(dest)


def test_the_newest_sort_is_taken_back_first(folder: Path, dest: Path, tmp_path: Path) -> None:
    second = make_folder(tmp_path / "second")
    sort(folder, dest)
    first = tree(dest)
    sort(second, dest, Mode.COPY)
    assert len(tree(dest)) == len(first) + 6
    undo(dest)
    assert tree(dest) == first
    undo(dest)
    assert not dest.exists()


def test_what_lies_in_its_place_stays_and_earlier_sorts_are_known(folder: Path) -> None:
    sort(folder, folder)
    assert sorting.placed_before(folder) == {folder / n for n, (v, _) in tree(folder).items() if v != "folder"}
    plan = plan_of(folder, folder / "sub")
    assert plan.files == ()
    (folder / "cat/d.jpg").write_text("new")
    LABELS["cat/d.jpg"] = "cat"
    try:
        plan = plan_of(folder, folder)
    finally:
        del LABELS["cat/d.jpg"]
    assert plan.there == (str(folder / "cat/d.jpg"),) and plan.files == ()


def test_a_folder_with_its_sorted_part_may_move_before_undo(folder: Path, tmp_path: Path) -> None:
    before = tree(folder)
    sort(folder, folder / "sorted")
    moved = folder.rename(tmp_path / "elsewhere")
    assert undo(moved / "sorted").problems == ()
    assert tree(moved) == before


def test_a_disk_that_is_gone_gets_no_folder_of_its_name(folder: Path, dest: Path, tmp_path: Path) -> None:
    sort(folder, dest)
    folder.rename(tmp_path / "unplugged")
    with pytest.raises(RequestError, match="which is not there"):
        undo(dest)
    assert not folder.exists()
    (tmp_path / "unplugged").rename(folder)
    assert undo(dest).problems == ()


def test_a_full_disk_stops_it_and_it_goes_on_where_there_is_room(
    folder: Path, dest: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copyfile, left = shutil.copyfile, [2]

    def full(source: Path, target: Path) -> None:
        if not left[0]:
            raise OSError(errno.ENOSPC, "No space left on device", str(target))
        left[0] -= 1
        copyfile(source, target)

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(RequestError, match="fewshot resume"):
        sort(folder, dest, Mode.COPY)
    with pytest.raises(RequestError, match="was interrupted"):
        sort(folder, dest, Mode.COPY)
    left[0] = 100
    assert drain(sorting.resume(dest)) == sorting.Outcome(6, ())
    assert drain(sorting.resume(dest)) == sorting.Outcome(0, ())


def test_a_file_that_cannot_be_read_costs_itself_alone(folder: Path, dest: Path) -> None:
    plan = plan_of(folder, dest)
    (folder / "b.jpg").unlink()
    outcome = drain(sorting.sort(plan, Mode.MOVE))
    assert outcome.done == 5 and outcome.problems == (f"Not sorted: {folder / 'b.jpg'}: No such file or directory",)
    assert undo(dest).problems == ()


def test_what_cannot_leave_its_folder_gets_no_second_name(
    folder: Path, dest: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, unlink, replace = tree(folder), Path.unlink, Path.replace

    def kept(path: Path, missing_ok: bool = False) -> None:
        if path.is_relative_to(folder):
            raise PermissionError(errno.EACCES, "Permission denied")
        unlink(path, missing_ok)

    def fixed(path: Path, target: Path) -> Path:
        if path.is_relative_to(folder):
            raise PermissionError(errno.EACCES, "Permission denied")
        return replace(path, target)

    monkeypatch.setattr(Path, "unlink", kept)
    monkeypatch.setattr(Path, "replace", fixed)
    for linked in (True, False):
        if not linked:
            monkeypatch.setattr("backend.sorting.files.os.link", lambda *_, **__: _fail(errno.EPERM))
        outcome = sort(folder, dest)
        assert (outcome.done, len(outcome.problems)) == (0, 6)
        assert tree(folder) == before and not [p for p in tree(dest) if p.endswith("jpg")]


def _fail(number: int) -> None:
    raise OSError(number, "not here")


def test_nothing_is_moved_out_of_a_folder_that_cannot_be_written(
    folder: Path, dest: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.sorting.modes.os.access", lambda path, _: path != folder / "sub")
    sorting.check_mode(Mode.COPY, dest, [folder / "sub/a.jpg"])
    with pytest.raises(RequestError, match="--mode copy"):
        sorting.check_mode(Mode.MOVE, dest, [folder / "a.jpg", folder / "sub/a.jpg"])


def test_one_at_a_time(folder: Path, dest: Path) -> None:
    sort(folder, dest)
    lock = FileLock(dest / ".fewshot/lock")
    assert lock.take()
    for action in (sorting.undo, sorting.resume):
        with pytest.raises(RequestError, match="Another sort or undo is at work"):
            drain(action(dest))
    lock.release()
    assert undo(dest).problems == ()


def test_no_folder_where_one_would_be(folder: Path, tmp_path: Path, dest: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RequestError, match="is no folder"):
        sort(folder, tmp_path / "file")
    dest.mkdir(parents=True)
    (dest / "cat").write_text("")
    with pytest.raises(RequestError, match="stands where a folder is to be made"):
        sort(folder, dest)
    with pytest.raises(RequestError, match="Nothing was sorted"):
        undo(dest)
    with pytest.raises(RequestError, match="Nothing was sorted"):
        drain(sorting.resume(dest))


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ({"plan": 9, "source": "x", "target": "../../x"}, "leads elsewhere"),
        ({"plan": 9, "source": "/etc/x", "target": "x"}, "leads elsewhere"),
        ({"made": ".."}, "leads elsewhere"),
        ({"done": 99}, "no journal"),
    ],
)
def test_a_journal_that_no_sort_wrote_is_refused(folder: Path, dest: Path, line: object, what: str) -> None:
    sort(folder, dest)
    with (dest / ".fewshot/1.jsonl").open("a") as journal:
        journal.write(json.dumps(line) + "\n")
    with pytest.raises(RequestError, match=what):
        undo(dest)


def test_a_newer_journal_and_a_line_that_was_cut_off(folder: Path, dest: Path) -> None:
    sort(folder, dest)
    path = dest / ".fewshot/1.jsonl"
    whole = path.read_text()
    path.write_text(whole.replace('"fewshot-journal": 1', '"fewshot-journal": 2'))
    with pytest.raises(RequestError, match="newer"):
        undo(dest)
    path.write_text(whole[:-5])
    assert drain(sorting.resume(dest)) == sorting.Outcome(6, ())
    assert path.read_text() == whole


def test_a_mode_is_tried_before_anything_happens(
    folder: Path, dest: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sources = [folder / "a.jpg"]
    for mode in Mode:
        sorting.check_mode(mode, dest, sources)

    def refuse(*_: object) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr("backend.sorting.modes.os.link", refuse)
    with pytest.raises(RequestError, match="--mode copy or move"):
        sorting.check_mode(Mode.HARDLINK, dest, sources)
    assert [p.name for p in tmp_path.iterdir()] == ["folder"]
