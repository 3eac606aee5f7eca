"""How far the person is through the folder."""

from fewshot_gui.session.bin_store import BinStore
from fewshot_gui.session.folder.library import Library


def progress(library: Library, bins: BinStore) -> tuple[int, int]:
    """How many images of the folder have the person's answer, of those that can be read."""
    readable = len(library.files) - sum(i in library.files for i in library.unreadable)
    judged = {*bins.given(), *bins.rejected()}
    return sum(i in library.files and i not in library.unreadable and bins.answered(i) for i in judged), readable
