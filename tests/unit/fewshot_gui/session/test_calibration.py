"""Confidences are calibrated behind everything else, and shown again."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from backend.types import Prediction
from tests.windows import Make, Settle


def test_confidences_come_again_once_the_bins_have_calibrated_them(
    make_window: Make, settle: Settle, folder: Path
) -> None:
    window = make_window()
    window.session.open_folder(folder)
    settle(window)
    library, labelling = window.session.library, window.session.labelling
    images = list(library.files)
    window.session.teach("", images[:2])
    window.session.teach("", images[2:3])
    settle(window)
    before: list[dict[str, Prediction]] = []
    labelling.finished.connect(lambda: before.append(dict(library.predictions)))
    window.session.teach(window.session.bins.bins()[1].name, images[3:4])
    settle(window)
    [first] = before
    assert set(first) == set(images)
    second = dict(library.predictions)
    assert {i: p.label for i, p in first.items()} == {i: p.label for i, p in second.items()}
    assert {i: p.confidence for i, p in first.items()} != {i: p.confidence for i, p in second.items()}

    labelling.relabel()  # the same bins: nothing to calibrate
    settle(window)
    assert library.predictions == second


def test_calibration_ends_when_labelling_is_stopped(
    make_window: Make, settle: Settle, folder: Path, qtbot: QtBot
) -> None:
    window = make_window()
    window.session.open_folder(folder)
    settle(window)
    images = list(window.session.library.files)
    window.session.teach("", images[:2])
    busy: list[bool] = []

    def stop() -> None:
        busy.append(window.session.labelling._later_job.running())
        window.session.stop()
        busy.append(window.session.labelling._later_job.running())

    window.session.labelling.finished.connect(stop)
    with qtbot.waitSignal(window.session.labelling.finished):
        window.session.teach("", images[2:4])
    assert busy == [True, False]
