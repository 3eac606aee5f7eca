"""The README's picture: which photographs it shows, and the workspace that a person would have made of them."""

import io
import tarfile
from pathlib import Path

from PIL import Image

from backend.workspace.state import images_of
from benchmarks.window_picture import ERRORS, chosen, lay_out, workspace


def archive(path: Path, names: list[str]) -> Path:
    """An archive of plain pictures with these names, and of one that nobody has chosen."""
    content = io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(content, "JPEG")
    with tarfile.open(path, "w") as written:
        for name in [*names, "cup/unwanted"]:
            member = tarfile.TarInfo(f"./{name}.jpg")
            member.size = len(content.getvalue())
            written.addfile(member, io.BytesIO(content.getvalue()))
    return path


def test_it_shows_photographs_of_several_kinds_in_order() -> None:
    choice = chosen()
    kinds = {name.partition("/")[0] for name in choice.folder}
    assert len(set(choice.folder)) == len(choice.folder) > 50
    assert len(choice.examples) == 5 and kinds - choice.examples.keys() == {"sunflower"}
    assert all(3 <= len(names) <= 5 for names in choice.examples.values())
    assert all(name.startswith(f"{kind}/") for kind, names in choice.examples.items() for name in names)
    examples = {name for names in choice.examples.values() for name in names}
    assert examples < set(choice.folder) and choice.selected in set(choice.folder) - examples


def test_the_photographs_are_laid_out_and_the_workspace_names_them(tmp_path: Path) -> None:
    choice, folder = chosen(), tmp_path / "Photographs"
    lay_out(archive(tmp_path / "objects.tar", list(choice.folder)), choice, folder)
    assert [p.name for p in sorted(folder.iterdir())] == [f"IMG_{2041 + n}.jpg" for n in range(len(choice.folder))]
    made = workspace(choice, folder)
    assert [b.name for b in made.history.now()] == list(choice.examples)
    assert all(Path(image).is_file() for image in images_of(made.history.now()))
    assert Path(made.view.current).is_file() and made.view.errors == ERRORS
