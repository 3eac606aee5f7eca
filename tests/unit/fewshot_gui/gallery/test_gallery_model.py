from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from backend.images.sources import Sources
from backend.types import NONE_OF_THESE, ImageFile, Listing, Prediction, Status
from fewshot_gui.gallery.model import TILE, GalleryModel
from fewshot_gui.gallery.row_order import Order
from fewshot_gui.gallery.tile_delegate import can_judge
from fewshot_gui.session.bin_store import BinStore
from fewshot_gui.session.folder.current_labels import CurrentLabels
from fewshot_gui.session.folder.library import Library

ROOT = Path("/pictures")


class Case:
    def __init__(self, count: int) -> None:
        self.library, self.bins = Library(), BinStore()
        self.model = GalleryModel(self.library, self.bins)
        self.files = tuple(ImageFile(ROOT / f"{n:06d}.png", 10, 20) for n in range(count))
        self.ids = [f.id for f in self.files]
        self.library.open(Sources(ROOT))
        self.library.add(self.files)

    def label(self, row: int, label: str, confidence: float) -> None:
        self.library.set_predictions({self.ids[row]: Prediction(Status.OK, label, confidence)})


@pytest.fixture
def case(qtbot: QtBot) -> Case:
    return Case(4)


def test_qts_own_checks_of_a_model_hold(case: Case, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(case.model)  # type: ignore[no-untyped-call]  # pytest-qt gives it no types
    case.library.complete(Listing(ROOT, case.files[::-1]))
    case.label(0, "Bin 1", 0.5)


def test_a_tile_shows_label_confidence_and_colour(case: Case) -> None:
    name = case.bins.add([case.ids[3]])
    case.label(0, name, 0.987)
    tile = case.model.index(0).data(TILE)
    assert (tile.label, tile.figure, tile.colour, tile.given) == (name, "99%", 0, False)
    assert case.model.index(3).data(TILE).given
    assert name in case.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_label_of_a_bin_that_is_gone_is_not_shown(case: Case) -> None:
    name = case.bins.add([case.ids[3]])
    case.label(0, name, 0.9)
    case.bins.delete(name)
    assert case.model.index(0).data(TILE).label == ""


def test_an_unreadable_image_says_why(case: Case) -> None:
    case.library.set_unreadable({case.ids[1]: "The file is empty."})
    assert case.model.index(1).data(TILE).unreadable == "The file is empty."
    assert "The file is empty." in case.model.index(1).data(Qt.ItemDataRole.ToolTipRole)


def test_the_order_stays_until_the_person_asks(case: Case) -> None:
    name = case.bins.add([case.ids[3]])
    for row, confidence in enumerate((0.2, 0.9, 0.5)):
        case.label(row, name, confidence)
    case.model.arrange(Order.CONFIDENT)
    assert case.model.ids() == [case.ids[i] for i in (3, 1, 2, 0)]
    case.label(0, name, 0.95)
    assert case.model.stale
    assert case.model.ids()[1] == case.ids[1]
    case.model.arrange()
    assert case.model.ids()[1] == case.ids[0]
    assert not case.model.stale


def test_an_answer_is_sorted_as_certain_whatever_the_guess(case: Case) -> None:
    one, other = case.bins.add([case.ids[3]]), case.bins.add([case.ids[0]])
    for row, confidence in enumerate((0.1, 0.9, 0.5, 0.2)):
        case.label(row, one, confidence)
    case.model.arrange(Order.CONFIDENT)
    assert case.model.ids() == [case.ids[i] for i in (0, 3, 1, 2)]
    case.model.arrange(Order.DOUBTFUL)
    assert case.model.ids() == [case.ids[i] for i in (2, 1, 0, 3)]
    case.model.arrange(Order.LABEL)
    assert case.model.ids() == [case.ids[i] for i in (1, 2, 3, 0)]
    assert case.model.words(case.ids[0]) == f"000000.png: example of {other}"


def test_an_answered_image_that_cannot_be_read_keeps_its_answer(case: Case) -> None:
    name = case.bins.add([case.ids[1]])
    case.label(2, name, 0.9)
    case.library.set_unreadable(dict.fromkeys(case.ids[1:3], "The file is empty."))
    assert case.model.tile(case.ids[1]).given
    assert case.model.words(case.ids[1]) == f"000001.png: example of {name}: cannot be read. The file is empty."
    case.model.show_only(name)
    assert case.model.ids() == [case.ids[1]]  # what cannot be read any more has no predicted label
    assert CurrentLabels(case.library, case.bins).counts() == {name: 1}


def test_with_every_bin_ruled_out_it_is_none_of_these(case: Case) -> None:
    one, other = case.bins.add([case.ids[3]]), case.bins.add([case.ids[2]])
    case.library.set_predictions({case.ids[0]: Prediction(Status.OK, one, 0.7, other, 0.2)})
    case.bins.reject({case.ids[0]: one})
    tile = case.model.tile(case.ids[0])  # at once, and no surer than it was
    assert (tile.label, tile.figure, tile.none, can_judge(tile)) == (other, "20%", False, True)
    case.bins.reject({case.ids[0]: other})
    tile = case.model.tile(case.ids[0])
    assert (tile.label, tile.figure, tile.none, can_judge(tile)) == ("", "", True, False)
    assert case.model.words(case.ids[0]) == "000000.png: none of these"
    case.library.set_predictions({case.ids[0]: NONE_OF_THESE})  # as the labels come in
    assert case.model.tile(case.ids[0]).none


def test_one_bins_examples_come_first_then_the_most_similar(case: Case) -> None:
    name = case.bins.add([case.ids[3]])
    for row, similarity in enumerate((0.1, 0.9, -0.5, 1.0)):
        case.library.set_predictions({case.ids[row]: Prediction(Status.OK, name, similarity=similarity)})
    case.model.arrange(Order.SIMILAR)
    assert case.model.ids() == [case.ids[i] for i in (3, 1, 0, 2)]
    assert case.model.index(1).data(TILE).figure == "0.90"


def test_only_one_bins_images_can_be_shown(case: Case) -> None:
    name = case.bins.add([case.ids[3]])
    case.label(1, name, 0.5)
    case.model.show_only(name)
    assert case.model.ids() == [case.ids[1], case.ids[3]]
    case.bins.delete(name)
    assert len(case.model.ids()) == 4


def test_selection_follows_its_image_when_rows_move(case: Case) -> None:
    held = QPersistentModelIndex(case.model.index(0))
    case.library.complete(Listing(ROOT, case.files[::-1]))
    assert held.row() == 3
    case.library.complete(Listing(ROOT, case.files[1:]))
    assert not held.isValid()


def test_a_file_that_changed_under_its_name_loses_what_was_known(case: Case) -> None:
    case.library.set_embedded(case.ids)
    case.label(0, "x", 0.5)
    case.library.complete(Listing(ROOT, (ImageFile(case.files[0].path, 11, 21), *case.files[1:])))
    assert case.ids[0] not in case.library.embedded
    assert case.ids[0] not in case.library.predictions
    assert case.ids[1] in case.library.embedded


def test_a_renamed_bin_takes_its_labels_along_at_once(case: Case) -> None:
    case.label(0, "old", 0.5)
    case.library.rename_label("old", "new")
    assert case.library.predictions[case.ids[0]].label == "new"


@pytest.mark.slow
def test_a_hundred_thousand_rows_are_no_burden(qtbot: QtBot) -> None:
    start = perf_counter()
    case = Case(100_000)
    name = case.bins.add([case.ids[0]])
    case.library.set_predictions({i: Prediction(Status.OK, name, 0.5) for i in case.ids})
    case.model.arrange(Order.DOUBTFUL)
    assert case.model.rowCount() == 100_000
    assert perf_counter() - start < 10
