"""Views of examples follow the first labels by themselves, and the labels follow the views."""

from pathlib import Path

from backend.types import ImageId
from fewshot_gui.main_window.window import MainWindow
from tests.photo_folders import photographs
from tests.photo_models import save_photo_model
from tests.windows import Make, Settle


def with_views(window: MainWindow) -> list[ImageId]:
    engine = window.session.engine_host.engine
    assert engine is not None
    return [i for i in window.session.library.files if engine.store.with_views([i]) is not None]


def test_labels_come_at_once_and_again_by_the_views(make_window: Make, settle: Settle, tmp_path: Path) -> None:
    save_photo_model()
    window = make_window()
    session = window.session
    session.open_folder(photographs(tmp_path / "f", 2, 4))
    settle(window)
    session.engine_host.choose(model="tiny-photos", method="simpleshot")
    settle(window)
    images = list(session.library.files)
    views_at_labels: list[int] = []

    def on_labels() -> None:
        if session.library.predictions[images[3]].confidence is not None:
            views_at_labels.append(len(with_views(window)))

    session.library.labelled.connect(on_labels)
    session.teach("", images[:1])
    assert with_views(window) == []
    session.teach("", images[4:5])
    settle(window)
    assert with_views(window) == [images[0], images[4]]
    assert views_at_labels[0] == 0 and views_at_labels[-1] == 2  # by the examples alone, then with their views
    session.teach("", images[5:6])
    settle(window)
    assert with_views(window) == [images[0], images[4], images[5]]
    assert views_at_labels[-1] == 3
