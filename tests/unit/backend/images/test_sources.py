"""Several folders and single images as one listing."""

import shutil
from pathlib import Path

import pytest

from backend.errors import RequestError
from backend.images.sources import Sources, list_sources, namer
from backend.types import Listing
from tests.glyph_folders import drain


@pytest.fixture
def here(tmp_path: Path) -> Path:
    for name in ("one/a.png", "one/sub/b.png", "two/a.png", "two/film.mp4", "loose.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "one/empty").mkdir()
    return tmp_path


def listed(here: Path, *folders: str, loose: str = "") -> Listing:
    extra = (here / loose,) if loose else ()
    return drain(list_sources(Sources(here / "one", tuple(here / f for f in folders), extra)))


def names(here: Path, paths: list[Path]) -> list[str]:
    return [p.relative_to(here).as_posix() for p in paths]


def test_the_root_comes_first_and_single_images_last(here: Path) -> None:
    found = listed(here, "two", loose="loose.png")
    assert names(here, [f.path for f in found.files]) == ["one/a.png", "one/sub/b.png", "two/a.png", "loose.png"]
    assert sorted(names(here, list(found.folders))) == ["one", "one/empty", "one/sub", "two"]
    assert found.skipped == {"video": 1}
    assert found.lost == ()


def test_nothing_stands_in_it_twice(here: Path) -> None:
    found = listed(here, "one/sub", loose="one/a.png")
    assert names(here, [f.path for f in found.files]) == ["one/a.png", "one/sub/b.png"]


def test_a_further_folder_that_is_gone_is_named_and_the_rest_is_there(here: Path) -> None:
    shutil.rmtree(here / "two")
    (here / "loose.png").unlink()
    found = listed(here, "two", loose="loose.png")
    assert names(here, [f.path for f in found.files]) == ["one/a.png", "one/sub/b.png"]
    assert found.lost == (here / "two",)


def test_without_its_root_there_is_nothing(here: Path) -> None:
    shutil.rmtree(here / "one")
    with pytest.raises(RequestError):
        listed(here, "two")


def test_one_folder_names_by_what_is_below_it() -> None:
    name = namer(Sources(Path("/x/one"), (), (Path("/y/c.png"),)))
    assert name(Path("/x/one/sub/a.png")) == "sub/a.png"
    assert name(Path("/y/c.png")) == "/y/c.png"


@pytest.mark.parametrize(
    ("folders", "path", "expected"),
    [
        (("/x/one", "/x/two"), "/x/one/a.png", "one/a.png"),
        (("/x/one", "/x/two"), "/x/two/sub/a.png", "two/sub/a.png"),
        (("/2023/trip", "/2024/trip"), "/2024/trip/a.png", "2024/trip/a.png"),
        (("/2023/trip", "/2024/trip", "/x/two"), "/x/two/a.png", "x/two/a.png"),
        (("/x/one", "/x/one/sub"), "/x/one/sub/a.png", "sub/a.png"),
        (("/p", "/q/p"), "/p/a.png", "p/a.png"),
    ],
)
def test_several_folders_name_by_what_tells_them_apart(folders: tuple[str, ...], path: str, expected: str) -> None:
    root, *others = map(Path, folders)
    assert namer(Sources(root, tuple(others)))(Path(path)) == expected


def test_no_two_images_share_a_name() -> None:
    sources = Sources(Path("/y/p"), (Path("/x/p/q"), Path("/z/q")))
    name = namer(sources)
    assert name(Path("/y/p/q/a.png")) != name(Path("/x/p/q/a.png"))


def test_holds() -> None:
    sources = Sources(Path("/x/one"), (Path("/x/two"),))
    assert sources.holds(Path("/x/two/sub")) and sources.holds(Path("/x/one"))
    assert not sources.holds(Path("/x/onemore")) and not sources.holds(Path("/x"))
