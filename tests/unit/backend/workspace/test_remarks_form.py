"""Verdicts and dismissals in the workspace file, and folders beside the first one that are known again."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from backend.errors import RequestError
from backend.images.sources import Sources, list_sources
from backend.workspace import form, relocation
from backend.workspace.state import (
    Bin,
    Content,
    Folder,
    History,
    Landmark,
    Remarks,
    Verdict,
    Workspace,
    moved_ids,
    relocated,
)
from tests.glyph_folders import drain

A, B, C = "/pictures/a.png", "/pictures/sub/b.png", "/other/c.png"


def case() -> Workspace:
    """A and C have answers and verdicts; B, which no answer is about, was dismissed, and so was A."""
    folders = (Folder(Path("/pictures")), Folder(Path("/other"), (Landmark("c.png", 1, "f" * 32),)))
    history = History((Bin("cats", 0, (A,)), Bin("dogs", 1, (C,))))
    contents = {A: Content(1, 2, "a"), C: Content(3, 4, "c")}
    verdicts = {C: Verdict(0.5, False), A: Verdict(1.0, True, "photos/bd-cspn")}
    remarks = Remarks(verdicts, (B, A), ("photos",), ("unread 1 x",), (A,))
    return Workspace(folders, history, contents, remarks=remarks)


def plain() -> dict[str, object]:
    made: dict[str, object] = json.loads(form.encode(case()))
    del made["checksum"]
    return made


def test_remarks_come_back_in_their_order() -> None:
    again = form.decode(form.encode(case()), "x")
    assert again == case()
    assert list(again.remarks.verdicts) == [C, A]
    assert [i["path"] for i in json.loads(form.encode(case()))["images"]] == ["a.png", "c.png", "sub/b.png"]


def test_files_without_remarks_are_read_and_none_are_written_for_nothing() -> None:
    before = replace(case(), remarks=Remarks())
    assert b"remarks" not in form.encode(before)
    older = plain()
    del older["remarks"]
    assert form.decode(json.dumps(older).encode(), "x") == before


def test_files_from_before_picked_images_were_noted_are_read() -> None:
    older = plain()
    exec(
        "del w['remarks']['picked'], w['remarks']['verdicts'][0]['method'], w['remarks']['verdicts'][1]['method']",
        {"w": older},
    )
    verdicts = {C: Verdict(0.5, False), A: Verdict(1.0, True)}
    kept = replace(case().remarks, verdicts=verdicts, picked=())
    assert form.decode(json.dumps(older).encode(), "x") == replace(case(), remarks=kept)


def test_a_confidence_may_be_a_whole_number() -> None:
    other = plain()
    exec("w['remarks']['verdicts'][0]['confidence'] = 1", {"w": other})
    assert form.decode(json.dumps(other).encode(), "x").remarks.verdicts[C] == Verdict(1.0, False)


@pytest.mark.parametrize(
    "change",
    [
        "w['remarks'] = []",
        "w['remarks']['verdicts'][0]['confidence'] = 1.01",
        "w['remarks']['verdicts'][0]['confidence'] = -0.1",
        "w['remarks']['verdicts'][0]['confidence'] = float('nan')",
        "w['remarks']['verdicts'][0]['confidence'] = True",
        "w['remarks']['verdicts'][0]['confidence'] = '1'",
        "w['remarks']['verdicts'][0]['right'] = 1",
        "w['remarks']['verdicts'][0]['image'] = 3",
        "w['remarks']['verdicts'][0]['image'] = True",
        "w['remarks']['verdicts'][0].pop('image')",
        "w['remarks']['verdicts'][1]['image'] = w['remarks']['verdicts'][0]['image']",
        "w['remarks']['verdicts'] = [1]",
        "w['remarks']['dismissed'] = [-1]",
        "w['remarks'].pop('dismissed')",
        "w['remarks']['picked'] = [9]",
        "w['remarks']['verdicts'][0]['method'] = None",
        "w['remarks']['declined'] = [None]",
        "w['remarks']['closed'] = ['x', 1]",
        "w['remarks'].pop('closed')",
    ],
)
def test_damaged_remarks_are_refused(change: str) -> None:
    made = plain()
    exec(change, {"w": made})
    with pytest.raises(RequestError, match="Damaged workspace"):
        form.decode(json.dumps(made).encode(), "x")


def test_a_folder_that_moves_takes_its_remarks_along() -> None:
    after = relocated(case(), Path("/new")).remarks
    assert list(after.verdicts) == [C, "/new/a.png"]
    assert after.picked == ("/new/a.png",)
    assert after.dismissed == ("/new/sub/b.png", "/new/a.png")


def test_a_name_that_is_given_already_stays_the_others() -> None:
    old, new = Path("/old"), Path("/new")
    named = ["/old/a", "/old/b", "/new/b", "/older/c", "/old/d\0hash"]
    assert moved_ids(named, old, new) == {"/old/a": "/new/a", "/old/d\0hash": "/new/d\0hash"}


# Further folders ------------------------------------------------------------------------------------------------------


def folder(root: Path, *contents: bytes) -> Path:
    root.mkdir(parents=True)
    for number, content in enumerate(contents):
        (root / f"{number}.png").write_bytes(content * 100)
    return root


def test_each_folder_has_landmarks_of_its_own(tmp_path: Path) -> None:
    first, second, like = folder(tmp_path / "a", b"1", b"2"), folder(tmp_path / "b", b"3"), folder(tmp_path / "ab")
    listing = drain(list_sources(Sources(first, (second, like))))
    marks = drain(relocation.take_all([first, second, like], listing.files))
    assert {f: [m.path for m in ms] for f, ms in marks.items()} == {
        first: ["0.png", "1.png"],
        second: ["0.png"],
        like: [],
    }
    assert relocation.is_same(Folder(second, marks[second]), second)
    assert not relocation.is_same(Folder(second, marks[second]), first)


def test_a_folder_is_found_below_a_renamed_one_but_not_in_one_that_is_open(tmp_path: Path) -> None:
    root = folder(tmp_path / "disk" / "pictures", b"1", b"2")
    lost = Folder(root, drain(relocation.take_landmarks(root, drain(list_sources(Sources(root))).files)))
    (tmp_path / "disk").rename(tmp_path / "disk 2")
    found = tmp_path / "disk 2" / "pictures"
    assert drain(relocation.find(lost)) == found
    for known in (found, found.parent, found / "sub"):
        assert drain(relocation.find(lost, [found], [known])) is None
