import pytest
from pytestqt.qtbot import QtBot

from backend.errors import RequestError
from fewshot_gui.bins.state import MAX_BINS, Bin, BinState, assigned, renamed, taken_out, with_bin
from fewshot_gui.bins.store import BinStore

TWO: BinState = (Bin("cats", 0, ("a", "b")), Bin("dogs", 1, ("c",)))


def test_an_image_is_in_one_bin_only_and_moves() -> None:
    after = assigned(TWO, ["b", "x"], "dogs")
    assert [b.examples for b in after] == [("a",), ("c", "b", "x")]


def test_assigning_what_is_there_already_changes_nothing() -> None:
    assert assigned(TWO, ["a", "a"], "cats") == TWO


def test_taking_out_leaves_an_empty_bin() -> None:
    assert [b.examples for b in taken_out(TWO, ["c"])] == [("a", "b"), ()]


def test_a_colour_is_free_again_after_its_bin_is_gone() -> None:
    bins = with_bin((TWO[1],), "birds")
    assert [b.colour for b in bins] == [1, 0]


@pytest.mark.parametrize("name", ["", "   ", "dogs", " dogs ", "_unsure"])
def test_names_that_are_empty_taken_or_reserved_are_refused(name: str) -> None:
    with pytest.raises(RequestError):
        renamed(TWO, "cats", name)


def test_there_is_a_limit_to_bins_and_it_is_named() -> None:
    bins: BinState = tuple(Bin(str(n), n) for n in range(MAX_BINS))
    with pytest.raises(RequestError, match=str(MAX_BINS)):
        with_bin(bins, "one more")


def test_every_change_can_be_undone_and_redone(qtbot: QtBot) -> None:
    store = BinStore()
    seen = [store.bins()]
    name = store.add(["a", "b"])
    seen.append(store.bins())
    store.rename(name, "cats")
    seen.append(store.bins())
    other = store.add(["c"])
    seen.append(store.bins())
    store.assign(["a"], other)
    seen.append(store.bins())
    store.take_out(["b"])
    seen.append(store.bins())
    store.delete(other)
    seen.append(store.bins())
    assert len(set(seen)) == len(seen)
    for expected in reversed(seen[:-1]):
        store.undo.undo()
        assert store.bins() == expected
    for expected in seen[1:]:
        store.undo.redo()
        assert store.bins() == expected


def test_what_changes_nothing_is_no_step_of_the_history(qtbot: QtBot) -> None:
    store = BinStore()
    name = store.add(["a"])
    store.assign(["a"], name)
    store.rename(name, name)
    store.take_out(["unknown"])
    assert store.undo.count() == 1


def test_a_refused_rename_leaves_everything_as_it_was(qtbot: QtBot) -> None:
    store = BinStore()
    first, second = store.add(), store.add()
    with pytest.raises(RequestError):
        store.rename(second, first)
    assert [b.name for b in store.bins()] == [first, second]
    assert store.undo.count() == 2


def test_empty_bins_are_kept_and_left_out_of_what_labelling_takes(qtbot: QtBot) -> None:
    store = BinStore()
    store.add(["a"])
    store.add()
    assert len(store.bins()) == 2
    assert list(store.examples().values()) == [("a",)]
    assert store.given() == {"a": store.bins()[0].name}
