"""The window with the real backend and the bundled model."""

import shutil
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backend import storage
from backend.jobs.demo_set import Demo
from backend.types import ImageFile
from fewshot_gui import settings
from fewshot_gui.gallery.model import TILE
from fewshot_gui.gallery.row_order import Order
from fewshot_gui.gallery.toolbar import UNREADABLE
from fewshot_gui.main_window.window import MainWindow
from fewshot_gui.session.folder import embedding_controller
from fewshot_gui.startup import excepthook
from fewshot_gui.widgets import drag_data
from fewshot_gui.widgets.drag_data import Dropped
from tests.windows import Make, Settle, banner, ids


def order(window: MainWindow) -> Order:
    return window.gallery.model.order


def labels(window: MainWindow) -> list[str]:
    return [window.gallery.model.tile(i).label for i in ids(window)]


def drop(target: QWidget, mime: QMimeData) -> None:
    """What Qt sends when something is let go over ``target``."""
    place, action = QPointF(5, 5), Qt.DropAction.CopyAction
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    target.dropEvent(QDropEvent(place, action, mime, button, keys))


def files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(p)) for p in paths])
    return mime


@pytest.mark.fast
def test_two_bins_label_every_tile_and_undo_takes_it_back(window: MainWindow, settle: Settle) -> None:
    first, second = ids(window)[0], ids(window)[1]
    window.session.teach("", [first])
    window.session.teach("", [second])
    settle(window)
    assert all(labels(window))
    assert {window.gallery.model.tile(i).given for i in (first, second)} == {True}
    before = labels(window)
    window.session.bins.assign([ids(window)[2]], "Bin 1")
    settle(window)
    window.session.bins.undo.undo()
    settle(window)
    assert labels(window) == before
    window.session.bins.undo.undo()
    window.session.bins.undo.undo()
    settle(window)
    assert not any(labels(window))


def test_with_one_bin_the_most_similar_come_first_and_a_hint_says_what_next(window: MainWindow, settle: Settle) -> None:
    taught = ids(window)[5]
    window.session.teach("", [taught])
    assert "second bin" in banner(window)
    settle(window)
    assert order(window) == Order.SIMILAR
    assert window.gallery.model.ids()[0] == taught
    similarities = [window.session.library.predictions[i].similarity or 0.0 for i in window.gallery.model.ids()[1:]]
    assert similarities == sorted(similarities, reverse=True)
    window.session.teach("", [ids(window)[1]])
    assert order(window) == Order.NAME
    assert banner(window) == ""


@pytest.mark.fast
def test_files_and_folders_from_elsewhere_become_examples(
    window: MainWindow, settle: Settle, drawn: Demo, qtbot: QtBot
) -> None:
    character = drawn.examples / "character 01"
    with qtbot.waitSignal(window.session.bin_made):
        drop(window.bins._new, files(character, next((drawn.examples / "character 02").iterdir())))
    assert len(window.session.bins.bins()[0].examples) == 2
    window.session.teach("", [ids(window)[0]])
    settle(window)
    assert all(labels(window))


def test_what_is_no_image_is_refused_in_words(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("no image")
    window.import_commands.on_bin("", Dropped(paths=(text,)))
    qtbot.waitUntil(lambda: "notes.txt" in banner(window))
    assert window.session.bins.bins() == ()


def test_a_drop_onto_another_bin_moves_the_example(window: MainWindow) -> None:
    image = ids(window)[0]
    window.session.teach("", [image])
    window.session.teach("", [ids(window)[1]])
    card = window.bins.card("Bin 2")
    assert card is not None
    drop(card, drag_data.pack([image], source="Bin 1"))
    assert [len(b.examples) for b in window.session.bins.bins()] == [0, 2]
    shown = window.bins.card("Bin 1")
    assert shown is not None
    assert "Empty" in shown._hint.text()


def test_an_example_dropped_on_the_gallery_is_taken_out(window: MainWindow) -> None:
    image = ids(window)[0]
    window.session.teach("", [image])
    drop(window.gallery.view, drag_data.pack([image], source="Bin 1"))
    assert window.session.bins.owner(image) is None


@pytest.mark.fast
def test_number_keys_put_the_selection_into_bins(window: MainWindow, qtbot: QtBot) -> None:
    window.session.teach("", [ids(window)[0]])
    window.gallery.view.choose(ids(window)[3])
    window.labelling_commands.assign(1)
    assert window.session.bins.bins()[0].examples == (ids(window)[0], ids(window)[3])
    window.labelling_commands.assign(4)
    assert "bin 4" in banner(window)


def test_delete_takes_out_and_a_bin_with_examples_can_be_deleted(window: MainWindow) -> None:
    window.session.teach("", ids(window)[:3])
    window.gallery.view.choose(ids(window)[0])
    window.labelling_commands.take_out()
    assert len(window.session.bins.bins()[0].examples) == 2
    window.bins.deleted.emit("Bin 1")
    assert window.session.bins.bins() == ()
    window.session.bins.undo.undo()
    assert len(window.session.bins.bins()[0].examples) == 2


def test_a_name_that_is_taken_is_refused_in_the_banner(window: MainWindow) -> None:
    window.session.teach("", [ids(window)[0]])
    window.session.teach("", [ids(window)[1]])
    window.bins.renamed.emit("Bin 2", "Bin 1")
    assert "taken" in banner(window)
    assert [b.name for b in window.session.bins.bins()] == ["Bin 1", "Bin 2"]


def test_a_refusal_is_gone_once_the_person_has_found_another_way(window: MainWindow) -> None:
    window.session.bins.add(ids(window)[:1])
    window.session.bins.add(ids(window)[1:2])
    window.bins.renamed.emit("Bin 1", "Bin 2")
    assert "is taken" in banner(window)
    window.bins.renamed.emit("Bin 1", "cats")
    assert banner(window) == ""


def test_of_two_drops_from_another_program_only_the_last_bin_asks_for_its_name(
    window: MainWindow, qtbot: QtBot
) -> None:
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    window.session.teach("", ids(window)[:1])
    first = window.bins.card("Bin 1")
    assert first is not None
    qtbot.waitUntil(first._edit.isVisible)
    first._edit.setText("cats")
    window.session.teach("", ids(window)[1:2])
    second = window.bins.card("Bin 2")
    assert second is not None
    qtbot.waitUntil(second._edit.isVisible)
    assert not first._edit.isVisible()
    assert [b.name for b in window.session.bins.bins()] == ["cats", "Bin 2"]


def test_many_examples_that_are_still_to_be_read_show_how_far_it_is_and_can_be_stopped(
    window: MainWindow, settle: Settle, drawn: Demo, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(embedding_controller, "WORTH_TELLING_S", 0.0)
    window.session.bins.add(ids(window)[:1])
    settle(window)
    strip, strangers = window.status_bar, sorted(drawn.examples.rglob("*.png"))
    files = [ImageFile(p, p.stat().st_size, p.stat().st_mtime_ns) for p in strangers]
    window.session.library.add_guests(files)
    window.session.bins.add([f.id for f in files])
    assert window.session.embedding.example_counts() == (0, len(files))
    strip.refresh()
    assert strip._text.text() == f"Reading examples: 0 of {len(files)}"
    strip._cancel.click()
    strip.refresh()
    assert window.session.embedding.example_counts() is None
    assert strip._text.text() == "Labelling was stopped"
    strip._resume.click()
    settle(window)
    assert set(window.session.library.predictions) >= set(ids(window))
    assert window.session.library.embedded.issuperset(f.id for f in files)


def test_unreadable_images_are_listed_with_reasons(window: MainWindow, settle: Settle, folder: Path) -> None:
    (folder / "empty.png").write_bytes(b"")
    (folder / "film.mp4").write_bytes(b"x")
    window.session.reload()
    settle(window)
    empty = str(folder / "empty.png")
    assert empty in window.session.library.unreadable
    window.shortcuts.actions["show_unreadable"].trigger()
    assert window.gallery.unreadable._model.ids == [empty]
    window.inspector.show_image(empty)
    assert window.session.library.unreadable[empty] in window.inspector._verdict.text()
    assert window.session.library.skipped.total() == 1
    window.gallery.toolbar.show_page(UNREADABLE)


def test_an_unreadable_example_is_said_so_in_its_bin(window: MainWindow, settle: Settle, folder: Path) -> None:
    broken = folder / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n")
    window.session.reload()
    settle(window)
    window.session.teach("", [str(broken)])
    settle(window)
    card = window.bins.card("Bin 1")
    assert card is not None
    assert "None of its examples can be read" in card._hint.text()


def test_a_file_replaced_under_its_name_is_noticed_on_reload(
    window: MainWindow, settle: Settle, folder: Path, drawn: Demo
) -> None:
    window.session.teach("", [ids(window)[0]])
    window.session.teach("", [ids(window)[1]])
    settle(window)
    path = folder / "07.png"
    shutil.copyfile(sorted(drawn.folder.glob("*.png"))[50], path)
    old = window.session.library.files[str(path)]
    window.session.reload()
    settle(window)
    assert window.session.library.files[str(path)] != old
    assert window.gallery.model.tile(str(path)).label


def test_a_folder_that_vanishes_is_a_banner_with_retry(window: MainWindow, settle: Settle, folder: Path) -> None:
    window.session.teach("", [ids(window)[0]])
    away = folder.with_name("away")
    folder.rename(away)
    window.session.reload()
    settle(window)
    assert str(folder) in banner(window)
    assert window.banner.buttons[0].text() == "Retry"
    assert window.session.library.unreadable == {}
    away.rename(folder)
    window.banner.buttons[0].click()
    settle(window)
    assert len(window.session.bins.bins()[0].examples) == 1
    assert len(ids(window)) == 12


def test_a_folder_that_vanishes_is_noticed_without_asking(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    folder.rename(folder.with_name("away"))
    qtbot.waitUntil(lambda: str(folder) in banner(window))
    assert window.session.library.unreadable == {}
    assert len(ids(window)) == 12


def test_choosing_the_model_again_labels_everything_again(window: MainWindow, settle: Settle) -> None:
    window.session.teach("", [ids(window)[0]])
    window.session.teach("", [ids(window)[1]])
    settle(window)
    before = labels(window)
    window.session.engine_host.choose(model="characters")
    settle(window)
    assert labels(window) == before
    assert all(before)


def test_a_model_that_is_unknown_is_refused_and_the_old_one_goes_on(window: MainWindow, settle: Settle) -> None:
    window.session.engine_host.choose(model="no such model")
    settle(window)
    assert "no such model" in banner(window)
    assert window.session.engine_host.engine is not None
    assert window.session.engine_host.engine.model == "characters"


@pytest.mark.fast
def test_a_table_that_cannot_be_written_is_refused_in_words(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    target = tmp_path / "no such folder" / "table.csv"
    window.session.export(target)
    qtbot.waitUntil(lambda: "no such folder" in banner(window))


@pytest.mark.allow_log("A bug")
def test_a_bug_is_logged_and_told_and_the_program_goes_on(window: MainWindow, qtbot: QtBot) -> None:
    def fail() -> None:
        raise ValueError("a mistake of ours")

    with excepthook.reported_to(window.session):
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
        qtbot.waitUntil(lambda: "a mistake of ours" in banner(window))
        window.banner.hide()
        try:
            raise KeyError("another one")
        except KeyError as error:
            sys.excepthook(KeyError, error, error.__traceback__)
        qtbot.waitUntil(lambda: "another one" in banner(window))
    log = (storage.log_folder() / "fewshot-gui.log").read_text(encoding="utf-8")
    assert "Traceback" in log
    assert "fewshot-gui.log" in banner(window)


def test_examples_and_folder_from_the_command_line(make_window: Make, settle: Settle, drawn: Demo) -> None:
    made = make_window()
    made.session.open_folder(drawn.folder, drawn.examples)
    settle(made)
    assert len(made.session.bins.bins()) == 20
    assert all(labels(made))
    assert settings.recent_folders()[0] == drawn.folder


def test_why_is_told_for_the_selected_image(window: MainWindow, settle: Settle) -> None:
    window.session.teach("", [ids(window)[0]])
    window.session.teach("", [ids(window)[1]])
    settle(window)
    window.gallery.view.choose(ids(window)[4])
    settle(window)
    assert "Bin 1" in window.inspector._ranking.accessibleName()
    assert "00.png" in window.inspector._because.accessibleName()


def test_a_tile_of_an_unlabelled_image_shows_its_name(window: MainWindow) -> None:
    assert window.gallery.model.index(0).data(TILE).name == "00.png"
