"""Every method of the bundled model labels a folder of characters in the window."""

from collections.abc import Callable
from pathlib import Path

from fewshot_gui.main_window.window import MainWindow
from tests.glyph_folders import sorting_task


def test_choosing_a_method_relabels(
    make_window: Callable[[], MainWindow], settle: Callable[[MainWindow], None], tmp_path: Path
) -> None:
    window = make_window()
    window.session.open_folder(*sorting_task(tmp_path))
    settle(window)
    library, shown = window.session.library, []
    assert window.session.engine_host.engine is not None
    # On so few images transductive methods do without them, and then answer as one another.
    chosen = [m.name for m in window.session.engine_host.engine.methods if m.available and not m.transductive]
    for method in chosen:
        window.status_bar.refresh()
        next(a for a in window.status_bar._method.menu().actions() if a.data() == method).trigger()
        settle(window)
        assert window.session.engine_host.engine.method == method
        assert library.predictions.keys() == library.files.keys() and len(library.files) == 20
        shown.append([p.confidence for p in library.predictions.values()])
        assert None not in shown[-1] and shown[-1] not in shown[:-1]
