"""What the inspector says of a label, and of an example: who decided, and what if one example were left out."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from backend.types import Absence, Doubt, RestsOn
from fewshot_gui.bins.suspect_badge import next_doubtful
from fewshot_gui.gallery.row_order import Filter
from fewshot_gui.inspector.example_button import ExampleButton
from fewshot_gui.inspector.flip_button import FlipButton
from fewshot_gui.inspector.influence_panel import InfluencePanel
from fewshot_gui.inspector.influence_text import about_reasons
from fewshot_gui.main_window.window import MainWindow
from fewshot_gui.session.bin_state import Bin
from tests.glyph_folders import sorting_task
from tests.windows import Make, Settle

IN_SIGN = QPoint(-8, 8)
"""From the upper right corner of an example's cell into the warning."""


@pytest.fixture(scope="module")
def drawings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder ``images`` of three characters, and ``examples`` of three each, one of which has slipped into the bin of
    another. Not to be changed."""
    root = tmp_path_factory.mktemp("drawings")
    folder, examples = sorting_task(root, classes=3, examples=3)
    shutil.move(examples / "character02" / "01.png", examples / "character01" / "slipped.png")
    (folder / "broken.png").write_bytes(b"no image")
    return root


@pytest.fixture
def window(make_window: Make, settle: Settle, drawings: Path) -> MainWindow:
    """A window in which the three characters have bins."""
    made = make_window()
    made.resize(1440, 1400)
    made.session.open_folder(drawings / "images", drawings / "examples")
    settle(made)
    return made


def example(window: MainWindow, name: str, place: int) -> str:
    found = window.session.bins.find(name)
    assert found is not None
    return found.examples[place]


def slipped(window: MainWindow) -> str:
    return next(i for i in example_ids(window) if i.endswith("slipped.png"))


def example_ids(window: MainWindow) -> list[str]:
    return [i for b in window.session.bins.bins() for i in b.examples]


def image(window: MainWindow, name: str) -> str:
    return next(i for i in window.session.library.files if i.endswith(name))


def section(window: MainWindow) -> InfluencePanel:
    return window.inspector._left_out


def answer(window: MainWindow) -> RestsOn | Absence | None:
    return section(window).influence.answer


def shown(window: MainWindow, kind: type[QPushButton]) -> list[QPushButton]:
    return [b for b in section(window).findChildren(kind) if b.isVisible() and type(b) is kind]


def leave_one_of_each(window: MainWindow) -> None:
    """All but one example of each bin, so that every label rests on one example."""
    window.session.bins.take_out([i for b in window.session.bins.bins() for i in b.examples[1:]])


def test_a_label_that_rests_on_one_example_leads_to_it(window: MainWindow, settle: Settle) -> None:
    leave_one_of_each(window)
    window.gallery.view.choose(image(window, "character03-04.png"))
    settle(window)
    found = answer(window)
    assert isinstance(found, RestsOn) and (found.label, found.tried) == ("character03", 3)
    only = example(window, "character03", 0)
    assert [f.example for f in found.flips] == [only]
    assert "rests on one example" in section(window)._words.text()
    [button] = shown(window, ExampleButton)
    then = found.flips[0].label
    assert f"Without 01.png, example of “character03”, the label would be “{then}”" in button.accessibleName()
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert window.inspector.image() == only
    assert window.bins.selected_examples() == (only,)


def test_a_label_has_bars_and_examples_that_decided(window: MainWindow, settle: Settle) -> None:
    chosen = image(window, "character03-04.png")
    window.gallery.view.choose(chosen)
    settle(window)
    assert "character03" in window.inspector._ranking.accessibleName()
    buttons = [b for b in window.inspector._because.findChildren(ExampleButton) if b.isVisible()]
    assert "example of “character03”" in buttons[0].accessibleName()
    interface = QAccessible.queryAccessibleInterface(buttons[0])
    assert interface.role() == QAccessible.Role.Button and interface.state().focusable
    buttons[0].click()
    assert window.inspector.image() == buttons[0].example()
    assert window.session.bins.owner(buttons[0].example()) == window.session.bins.find("character03")
    window.gallery.view.clearSelection()
    window.gallery.view.choose(chosen)
    window.session.bins.reject({chosen: "character03"})
    settle(window)
    assert "character03" not in window.inspector._ranking.accessibleName()


def test_where_the_folder_outweighs_the_examples_that_is_said(full: MainWindow, settle: Settle) -> None:
    """With half of the bins: images of the others lie between, and go where the folder's clusters are."""
    full.session.bins.replace("half", full.session.bins.bins()[::2])
    full.session.engine_host.choose(method="simpleshot")
    settle(full)
    alone = {i: p.label for i, p in full.session.library.predictions.items()}
    full.session.engine_host.choose(method="bd-cspn")
    settle(full)
    moved = [i for i, p in full.session.library.predictions.items() if p.label != alone[i]]
    same = next(i for i in alone if i not in moved)
    because = full.inspector._because
    full.gallery.view.choose(moved[0])
    settle(full)
    label = full.session.library.predictions[moved[0]].label
    wanted = f"By the examples alone it would be “{alone[moved[0]]}”. The folder's other images outweigh them."
    assert because.note() == wanted and because.accessibleName().endswith(wanted)
    buttons = [b for b in because.findChildren(ExampleButton) if b.isVisible()]
    assert f"example of “{label}”" in buttons[0].accessibleName()  # what decided, by the means as they are
    full.gallery.view.choose(same)
    settle(full)
    assert because.note() == ""


@pytest.mark.parametrize(
    ("shares", "alone", "note"),
    [
        ((("kiwi", 0.6), ("milk", 0.4)), "", ""),
        ((), "", ""),
        ((("milk", 0.4), ("kiwi", 0.3), ("kiwi", 0.3)), "", "Together, the examples of “kiwi” weigh 60%."),
        ((("milk", 0.7), ("kiwi", 0.3)), "", "The nearest example is of “milk”, but “kiwi” as a whole fits better."),
        (
            (("kiwi", 0.7), ("milk", 0.3)),
            "milk",
            "By the examples alone it would be “milk”. The folder's other images outweigh them.",
        ),
    ],
)
def test_reasons_that_contradict_the_label_are_explained(
    shares: tuple[tuple[str, float], ...], alone: str, note: str
) -> None:
    assert about_reasons("kiwi", shares, alone) == note


def test_no_reason_contradicts_the_label_in_silence(window: MainWindow, settle: Settle) -> None:
    """Whatever the method: one drawing lies in another's bin, so that examples and labels differ here and there."""
    library, because = window.session.library, window.inspector._because
    for method in ("prototypical", "siamese", "relation", "matching", "simpleshot", "linear"):
        window.session.engine_host.choose(method=method)
        settle(window)
        for chosen in library.predictions:
            window.gallery.view.choose(chosen)
            settle(window)
            heaviest = next(b for b in because.findChildren(ExampleButton) if b.isVisible())
            home = window.session.bins.owner(heaviest.example())
            assert home is not None
            assert (home.name != library.predictions[chosen].label) == bool(because.note())


def test_what_is_ruled_out_is_no_reason(window: MainWindow, settle: Settle) -> None:
    chosen = image(window, "character03-04.png")
    window.gallery.view.choose(chosen)
    settle(window)
    because = window.inspector._because
    window.session.bins.reject({chosen: "character03"})
    for _ in range(2):  # at once, and after the labels have come
        buttons = [b for b in because.findChildren(ExampleButton) if b.isVisible()]
        assert buttons and not any("“character03”" in b.accessibleName() for b in buttons)
        ranking = window.inspector._ranking.accessibleName()
        assert "none of these" in ranking and "character03" not in ranking
        settle(window)


def test_where_one_bin_alone_can_be_read_nothing_is_explained_and_nothing_fails(
    window: MainWindow, settle: Settle
) -> None:
    broken = image(window, "broken.png")
    readable = window.session.bins.bins()[0]
    window.session.bins.replace("", (readable, Bin("unreadable", 1, (broken,))))
    settle(window)
    window.gallery.view.choose(image(window, "character03-04.png"))
    settle(window)
    assert not window.banner.isVisible()
    assert not window.inspector._ranking.isVisible()


def test_a_label_that_no_single_example_decides(window: MainWindow, settle: Settle) -> None:
    window.session.bins.assign([slipped(window)], "character02")
    settle(window)
    window.gallery.view.choose(image(window, "character03-04.png"))
    settle(window)
    found = answer(window)
    assert isinstance(found, RestsOn) and found.flips == () and found.tried == 9
    assert section(window)._words.text() == "The label would stay, whichever example were left out (9 tried)."
    assert shown(window, ExampleButton) == shown(window, FlipButton) == []
    window.bins.go_to(example(window, "character03", 0))
    settle(window)
    assert section(window)._words.text() == "Without this example none of 12 labels would change."


def test_an_example_shows_the_images_that_would_move(window: MainWindow, settle: Settle) -> None:
    leave_one_of_each(window)
    settle(window)
    before = dict(window.session.library.predictions)
    window.bins.go_to(example(window, "character03", 0))
    settle(window)
    found = answer(window)
    assert isinstance(found, Absence) and found.last and found.changes
    assert set(found.changes) == {
        i for i, p in before.items() if p.label == "character03" and i in window.session.library.files
    }
    assert f"{len(found.changes)} of {found.asked} labels would change" in section(window)._words.text()
    moves = shown(window, FlipButton)
    assert sum(int(b.accessibleName().split()[0]) for b in moves) == len(found.changes)
    moves[0].setFocus()
    QTest.keyClick(moves[0], Qt.Key.Key_Space)
    assert isinstance(moves[0], FlipButton)
    wanted = {i for i, then in found.changes.items() if then == moves[0].names[1]}
    assert window.gallery.model.filter == Filter.CHOSEN
    assert set(window.gallery.model.ids()) == set(window.gallery.view.selected_ids()) == wanted

    window.session.bins.take_out([example(window, "character03", 0)])  # and so it comes
    settle(window)
    after = window.session.library.predictions
    assert {i: after[i].label for i in found.changes} == dict(found.changes)


def test_with_two_lone_examples_there_is_nothing_to_leave_out(window: MainWindow, settle: Settle) -> None:
    leave_one_of_each(window)
    window.session.bins.delete("character02")
    settle(window)
    window.gallery.view.choose(image(window, "character03-04.png"))
    settle(window)
    assert "Each bin has a single example" in section(window)._words.text()
    window.bins.go_to(example(window, "character03", 0))
    settle(window)
    assert "nothing could be told apart" in section(window)._words.text()

    window.session.bins.switch("character01")
    settle(window)
    assert answer(window) is None and section(window).isHidden()  # one bin labels nothing


def test_bins_that_change_void_the_answer(window: MainWindow, settle: Settle) -> None:
    window.gallery.view.choose(image(window, "character03-04.png"))
    settle(window)
    assert answer(window) is not None
    window.session.bins.recolour("character03", 6)
    assert answer(window) is not None  # nothing that labels depend on
    window.session.bins.take_out([example(window, "character03", 0)])
    assert answer(window) is None
    settle(window)
    again = answer(window)
    assert isinstance(again, RestsOn) and again.tried == 8

    inspector = window.inspector
    parts = (inspector._ranking, inspector._because, section(window))
    assert all(part.isVisible() for part in parts)
    window.gallery.view.choose(image(window, "broken.png"))
    settle(window)
    assert not any(part.isVisible() for part in parts) and inspector._empty.isHidden()
    window.gallery.view.clearSelection()
    settle(window)
    assert not any(part.isVisible() for part in parts) and inspector._empty.isVisible()


def test_an_example_counts_for_images_that_come_later(
    make_window: Make, settle: Settle, drawings: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(drawings / "images", tmp_path / "images"))
    made = make_window()
    made.session.open_folder(folder, drawings / "examples")
    settle(made)
    made.bins.go_to(example(made, "character03", 0))
    settle(made)
    shutil.copy(folder / "character03-04.png", folder / "new.png")
    made.session.reload()
    settle(made)
    found = answer(made)
    assert isinstance(found, Absence) and found.asked == 13


def test_methods_that_adapt_wait_to_be_asked(window: MainWindow, settle: Settle) -> None:
    window.session.engine_host.choose(method="maml")
    settle(window)
    window.gallery.view.choose(image(window, "character03-04.png"))
    settle(window)
    inspector, part = window.inspector, section(window)
    assert inspector._because.text() == "MAML learns from all examples together and does not weigh them one by one."
    assert answer(window) is None and not part.influence.running()
    assert part._work.text() == "Work it out"
    part._work.click()
    assert part._work.text() == "Stop" and part._bar.isVisible() and part._bar.maximum() > 0
    part._work.click()
    assert part._work.text() == "Work it out" and not part._bar.isVisible()
    steps: list[int] = []
    part.influence.changed.connect(lambda: steps.append(part._bar.value()))
    part._work.click()
    settle(window)
    found = answer(window)
    assert isinstance(found, RestsOn) and found.tried == 9
    assert max(steps) == 9 and not part._work.isVisible()


def test_an_example_that_its_bin_would_not_claim_wears_a_warning(window: MainWindow, settle: Settle) -> None:
    doubts = window.session.library.doubts
    assert list(doubts) == [slipped(window)]
    doubt = doubts[slipped(window)]
    assert doubt.label == "character02"
    card = window.bins.card("character01")
    assert card is not None
    words = [card.examples._model.index(n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(4)]
    assert [w for w in words if "would not claim it: it looks like “character02”" in w] == [words[3]]
    plain, worn = (card.examples.visualRect(card.examples._model.index(n)) for n in (2, 3))
    picture = card.examples.viewport().grab().toImage()
    assert picture.pixelColor(plain.topRight() + IN_SIGN) != picture.pixelColor(worn.topRight() + IN_SIGN)

    window.bins.go_to(slipped(window))
    settle(window)
    assert "Its own bin would not claim it" in window.inspector._verdict.text()


def test_doubts_keep_up_with_the_bins(window: MainWindow, settle: Settle) -> None:
    command = window.shortcuts.actions["next_doubtful"]
    command.trigger()
    assert window.inspector.image() == slipped(window)
    assert window.bins.selected_examples() == (slipped(window),)

    seen: list[dict[str, Doubt]] = []
    window.session.library.doubted.connect(lambda: seen.append(dict(window.session.library.doubts)))
    window.session.bins.take_out([example(window, "character03", 0)])
    settle(window)
    assert all(slipped(window) in doubts for doubts in seen)
    assert list(window.session.library.doubts) == [slipped(window)]

    window.session.bins.assign([slipped(window)], "character02")
    assert window.session.library.doubts == {}  # at once
    settle(window)
    assert window.session.library.doubts == {}
    window.session.bins.undo.undo()
    settle(window)
    assert list(window.session.library.doubts) == [slipped(window)]

    window.session.bins.take_out([slipped(window)])
    settle(window)
    command.trigger()
    assert window.banner.isVisible() and "No doubtful example" in window.banner._title.text()


def test_doubtful_examples_come_in_turn() -> None:
    bins = (Bin("A", 0, ("a", "b")), Bin("B", 1, ("c",)))
    assert [next_doubtful(bins, {"b", "c"}, after) for after in ("", "b", "c", "elsewhere")] == ["b", "c", "b", "b"]
    assert next_doubtful(bins, {"b"}, "b") == "b"
    assert next_doubtful(bins, set(), "b") == ""
