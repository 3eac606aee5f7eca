import pytest
from pytestqt.qtbot import QtBot

from backend.errors import RequestError
from backend.types import MAX_BINS
from fewshot_gui.session.bin_state import (
    Bin,
    BinState,
    allowed,
    assigned,
    moved,
    recoloured,
    rejected,
    renamed,
    switched,
    taken_out,
    with_bin,
)
from fewshot_gui.session.bin_store import BinStore

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
    with pytest.raises(RequestError, match=f"{MAX_BINS:,}"):
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


def test_a_rejection_lasts_until_the_person_thinks_again() -> None:
    after = rejected(TWO, ["a", "x"], "cats")
    assert after[0] == Bin("cats", 0, ("b",), rejected=("a", "x"))
    assert rejected(after, ["x"], "cats") == after
    assert assigned(after, ["x"], "dogs")[0].rejected == ("a", "x")
    assert assigned(after, ["a"], "cats")[0] == Bin("cats", 0, ("b", "a"), rejected=("x",))
    assert allowed(after, ["a", "x"])[0].rejected == ()


def test_a_bin_can_be_off_moved_and_recoloured() -> None:
    assert [b.on for b in switched(TWO, "dogs")] == [True, False]
    assert switched(switched(TWO, "dogs"), "dogs") == TWO
    assert [b.name for b in moved(TWO, "cats", 1)] == ["dogs", "cats"]
    assert moved(TWO, "cats", -1) == TWO
    assert moved(TWO, "dogs", 5) == TWO
    assert [b.colour for b in recoloured(TWO, "cats", 7)] == [7, 1]
    assert [b.colour for b in recoloured(TWO, "cats", 1)] == [1, 0]


def busy_store() -> BinStore:
    """A store in which much was done and some of it taken back."""
    store = BinStore()
    first, second = store.add(["a", "b"]), store.add(["c"])
    store.reject({"c": first, "x": second})
    store.confirm({"y": second, "z": first})
    store.switch(second)
    store.move(second, -1)
    store.recolour(first, 5)
    store.allow(["c"])
    for _ in range(3):
        store.undo.undo()
    return store


def test_confirming_and_rejecting_several_is_one_step(qtbot: QtBot) -> None:
    store = busy_store()
    assert store.find("Bin 2") == Bin("Bin 2", 1, ("c", "y"), on=False, rejected=("x",))
    assert store.find("Bin 1") == Bin("Bin 1", 0, ("a", "b", "z"), rejected=("c",))
    assert store.rejected() == {"c": frozenset({"Bin 1"}), "x": frozenset({"Bin 2"})}
    assert list(store.examples()) == ["Bin 1"]
    assert store.undo.undoText() == "Switch “Bin 2” off"
    assert store.undo.count() == 8


def test_the_history_comes_back_whole_and_nothing_is_done_again(qtbot: QtBot) -> None:
    store, other = busy_store(), BinStore()
    seen: list[object] = []
    other.changed.connect(lambda *states: seen.append(states))
    other.restore(store.history())
    assert other.history() == store.history()
    assert other.bins() == store.bins()
    assert len(seen) == 1
    for each in (store, other):
        each.undo.undo()
        each.undo.undo()
    assert other.bins() == store.bins()
    for _ in range(5):
        other.undo.redo()
    assert other.bins() == store.history().steps[-1].after


def test_images_that_have_other_ids_have_them_in_the_history_too(qtbot: QtBot) -> None:
    store = busy_store()
    store.rename_images({"a": "A", "c": "C"})
    assert store.owner("A") == store.find("Bin 1")
    assert "C" in store.rejected()
    for _ in range(5):
        store.undo.undo()
    assert store.bins() == ()
    store.undo.redo()
    assert store.bins()[0].examples == ("A", "b")


def test_a_read_only_store_refuses_every_change(qtbot: QtBot) -> None:
    store = busy_store()
    before = store.bins()
    store.set_read_only(True)
    with pytest.raises(RequestError, match="read-only"):
        store.take_out(["a"])
    assert store.bins() == before
    store.take_out(["unknown"])  # changes nothing, so there is nothing to refuse
